#include "regression_core.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/sum.h"
#include "double_double.h"
#include "refined_qr.h"

namespace dijia {
namespace {

using Index = Eigen::Index;

std::optional<Error> FirstNotFinite(std::span<const double> values, const std::string& what) {
  const auto bad = std::find_if_not(values.begin(), values.end(),
                                    [](double value) { return std::isfinite(value); });
  if (bad == values.end()) return std::nullopt;
  return Error{Code::kNumberNotAllowed,
               what + " at row " + std::to_string(bad - values.begin() + 1) + " is not finite"};
}

double TotalSquares(std::span<const double> y, const LeastSquaresOptions& options) {
  const bool weighted = !options.weights.empty();
  double centre = 0.0;
  if (options.intercept) {
    centre = weighted ? WeightedSum(y, options.weights) / Sum(options.weights)
                      : Sum(y) / static_cast<double>(y.size());
  }
  std::vector<double> squares(y.size());
  for (std::size_t i = 0; i < y.size(); ++i) {
    squares[i] = (y[i] - centre) * (y[i] - centre) * (weighted ? options.weights[i] : 1.0);
  }
  return Sum(squares);
}

// The solution for rows of Z = design + low.
Result<QrFit> FitDesign(Eigen::MatrixXd design, std::span<const double> low,
                        std::span<const double> y, const LeastSquaresOptions& options) {
  QrFit fit;
  fit.design = std::move(design);
  const auto rows = static_cast<std::size_t>(fit.design.rows());
  const auto terms = static_cast<std::size_t>(fit.design.cols());
  std::vector<double> response(y.begin(), y.end());
  for (std::size_t i = 0; i < options.weights.size(); ++i) {
    response[i] *= std::sqrt(options.weights[i]);
  }
  Result<RefinedQr> qr = RefinedQr::Factor({{fit.design.data(), rows * terms}, rows, terms}, low);
  if (!qr) return qr.error();
  RefinedSolution solution = qr->Solve(response, std::vector<double>(terms));
  fit.core.coefficients =
      Eigen::Map<const Eigen::VectorXd>(solution.coefficients.data(), fit.design.cols());
  const std::vector<double> inverse = qr->InverseOfCrossProducts();
  fit.core.inverse =
      Eigen::Map<const Eigen::MatrixXd>(inverse.data(), fit.design.cols(), fit.design.cols());
  fit.core.condition = qr->condition();
  fit.residuals = std::move(solution.residuals);
  fit.core.residual_squares = WeightedSum(fit.residuals, fit.residuals);
  fit.core.total_squares = TotalSquares(y, options);
  fit.leverages = qr->Leverages();
  return fit;
}

}  // namespace

Eigen::MatrixXd DesignOf(const ColumnMajorView& x, const LeastSquaresOptions& options) {
  const auto rows = static_cast<Index>(x.rows);
  const auto columns = static_cast<Index>(x.columns);
  const Index first = options.intercept ? 1 : 0;
  Eigen::MatrixXd design(rows, columns + first);
  if (options.intercept) design.col(0).setOnes();
  if (columns > 0) {
    design.rightCols(columns) = Eigen::Map<const Eigen::MatrixXd>(x.values.data(), rows, columns);
  }
  for (Index i = 0; i < rows && !options.weights.empty(); ++i) {
    design.row(i) *= std::sqrt(options.weights[static_cast<std::size_t>(i)]);
  }
  return design;
}

std::optional<Error> CheckShape(const ColumnMajorView& x, std::span<const double> y,
                                const LeastSquaresOptions& options) {
  if (x.values.size() != x.rows * x.columns || y.size() != x.rows ||
      (!options.weights.empty() && options.weights.size() != x.rows)) {
    return Error{Code::kSizesDiffer, std::to_string(x.rows) + " rows, " +
                                         std::to_string(x.values.size()) + " numbers, " +
                                         std::to_string(y.size()) + " responses, " +
                                         std::to_string(options.weights.size()) + " weights"};
  }
  const std::size_t terms = x.columns + (options.intercept ? 1 : 0);
  if (terms == 0 || x.rows <= terms) {
    return Error{Code::kTooFewObservations,
                 std::to_string(x.rows) + " rows for " + std::to_string(terms) + " terms"};
  }
  return std::nullopt;
}

std::optional<Error> CheckWeights(std::span<const double> weights) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] > 0.0 && std::isfinite(weights[i])) continue;
    return Error{Code::kNumberNotAllowed, "weight at row " + std::to_string(i + 1) + " is " +
                                              std::to_string(weights[i]) +
                                              "; finite and above 0 is allowed"};
  }
  return std::nullopt;
}

std::optional<Error> CheckNumbers(const ColumnMajorView& x, std::span<const double> y) {
  if (std::optional<Error> error = FirstNotFinite(y, "response")) return error;
  for (std::size_t j = 0; j < x.columns; ++j) {
    if (auto error = FirstNotFinite(x.Column(j), "column " + std::to_string(j + 1))) return error;
  }
  return std::nullopt;
}

Result<QrFit> FitByQr(const ColumnMajorView& x, std::span<const double> y,
                      const LeastSquaresOptions& options) {
  return FitDesign(DesignOf(x, options), {}, y, options);
}

Result<QrFit> FitPolynomialByQr(std::span<const double> x, std::span<const double> y, int degree,
                                const LeastSquaresOptions& options) {
  const Index first = options.intercept ? 1 : 0;
  const auto rows = static_cast<Index>(x.size());
  Eigen::MatrixXd high = Eigen::MatrixXd::Ones(rows, degree + first);
  Eigen::MatrixXd low = Eigen::MatrixXd::Zero(rows, degree + first);
  for (Index i = 0; i < rows; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const double root = options.weights.empty() ? 1.0 : std::sqrt(options.weights[at]);
    DoubleDouble power{root, 0.0};
    if (options.intercept) high(i, 0) = root;
    for (Index j = first; j < high.cols(); ++j) {
      power = AddProduct({}, x[at], power);
      high(i, j) = power.high;
      low(i, j) = power.low;
    }
  }
  return FitDesign(std::move(high), {low.data(), static_cast<std::size_t>(low.size())}, y, options);
}

}  // namespace dijia
