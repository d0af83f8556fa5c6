// Prices of thin cells from a curve through the other grades: price Y against grade number or score
// X (benchmark-price notes §3.2; GB/T 18508). Samples decide, models fill gaps: a modelled price
// says so.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "dijia/base/enum_table.h"
#include "dijia/base/result.h"
#include "dijia/interval.h"
#include "dijia/least_squares.h"

namespace dijia {

enum class GradeModelFamily : std::uint8_t {
  kExponential,  // Y = A (1 + r)^(aX): least squares of log Y on X
  kLinear,       // Y = A + b X
  kPower,        // Y = A X^b: least squares of log Y on log X
};
template <>
struct EnumTableOf<GradeModelFamily> {
  static constexpr std::array<EnumRow<GradeModelFamily>, 3> kRows{{
      {GradeModelFamily::kExponential, "exponential"},
      {GradeModelFamily::kLinear, "linear"},
      {GradeModelFamily::kPower, "power"},
  }};
};
static_assert(EnumTableIsComplete<GradeModelFamily>(3));

inline constexpr std::size_t kFewestModelPoints = 3;

struct GradeModelOptions {
  double exponent_factor = 1.0;  // a of the exponential family, not 0
  // Empty, or one weight > 0 per point: how well its price is known (1 / relative variance for the
  // families on log prices).
  std::span<const double> weights = {};
};

struct GradeModel {
  GradeModelFamily family = GradeModelFamily::kExponential;
  std::size_t points = 0;
  double level = 0.0;  // A, in the unit of the prices
  // r of the exponential family (per unit of aX; −0.1 = each grade 10 % below the one before), b of
  // the others.
  double slope = 0.0;
  double exponent_factor = 1.0;
  // Correlation of what was regressed (log Y and X for the exponential family), with the sign of
  // the slope, and its square. The formula is n ΣXY − ΣX ΣY over the root of
  // (n ΣX² − (ΣX)²)(n ΣY² − (ΣY)²), logarithms squared after they are taken.
  double correlation = 0.0;
  double r_squared = 0.0;
  double f = 0.0, f_p = 1.0;        // F of the slope and P(a larger F)
  double t = 0.0, t_p = 1.0;        // t of the slope and P(a larger |t|); F = t²
  double residual_deviation = 0.0;  // s, of log Y or Y
  // 1 − Σ (Y − Ŷ)² / Σ (Y − Ȳ)² on the prices themselves: comparable between the families.
  double price_r_squared = 0.0;
  double smallest_x = 0.0, largest_x = 0.0;
  LeastSquaresFit fit;
};

// Fits a family to points (x, price). Errors: kTooFewObservations (fewer than kFewestModelPoints),
// kNoSpread (all x or all prices equal), kNumberNotAllowed (not finite, price not > 0, x not > 0
// for kPower, exponent_factor 0), kSizesDiffer.
Result<GradeModel> FitGradeModel(GradeModelFamily family, std::span<const double> x,
                                 std::span<const double> prices,
                                 const GradeModelOptions& options = {});

// The price a model gives to a grade that it has not seen.
struct ModelledPrice {
  // The value on the curve. For the families on log prices this is the median of the price (exp of
  // the mean log price), not its mean.
  double price = 0.0;
  // exp(log-scale value + s² / 2) for the families on log prices, the same as price for kLinear.
  double mean_price = 0.0;
  // Where the price of a new grade lies with the coverage asked for: Student's t on the fitted
  // scale with the uncertainty of curve and grade, its ends transformed back. Monotone
  // transformations keep coverage, so no correction belongs here.
  Interval interval;
  bool extrapolated = false;  // x lies outside the fitted points
};

// Errors: kNumberNotAllowed when x is not finite, not > 0 for kPower, or the curve of kLinear is
// not > 0 at x. The lower end of an interval of kLinear may be negative.
Result<ModelledPrice> PriceAt(const GradeModel& model, double x, double coverage = 0.95);

}  // namespace dijia
