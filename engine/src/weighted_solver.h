// Least squares again and again on the same rows with other weights, for M-estimates.
#pragma once

#include <Eigen/Dense>
#include <span>
#include <vector>

#include "dijia/matrix_view.h"

namespace dijia {

class WeightedSolver {
 public:
  WeightedSolver(const ColumnMajorView& x, std::span<const double> y, bool intercept);

  Eigen::Index rows() const { return design_.rows(); }
  Eigen::Index terms() const { return design_.cols(); }
  const Eigen::MatrixXd& design() const { return design_; }
  const Eigen::VectorXd& response() const { return response_; }

  // Coefficients for weights >= 0; not finite when the weighted columns depend on each other.
  Eigen::VectorXd Solve(std::span<const double> weights) const;
  std::vector<double> Residuals(const Eigen::VectorXd& coefficients) const;

 private:
  Eigen::MatrixXd design_;
  Eigen::VectorXd response_;
};

}  // namespace dijia
