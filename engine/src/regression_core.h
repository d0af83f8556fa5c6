// What every way of solving a least-squares problem leaves behind, and the way by QR.
#pragma once

#include <Eigen/Dense>
#include <optional>
#include <span>
#include <vector>

#include "dijia/base/result.h"
#include "dijia/least_squares.h"
#include "dijia/matrix_view.h"

namespace dijia {

struct RegressionCore {
  Eigen::VectorXd coefficients;
  Eigen::MatrixXd inverse;   // (ZᵀZ)⁻¹, Z = √w [1, X]
  Eigen::MatrixXd sandwich;  // of the robust kinds, before the factor of kHC1; else empty
  double residual_squares = 0.0;
  double total_squares = 0.0;
  double condition = 1.0;
  LeastSquaresPath path = LeastSquaresPath::kRefinedQr;
};

// Sizes and numbers that no method can use, or nothing.
std::optional<Error> CheckShape(const ColumnMajorView& x, std::span<const double> y,
                                const LeastSquaresOptions& options);
std::optional<Error> CheckWeights(std::span<const double> weights);
std::optional<Error> CheckNumbers(const ColumnMajorView& x, std::span<const double> y);

// [1, X] with rows times √w.
Eigen::MatrixXd DesignOf(const ColumnMajorView& x, const LeastSquaresOptions& options);

struct QrFit {
  RegressionCore core;
  Eigen::MatrixXd design;         // Z
  std::vector<double> residuals;  // √w (y − Xb)
  std::vector<double> leverages;
};

// Precondition: the checks above found nothing. Error kCollinearColumns.
Result<QrFit> FitByQr(const ColumnMajorView& x, std::span<const double> y,
                      const LeastSquaresOptions& options);

// FitByQr on x, x², …, x^degree, the powers carried with twice the digits.
Result<QrFit> FitPolynomialByQr(std::span<const double> x, std::span<const double> y, int degree,
                                const LeastSquaresOptions& options);

}  // namespace dijia
