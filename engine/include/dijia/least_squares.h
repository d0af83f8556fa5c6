// Linear regression by ordinary and weighted least squares, with the checks that belong to it.
//
// Ill-conditioned problems are solved by QR with residuals in twice the digits, tall well-
// conditioned ones by cross products and one correction; both are exact to about the last digits of
// the data, and both refuse columns that depend on each other. The same rows in the same order give
// the same bits for every number of threads and on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dijia/base/result.h"
#include "dijia/interval.h"
#include "dijia/matrix_view.h"

namespace dijia {

// How the variances of the coefficients are estimated. kHC0 to kHC3 hold when the variance differs
// from row to row (White 1980; MacKinnon & White 1985); kHC3 is the safe one for small samples.
enum class CovarianceKind : std::uint8_t {
  kClassical,  // s² (XᵀX)⁻¹
  kHC0,        // squared residuals as they are
  kHC1,        // × n / (n − k)
  kHC2,        // ÷ (1 − leverage)
  kHC3,        // ÷ (1 − leverage)²
};

struct LeastSquaresOptions {
  // Adds a column of ones before the others. R² is then about the mean, else about zero.
  bool intercept = true;
  // Empty, or one weight > 0 per row, proportional to 1 / variance.
  std::span<const double> weights = {};
  CovarianceKind covariance = CovarianceKind::kClassical;
  // Threads for tall tables; 0 = all cores. Never changes the result.
  unsigned threads = 1;
};

// One coefficient: the estimate, its standard error, t = value / standard_error, and the
// probability of a larger |t| if the true value were 0 (Student, n − k degrees of freedom).
struct TermEstimate {
  double value = 0.0;
  double standard_error = 0.0;
  double t = 0.0;
  double p = 1.0;
};

enum class LeastSquaresPath : std::uint8_t { kCrossProducts, kRefinedQr };

struct LeastSquaresFit {
  std::vector<TermEstimate> terms;          // the intercept first when there is one
  std::vector<double> covariance;           // of the values, terms² numbers, of the kind asked for
  std::vector<double> unscaled_covariance;  // (XᵀWX)⁻¹, terms² numbers
  std::size_t rows = 0;
  std::size_t degrees_of_freedom = 0;  // rows − terms, > 0
  double residual_sum_of_squares = 0.0;
  double total_sum_of_squares = 0.0;  // about the weighted mean; about 0 without an intercept
  double residual_deviation = 0.0;    // s
  double r_squared = 0.0;             // NaN when y does not vary
  double adjusted_r_squared = 0.0;
  double f = 0.0;    // all slopes 0, classical; NaN with an intercept alone
  double f_p = 1.0;  // probability of a larger F
  // Gaussian, as R's logLik: the variance counts as a parameter in AIC and BIC.
  double log_likelihood = 0.0;
  double aic = 0.0;
  double bic = 0.0;
  bool intercept = true;
  LeastSquaresPath path = LeastSquaresPath::kRefinedQr;
  double condition = 1.0;  // estimate, columns scaled to like size (and centred on kCrossProducts)
};

// Regresses y on the columns of x. Errors: kSizesDiffer, kTooFewObservations (needs more rows than
// terms and at least one term), kNumberNotAllowed (not finite, weight not > 0), kCollinearColumns.
Result<LeastSquaresFit> FitLeastSquares(const ColumnMajorView& x, std::span<const double> y,
                                        const LeastSquaresOptions& options = {});

// The same on x, x², …, x^degree (degree >= 1), with the powers carried in twice the digits: high
// powers rounded to double already cost half the digits of their coefficients.
Result<LeastSquaresFit> FitPolynomial(std::span<const double> x, std::span<const double> y,
                                      int degree, const LeastSquaresOptions& options = {});

// The fitted mean at one row of x (without the 1 of the intercept), and how sure it is.
struct FittedMean {
  double value = 0.0;
  double standard_error = 0.0;              // of the mean, by fit.covariance
  double observation_standard_error = 0.0;  // of a new observation of weight 1
  Interval mean_interval;
  Interval observation_interval;
};
FittedMean MeanAt(const LeastSquaresFit& fit, std::span<const double> row, double coverage = 0.95);

// What tells whether a regression may be trusted.
struct LeastSquaresDiagnostics {
  std::vector<double> residuals;           // y − Xb, unweighted
  std::vector<double> leverages;           // of the weighted rows; they sum to the terms
  std::vector<double> studentized;         // externally: t distributed, n − k − 1
  std::vector<double> cook_distances;      // Cook 1977
  std::vector<double> variance_inflation;  // per column of x: 1 / (1 − R² on the others)
  double breusch_pagan = 0.0;              // n R² of e² on X (Koenker 1981), χ² under equal
  double breusch_pagan_p = 1.0;            // variances, as many degrees as slopes
  double durbin_watson = 0.0;              // in row order; near 2 without serial correlation
};

// The same fit once more with its diagnostics, by QR whatever the number of rows. Errors as
// FitLeastSquares; variance_inflation and breusch_pagan need an intercept, else they are empty,
// NaN.
Result<LeastSquaresDiagnostics> DiagnoseLeastSquares(const ColumnMajorView& x,
                                                     std::span<const double> y,
                                                     const LeastSquaresOptions& options = {});

}  // namespace dijia
