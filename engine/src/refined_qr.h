// Least squares to nearly full accuracy however ill-conditioned: Householder QR with column
// pivoting, then Björck's refinement of the augmented system
//     r + X b = y,  Xᵀ r = g
// with residuals in twice the digits (Björck 1967, BIT 7, 257–278; Golub & Van Loan 2013, §5.3.8).
// Meant for tables that fit the memory twice over; tall well-conditioned ones go through gram.h.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "dijia/base/result.h"
#include "dijia/matrix_view.h"

namespace dijia {

struct RefinedSolution {
  std::vector<double> coefficients;  // b, columns
  std::vector<double> residuals;     // r = y − X b, rows
};

class RefinedQr {
 public:
  // Factors a copy of `x`, or of x + low where `low` (empty for 0) holds the digits of x beyond
  // double. Error kCollinearColumns when a column is a linear combination of the others to within
  // rounding. Precondition: rows >= columns >= 1, all finite.
  static Result<RefinedQr> Factor(const ColumnMajorView& x, std::span<const double> low = {});

  RefinedQr(RefinedQr&&) noexcept;
  RefinedQr& operator=(RefinedQr&&) noexcept;
  ~RefinedQr();

  // b and r of the system above; `g` of x.columns numbers.
  RefinedSolution Solve(std::span<const double> y, std::span<const double> g) const;

  // (XᵀX)⁻¹, column-major and symmetric.
  std::vector<double> InverseOfCrossProducts() const;

  // Squared length of each row of the orthogonal factor: the leverages.
  std::vector<double> Leverages() const;

  // Ratio of the largest to the smallest diagonal element of R, columns scaled to like size: a
  // lower bound of the condition number, usually within a factor of ten.
  double condition() const;

 private:
  struct Factors;
  explicit RefinedQr(std::unique_ptr<Factors> factors);
  std::unique_ptr<Factors> factors_;
};

}  // namespace dijia
