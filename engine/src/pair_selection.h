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

}  // namespace dijia
