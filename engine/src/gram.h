// Cross products of tall tables: everything least squares needs from one reading of the rows.
//
// Sums are made in eight lanes (row mod 8) within blocks of rows, lanes and blocks are added in a
// fixed order, and no multiply-add is fused, so the bits depend on the rows alone: not on threads,
// vector width or machine.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "dijia/matrix_view.h"
#include "simd.h"

namespace dijia {

// Rows of Z = √w · [1, X − shift] (the 1 only with an intercept) and √w · (y − response_shift).
// Shifting by a value near the mean keeps the digits that raw squares lose.
struct TallDesign {
  ColumnMajorView x;
  std::span<const double> y;             // x.rows
  std::span<const double> root_weights;  // x.rows, or empty for 1
  std::span<const double> shifts;        // x.columns
  double response_shift = 0.0;
  bool intercept = true;

  std::size_t columns() const { return x.columns + (intercept ? 1 : 0); }
};

struct Work {
  unsigned threads = 1;
  SimdLevel level = BestSimdLevel();
};

// [Z y]ᵀ[Z y], lower triangle by rows: element (i, j), j <= i, at i (i + 1) / 2 + j.
std::vector<double> CrossProducts(const TallDesign& design, const Work& work);

// How much a squared residual counts in the middle of the sandwich.
enum class MeatKind { kNone, kSquaredResiduals, kOverLeverage, kOverLeverageSquared };

struct ResidualSums {
  double squares = 0.0;       // Σ e², e = √w · residual
  std::vector<double> score;  // Zᵀe, columns()
  std::vector<double> meat;   // Σ e² a zzᵀ, lower triangle by rows; empty for kNone. a is 1,
                              // 1/(1 − h) or 1/(1 − h)², h the leverage of the row
};

// One more reading of the rows: what the residuals of `coefficients` (of Z) sum up to.
// `lower_factor` is L of ZᵀZ = L Lᵀ, lower triangle by rows; used for leverages only.
ResidualSums SumResiduals(const TallDesign& design, std::span<const double> coefficients,
                          MeatKind kind, std::span<const double> lower_factor, const Work& work);

}  // namespace dijia
