#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "dijia/least_squares.h"
#include "dijia/sum.h"
#include "regression_core.h"
#include "tail.h"

namespace dijia {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double DurbinWatson(std::span<const double> residuals) {
  double steps = 0.0;
  for (std::size_t i = 1; i < residuals.size(); ++i) {
    steps += (residuals[i] - residuals[i - 1]) * (residuals[i] - residuals[i - 1]);
  }
  return steps / WeightedSum(residuals, residuals);
}

// 1 / (1 − R² of column j on the others) = Σ w (x_j − x̄_j)² · ((XᵀWX)⁻¹)_jj.
std::vector<double> VarianceInflation(const ColumnMajorView& x, const QrFit& fit,
                                      std::span<const double> weights) {
  std::vector<double> out(x.columns);
  const double total = weights.empty() ? static_cast<double>(x.rows) : Sum(weights);
  for (std::size_t j = 0; j < x.columns; ++j) {
    const std::span<const double> column = x.Column(j);
    const double mean = (weights.empty() ? Sum(column) : WeightedSum(column, weights)) / total;
    std::vector<double> squares(x.rows);
    for (std::size_t i = 0; i < x.rows; ++i) {
      squares[i] = (column[i] - mean) * (column[i] - mean) * (weights.empty() ? 1.0 : weights[i]);
    }
    const auto at = static_cast<Eigen::Index>(j + 1);
    out[j] = Sum(squares) * fit.core.inverse(at, at);
  }
  return out;
}

void AddInfluence(const QrFit& fit, LeastSquaresDiagnostics& out) {
  const double terms = static_cast<double>(fit.design.cols());
  const double freedom = static_cast<double>(fit.design.rows()) - terms;
  const double variance = fit.core.residual_squares / freedom;
  for (std::size_t i = 0; i < fit.residuals.size(); ++i) {
    const double e = fit.residuals[i];
    const double leverage = fit.leverages[i];
    const double spare = 1.0 - leverage;
    const double without = (fit.core.residual_squares - e * e / spare) / (freedom - 1.0);
    out.studentized.push_back(freedom > 1.0 ? e / std::sqrt(without * spare) : kNaN);
    out.cook_distances.push_back(e * e * leverage / (terms * variance * spare * spare));
  }
}

// Squared residuals regressed on the same columns; unweighted, as the test is defined.
void AddBreuschPagan(const ColumnMajorView& x, LeastSquaresDiagnostics& out) {
  std::vector<double> squares(out.residuals);
  for (double& e : squares) e *= e;
  const Result<LeastSquaresFit> fit = FitLeastSquares(x, squares);
  if (!fit) return;
  out.breusch_pagan = static_cast<double>(x.rows) * fit->r_squared;
  out.breusch_pagan_p = ChiSquareTail(out.breusch_pagan, static_cast<double>(x.columns));
}

}  // namespace

Result<LeastSquaresDiagnostics> DiagnoseLeastSquares(const ColumnMajorView& x,
                                                     std::span<const double> y,
                                                     const LeastSquaresOptions& options) {
  if (std::optional<Error> error = CheckShape(x, y, options)) return *std::move(error);
  if (std::optional<Error> error = CheckWeights(options.weights)) return *std::move(error);
  if (std::optional<Error> error = CheckNumbers(x, y)) return *std::move(error);
  const Result<QrFit> fit = FitByQr(x, y, options);
  if (!fit) return fit.error();
  LeastSquaresDiagnostics out;
  out.residuals = fit->residuals;
  for (std::size_t i = 0; i < options.weights.size(); ++i) {
    out.residuals[i] /= std::sqrt(options.weights[i]);
  }
  out.leverages = fit->leverages;
  AddInfluence(*fit, out);
  out.durbin_watson = DurbinWatson(out.residuals);
  out.breusch_pagan = out.breusch_pagan_p = kNaN;
  if (options.intercept && x.columns > 0) {
    out.variance_inflation = VarianceInflation(x, *fit, options.weights);
    AddBreuschPagan(x, out);
  }
  return out;
}

}  // namespace dijia
