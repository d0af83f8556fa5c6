// Two estimates of one price, with figures by hand.
#include "dijia/blend.h"

#include <gtest/gtest.h>

#include <cmath>

namespace dijia {
namespace {

// Results are a handful of operations on logarithms below 10, each within an ulp or two.
constexpr double kRelative = 1e-14;

// Variances 0.01 and 0.03: weights 3/4 and 1/4, 200^(3/4) · 288^(1/4) = 219.0890…; the variance is
// 0.01 · 0.03 / 0.04 = 0.0075.
TEST(BlendPrices, WeighsByTheInverseOfTheVariances) {
  const Blend blend = BlendPrices({200.0, 0.01}, {288.0, 0.03});
  EXPECT_DOUBLE_EQ(blend.first_weight, 0.75);
  const double expected = std::pow(200.0, 0.75) * std::pow(288.0, 0.25);
  EXPECT_NEAR(expected, 219.089023, 1e-6);  // by an independent calculator, six places
  EXPECT_NEAR(blend.estimate.price, expected, kRelative * expected);
  EXPECT_NEAR(blend.estimate.log_variance, 0.0075, 1e-17);
}

TEST(BlendPrices, AnEstimateWithoutErrorStandsAlone) {
  const Blend blend = BlendPrices({84.0, 0.0}, {120.0, 0.02});
  EXPECT_EQ(blend.first_weight, 1.0);
  EXPECT_NEAR(blend.estimate.price, 84.0, kRelative * 84.0);
  EXPECT_EQ(blend.estimate.log_variance, 0.0);
}

// 100 · e^(∓ 1.959964 · 0.05) = 90.6651 … 110.2961
TEST(LogVarianceOf, TurnsAnIntervalBackIntoItsVariance) {
  const LogEstimate estimate{100.0, 0.0025};
  const Interval interval = IntervalOf(estimate);
  EXPECT_NEAR(interval.low, 90.6651, 5e-5);
  EXPECT_NEAR(interval.high, 110.2961, 5e-5);
  EXPECT_NEAR(LogVarianceOf(interval), 0.0025, 1e-15);
}

// The exact interval of a median between order statistics covers less or more than 95 %: its own
// coverage counts. Φ⁻¹(0.95) = 1.644854.
TEST(LogVarianceOf, TakesTheCoverageOfTheInterval) {
  const double half = 1.644854 * 0.1;
  const Interval interval{100.0 * std::exp(-half), 100.0 * std::exp(half), 0.90};
  EXPECT_NEAR(LogVarianceOf(interval), 0.01, 1e-7);  // of the quantile's six places
}

TEST(LogVarianceOf, HasNoneForAnIntervalThatReachesZero) {
  EXPECT_TRUE(std::isnan(LogVarianceOf(Interval{0.0, 10.0})));
  EXPECT_TRUE(std::isnan(LogVarianceOf(Interval{std::nan(""), std::nan("")})));
}

TEST(LogVarianceOf, OfAStandardErrorInPerCent) {
  EXPECT_DOUBLE_EQ(LogVarianceOf(Percent::Of(5)), 0.0025);
}

}  // namespace
}  // namespace dijia
