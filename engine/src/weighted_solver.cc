#include "weighted_solver.h"

#include <cmath>
#include <limits>

namespace dijia {

WeightedSolver::WeightedSolver(const ColumnMajorView& x, std::span<const double> y, bool intercept)
    : design_(static_cast<Eigen::Index>(x.rows),
              static_cast<Eigen::Index>(x.columns) + (intercept ? 1 : 0)),
      response_(Eigen::Map<const Eigen::VectorXd>(y.data(), static_cast<Eigen::Index>(y.size()))) {
  if (intercept) design_.col(0).setOnes();
  if (x.columns == 0) return;
  design_.rightCols(static_cast<Eigen::Index>(x.columns)) = Eigen::Map<const Eigen::MatrixXd>(
      x.values.data(), design_.rows(), static_cast<Eigen::Index>(x.columns));
}

Eigen::VectorXd WeightedSolver::Solve(std::span<const double> weights) const {
  Eigen::VectorXd roots(rows());
  for (Eigen::Index i = 0; i < rows(); ++i) {
    roots(i) = std::sqrt(weights[static_cast<std::size_t>(i)]);
  }
  const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(roots.asDiagonal() * design_);
  if (qr.rank() < terms()) {
    return Eigen::VectorXd::Constant(terms(), std::numeric_limits<double>::quiet_NaN());
  }
  return qr.solve(roots.cwiseProduct(response_));
}

std::vector<double> WeightedSolver::Residuals(const Eigen::VectorXd& coefficients) const {
  const Eigen::VectorXd residuals = response_ - design_ * coefficients;
  return {residuals.data(), residuals.data() + residuals.size()};
}

}  // namespace dijia
