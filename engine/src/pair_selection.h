// Order statistics of all pairwise sums or differences of a sorted sample, without listing them.
#pragma once

#include <cstddef>
#include <span>

namespace dijia {

// The order statistics at ranks `rank` and `rank + 1`, counted from 0; the second is the first
// again when there is none beyond it.
struct OrderPair {
  double at = 0;
  double next = 0;
};

// Among the n (n + 1) / 2 sums x[i] + x[j], i <= j, of n > 0 ascending finite values: twice the
// Walsh averages. Exact: the very doubles that adding gives. O(n log n).
OrderPair WalshSumAt(std::span<const double> sorted, std::size_t rank);

// Among the n (n − 1) / 2 differences x[j] − x[i], i < j, of n > 1 ascending finite values.
OrderPair DifferenceAt(std::span<const double> sorted, std::size_t rank);

// Among the skews ((b − m) − (m − a)) / (b − a) of all pairs of a value a of `below` and b of
// `above`, both ascending, with a <= m <= b. The k values equal to m stand in both; of their pairs
// k (k − 1) / 2 count as −1, k as 0 and the others as 1. O(n log n).
OrderPair SkewAt(std::span<const double> below, std::span<const double> above, double median,
                 std::size_t rank);

}  // namespace dijia
