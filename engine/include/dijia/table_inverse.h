// What a published table was computed with, recovered from its figures, so that an office can find
// what its predecessor used (benchmark-price notes §4; real-cases.md §1.2 and §7).
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "dijia/base/land.h"
#include "dijia/coefficient.h"

namespace dijia {

// A row of a table of term factors.
struct TermRow {
  Years term;
  Coefficient factor;
};

struct RecoveredRate {
  double rate = 0.0;              // per year
  double largest_residual = 0.0;  // |formula − published|
  std::size_t row = 0;            // where it is
};

// The capitalization rate r, 0.01 % to 100 %, whose K(m) = (1 − (1+r)^−m) / (1 − (1+r)^−n) has the
// smallest largest residual. Each K(m) rises with r, so there is one. Nothing without a row
// 0 < m < n: the rate does not show.
std::optional<RecoveredRate> RecoverRate(const std::vector<TermRow>& rows, Years full_term);

struct RecoveredPower {
  double exponent = 0.0, base = 0.0;  // K(f) = (f / base)^exponent
  double largest_residual = 0.0;      // |formula − published|
  std::size_t row = 0;                // where it is
};

// The exponent and the base FAR of the column of a grade. With a `base` that is known the largest
// residual is made smallest, without one that of ln K; the base is where the curve crosses 1.
// Nothing for fewer than two rows (three without a base), a figure or ratio ≤ 0, no row away from
// the base, or a column that is constant and has no base.
std::optional<RecoveredPower> RecoverPower(const Curve& table, int grade,
                                           std::optional<Measure> base);

}  // namespace dijia
