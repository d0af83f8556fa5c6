#include "report/axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "report/number_text.h"

namespace dijia::report {
namespace {

// Steps of linear axes: the smallest of 1, 2, 5 × 10ⁿ that makes at most eight of `width`.
double StepFor(double width) {
  double step = std::pow(10.0, std::floor(std::log10(width / 8.0)));
  for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
    if (width / (step * factor) <= 8.0) return step * factor;
  }
  return step * 10.0;
}

std::vector<double> LogTicks(const Axis& axis, std::span<const double> digits) {
  std::vector<double> ticks;
  const int first = static_cast<int>(std::floor(std::log10(axis.low)));
  const int last = static_cast<int>(std::ceil(std::log10(axis.high)));
  for (int exponent = first; exponent <= last; ++exponent) {
    for (const double digit : digits) {
      const double tick = digit * std::pow(10.0, exponent);
      if (tick >= axis.low && tick <= axis.high) ticks.push_back(tick);
    }
  }
  return ticks;
}

}  // namespace

double Axis::At(double value) const {
  const double clamped = std::clamp(value, low, high);
  const double share =
      logarithmic ? std::log(clamped / low) / std::log(high / low) : (clamped - low) / (high - low);
  return left + share * (right - left);
}

std::vector<double> Axis::Ticks() const {
  if (logarithmic) {
    constexpr double kFine[] = {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0}, kCoarse[] = {1.0, 2.0, 5.0};
    const std::vector<double> coarse = LogTicks(*this, kCoarse);
    return coarse.size() >= 5 ? coarse : LogTicks(*this, kFine);
  }
  std::vector<double> ticks;
  const double step = StepFor(high - low);
  for (double i = std::ceil(low / step); i * step <= high; i += 1.0) ticks.push_back(i * step);
  return ticks;
}

Axis AxisOver(double least, double most) {
  Axis axis;
  axis.logarithmic = least > 0.0 && most > 4.0 * least;
  if (axis.logarithmic) {
    const double margin = std::pow(most / least, 0.04);
    axis.low = least / margin;
    axis.high = most * margin;
    return axis;
  }
  const double width = most > least ? most - least : std::max(std::abs(most), 1.0) * 0.2;
  axis.low = least - 0.04 * width;
  axis.high = most + 0.04 * width;
  if (least >= 0.0) axis.low = std::max(axis.low, 0.0);
  return axis;
}

std::vector<std::string> TickTexts(const std::vector<double>& ticks) {
  std::size_t decimals = 0;
  for (const double tick : ticks) {
    const std::string shortest = fmt::format("{:.6g}", tick);
    const std::size_t point = shortest.find('.');
    if (point != std::string::npos) decimals = std::max(decimals, shortest.size() - point - 1);
  }
  std::vector<std::string> texts;
  texts.reserve(ticks.size());
  for (const double tick : ticks) texts.push_back(Fixed(tick, static_cast<int>(decimals)));
  return texts;
}

}  // namespace dijia::report
