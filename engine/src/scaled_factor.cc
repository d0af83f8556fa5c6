#include "scaled_factor.h"

#include <cmath>

namespace dijia {

std::optional<ScaledFactor> ScaledFactor::Of(const Eigen::MatrixXd& cross_products,
                                             double largest_condition) {
  ScaledFactor out;
  if (cross_products.rows() == 0) return out;
  const Eigen::VectorXd scale = cross_products.diagonal().cwiseSqrt();
  if (!cross_products.allFinite() || !(scale.minCoeff() > 0.0)) return std::nullopt;
  const Eigen::VectorXd inverse_scale = scale.cwiseInverse();
  const Eigen::MatrixXd scaled =
      inverse_scale.asDiagonal() * cross_products * inverse_scale.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(scaled, Eigen::EigenvaluesOnly);
  const double smallest = eigen.eigenvalues()(0);
  const double largest = eigen.eigenvalues()(scaled.rows() - 1);
  if (!(smallest * largest_condition >= largest)) return std::nullopt;
  out.condition = std::sqrt(largest / smallest);
  const auto identity = Eigen::MatrixXd::Identity(scaled.rows(), scaled.rows());
  out.inverse =
      inverse_scale.asDiagonal() * scaled.llt().solve(identity) * inverse_scale.asDiagonal();
  return out;
}

}  // namespace dijia
