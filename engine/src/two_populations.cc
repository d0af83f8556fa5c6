#include "dijia/two_populations.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "dijia/location.h"
#include "dijia/scale.h"
#include "dijia/sum.h"
#include "dip.h"
#include "vector_math.h"

namespace dijia {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

constexpr std::size_t kBlock = 512;  // of values whose logarithms are taken together

// How many values the best lower group has. Values that are equal stay together.
std::size_t BestLowerCount(std::span<const double> sorted) {
  const double n = static_cast<double>(sorted.size());
  const double mean = Mean(sorted);
  const double total = SumOfSquares(sorted, mean);
  double lower_sum = 0;  // of deviations from the mean
  double best = -kInfinity;
  std::size_t best_count = 0;
  std::array<double, kBlock> lower, upper, within, log_lower, log_upper, log_within;
  for (std::size_t first = 1; first < sorted.size(); first += kBlock) {
    const std::size_t counts = std::min(kBlock, sorted.size() - first);
    for (std::size_t i = 0; i < counts; ++i) {
      lower_sum += sorted[first + i - 1] - mean;
      lower[i] = static_cast<double>(first + i);
      upper[i] = n - lower[i];
      // The deviations sum to 0, so both groups have the same squared sum.
      within[i] = std::max(0.0, total - lower_sum * lower_sum * (1 / lower[i] + 1 / upper[i]));
    }
    Log(std::span(lower).first(counts), log_lower);
    Log(std::span(upper).first(counts), log_upper);
    Log(std::span(within).first(counts), log_within);
    for (std::size_t i = 0; i < counts; ++i) {
      const std::size_t count = first + i;
      if (sorted[count] == sorted[count - 1]) continue;
      const double likelihood =
          -n / 2 * log_within[i] + lower[i] * log_lower[i] + upper[i] * log_upper[i];
      if (likelihood > best) {
        best = likelihood;
        best_count = count;
      }
    }
  }
  return best_count;
}

// Equal values, which rounding has made equal, spread evenly over where they may have been: halfway
// to the values next to them, the same distance as on the other side at an end, and no further than
// half a standard deviation, so that groups far from each other stay apart.
std::vector<double> WithoutRounding(std::span<const double> sorted) {
  constexpr double kReach = 0.5;
  const double reach = sorted.size() > 1 ? kReach * StandardDeviation(sorted) : 0;
  std::vector<double> spread(sorted.begin(), sorted.end());
  for (std::size_t from = 0; from < sorted.size();) {
    const double x = sorted[from];
    std::size_t to = from + 1;
    while (to < sorted.size() && sorted[to] == x) ++to;
    const bool first = from == 0;
    const bool last = to == sorted.size();
    double left = first ? reach : std::min(reach, (x - sorted[from - 1]) / 2);
    double right = last ? left : std::min(reach, (sorted[to] - x) / 2);
    if (first) left = right;
    const double step = (left + right) / static_cast<double>(to - from);
    for (std::size_t i = from; i < to && to - from > 1; ++i) {
      spread[i] = x - left + step * (static_cast<double>(i - from) + 0.5);
    }
    from = to;
  }
  return spread;
}

double VarianceOf(std::span<const double> group) {
  return SumOfSquares(group, Mean(group)) / static_cast<double>(group.size());
}

}  // namespace

TwoPopulations TestTwoPopulations(std::span<const double> sorted) {
  TwoPopulations result{kNaN, Dip(WithoutRounding(sorted)), kNaN, 0, 0, kNaN, kNaN, kNaN};
  if (sorted.size() >= kSmallestTwoPopulationSample) {
    result.p_value = DipTail(result.dip, sorted.size());
  }
  if (sorted.empty() || sorted.front() == sorted.back()) return result;  // one value only
  const std::size_t count = BestLowerCount(sorted);
  const auto lower = sorted.first(count);
  const auto upper = sorted.subspan(count);
  result.split = lower.back() + (upper.front() - lower.back()) / 2;
  result.lower_count = lower.size();
  result.upper_count = upper.size();
  result.lower_centre = Median(lower);
  result.upper_centre = Median(upper);
  const double spread = std::sqrt((VarianceOf(lower) + VarianceOf(upper)) / 2);
  result.separation = (Mean(upper) - Mean(lower)) / spread;
  return result;
}

}  // namespace dijia
