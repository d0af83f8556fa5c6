#include "dijia/grade_model.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/sum.h"
#include "vector_math.h"

namespace dijia {
namespace {

bool OnLogPrices(GradeModelFamily family) { return family != GradeModelFamily::kLinear; }

double Regressor(GradeModelFamily family, double x) {
  return family == GradeModelFamily::kPower ? LogOne(x) : x;
}

bool AllEqual(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(),
                     [&](double value) { return value == values.front(); });
}

std::optional<Error> CheckPoint(GradeModelFamily family, double x, double price) {
  const auto not_allowed = [](const std::string& what, double value, const char* allowed) {
    return Error{Code::kNumberNotAllowed, what + " " + std::to_string(value) + ", " + allowed};
  };
  if (!std::isfinite(price) || price <= 0.0) {
    return not_allowed("price", price, "finite and above 0 is allowed");
  }
  if (!std::isfinite(x)) return not_allowed("x", x, "finite is allowed");
  if (family == GradeModelFamily::kPower && x <= 0.0) {
    return not_allowed("x", x, "above 0 is allowed in a power model");
  }
  return std::nullopt;
}

std::optional<Error> CheckPoints(GradeModelFamily family, std::span<const double> x,
                                 std::span<const double> prices, const GradeModelOptions& options) {
  if (x.size() != prices.size()) {
    return Error{Code::kSizesDiffer,
                 std::to_string(x.size()) + " x, " + std::to_string(prices.size()) + " prices"};
  }
  if (x.size() < kFewestModelPoints) {
    return Error{Code::kTooFewObservations,
                 std::to_string(x.size()) + " points < " + std::to_string(kFewestModelPoints)};
  }
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::optional<Error> error = CheckPoint(family, x[i], prices[i])) return error;
  }
  if (!std::isfinite(options.exponent_factor) || options.exponent_factor == 0.0) {
    return Error{Code::kNumberNotAllowed,
                 "exponent factor " + std::to_string(options.exponent_factor)};
  }
  if (AllEqual(x)) return Error{Code::kNoSpread, "every x is " + std::to_string(x.front())};
  if (AllEqual(prices)) {
    return Error{Code::kNoSpread, "every price is " + std::to_string(prices.front())};
  }
  return std::nullopt;
}

double ValueOnCurve(const GradeModel& model, double x) {
  const double value =
      model.fit.terms[0].value + model.fit.terms[1].value * Regressor(model.family, x);
  return OnLogPrices(model.family) ? ExpOne(value) : value;
}

double PriceRSquared(const GradeModel& model, std::span<const double> x,
                     std::span<const double> prices) {
  const double mean = Sum(prices) / static_cast<double>(prices.size());
  double residual = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double difference = prices[i] - ValueOnCurve(model, x[i]);
    residual += difference * difference;
  }
  return 1.0 - residual / SumOfSquares(prices, mean);
}

// Names for the coefficients of the fitted line.
void NameCoefficients(GradeModel& model) {
  const double intercept = model.fit.terms[0].value;
  const double slope = model.fit.terms[1].value;
  switch (model.family) {
    case GradeModelFamily::kExponential:
      model.level = ExpOne(intercept);
      model.slope = ExpOne(slope / model.exponent_factor) - 1.0;
      break;
    case GradeModelFamily::kLinear:
      model.level = intercept;
      model.slope = slope;
      break;
    case GradeModelFamily::kPower:
      model.level = ExpOne(intercept);
      model.slope = slope;
      break;
  }
}

}  // namespace

Result<GradeModel> FitGradeModel(GradeModelFamily family, std::span<const double> x,
                                 std::span<const double> prices, const GradeModelOptions& options) {
  if (std::optional<Error> error = CheckPoints(family, x, prices, options)) {
    return *std::move(error);
  }
  std::vector<double> regressor(x.begin(), x.end());
  for (double& value : regressor) value = Regressor(family, value);
  std::vector<double> response(prices.begin(), prices.end());
  for (double& value : response) value = OnLogPrices(family) ? LogOne(value) : value;
  LeastSquaresOptions least_squares;
  least_squares.weights = options.weights;
  Result<LeastSquaresFit> fit = FitLeastSquares({regressor, x.size(), 1}, response, least_squares);
  if (!fit) return fit.error();
  GradeModel model;
  model.family = family;
  model.points = x.size();
  model.exponent_factor = options.exponent_factor;
  model.fit = *std::move(fit);
  NameCoefficients(model);
  model.r_squared = model.fit.r_squared;
  model.correlation =
      std::copysign(std::sqrt(std::max(0.0, model.r_squared)), model.fit.terms[1].value);
  model.f = model.fit.f;
  model.f_p = model.fit.f_p;
  model.t = model.fit.terms[1].t;
  model.t_p = model.fit.terms[1].p;
  model.residual_deviation = model.fit.residual_deviation;
  model.price_r_squared = PriceRSquared(model, x, prices);
  model.smallest_x = *std::min_element(x.begin(), x.end());
  model.largest_x = *std::max_element(x.begin(), x.end());
  return model;
}

Result<ModelledPrice> PriceAt(const GradeModel& model, double x, double coverage) {
  if (std::optional<Error> error = CheckPoint(model.family, x, 1.0)) return *std::move(error);
  const double row[] = {Regressor(model.family, x)};
  const FittedMean mean = MeanAt(model.fit, row, coverage);
  ModelledPrice out;
  out.extrapolated = x < model.smallest_x || x > model.largest_x;
  out.interval = mean.observation_interval;
  out.price = out.mean_price = mean.value;
  if (OnLogPrices(model.family)) {
    const double half_variance = 0.5 * model.residual_deviation * model.residual_deviation;
    out.price = ExpOne(mean.value);
    out.mean_price = ExpOne(mean.value + half_variance);
    out.interval.low = ExpOne(out.interval.low);
    out.interval.high = ExpOne(out.interval.high);
  } else if (!(out.price > 0.0)) {
    return Error{Code::kNumberNotAllowed, "the line gives price " + std::to_string(out.price) +
                                              " at x " + std::to_string(x)};
  }
  return out;
}

}  // namespace dijia
