#include "pair_selection.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <vector>

namespace dijia {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Pairs (i, j) with i < rows and first(i) <= j < columns. value(i, j) rises with j, and the column
// where it passes a threshold moves in one direction as i grows, so that a walk along this border
// is O(rows + columns).
template <class Value, class First>
class Staircase {
 public:
  Staircase(std::size_t rows, std::size_t columns, Value value, First first)
      : rows_(rows), columns_(columns), value_(value), first_(first) {}

  struct Split {
    std::size_t count = 0;      // pairs with a value of at most the threshold
    double below = -kInfinity;  // the largest of them
    double above = kInfinity;   // the smallest of the others
  };

  Split SplitAt(double threshold) const {
    Split split;
    std::size_t j = columns_;
    for (std::size_t i = 0; i < rows_; ++i) {
      j = Border(i, j, threshold);
      split.count += j - first_(i);
      if (j > first_(i)) split.below = std::max(split.below, value_(i, j - 1));
      if (j < columns_) split.above = std::min(split.above, value_(i, j));
    }
    return split;
  }

  // All values in [low, high], in no order.
  std::vector<double> Within(double low, double high) const {
    std::vector<double> values;
    std::size_t j = columns_;
    for (std::size_t i = 0; i < rows_; ++i) {
      j = Border(i, j, high);
      for (std::size_t k = j; k > first_(i) && value_(i, k - 1) >= low; --k) {
        values.push_back(value_(i, k - 1));
      }
    }
    return values;
  }

  // All `total` values lie in [low, high].
  OrderPair At(std::size_t rank, std::size_t total, double low, double high) const {
    const std::size_t next = std::min(rank + 1, total - 1);
    std::size_t before = 0;  // pairs below `low`
    std::size_t through = total;
    while (through - before > 2 * (rows_ + columns_) && low < high) {
      const double mid = std::max(low, low + (high - low) / 2);
      const Split split = SplitAt(mid < high ? mid : low);
      if (split.count > next) {
        high = split.below;
        through = split.count;
      } else if (split.count <= rank) {
        low = split.above;
        before = split.count;
      } else {
        return {split.below, split.above};
      }
    }
    if (low >= high) return {high, high};
    std::vector<double> values = Within(low, high);
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank - before);
    std::nth_element(values.begin(), at, values.end());
    if (next == rank) return {*at, *at};
    return {*at, *std::min_element(at + 1, values.end())};
  }

 private:
  std::size_t Border(std::size_t i, std::size_t j, double threshold) const {
    j = std::max(j, first_(i));
    while (j < columns_ && value_(i, j) <= threshold) ++j;
    while (j > first_(i) && value_(i, j - 1) > threshold) --j;
    return j;
  }

  std::size_t rows_, columns_;
  Value value_;
  First first_;
};

}  // namespace

OrderPair WalshSumAt(std::span<const double> sorted, std::size_t rank) {
  const std::size_t n = sorted.size();
  assert(rank < n * (n + 1) / 2);
  const Staircase sums(
      n, n, [sorted](std::size_t i, std::size_t j) { return sorted[i] + sorted[j]; },
      [](std::size_t i) { return i; });
  return sums.At(rank, n * (n + 1) / 2, 2 * sorted.front(), 2 * sorted.back());
}

OrderPair DifferenceAt(std::span<const double> sorted, std::size_t rank) {
  const std::size_t n = sorted.size();
  assert(n > 1 && rank < n * (n - 1) / 2);
  const Staircase differences(
      n, n, [sorted](std::size_t i, std::size_t j) { return sorted[j] - sorted[i]; },
      [](std::size_t i) { return i + 1; });
  return differences.At(rank, n * (n - 1) / 2, 0, sorted.back() - sorted.front());
}

OrderPair SkewAt(std::span<const double> below, std::span<const double> above, double median,
                 std::size_t rank) {
  assert(rank < below.size() * above.size());
  const auto ties = static_cast<std::size_t>(std::upper_bound(above.begin(), above.end(), median) -
                                             above.begin());
  const std::size_t first_tie = below.size() - ties;
  const auto skew = [=](std::size_t i, std::size_t j) {
    if (i >= first_tie && j < ties) {
      const std::size_t place = i - first_tie + j, middle = ties - 1;
      return place < middle ? -1.0 : (place == middle ? 0.0 : 1.0);
    }
    return ((above[j] - median) - (median - below[i])) / (above[j] - below[i]);
  };
  const Staircase skews(below.size(), above.size(), skew,
                        [](std::size_t) { return std::size_t{0}; });
  return skews.At(rank, below.size() * above.size(), -1, 1);
}

}  // namespace dijia
