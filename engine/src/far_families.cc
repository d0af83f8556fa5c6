#include "far_families.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "cell_price.h"
#include "dijia/base/codes.h"
#include "dijia/location.h"
#include "dijia/matrix_view.h"
#include "dijia/monotone.h"
#include "dijia/robust_regression.h"
#include "vector_math.h"

namespace dijia {
namespace {

constexpr double kSmallestFactor = 1e-6;
constexpr std::size_t kFewestBins = 3, kMostBins = 12, kSalesOfABin = 8;

Error Falls(const char* what, double value) {
  return {Code::kNumberNotAllowed, std::string(what) + " " + FigureText(value)};
}

struct Coefficients {
  std::vector<double> values, errors;  // no errors of an exact fit
};

// An MM-estimate. Where half of the rows are fitted exactly it has no scale, and the median
// regression is that exact fit.
Result<Coefficients> RobustCoefficients(const ColumnMajorView& x, std::span<const double> y,
                                        bool intercept, std::uint64_t seed) {
  RobustOptions options;
  options.intercept = intercept;
  options.seed = seed;
  const Result<RobustFit> fit = FitMM(x, y, options);
  if (fit) {
    Coefficients found;
    for (const TermEstimate& term : fit->terms) {
      found.values.push_back(term.value);
      found.errors.push_back(term.standard_error);
    }
    return found;
  }
  if (fit.error().code != Code::kNoSpread) return fit.error();
  Result<QuantileFit> exact = FitQuantile(x, y, 0.5, intercept);
  if (!exact) return exact.error();
  return Coefficients{std::move(exact->coefficients), {}};
}

Result<FarFit> FitPower(const LogSales& sales, const FarCurveOptions& options) {
  const double log_base = LogOne(options.base);
  std::vector<double> x(sales.size());
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = sales.far[i] - log_base;
  const auto found = RobustCoefficients({.values = x, .rows = x.size(), .columns = 1}, sales.price,
                                        true, options.seed);
  if (!found) return found.error();
  FarFit fit;
  fit.shape.family = FarFamily::kPower;
  fit.shape.base = options.base;
  fit.shape.exponent = found->values[1];
  fit.log_level = found->values[0];
  if (!found->errors.empty()) fit.exponent_error = found->errors[1];
  if (fit.shape.exponent < 0.0) return Falls("exponent", fit.shape.exponent);
  return fit;
}

// price = A + A·a·min(f − f0, 0) + A·b·ln(max(f, f0) / f0), every row divided by the price that the
// power gives it, so that residuals are relative.
Result<FarFit> FitLinearLogarithm(const LogSales& sales, const FarCurveOptions& options) {
  const Result<FarFit> first = FitPower(sales, options);
  if (!first) return first.error();
  const std::size_t rows = sales.size();
  const double log_base = LogOne(options.base);
  std::vector<double> x(3 * rows), y(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const double weight = ExpOne(-(first->LogPriceAt(sales.far[i]) - first->log_level));
    x[i] = weight;
    x[rows + i] = weight * std::min(ExpOne(sales.far[i]) - options.base, 0.0);
    x[2 * rows + i] = weight * std::max(sales.far[i] - log_base, 0.0);
    y[i] = weight * ExpOne(sales.price[i] - first->log_level);
  }
  const auto found =
      RobustCoefficients({.values = x, .rows = rows, .columns = 3}, y, false, options.seed);
  if (!found) return found.error();
  const double level = found->values[0];
  if (!(level > 0.0)) return Falls("level", level);
  FarFit fit;
  fit.shape.family = FarFamily::kLinearLogarithm;
  fit.shape.base = options.base;
  fit.shape.below = found->values[1] / level;
  fit.shape.above = found->values[2] / level;
  fit.log_level = first->log_level + LogOne(level);
  if (fit.shape.below < 0.0) return Falls("slope", fit.shape.below);
  if (fit.shape.above < 0.0) return Falls("slope", fit.shape.above);
  const double lowest = fit.shape.At(ExpOne(sales.far.front()));
  if (!(lowest > 0.0)) return Falls("coefficient", lowest);
  return fit;
}

double MedianIn(std::span<const double> values) {
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  return Median(sorted);
}

// The ends of bins of about equal counts; sales of one ratio stay together.
std::vector<std::size_t> BinEnds(const std::vector<double>& log_far) {
  const std::size_t bins = std::clamp(log_far.size() / kSalesOfABin, kFewestBins, kMostBins);
  std::vector<std::size_t> ends;
  for (std::size_t bin = 1; bin <= bins; ++bin) {
    std::size_t end = bin * log_far.size() / bins;
    while (end < log_far.size() && end > 0 && log_far[end] == log_far[end - 1]) ++end;
    if (end > (ends.empty() ? 0 : ends.back())) ends.push_back(end);
  }
  return ends;
}

Result<FarFit> FitMonotone(const LogSales& sales, const FarCurveOptions& options) {
  std::vector<double> far, price, weights;
  std::size_t first = 0;
  for (const std::size_t end : BinEnds(sales.far)) {
    const std::size_t count = end - first;
    far.push_back(MedianIn(std::span(sales.far).subspan(first, count)));
    price.push_back(MedianIn(std::span(sales.price).subspan(first, count)));
    weights.push_back(static_cast<double>(count));
    first = end;
  }
  if (far.size() < 2) return Error{Code::kNoSpread, "one bin only"};
  const std::vector<double> rising = IsotonicFit(price, weights);
  if (rising.front() == rising.back()) return Error{Code::kNoSpread, "prices do not rise"};
  FarFit fit;
  fit.shape.family = FarFamily::kMonotonePiecewise;
  fit.shape.base = options.base;
  for (std::size_t i = 0; i < far.size(); ++i) fit.shape.knots.push_back({far[i], rising[i]});
  fit.log_level = LogFactorBetween(fit.shape.knots, LogOne(options.base));
  for (FarShape::Knot& knot : fit.shape.knots) knot.log_factor -= fit.log_level;
  return fit;
}

}  // namespace

double FarFit::LogPriceAt(double log_far) const {
  if (shape.family == FarFamily::kMonotonePiecewise) {
    return log_level + LogFactorBetween(shape.knots, log_far);
  }
  // A line that was fitted without the lowest ratios may fall below 0 there: a very wrong price.
  return log_level + LogOne(std::max(shape.At(ExpOne(log_far)), kSmallestFactor));
}

double LogFactorBetween(std::span<const FarShape::Knot> knots, double log_far) {
  const auto upper = std::ranges::lower_bound(knots, log_far, {}, &FarShape::Knot::log_far);
  if (upper == knots.begin()) return knots.front().log_factor;
  if (upper == knots.end()) return knots.back().log_factor;
  const FarShape::Knot& low = *std::prev(upper);
  const double share = (log_far - low.log_far) / (upper->log_far - low.log_far);
  return low.log_factor + share * (upper->log_factor - low.log_factor);
}

Result<FarFit> FitFamily(const LogSales& sales, FarFamily family, const FarCurveOptions& options) {
  switch (family) {
    case FarFamily::kPower:
      return FitPower(sales, options);
    case FarFamily::kLinearLogarithm:
      return FitLinearLogarithm(sales, options);
    case FarFamily::kMonotonePiecewise:
      return FitMonotone(sales, options);
  }
  return Error{Code::kNumberNotAllowed, "family"};
}

}  // namespace dijia
