#include "dijia/regional_factors.h"

#include <algorithm>
#include <cmath>

namespace dijia {
namespace {

// numerator / denominator as hundredths with six places.
std::optional<Percent> PercentOf(Int128 numerator, Int128 denominator, const Rounding& rounding) {
  const auto units = RoundQuotient(numerator, denominator, rounding.interval, rounding.mode);
  return units ? std::optional(Percent::FromUnits(*units)) : std::nullopt;
}

// Of a figure that is a factor and no slip; sums of these stay in their type.
constexpr Percent kLargest = Percent::Of(1000);

// The figures of the good or the bad side of a row: the whole and the half.
struct Side {
  Percent whole, half;
};

std::optional<Side> SideOf(Percent amplitude, Coefficient weight, const RegionalOptions& options) {
  const Int128 product = Int128{amplitude.units()} * weight.units();
  const auto whole = PercentOf(product, Coefficient::kOne, options.percent);
  if (!whole) return std::nullopt;
  const auto half = options.half_of == HalfOf::kPrinted
                        ? PercentOf(whole->units(), 2, options.percent)
                        : PercentOf(product, Int128{Coefficient::kOne} * 2, options.percent);
  return half ? std::optional(Side{*whole, *half}) : std::nullopt;
}

}  // namespace

std::optional<RegionalAmplitude> AmplitudeOf(UnitPrice benchmark, UnitPrice highest,
                                             UnitPrice lowest, const Rounding& percent) {
  if (lowest <= UnitPrice() || benchmark < lowest || highest < benchmark) return std::nullopt;
  constexpr Int128 kHundred = Int128{100} * Percent::kOne;
  const auto of_benchmark = [&](UnitPrice difference) {
    return PercentOf(kHundred * difference.units(), benchmark.units(), percent);
  };
  const auto upward = of_benchmark(highest - benchmark);
  const auto downward = of_benchmark(benchmark - lowest);
  if (!upward || !downward) return std::nullopt;
  return RegionalAmplitude{*upward, *downward};
}

std::optional<std::vector<Factors::Factor>> RegionalFactors(const RegionalAmplitude& amplitude,
                                                            std::span<const WeightedFactor> factors,
                                                            const RegionalOptions& options) {
  std::vector<Factors::Factor> table;
  for (const WeightedFactor& factor : factors) {
    const auto good = SideOf(amplitude.upward, factor.weight, options);
    const auto bad = SideOf(-amplitude.downward, factor.weight, options);
    if (!good || !bad) return std::nullopt;
    const std::array<Percent, kRegionalLevels> figures{good->whole, good->half, Percent(),
                                                       bad->half, bad->whole};
    Factors::Factor& row = table.emplace_back();
    row.factor = factor.factor;
    row.breaks = factor.breaks;
    for (std::size_t i = 0; i < figures.size(); ++i) row.levels[options.levels[i]] = figures[i];
  }
  return table;
}

std::optional<RecoveredAmplitude> RecoverAmplitude(std::span<const Factors::Factor> table) {
  struct Row {
    Percent best, worst;
  };
  std::vector<Row> rows;
  RecoveredAmplitude recovered;
  for (const Factors::Factor& factor : table) {
    if (factor.levels.empty()) return std::nullopt;
    const auto [worst, best] = std::ranges::minmax_element(
        factor.levels, {}, [](const auto& level) { return level.second; });
    if (best->second > kLargest || worst->second < -kLargest) return std::nullopt;
    rows.push_back({best->second, worst->second});
    recovered.amplitude.upward = recovered.amplitude.upward + best->second;
    recovered.amplitude.downward = recovered.amplitude.downward - worst->second;
  }
  const double upward = ToDouble(recovered.amplitude.upward);
  const double downward = ToDouble(recovered.amplitude.downward);
  if (upward < 0.0 || downward < 0.0 || upward + downward <= 0.0) return std::nullopt;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double best = ToDouble(rows[i].best), worst = ToDouble(rows[i].worst);
    const double weight = (best - worst) / (upward + downward);
    recovered.weights.push_back(weight);
    const double residual =
        std::max(std::fabs(upward * weight - best), std::fabs(downward * weight + worst));
    if (residual > recovered.largest_residual) {
      recovered.largest_residual = residual;
      recovered.row = i;
    }
  }
  return recovered;
}

}  // namespace dijia
