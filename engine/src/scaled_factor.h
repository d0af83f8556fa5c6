// The inverse of a matrix of cross products, or the knowledge that it cannot be had safely.
#pragma once

#include <Eigen/Dense>
#include <optional>

namespace dijia {

struct ScaledFactor {
  Eigen::MatrixXd inverse;
  double condition = 1.0;  // of the columns, scaled to unit length

  // Nothing when the matrix, scaled to a unit diagonal, has a condition above `largest_condition`,
  // is not positive definite or not finite. A matrix of no columns has the condition 1.
  static std::optional<ScaledFactor> Of(const Eigen::MatrixXd& cross_products,
                                        double largest_condition);
};

}  // namespace dijia
