#include "dijia/scale.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "dijia/location.h"
#include "dijia/sum.h"
#include "pair_selection.h"

namespace dijia {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Distances from `centre`, nearest first, by walking outwards on both sides of it.
class OutwardWalk {
 public:
  OutwardWalk(std::span<const double> sorted, double centre)
      : sorted_(sorted),
        centre_(centre),
        right_(static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), centre) -
                                        sorted.begin())),
        left_(right_) {}

  double Next() {
    const bool take_left = right_ == sorted_.size() ||
                           (left_ > 0 && centre_ - sorted_[left_ - 1] <= sorted_[right_] - centre_);
    return take_left ? centre_ - sorted_[--left_] : sorted_[right_++] - centre_;
  }

 private:
  std::span<const double> sorted_;
  double centre_;
  std::size_t right_;  // the first value not yet passed on the right
  std::size_t left_;   // one past the first not yet passed on the left
};

// The rank-th smallest distance (from 1) between sorted[i] and any value, itself included.
double DistanceAt(std::span<const double> sorted, std::size_t i, std::size_t rank) {
  // The rank nearest values are a run of that length around i: the best start balances both ends.
  const std::size_t latest = std::min(i, sorted.size() - rank);
  std::size_t start = i + 1 < rank ? 0 : i + 1 - rank;
  for (std::size_t count = latest - start; count > 0;) {
    const std::size_t half = count / 2;
    const std::size_t mid = start + half;
    if (sorted[i] - sorted[mid] > sorted[mid + rank] - sorted[i]) {
      start = mid + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return std::max(sorted[i] - sorted[start], sorted[start + rank - 1] - sorted[i]);
}

double QnCorrection(std::size_t count) {
  constexpr std::array<double, 11> kSmall = {0.399356, 0.99365, 0.51321, 0.84401, 0.61220, 0.85877,
                                             0.66993,  0.87344, 0.72014, 0.88906, 0.75743};
  if (count <= 12) return kSmall[count - 2];
  const double n = static_cast<double>(count);
  const double excess = count % 2 == 1 ? 1.60188 + (-2.1284 - 5.172 / n) / n
                                       : 3.67561 + (1.9654 + (6.987 - 77 / n) / n) / n;
  return 1 / (excess / n + 1);
}

double SnCorrection(std::size_t count) {
  constexpr std::array<double, 8> kSmall = {0.743, 1.851, 0.954, 1.351, 0.993, 1.198, 1.005, 1.131};
  if (count <= 9) return kSmall[count - 2];
  const double n = static_cast<double>(count);
  return count % 2 == 1 ? n / (n - 0.9) : 1;
}

}  // namespace

double Variance(std::span<const double> values) {
  if (values.size() < 2) return kNaN;
  return SumOfSquares(values, Mean(values)) / static_cast<double>(values.size() - 1);
}

double StandardDeviation(std::span<const double> values) { return std::sqrt(Variance(values)); }

double CoefficientOfVariation(std::span<const double> values) {
  const double mean = Mean(values);
  return mean == 0 ? kNaN : StandardDeviation(values) / mean;
}

double MedianAbsoluteDeviation(std::span<const double> sorted) {
  if (sorted.empty()) return kNaN;
  OutwardWalk walk(sorted, Median(sorted));
  double before = 0;
  double at = 0;
  for (std::size_t i = 0; i <= sorted.size() / 2; ++i) {
    before = at;
    at = walk.Next();
  }
  return kMadScale * (sorted.size() % 2 == 1 ? at : (before + at) / 2);
}

double Qn(std::span<const double> sorted) {
  const std::size_t n = sorted.size();
  if (n < 2) return n == 1 ? 0 : kNaN;
  const std::size_t half = n / 2 + 1;
  // 1 / (√2 Φ⁻¹(5/8)), to the digits that the published corrections go with.
  constexpr double kScale = 2.21914;
  return kScale * QnCorrection(n) * DifferenceAt(sorted, half * (half - 1) / 2 - 1).at;
}

double Sn(std::span<const double> sorted) {
  const std::size_t n = sorted.size();
  if (n < 2) return n == 1 ? 0 : kNaN;
  std::vector<double> medians(n);  // high medians; of them the low median
  for (std::size_t i = 0; i < n; ++i) medians[i] = DistanceAt(sorted, i, n / 2 + 1);
  const auto middle = medians.begin() + static_cast<std::ptrdiff_t>((n + 1) / 2 - 1);
  std::nth_element(medians.begin(), middle, medians.end());
  constexpr double kScale = 1.1926;
  return kScale * SnCorrection(n) * *middle;
}

double Medcouple(std::span<const double> sorted) {
  if (sorted.empty()) return kNaN;
  const double median = Median(sorted);
  const auto below = sorted.first(static_cast<std::size_t>(
      std::upper_bound(sorted.begin(), sorted.end(), median) - sorted.begin()));
  const auto above = sorted.subspan(static_cast<std::size_t>(
      std::lower_bound(sorted.begin(), sorted.end(), median) - sorted.begin()));
  const std::size_t pairs = below.size() * above.size();
  const OrderPair middle = SkewAt(below, above, median, (pairs - 1) / 2);
  return pairs % 2 == 1 ? middle.at : (middle.at + middle.next) / 2;
}

Moments MomentsOf(std::span<const double> values) {
  constexpr std::size_t kLanes = 4;  // fixed, so that vector and scalar code add in one order
  const double mean = Mean(values);
  std::array<double, kLanes> squares{}, cubes{}, fourths{};
  const auto add = [&](std::size_t lane, double value) {
    const double d = value - mean;
    const double square = d * d;
    squares[lane] += square;
    cubes[lane] += square * d;
    fourths[lane] += square * square;
  };
  const std::size_t whole = values.size() - values.size() % kLanes;
  for (std::size_t i = 0; i < whole; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) add(lane, values[i + lane]);
  }
  for (std::size_t i = whole; i < values.size(); ++i) add(i - whole, values[i]);
  const auto moment = [&](const std::array<double, kLanes>& sums) {
    return (sums[0] + sums[1] + (sums[2] + sums[3])) / static_cast<double>(values.size());
  };
  const double second = moment(squares);
  return {mean, second, moment(cubes) / (second * std::sqrt(second)),
          moment(fourths) / (second * second)};
}

}  // namespace dijia
