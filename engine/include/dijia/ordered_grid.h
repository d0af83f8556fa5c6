// Order in two directions at once: grades of one area and towns of one county. The nearest prices
// that fall along both are a weighted isotonic regression over a partial order (Robertson, Wright &
// Dykstra 1988, Order Restricted Statistical Inference, §1.3–1.5). The fit comes with the
// multipliers that prove it: who doubts it checks four conditions instead of running a solver.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "dijia/base/result.h"

namespace dijia {

// "The value of `above` is not below that of `below`": indices into the values.
struct OrderPair {
  std::size_t above = 0, below = 0;
  friend bool operator==(const OrderPair&, const OrderPair&) = default;
};

// The proof that values f in order make Σ w (y − f)² smallest (Karush, Kuhn and Tucker; the problem
// is convex, so the conditions suffice). For all pairs λ ≥ 0, and λ > 0 only where both values are
// equal; for every value i
//   w_i (f_i − y_i) = Σ λ of the pairs that i stands above − Σ λ of those that it stands below.
struct OrderCertificate {
  std::vector<double> multipliers;  // one for each pair, in their order
};

struct PartialOrderFit {
  std::vector<double> fitted;
  OrderCertificate certificate;
};

// The fit of values in a partial order that `pairs` span. `weights` is empty for 1, else one number
// > 0 for each value. Splits at the lower set of largest gain until no block has one (Luss, Rosset
// & Shahar, Annals of Applied Statistics 6 (2012) 253–283); each gain is a maximum flow, and the
// flows of the last blocks are the multipliers. For some hundred values: the time grows with their
// cube. Values of a cycle of pairs come out equal. The equations of the certificate hold within
// rounding errors, which are below 1e-13 · n · Σ w |y| for n values. Errors: kNumberNotAllowed (a
// value that is not finite, a weight not > 0), kSizesDiffer. Empty for no values. Precondition: the
// pairs name values.
Result<PartialOrderFit> FitPartialOrder(std::span<const double> values,
                                        std::span<const double> weights,
                                        std::span<const OrderPair> pairs);

// A value at a place of a grid: prices fall from grade to grade and from row to row.
struct GridCell {
  int row = 0, grade = 0;
  friend auto operator<=>(const GridCell&, const GridCell&) = default;
};

// The pairs of cells next to each other in the order of both directions: (r, g) stands above
// (r′, g′) when r ≤ r′ and g ≤ g′, and no third cell lies between. Cells may be missing; the same
// place must not occur twice.
std::vector<OrderPair> GridPairs(std::span<const GridCell> cells);

}  // namespace dijia
