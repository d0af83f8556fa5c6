// Checks the proof of an order fit from the conditions alone. Shares nothing with the engine but
// the plain structs, and sums in another order and precision.
#pragma once

#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "dijia/ordered_grid.h"

namespace dijia::test {

// The first condition that is violated, in words; empty when the fit is proved to be the nearest.
// Values that equal each other are the same double, since they are one block's mean; equations hold
// within `tolerance` · Σ w |y|.
inline std::string OrderFault(std::span<const double> y, std::span<const double> w,
                              std::span<const OrderPair> pairs, const PartialOrderFit& fit,
                              double tolerance) {
  std::vector<long double> balance(y.size(), 0.0L);
  long double scale = 0.0L;
  for (std::size_t i = y.size(); i-- > 0;) {
    const long double weight = w.empty() ? 1.0L : w[i];
    balance[i] = weight * (static_cast<long double>(fit.fitted[i]) - y[i]);
    scale += weight * std::fabs(static_cast<long double>(y[i]));
  }
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const auto [above, below] = pairs[p];
    const double lambda = fit.certificate.multipliers[p];
    const std::string which = " of pair " + std::to_string(p);
    if (!(fit.fitted[above] >= fit.fitted[below])) return "order" + which;
    if (!(lambda >= 0.0)) return "sign" + which;
    if (lambda > 0.0 && fit.fitted[above] != fit.fitted[below]) return "slackness" + which;
    balance[above] -= lambda;
    balance[below] += lambda;
  }
  for (std::size_t i = 0; i < balance.size(); ++i) {
    if (std::fabs(balance[i]) > tolerance * scale) return "balance of " + std::to_string(i);
  }
  return "";
}

}  // namespace dijia::test
