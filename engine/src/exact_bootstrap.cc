// The bootstrap distribution of the median without simulation (bootstrap.h).
#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <limits>

#include "dijia/bootstrap.h"

namespace dijia {
namespace {

namespace bm = boost::math;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// P(at least `wanted` of n draws fall on the lowest `below` of n values).
double BinomialTail(std::size_t n, std::size_t below, std::size_t wanted) {
  if (below == 0) return 0;
  if (below == n) return 1;
  const double share = static_cast<double>(below) / static_cast<double>(n);
  return bm::ibeta(static_cast<double>(wanted), static_cast<double>(n - wanted) + 1, share);
}

// The distribution function of the resampled median at a threshold, with the possible medians next
// to it on both sides.
struct Split {
  double probability = 0;
  double below = -kInfinity;  // the largest possible median of at most the threshold
  double above = kInfinity;   // the smallest beyond it
};

Split SplitOdd(std::span<const double> sorted, double t) {
  const auto beyond = std::upper_bound(sorted.begin(), sorted.end(), t);
  Split split;
  const auto below = static_cast<std::size_t>(beyond - sorted.begin());
  split.probability = BinomialTail(sorted.size(), below, sorted.size() / 2 + 1);
  if (beyond != sorted.begin()) split.below = *(beyond - 1);
  if (beyond != sorted.end()) split.above = *beyond;
  return split;
}

// With n = 2 m draws the median is (x_i + x_j) / 2, i <= j the m-th and the (m + 1)-th smallest
// index. P(m-th <= i, (m + 1)-th > j) = C(2m, m) ((i + 1) / n)^m ((n − 1 − j) / n)^m for i <= j:
// exactly m draws up to i, the others beyond j.
class EvenMedian {
 public:
  explicit EvenMedian(std::span<const double> sorted)
      : sorted_(sorted), half_(sorted.size() / 2), n_(static_cast<double>(sorted.size())) {
    const double m = static_cast<double>(half_);
    log_ways_ = bm::lgamma(n_ + 1) - 2 * bm::lgamma(m + 1);
    // Ten standard deviations of the draws below the middle: nothing beyond can be seen in a
    // double.
    const double reach = 10 * std::sqrt(n_) / 2 + 2;
    first_ = static_cast<std::size_t>(std::max(0.0, m - reach));
    last_ = std::min(sorted.size(), static_cast<std::size_t>(m + reach));
  }

  // P(median <= t) = P(m-th <= I) − Σ P(m-th = i, (m + 1)-th > j(i)), where I is the last value of
  // at most t and j(i) the last partner of i with which the mean is at most t.
  Split SplitAt(double t) const {
    const auto beyond = std::upper_bound(sorted_.begin(), sorted_.end(), t);
    const auto through = static_cast<std::size_t>(beyond - sorted_.begin());
    Split split;
    split.probability = BinomialTail(sorted_.size(), through, half_);
    if (beyond != sorted_.end()) split.above = *beyond;
    std::size_t j = sorted_.size();
    for (std::size_t i = 0; i < through; ++i) {
      while (j > i + 1 && Mean(i, j - 1) > t) --j;  // j(i) = j − 1 falls as i grows
      split.below = std::max(split.below, Mean(i, j - 1));
      if (j < sorted_.size()) split.above = std::min(split.above, Mean(i, j));
      if (i + 1 >= first_ && i <= last_) split.probability -= Apart(i, j);
    }
    return split;
  }

 private:
  double Mean(std::size_t i, std::size_t j) const { return (sorted_[i] + sorted_[j]) / 2; }

  // P(m-th smallest index = i, (m + 1)-th >= j), j > i.
  double Apart(std::size_t i, std::size_t j) const {
    const double right = Power(sorted_.size() - j);
    if (right == -kInfinity) return 0;
    const double upper = std::exp(log_ways_ + Power(i + 1) + right);
    return i == 0 ? upper : upper - std::exp(log_ways_ + Power(i) + right);
  }

  // log (k / n)^m.
  double Power(std::size_t k) const {
    return k == 0 ? -kInfinity : static_cast<double>(half_) * std::log(static_cast<double>(k) / n_);
  }

  std::span<const double> sorted_;
  std::size_t half_;
  double n_;
  double log_ways_ = 0;
  std::size_t first_ = 0;
  std::size_t last_ = 0;
};

// The least possible median with at least the probability.
template <class SplitAt>
double MedianAtProbability(std::span<const double> sorted, double probability, SplitAt split_at) {
  double low = sorted.front();
  double high = sorted.back();
  while (low < high) {
    const double mid = std::max(low, low + (high - low) / 2);
    const Split split = split_at(mid < high ? mid : low);
    if (split.probability >= probability) {
      high = split.below;
    } else {
      low = split.above;
    }
  }
  return low;
}

}  // namespace

double BootstrapMedianProbability(std::span<const double> sorted, double t) {
  if (sorted.empty()) return kNaN;
  if (t >= sorted.back()) return 1;
  if (sorted.size() % 2 == 1) return SplitOdd(sorted, t).probability;
  return std::clamp(EvenMedian(sorted).SplitAt(t).probability, 0.0, 1.0);
}

Interval ExactBootstrapMedianInterval(std::span<const double> sorted, double coverage) {
  assert(coverage > 0 && coverage < 1);
  if (sorted.empty()) return {kNaN, kNaN, coverage};
  const double tail = (1 - coverage) / 2;
  if (sorted.size() % 2 == 1) {
    const auto split = [&](double t) { return SplitOdd(sorted, t); };
    return {MedianAtProbability(sorted, tail, split), MedianAtProbability(sorted, 1 - tail, split),
            coverage};
  }
  const EvenMedian median(sorted);
  const auto split = [&](double t) { return median.SplitAt(t); };
  return {MedianAtProbability(sorted, tail, split), MedianAtProbability(sorted, 1 - tail, split),
          coverage};
}

}  // namespace dijia
