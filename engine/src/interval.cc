#include "dijia/interval.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cmath>
#include <limits>
#include <vector>

#include "dijia/scale.h"
#include "dijia/sum.h"
#include "pair_selection.h"

namespace dijia {
namespace {

namespace bm = boost::math;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kLargestExactSignedRank = 50;

// centre ± t · standard_error.
Interval StudentInterval(double centre, double standard_error, double freedom, double coverage) {
  const bm::students_t distribution(freedom);
  const double reach = quantile(complement(distribution, (1 - coverage) / 2)) * standard_error;
  return {centre - reach, centre + reach, coverage};
}

// P(W <= w) for w = 0, 1, … up to the middle, W the signed-rank statistic of n untied differences.
std::vector<double> SignedRankTail(std::size_t n) {
  const std::size_t top = n * (n + 1) / 2;
  std::vector<double> probability(top + 1, 0.0);
  probability[0] = 1;
  std::size_t reached = 0;
  for (std::size_t rank = 1; rank <= n; ++rank) {
    reached += rank;
    for (std::size_t w = reached + 1; w-- > 0;) {
      probability[w] = (probability[w] + (w >= rank ? probability[w - rank] : 0)) / 2;
    }
  }
  for (std::size_t w = 1; w <= top; ++w) probability[w] += probability[w - 1];
  return probability;
}

// The rank (from 0) of the Walsh average that is the lower bound, and the coverage that gives.
struct WalshBound {
  std::size_t rank = 0;
  double coverage = 0;
};

WalshBound WalshBoundOf(std::size_t n, double coverage) {
  // The interval from rank r misses with probability 2 P(W <= r).
  const double tail = (1 - coverage) / 2;
  if (n <= kLargestExactSignedRank) {
    const std::vector<double> probability = SignedRankTail(n);
    const auto beyond = static_cast<std::size_t>(
        std::upper_bound(probability.begin(), probability.end(), tail) - probability.begin());
    const std::size_t rank = std::max<std::size_t>(beyond, 1) - 1;
    return {rank, 1 - 2 * probability[rank]};
  }
  const double size = static_cast<double>(n);
  const double mean = size * (size + 1) / 4;
  const double deviation = std::sqrt(mean * (2 * size + 1) / 6);
  const double rank = std::floor(mean - 0.5 + quantile(bm::normal(), tail) * deviation);
  return {static_cast<std::size_t>(std::max(rank, 0.0)), coverage};
}

}  // namespace

Interval MeanInterval(std::span<const double> values, double coverage) {
  assert(coverage > 0 && coverage < 1);
  const double n = static_cast<double>(values.size());
  if (n < 2) return {kNaN, kNaN, coverage};
  return StudentInterval(Mean(values), StandardDeviation(values) / std::sqrt(n), n - 1, coverage);
}

Interval WeightedMeanInterval(std::span<const double> values, std::span<const double> weights,
                              double coverage) {
  assert(values.size() == weights.size());
  const double n = static_cast<double>(values.size());
  const double total = Sum(weights);
  if (n < 2 || total == 0) return {kNaN, kNaN, coverage};
  const double mean = WeightedMean(values, weights);
  std::vector<double> residuals(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) residuals[i] = weights[i] * (values[i] - mean);
  const double deviation = std::sqrt(SumOfSquares(residuals, 0) / (n - 1));
  return StudentInterval(mean, deviation / (total / n * std::sqrt(n)), n - 1, coverage);
}

OrderStatisticInterval MedianInterval(std::span<const double> sorted, double coverage) {
  assert(coverage > 0 && coverage < 1);
  const std::size_t n = sorted.size();
  if (n == 0) return {{kNaN, kNaN, coverage}, 0, 0};
  // The interval of ranks r and n + 1 − r misses with probability 2 P(B <= r − 1), B ~ Bin(n, 1/2).
  const bm::binomial distribution(static_cast<double>(n), 0.5);
  const auto tail = [&](std::size_t rank) {
    return cdf(distribution, static_cast<double>(rank) - 1);
  };
  std::size_t rank = 1;
  std::size_t too_deep = n / 2 + 1;
  while (too_deep - rank > 1) {  // tail(rank) rises with the rank
    const std::size_t mid = rank + (too_deep - rank) / 2;
    (2 * tail(mid) <= 1 - coverage ? rank : too_deep) = mid;
  }
  const Interval interval{sorted[rank - 1], sorted[n - rank], 1 - 2 * tail(rank)};
  return {interval, rank, n + 1 - rank};
}

Interval TrimmedMeanInterval(std::span<const double> sorted, double trim, double coverage) {
  assert(trim >= 0 && trim < 0.5);
  const std::size_t n = sorted.size();
  const auto cut = static_cast<std::size_t>(static_cast<double>(n) * trim);
  if (n < 2 * cut + 2) return {kNaN, kNaN, coverage};
  std::vector<double> winsorised(sorted.begin(), sorted.end());
  std::fill_n(winsorised.begin(), cut, sorted[cut]);
  std::fill_n(winsorised.rbegin(), cut, sorted[n - 1 - cut]);
  const double squares = SumOfSquares(winsorised, Mean(winsorised));
  const double left = static_cast<double>(n - 2 * cut);
  return StudentInterval(TrimmedMean(sorted, trim), std::sqrt(squares / (left * (left - 1))),
                         left - 1, coverage);
}

Interval HodgesLehmannInterval(std::span<const double> sorted, double coverage) {
  assert(coverage > 0 && coverage < 1);
  const std::size_t n = sorted.size();
  if (n == 0) return {kNaN, kNaN, coverage};
  const std::size_t pairs = n * (n + 1) / 2;
  const WalshBound bound = WalshBoundOf(n, coverage);
  return {WalshSumAt(sorted, bound.rank).at / 2, WalshSumAt(sorted, pairs - 1 - bound.rank).at / 2,
          bound.coverage};
}

Interval HuberInterval(std::span<const double> sorted, double k, double coverage) {
  const double n = static_cast<double>(sorted.size());
  if (n < 2) return {kNaN, kNaN, coverage};
  const double centre = HuberLocation(sorted, k);
  const double bend = k * MedianAbsoluteDeviation(sorted);
  if (bend == 0) return {centre, centre, coverage};
  std::vector<double> pulls(sorted.size());
  double inside = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    pulls[i] = std::clamp(sorted[i] - centre, -bend, bend);
    if (std::abs(sorted[i] - centre) <= bend) ++inside;
  }
  const double standard_error =
      std::sqrt(SumOfSquares(pulls, 0) / n) * (n / inside) / std::sqrt(n - 1);
  return StudentInterval(centre, standard_error, n - 1, coverage);
}

Interval AnalyticInterval(Estimator estimator, std::span<const double> sorted,
                          std::span<const double> weights, double coverage,
                          const EstimateOptions& options) {
  switch (estimator) {
    case Estimator::kMean:
      return MeanInterval(sorted, coverage);
    case Estimator::kAreaWeightedMean:
      return WeightedMeanInterval(sorted, weights, coverage);
    case Estimator::kMedian:
      return MedianInterval(sorted, coverage).interval;
    case Estimator::kTrimmedMean:
      return TrimmedMeanInterval(sorted, options.trim, coverage);
    case Estimator::kHodgesLehmann:
      return HodgesLehmannInterval(sorted, coverage);
    case Estimator::kHuber:
      return HuberInterval(sorted, options.huber_k, coverage);
  }
  return {kNaN, kNaN, coverage};
}

}  // namespace dijia
