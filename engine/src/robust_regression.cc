#include "dijia/robust_regression.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "regression_core.h"
#include "robust_weights.h"
#include "s_estimate.h"
#include "tail.h"
#include "weighted_solver.h"

namespace dijia {
namespace {

using Vector = Eigen::VectorXd;

constexpr int kLargestNumberOfSteps = 1000;
constexpr double kStanding = 1e-11;  // relative change of the fitted values that counts as none

// ρ of one estimate.
struct Shape {
  Psi psi = Psi::kHuber;
  double tuning = 1.345;

  double Weight(double u) const {
    return psi == Psi::kHuber ? HuberWeight(u, tuning) : BisquareWeight(u, tuning);
  }
};

Shape ShapeOf(Psi psi, const RobustOptions& options) {
  const double standard = psi == Psi::kHuber ? 1.345 : 4.685;
  return {psi, options.tuning > 0.0 ? options.tuning : standard};
}

// What is wrong with the input, or the first fit.
Result<LeastSquaresFit> Start(const ColumnMajorView& x, std::span<const double> y,
                              const RobustOptions& options) {
  if (!(options.tuning >= 0.0)) {
    return Error{Code::kNumberNotAllowed, "tuning " + std::to_string(options.tuning)};
  }
  LeastSquaresOptions least_squares;
  least_squares.intercept = options.intercept;
  return FitLeastSquares(x, y, least_squares);
}

Vector CoefficientsOf(const LeastSquaresFit& fit) {
  Vector out(static_cast<Eigen::Index>(fit.terms.size()));
  for (std::size_t j = 0; j < fit.terms.size(); ++j) {
    out(static_cast<Eigen::Index>(j)) = fit.terms[j].value;
  }
  return out;
}

// Whether the residuals stand still between two steps: √Σ (r − s)² is nothing beside √Σ r², or no
// more than what doubles of the size of the response can carry. Residuals that are themselves
// nothing but the last printed digit never come closer than that.
bool Stand(const std::vector<double>& before, const std::vector<double>& after,
           double response_size) {
  constexpr double kCarried = 16 * std::numeric_limits<double>::epsilon();
  double change = 0.0, size = 0.0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    change += (before[i] - after[i]) * (before[i] - after[i]);
    size += before[i] * before[i];
  }
  return std::sqrt(change) <= kStanding * std::sqrt(size) + kCarried * response_size;
}

struct Descent {
  Vector coefficients;
  std::vector<double> residuals, weights;
  double scale = 0.0;
};

// Repeated weighting from `start`; the scale is fixed, or 0 for the MAD of each step's residuals.
Result<Descent> Descend(const WeightedSolver& solver, const Shape& shape, Vector start,
                        double fixed_scale) {
  Descent out;
  out.coefficients = std::move(start);
  out.residuals = solver.Residuals(out.coefficients);
  out.weights.resize(out.residuals.size());
  for (int step = 0; step < kLargestNumberOfSteps; ++step) {
    out.scale = fixed_scale > 0.0 ? fixed_scale : ResidualScale(out.residuals);
    if (out.scale == 0.0) return Error{Code::kNoSpread, "half of the rows are fitted exactly"};
    for (std::size_t i = 0; i < out.weights.size(); ++i) {
      out.weights[i] = shape.Weight(out.residuals[i] / out.scale);
    }
    out.coefficients = solver.Solve(out.weights);
    if (!out.coefficients.allFinite()) {
      return Error{Code::kCollinearColumns, "among the rows that count"};
    }
    std::vector<double> residuals = solver.Residuals(out.coefficients);
    const bool stands = Stand(out.residuals, residuals, solver.response().norm());
    out.residuals = std::move(residuals);
    if (stands) return out;
  }
  return Error{Code::kNoConvergence,
               "weights after " + std::to_string(kLargestNumberOfSteps) + " steps"};
}

RobustFit Summarise(Descent descent, const Shape& shape, const LeastSquaresFit& start) {
  RobustFit out;
  const std::size_t terms = start.terms.size();
  out.degrees_of_freedom = start.degrees_of_freedom;
  out.scale = descent.scale;
  const double variance =
      RobustVariance(descent.residuals, descent.scale, shape.psi, shape.tuning, terms);
  for (std::size_t j = 0; j < terms; ++j) {
    TermEstimate term;
    term.value = descent.coefficients(static_cast<Eigen::Index>(j));
    term.standard_error = std::sqrt(variance * start.unscaled_covariance[j * (terms + 1)]);
    term.t = term.value / term.standard_error;
    term.p = TwoSidedStudentTail(term.t, static_cast<double>(out.degrees_of_freedom));
    out.terms.push_back(term);
  }
  out.weights = std::move(descent.weights);
  out.residuals = std::move(descent.residuals);
  return out;
}

Result<RobustFit> FitM(const ColumnMajorView& x, std::span<const double> y, Psi psi,
                       const RobustOptions& options) {
  const Result<LeastSquaresFit> start = Start(x, y, options);
  if (!start) return start.error();
  const Shape shape = ShapeOf(psi, options);
  const WeightedSolver solver(x, y, options.intercept);
  Result<Descent> descent = Descend(solver, shape, CoefficientsOf(*start), 0.0);
  if (!descent) return descent.error();
  return Summarise(*std::move(descent), shape, *start);
}

}  // namespace

Result<RobustFit> FitHuber(const ColumnMajorView& x, std::span<const double> y,
                           const RobustOptions& options) {
  return FitM(x, y, Psi::kHuber, options);
}

Result<RobustFit> FitBisquare(const ColumnMajorView& x, std::span<const double> y,
                              const RobustOptions& options) {
  return FitM(x, y, Psi::kBisquare, options);
}

Result<RobustFit> FitMM(const ColumnMajorView& x, std::span<const double> y,
                        const RobustOptions& options) {
  const Result<LeastSquaresFit> start = Start(x, y, options);
  if (!start) return start.error();
  const WeightedSolver solver(x, y, options.intercept);
  const SEstimate first = FitS(solver, options.seed);
  if (first.scale == 0.0) return Error{Code::kNoSpread, "half of the rows are fitted exactly"};
  Shape shape{Psi::kBisquare, 4.685061};  // the digits of R's lmrob
  if (options.tuning > 0.0) shape.tuning = options.tuning;
  Result<Descent> descent = Descend(solver, shape, first.coefficients, first.scale);
  if (!descent) return descent.error();
  return Summarise(*std::move(descent), shape, *start);
}

}  // namespace dijia
