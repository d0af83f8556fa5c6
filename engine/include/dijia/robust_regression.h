// Regressions that a few wrong rows do not move: M- and MM-estimates, quantile regression and the
// median of pairwise slopes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dijia/base/result.h"
#include "dijia/interval.h"
#include "dijia/least_squares.h"
#include "dijia/matrix_view.h"

namespace dijia {

struct RobustOptions {
  bool intercept = true;
  // Residuals over the scale up to which a row counts almost fully: k of Huber (default 1.345), c
  // of the bisquare (4.685); both keep 95 % of the precision under normal errors. 0 = the default.
  double tuning = 0.0;
  // MM-estimates: draws of the first candidates when there are too many to try all.
  std::uint64_t seed = 20220421;
};

struct RobustFit {
  // The intercept first when there is one. Standard errors as Huber (1981, §7.6), the formula of
  // R's summary.rlm; t with rows − terms degrees of freedom.
  std::vector<TermEstimate> terms;
  double scale = 0.0;             // of the residuals
  std::vector<double> weights;    // in [0, 1] per row: 0 = left out
  std::vector<double> residuals;  // y − Xb
  std::size_t degrees_of_freedom = 0;
};

// All of the following minimise Σ ρ((y − Xb) / s) by repeated weighted least squares until b stands
// in its tenth digit. Errors: kSizesDiffer, kTooFewObservations, kNumberNotAllowed,
// kCollinearColumns, kNoSpread (half of the rows are fitted exactly, so the scale is 0),
// kNoConvergence.

// Huber's estimate, scale MAD / 0.6745 of the residuals about 0, from least squares. Bounds the
// pull of a wrong y; a wrong x far from the others still moves it.
Result<RobustFit> FitHuber(const ColumnMajorView& x, std::span<const double> y,
                           const RobustOptions& options = {});

// Tukey's bisquare with the same scale, from least squares; rows far off do not count at all. The
// minimum found is the one near least squares.
Result<RobustFit> FitBisquare(const ColumnMajorView& x, std::span<const double> y,
                              const RobustOptions& options = {});

// MM-estimate (Yohai 1987): bisquare from the S-estimate of smallest scale, with that scale. Stands
// up to half of the rows being wrong in x and y. Candidates are exact fits of as many rows as there
// are terms: all of them while there are at most 10,000, else 1,000 seeded draws (from 1,000 seeded
// rows when there are more), the best refined (Salibian-Barrera & Yohai 2006).
Result<RobustFit> FitMM(const ColumnMajorView& x, std::span<const double> y,
                        const RobustOptions& options = {});

struct QuantileFit {
  std::vector<double> coefficients;  // the intercept first when there is one
  // Σ ρ(y − Xb), ρ(e) = τ e for e >= 0, (τ − 1) e below: the smallest possible. Several b may reach
  // it.
  double check_loss = 0.0;
  std::vector<std::size_t> basis;  // rows that are fitted exactly, as many as coefficients
};

// The τ-quantile of y given x, exactly: a simplex method over exact fits (Barrodale & Roberts 1973;
// Koenker & d'Orey 1987), started from the fit of a part of the rows. `quantile` in (0, 1). Errors
// as above.
Result<QuantileFit> FitQuantile(const ColumnMajorView& x, std::span<const double> y,
                                double quantile = 0.5, bool intercept = true);

struct TheilSenFit {
  double slope = 0.0;  // median of (y_j − y_i) / (x_j − x_i) over all pairs with different x
  double intercept = 0.0;   // median y − slope · median x
  Interval slope_interval;  // of two pairwise slopes, by inverting Kendall's test (Sen 1968),
                            // normal approximation with ties
  std::size_t pairs = 0;
};

// Exact for any number of rows; O(n²) time, keeps at most some 5 % of more than a million pairs.
// Errors: kSizesDiffer, kTooFewObservations (needs 2 rows), kNumberNotAllowed, kNoSpread (all x
// equal).
Result<TheilSenFit> FitTheilSen(std::span<const double> x, std::span<const double> y,
                                double coverage = 0.95);

}  // namespace dijia
