#include "dijia/least_squares.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "gram.h"
#include "regression_core.h"
#include "scaled_factor.h"
#include "tail.h"
#include "vector_math.h"

namespace dijia {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Index = Eigen::Index;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Below this many rows QR costs nothing that matters.
constexpr std::size_t kTallRows = 2000;
// The mean of this many first rows is near enough to shift by.
constexpr std::size_t kPilotRows = 4096;
// Largest condition of the scaled cross products that one correction makes good: it leaves 16 − 6
// digits before the correction and all but the last one or two after it.
constexpr double kLargestCrossProductCondition = 1e6;

MeatKind MeatOf(CovarianceKind kind) {
  switch (kind) {
    case CovarianceKind::kClassical:
      return MeatKind::kNone;
    case CovarianceKind::kHC0:
    case CovarianceKind::kHC1:
      return MeatKind::kSquaredResiduals;
    case CovarianceKind::kHC2:
      return MeatKind::kOverLeverage;
    case CovarianceKind::kHC3:
      return MeatKind::kOverLeverageSquared;
  }
  return MeatKind::kNone;
}

Matrix FromTriangle(std::span<const double> triangle, Index size) {
  Matrix full(size, size);
  std::size_t at = 0;
  for (Index i = 0; i < size; ++i) {
    for (Index j = 0; j <= i; ++j) full(i, j) = full(j, i) = triangle[at++];
  }
  return full;
}

std::vector<double> ToTriangle(const Matrix& lower) {
  std::vector<double> out;
  for (Index i = 0; i < lower.rows(); ++i) {
    for (Index j = 0; j <= i; ++j) out.push_back(lower(i, j));
  }
  return out;
}

double PilotMean(std::span<const double> values) {
  const std::size_t n = std::min(values.size(), kPilotRows);
  double sum = 0.0;
  for (std::size_t i = 0; i < n; ++i) sum += values[i];
  return sum / static_cast<double>(n);
}

// What the cross products of tall tables give, in the shifted coordinates of `design`.
struct CrossProductSolution {
  Vector coefficients;
  Matrix inverse;
  Matrix meat;
  double residual_squares = 0.0;
  double total_squares = 0.0;
  double condition = 1.0;
};

std::optional<CrossProductSolution> SolveByCrossProducts(const TallDesign& design, MeatKind kind,
                                                         const Work& work) {
  const auto k = static_cast<Index>(design.columns());
  const Matrix gram = FromTriangle(CrossProducts(design, work), k + 1);
  if (!gram.allFinite()) return std::nullopt;
  const Matrix normal = gram.topLeftCorner(k, k);
  const std::optional<ScaledFactor> factor =
      ScaledFactor::Of(normal, kLargestCrossProductCondition);
  if (!factor) return std::nullopt;
  CrossProductSolution out;
  out.condition = factor->condition;
  out.inverse = factor->inverse;
  out.coefficients = out.inverse * gram.col(k).head(k);
  const std::vector<double> lower =
      kind == MeatKind::kOverLeverage || kind == MeatKind::kOverLeverageSquared
          ? ToTriangle(normal.llt().matrixL())
          : std::vector<double>{};
  const ResidualSums sums =
      SumResiduals(design, {out.coefficients.data(), design.columns()}, kind, lower, work);
  // One step of refinement: the residuals have all digits, so what they still hold of the columns
  // is the error of the coefficients.
  const Vector score = Eigen::Map<const Vector>(sums.score.data(), k);
  const Vector correction = out.inverse * score;
  out.coefficients += correction;
  out.residual_squares = sums.squares - score.dot(correction);
  out.total_squares = gram(k, k);
  if (design.intercept) out.total_squares -= gram(k, 0) * gram(k, 0) / gram(0, 0);
  if (kind != MeatKind::kNone) out.meat = FromTriangle(sums.meat, k);
  return out;
}

// Back from shifted columns: y − c₀ = b₀ + Σ bⱼ (xⱼ − cⱼ).
Matrix UnshiftMap(const TallDesign& design) {
  const auto k = static_cast<Index>(design.columns());
  Matrix map = Matrix::Identity(k, k);
  if (!design.intercept) return map;
  for (Index j = 1; j < k; ++j) map(0, j) = -design.shifts[static_cast<std::size_t>(j - 1)];
  return map;
}

std::optional<RegressionCore> TallCore(const ColumnMajorView& x, std::span<const double> y,
                                       const LeastSquaresOptions& options) {
  std::vector<double> root_weights;
  root_weights.reserve(options.weights.size());
  for (const double w : options.weights) root_weights.push_back(std::sqrt(w));
  std::vector<double> shifts(x.columns, 0.0);
  if (options.intercept) {
    for (std::size_t j = 0; j < x.columns; ++j) shifts[j] = PilotMean(x.Column(j));
  }
  const TallDesign design{
      x, y, root_weights, shifts, options.intercept ? PilotMean(y) : 0.0, options.intercept};
  const std::optional<CrossProductSolution> solution = SolveByCrossProducts(
      design, MeatOf(options.covariance), Work{options.threads, BestSimdLevel()});
  if (!solution) return std::nullopt;
  const Matrix map = UnshiftMap(design);
  RegressionCore core;
  core.path = LeastSquaresPath::kCrossProducts;
  core.condition = solution->condition;
  core.coefficients = map * solution->coefficients;
  if (options.intercept) core.coefficients(0) += design.response_shift;
  core.inverse = map * solution->inverse * map.transpose();
  if (solution->meat.size() > 0) {
    core.sandwich = map * solution->inverse * solution->meat * solution->inverse * map.transpose();
  }
  core.residual_squares = solution->residual_squares;
  core.total_squares = solution->total_squares;
  return core;
}

// (ZᵀZ)⁻¹ (Σ a e² zzᵀ) (ZᵀZ)⁻¹, empty for the classical kind.
Matrix SandwichOf(const QrFit& fit, MeatKind kind) {
  if (kind == MeatKind::kNone) return {};
  Matrix meat = Matrix::Zero(fit.core.inverse.rows(), fit.core.inverse.cols());
  for (Index i = 0; i < fit.design.rows(); ++i) {
    const auto row = static_cast<std::size_t>(i);
    const double spare = 1.0 - fit.leverages[row];
    double square = fit.residuals[row] * fit.residuals[row];
    if (kind == MeatKind::kOverLeverage) square /= spare;
    if (kind == MeatKind::kOverLeverageSquared) square /= spare * spare;
    meat.noalias() += square * fit.design.row(i).transpose() * fit.design.row(i);
  }
  return fit.core.inverse * meat * fit.core.inverse;
}

std::vector<double> Flat(const Matrix& matrix) {
  return {matrix.data(), matrix.data() + matrix.size()};
}

double LogLikelihood(double squares, std::span<const double> weights, double n) {
  double log_weights = 0.0;
  for (const double w : weights) log_weights += LogOne(w);
  const double log_two_pi = LogOne(2.0 * std::numbers::pi);
  return 0.5 * (log_weights - n * (log_two_pi + 1.0 - LogOne(n) + LogOne(squares)));
}

void AddTerms(const RegressionCore& core, const LeastSquaresOptions& options,
              LeastSquaresFit& fit) {
  const double freedom = static_cast<double>(fit.degrees_of_freedom);
  Matrix covariance = fit.residual_deviation * fit.residual_deviation * core.inverse;
  if (core.sandwich.size() > 0) covariance = core.sandwich;
  if (options.covariance == CovarianceKind::kHC1) {
    covariance *= static_cast<double>(fit.rows) / freedom;
  }
  for (Index j = 0; j < core.coefficients.size(); ++j) {
    TermEstimate term;
    term.value = core.coefficients(j);
    term.standard_error = std::sqrt(covariance(j, j));
    term.t = term.value / term.standard_error;
    term.p = TwoSidedStudentTail(term.t, freedom);
    fit.terms.push_back(term);
  }
  fit.covariance = Flat(covariance);
  fit.unscaled_covariance = Flat(core.inverse);
}

LeastSquaresFit Summarise(const RegressionCore& core, std::size_t rows,
                          const LeastSquaresOptions& options) {
  LeastSquaresFit fit;
  const auto terms = static_cast<std::size_t>(core.coefficients.size());
  const std::size_t slopes = terms - (options.intercept ? 1 : 0);
  const double n = static_cast<double>(rows);
  fit.rows = rows;
  fit.degrees_of_freedom = rows - terms;
  fit.intercept = options.intercept;
  fit.path = core.path;
  fit.condition = core.condition;
  fit.residual_sum_of_squares = core.residual_squares;
  fit.total_sum_of_squares = core.total_squares;
  const double freedom = static_cast<double>(fit.degrees_of_freedom);
  const double variance = core.residual_squares / freedom;
  fit.residual_deviation = std::sqrt(variance);
  const double total_freedom = n - (options.intercept ? 1.0 : 0.0);
  const bool varies = core.total_squares > 0.0;
  fit.r_squared = varies ? 1.0 - core.residual_squares / core.total_squares : kNaN;
  fit.adjusted_r_squared = varies ? 1.0 - variance / (core.total_squares / total_freedom) : kNaN;
  const double explained = core.total_squares - core.residual_squares;
  fit.f = slopes > 0 ? explained / static_cast<double>(slopes) / variance : kNaN;
  fit.f_p = slopes > 0 ? FisherTail(fit.f, static_cast<double>(slopes), freedom) : kNaN;
  fit.log_likelihood = LogLikelihood(core.residual_squares, options.weights, n);
  const double parameters = static_cast<double>(terms) + 1.0;
  fit.aic = -2.0 * fit.log_likelihood + 2.0 * parameters;
  fit.bic = -2.0 * fit.log_likelihood + LogOne(n) * parameters;
  AddTerms(core, options, fit);
  return fit;
}

Result<LeastSquaresFit> SummariseQr(Result<QrFit> fit, const LeastSquaresOptions& options) {
  if (!fit) return fit.error();
  fit->core.sandwich = SandwichOf(*fit, MeatOf(options.covariance));
  return Summarise(fit->core, fit->residuals.size(), options);
}

}  // namespace

