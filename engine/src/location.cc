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

double PullOf(const HuberSplit& split, double bend) {
  return bend * (static_cast<double>(split.above) - static_cast<double>(split.below));
}

// Where the sum would be 0 if the split stayed as it is; infinite or NaN with nothing inside.
double RootOf(const HuberSplit& split, double bend) {
  return (Sum(split.inside) + PullOf(split, bend)) / static_cast<double>(split.inside.size());
}

// Newton's steps from `centre`: exact once the split no longer changes. Bisection keeps them from
// cycling.
double SolveHuber(std::span<const double> sorted, double centre, double bend) {
  double low = sorted.front();
  double high = sorted.back();
  HuberSplit split = SplitAround(sorted, centre, bend);
  for (;;) {
    const double inside = Sum(split.inside) - static_cast<double>(split.inside.size()) * centre;
    const double score = inside + PullOf(split, bend);
    if (score == 0) return centre;
    (score > 0 ? low : high) = centre;
    const double root = RootOf(split, bend);
    const bool useful = root > low && root < high;
    const double next = useful ? root : low + (high - low) / 2;
    if (!(next > low && next < high)) return centre;
    const HuberSplit next_split = SplitAround(sorted, next, bend);
    if (useful && next_split == split) return next;
    centre = next;
    split = next_split;
  }
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
  const double median = Median(sorted);
  return bend == 0 ? median : SolveHuber(sorted, median, bend);
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
