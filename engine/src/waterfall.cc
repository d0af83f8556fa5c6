#include "dijia/waterfall.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "vector_math.h"

namespace dijia {
namespace {

constexpr Rounding kToTheUnit{RoundingMode::kHalfEven, 100};  // 10^-4 yuan

// Of the exact text of a step; what has more places is rounded.
std::int64_t UnitsOf(const std::string& exact) {
  const std::size_t point = exact.find('.');
  std::string digits = exact.substr(0, point);
  std::string fraction = point == std::string::npos ? "" : exact.substr(point + 1);
  fraction.resize(18, '0');
  const bool negative = digits.starts_with('-');
  const Int128 whole = std::strtoll(digits.c_str() + (negative ? 1 : 0), nullptr, 10);
  const Int128 part = std::strtoll(fraction.c_str(), nullptr, 10);
  const Int128 magnitude = whole * PowerOfTen(18) + part;
  return RoundQuotient(negative ? -magnitude : magnitude, PowerOfTen(18 - UnitPrice::kScale), 1,
                       RoundingMode::kHalfEven)
      .value_or(0);
}

// The share of each coefficient in the change of the product, by its logarithm; by what each adds
// where there are no logarithms.
void ShareByLogarithm(const std::vector<ValuationStep>& steps, double change,
                      std::vector<WaterfallBar>& bars) {
  double sum = 0.0;
  bool positive = true;
  for (const ValuationStep& step : steps) {
    if (!step.coefficient) continue;
    positive = positive && step.coefficient->units() > 0;
    if (positive) sum += LogOne(ToDouble(*step.coefficient));
  }
  const bool by_logarithm = positive && std::fabs(sum) > 1e-9;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!steps[i].coefficient) continue;
    if (by_logarithm) {
      const double share = change * LogOne(ToDouble(*steps[i].coefficient)) / sum;
      bars[i].yuan = FromDouble<UnitPrice>(share, kToTheUnit).value_or(UnitPrice());
    } else {
      bars[i].yuan = UnitPrice::FromUnits(UnitsOf(steps[i].after) - UnitsOf(steps[i - 1].after));
    }
  }
}

}  // namespace

std::vector<WaterfallBar> WaterfallOf(const Valuation& valuation) {
  if (!valuation.unit_price || !valuation.base_price || !valuation.parts.empty()) return {};
  const std::vector<ValuationStep>& steps = valuation.steps;
  std::vector<WaterfallBar> bars;
  std::int64_t product = valuation.base_price->units();  // after the last coefficient
  for (const ValuationStep& step : steps) {
    bars.push_back({step.name, UnitPrice::FromUnits(step.coefficient ? 0 : UnitsOf(step.add))});
    if (step.coefficient) product = UnitsOf(step.after);
  }
  bars.front().yuan = UnitPrice();  // the base itself
  const double change = ToDouble(UnitPrice::FromUnits(product) - *valuation.base_price);
  ShareByLogarithm(steps, change, bars);
  std::int64_t rest = (*valuation.unit_price - *valuation.base_price).units();
  for (const WaterfallBar& bar : bars) rest -= bar.yuan.units();
  const auto largest = std::max_element(bars.begin(), bars.end(), [](const auto& a, const auto& b) {
    return std::llabs(a.yuan.units()) < std::llabs(b.yuan.units());
  });
  largest->yuan = largest->yuan + UnitPrice::FromUnits(rest);
  bars.erase(bars.begin());
  return bars;
}

}  // namespace dijia
