#include "dijia/location.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <limits>

#include "dijia/scale.h"
#include "dijia/sum.h"
#include "pair_selection.h"

namespace dijia {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Σ clamp(x − μ, −bend, bend) splits at μ ∓ bend: the values below, inside and above.
struct HuberSplit {
  std::size_t below = 0;
  std::size_t above = 0;
  std::span<const double> inside;

  friend bool operator==(const HuberSplit& a, const HuberSplit& b) {
    return a.below == b.below && a.above == b.above;
  }
};

HuberSplit SplitAround(std::span<const double> sorted, double centre, double bend) {
  const auto first = std::lower_bound(sorted.begin(), sorted.end(), centre - bend);
  const auto last = std::upper_bound(first, sorted.end(), centre + bend);
  return {static_cast<std::size_t>(first - sorted.begin()),
          static_cast<std::size_t>(sorted.end() - last),
          {first, last}};
}

}  // namespace

double Mean(std::span<const double> values) {
  return values.empty() ? kNaN : Sum(values) / static_cast<double>(values.size());
}

double WeightedMean(std::span<const double> values, std::span<const double> weights) {
  assert(values.size() == weights.size());
  const double total = Sum(weights);
  return total == 0 ? kNaN : WeightedSum(values, weights) / total;
}

double Median(std::span<const double> sorted) {
  if (sorted.empty()) return kNaN;
  const std::size_t middle = sorted.size() / 2;
  if (sorted.size() % 2 == 1) return sorted[middle];
  return (sorted[middle - 1] + sorted[middle]) / 2;
}

double TrimmedMean(std::span<const double> sorted, double trim) {
  assert(trim >= 0 && trim < 0.5);
  if (sorted.empty()) return kNaN;
  const auto cut = static_cast<std::size_t>(static_cast<double>(sorted.size()) * trim);
  return Mean(sorted.subspan(cut, sorted.size() - 2 * cut));
}

double HodgesLehmann(std::span<const double> sorted) {
  if (sorted.empty()) return kNaN;
  const std::size_t pairs = sorted.size() * (sorted.size() + 1) / 2;
  const OrderPair middle = WalshSumAt(sorted, (pairs - 1) / 2);
  return pairs % 2 == 1 ? middle.at / 2 : (middle.at + middle.next) / 4;
}

double HuberLocation(std::span<const double> sorted, double k) {
  assert(k > 0);
  if (sorted.empty()) return kNaN;
  const double bend = k * MedianAbsoluteDeviation(sorted);
  double centre = Median(sorted);
  if (bend == 0) return centre;
  double low = sorted.front();
  double high = sorted.back();
  // Newton's step is exact once the split no longer changes; bisection keeps it from cycling.
  HuberSplit split = SplitAround(sorted, centre, bend);
  while (low < high) {
    const double pull =
        bend * (static_cast<double>(split.above) - static_cast<double>(split.below));
    const double slope = static_cast<double>(split.inside.size());
    const double score = Sum(split.inside) - slope * centre + pull;
    if (score == 0) return centre;
    (score > 0 ? low : high) = centre;
    const double newton = split.inside.empty() ? low : (Sum(split.inside) + pull) / slope;
    const bool useful = newton > low && newton < high;
    const double next = useful ? newton : low + (high - low) / 2;
    if (next <= low || next >= high) return centre;
    const HuberSplit next_split = SplitAround(sorted, next, bend);
    if (useful && next_split == split) return next;
    centre = next;
    split = next_split;
  }
  return centre;
}

double Estimate(Estimator estimator, std::span<const double> sorted,
                std::span<const double> weights, const EstimateOptions& options) {
  switch (estimator) {
    case Estimator::kMean:
      return Mean(sorted);
    case Estimator::kAreaWeightedMean:
      return WeightedMean(sorted, weights);
    case Estimator::kMedian:
      return Median(sorted);
    case Estimator::kTrimmedMean:
      return TrimmedMean(sorted, options.trim);
    case Estimator::kHodgesLehmann:
      return HodgesLehmann(sorted);
    case Estimator::kHuber:
      return HuberLocation(sorted, options.huber_k);
  }
  return kNaN;
}

}  // namespace dijia
