// Correction curves over the floor area ratio (容积率修正系数) from sales of one grade: several
// families, each fitted so that wrong prices do not move it, the one that predicts best chosen by
// cross-validation (benchmark-price notes §4.2).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "dijia/base/enum_table.h"
#include "dijia/base/result.h"

namespace dijia {

// From the simplest on.
enum class FarFamily : std::uint8_t {
  kPower,             // (f / f0)^k
  kLinearLogarithm,   // 1 + a (f − f0) below the base, 1 + b ln(f / f0) above it
  kMonotonePiecewise  // rising, linear in logarithms between knots, level outside them
};
template <>
struct EnumTableOf<FarFamily> {
  static constexpr std::array<EnumRow<FarFamily>, 3> kRows{{
      {FarFamily::kPower, "power"},
      {FarFamily::kLinearLogarithm, "linear_logarithm"},
      {FarFamily::kMonotonePiecewise, "monotone_piecewise"},
  }};
};
static_assert(EnumTableIsComplete<FarFamily>(3));

std::vector<FarFamily> AllFarFamilies();

// A curve K(f), rising, with K(base) = 1.
struct FarShape {
  struct Knot {
    double log_far = 0.0, log_factor = 0.0;
  };
  FarFamily family = FarFamily::kPower;
  double base = 1.0;                // f0 > 0
  double exponent = 0.0;            // kPower: k >= 0
  double below = 0.0, above = 0.0;  // kLinearLogarithm: a >= 0, b >= 0
  std::vector<Knot> knots;          // kMonotonePiecewise: ascending in both

  // K at a ratio > 0.
  double At(double far) const;
};

// Sales of one grade, brought to the benchmark conditions in everything but the ratio.
struct FarSales {
  std::span<const double> far;     // > 0
  std::span<const double> prices;  // yuan per m² of land, > 0
};

struct FarCurveOptions {
  double base = 1.0;  // f0 > 0
  // Below it nothing is fitted.
  std::size_t min_sales = 20;
  // Parts that are left out in turn, 2 to 20.
  int folds = 10;
  std::uint64_t seed = 20220421;                       // of the parts and of the robust fits
  std::vector<FarFamily> families = AllFarFamilies();  // to try, none twice
};

// How a family did.
struct FarTrial {
  FarFamily family = FarFamily::kPower;
  // Mean |log price − log predicted| of the sales when they were left out; nothing for a family
  // that could not be fitted, and why.
  std::optional<double> prediction_error;
  Error fault;
};

struct FarCurve {
  FarShape shape;  // of the family chosen, from all sales
  // kPower: of the exponent, as RobustFit states it; nothing where half of the sales lie on a
  // curve.
  std::optional<double> exponent_error;
  std::vector<FarTrial> trials;  // in the order of the options
  std::size_t sales = 0;
  std::size_t outlying = 0;  // further than three scales from the curve
  double scale = 0.0;        // MAD / 0.6745 of the log residuals
  double explained = 0.0;    // 1 − Σ|residual| / Σ|log price − median|, of all sales
  double lowest_far = 0.0, highest_far = 0.0;
};

// Fits every family to log prices: the power by an MM-estimate, the linear and logarithmic curve by
// one of relative residuals, the piecewise one by medians of bins put in order. The family with the
// smallest prediction error is chosen, or a simpler one whose error is not larger by more than one
// standard error of the paired difference. The same sales in any order give the same bits.
// Errors: kSizesDiffer, kNumberNotAllowed (options or numbers out of range), kTooFewObservations,
// kNoSpread (one ratio only, or no family fits: prices that fall with the ratio).
Result<FarCurve> FitFarCurve(const FarSales& sales, const FarCurveOptions& options);

}  // namespace dijia
