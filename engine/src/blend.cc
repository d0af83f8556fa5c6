#include "dijia/blend.h"

#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>

#include "vector_math.h"

namespace dijia {
namespace {

constexpr double kCoverage = 0.95;

// Φ⁻¹((1 + coverage) / 2)
double HalfWidthQuantile(double coverage) {
  return boost::math::quantile(boost::math::normal(), (1.0 + coverage) / 2.0);
}

}  // namespace

Blend BlendPrices(const LogEstimate& first, const LogEstimate& second) {
  const double sum = first.log_variance + second.log_variance;
  Blend blend;
  blend.first_weight = second.log_variance / sum;
  const double second_weight = first.log_variance / sum;
  blend.estimate.price =
      ExpOne(blend.first_weight * LogOne(first.price) + second_weight * LogOne(second.price));
  blend.estimate.log_variance = first.log_variance * blend.first_weight;
  return blend;
}

double LogVarianceOf(const Interval& interval) {
  if (!(interval.low > 0.0) || !(interval.high >= interval.low)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const double error =
      (LogOne(interval.high) - LogOne(interval.low)) / 2.0 / HalfWidthQuantile(interval.coverage);
  return error * error;
}

double LogVarianceOf(Percent error) {
  const double relative = ToDouble(error) / 100.0;
  return relative * relative;
}

Interval IntervalOf(const LogEstimate& estimate) {
  const double reach = ExpOne(HalfWidthQuantile(kCoverage) * std::sqrt(estimate.log_variance));
  return {.low = estimate.price / reach, .high = estimate.price * reach, .coverage = kCoverage};
}

}  // namespace dijia