Result<LeastSquaresFit> FitLeastSquares(const ColumnMajorView& x, std::span<const double> y,
                                        const LeastSquaresOptions& options) {
  if (std::optional<Error> error = CheckShape(x, y, options)) return *std::move(error);
  if (std::optional<Error> error = CheckWeights(options.weights)) return *std::move(error);
  if (x.rows >= kTallRows) {
    if (const std::optional<RegressionCore> core = TallCore(x, y, options)) {
      return Summarise(*core, x.rows, options);
    }
  }
  if (std::optional<Error> error = CheckNumbers(x, y)) return *std::move(error);
  return SummariseQr(FitByQr(x, y, options), options);
}

Result<LeastSquaresFit> FitPolynomial(std::span<const double> x, std::span<const double> y,
                                      int degree, const LeastSquaresOptions& options) {
  if (degree < 1) {
    return Error{Code::kNumberNotAllowed, "degree " + std::to_string(degree) + " < 1"};
  }
  const std::size_t terms = static_cast<std::size_t>(degree) + (options.intercept ? 1 : 0);
  if (std::optional<Error> error = CheckShape({x, x.size(), 1}, y, options)) {
    return *std::move(error);
  }
  if (x.size() <= terms) {
    return Error{Code::kTooFewObservations,
                 std::to_string(x.size()) + " rows for " + std::to_string(terms) + " terms"};
  }
  if (std::optional<Error> error = CheckWeights(options.weights)) return *std::move(error);
  if (std::optional<Error> error = CheckNumbers({x, x.size(), 1}, y)) return *std::move(error);
  return SummariseQr(FitPolynomialByQr(x, y, degree, options), options);
}

FittedMean MeanAt(const LeastSquaresFit& fit, std::span<const double> row, double coverage) {
  const auto k = static_cast<Index>(fit.terms.size());
  Vector z(k);
  Index at = 0;
  if (fit.intercept) z(at++) = 1.0;
  for (const double value : row) z(at++) = value;
  const Matrix covariance = Eigen::Map<const Matrix>(fit.covariance.data(), k, k);
  FittedMean out;
  for (Index j = 0; j < k; ++j) out.value += z(j) * fit.terms[static_cast<std::size_t>(j)].value;
  const double variance = z.dot(covariance * z);
  out.standard_error = std::sqrt(variance);
  out.observation_standard_error =
      std::sqrt(variance + fit.residual_deviation * fit.residual_deviation);
  const double reach = StudentReach(coverage, static_cast<double>(fit.degrees_of_freedom));
  const double mean_reach = reach * out.standard_error;
  const double observation_reach = reach * out.observation_standard_error;
  out.mean_interval = {out.value - mean_reach, out.value + mean_reach, coverage};
  out.observation_interval = {out.value - observation_reach, out.value + observation_reach,
                              coverage};
  return out;
}

}  // namespace dijia
