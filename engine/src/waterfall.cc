#include "dijia/waterfall.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

#include "vector_math.h"
#include "waterfall_shares.h"

namespace dijia {
namespace {

constexpr Rounding kToTheUnit{RoundingMode::kHalfEven, 100};  // 10^-4 yuan

// Of the exact text of a step, rounded half to even.
UnitPrice PriceOfText(const std::string& exact) {
  constexpr std::size_t kPlaces = 18;
  const std::size_t point = exact.find('.');
  const std::string whole = exact.substr(0, point);
  std::string fraction = point == std::string::npos ? "" : exact.substr(point + 1);
  // Digits beyond those that are read only tell that there is more.
  const bool more =
      fraction.find_first_not_of('0', std::min(fraction.size(), kPlaces)) != std::string::npos;
  fraction.resize(kPlaces, '0');
  if (more) fraction.back() = '1';
  const bool negative = whole.starts_with('-');
  const Int128 units =
      Int128{std::strtoll(whole.c_str() + (negative ? 1 : 0), nullptr, 10)} * PowerOfTen(kPlaces) +
      std::strtoll(fraction.c_str(), nullptr, 10);
  return UnitPrice::FromUnits(RoundQuotient(negative ? -units : units,
                                            PowerOfTen(kPlaces - UnitPrice::kScale), 1,
                                            RoundingMode::kHalfEven)
                                  .value_or(0));
}

// The sum of the logarithms of the coefficients; 0 where one has none.
double SumOfLogarithms(std::span<const PriceChange> steps) {
  double sum = 0.0;
  for (const PriceChange& step : steps) {
    if (!step.coefficient) continue;
    if (*step.coefficient <= AppliedCoefficient()) return 0.0;
    sum += LogOne(ToDouble(*step.coefficient));
  }
  return sum;
}

}  // namespace

void ShareChange(UnitPrice base, UnitPrice price, std::span<const PriceChange> steps,
                 std::span<UnitPrice> yuan) {
  UnitPrice product = base;  // behind the last coefficient
  for (const PriceChange& step : steps) {
    if (step.coefficient) product = step.after;
  }
  const double change = ToDouble(product - base), sum = SumOfLogarithms(steps);
  const bool by_logarithm = std::fabs(sum) > 1e-9;
  UnitPrice rest = price - base, before = base;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const PriceChange& step = steps[i];
    yuan[i] = step.add;
    if (step.coefficient) {
      const double share = change * LogOne(ToDouble(*step.coefficient)) / sum;
      yuan[i] = by_logarithm ? FromDouble<UnitPrice>(share, kToTheUnit).value_or(UnitPrice())
                             : step.after - before;
      before = step.after;
    } else {
      before = before + step.add;
    }
    rest = rest - yuan[i];
  }
  const auto largest = std::ranges::max_element(
      yuan, {}, [](UnitPrice amount) { return std::llabs(amount.units()); });
  if (largest != yuan.end()) *largest = *largest + rest;
}

std::vector<WaterfallBar> WaterfallOf(const Valuation& valuation) {
  if (!valuation.unit_price || !valuation.base_price || !valuation.parts.empty()) return {};
  std::vector<PriceChange> changes;
  std::vector<WaterfallBar> bars;
  for (const ValuationStep& step : std::span(valuation.steps).subspan(1)) {
    bars.push_back({step.name, UnitPrice()});
    changes.push_back({step.coefficient, step.coefficient ? UnitPrice() : PriceOfText(step.add),
                       PriceOfText(step.after)});
  }
  std::vector<UnitPrice> yuan(bars.size());
  ShareChange(*valuation.base_price, *valuation.unit_price, changes, yuan);
  for (std::size_t i = 0; i < bars.size(); ++i) bars[i].yuan = yuan[i];
  return bars;
}

}  // namespace dijia
