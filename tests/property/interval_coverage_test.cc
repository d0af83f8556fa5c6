// How often 95 % intervals hold the true value, where their assumptions are met.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "dijia/bootstrap.h"
#include "dijia/interval.h"
#include "dijia/philox.h"

namespace dijia {
namespace {

using Sample = std::vector<double>;

constexpr std::uint64_t kSeed = 20240607;
constexpr std::uint32_t kTrials = 500;  // standard deviation of a share of 95 %: 1 %

// Normal with centre 1000 and deviation 200; weights that have nothing to do with the values.
struct Trial {
  Sample values, weights;
};

Trial DrawTrial(std::uint32_t trial, std::uint32_t n) {
  PhiloxStream stream(kSeed, trial, n);
  Trial drawn;
  for (std::uint32_t i = 0; i < n; ++i) {
    drawn.values.push_back(1000 + 200 * quantile(boost::math::normal(), stream.NextUniform()));
    drawn.weights.push_back(500 + 2000 * stream.NextUniform());
  }
  std::sort(drawn.values.begin(), drawn.values.end());
  return drawn;
}

double CoverageOf(std::uint32_t n,
                  const std::function<Interval(const Trial&, std::uint32_t)>& make) {
  int covered = 0;
  for (std::uint32_t trial = 0; trial < kTrials; ++trial) {
    const Interval interval = make(DrawTrial(trial, n), trial);
    covered += interval.low <= 1000 && 1000 <= interval.high ? 1 : 0;
  }
  return covered / static_cast<double>(kTrials);
}

class IntervalCoverage : public testing::TestWithParam<Estimator> {};

TEST_P(IntervalCoverage, OfTheAnalyticIntervalIsNominal) {
  for (const std::uint32_t n : {12U, 36U, 100U}) {
    const double coverage = CoverageOf(n, [](const Trial& drawn, std::uint32_t) {
      return AnalyticInterval(GetParam(), drawn.values, drawn.weights);
    });
    EXPECT_GE(coverage, 0.92) << "n " << n << " seed " << kSeed;
    EXPECT_LE(coverage, 0.98) << "n " << n << " seed " << kSeed;
  }
}

double BootstrapCoverage(Estimator estimator, BootstrapInterval kind) {
  return CoverageOf(40, [=](const Trial& drawn, std::uint32_t trial) {
    BootstrapOptions options;
    options.interval = kind;
    options.replicates = 199;
    options.seed = kSeed;
    options.stream = trial;
    return Bootstrap(estimator, drawn.values, drawn.weights, {}, options).interval;
  });
}

TEST_P(IntervalCoverage, OfTheBootstrapPercentileIntervalIsNominal) {
  const double coverage = BootstrapCoverage(GetParam(), BootstrapInterval::kPercentile);
  EXPECT_GE(coverage, 0.92) << "seed " << kSeed;
  EXPECT_LE(coverage, 0.98) << "seed " << kSeed;
}

TEST_P(IntervalCoverage, OfTheBcaIntervalIsNominal) {
  const double coverage = BootstrapCoverage(GetParam(), BootstrapInterval::kBca);
  EXPECT_GE(coverage, 0.92) << "seed " << kSeed;
  EXPECT_LE(coverage, 0.98) << "seed " << kSeed;
}

INSTANTIATE_TEST_SUITE_P(EveryEstimator, IntervalCoverage,
                         testing::Values(Estimator::kMean, Estimator::kAreaWeightedMean,
                                         Estimator::kMedian, Estimator::kTrimmedMean,
                                         Estimator::kHodgesLehmann, Estimator::kHuber),
                         [](const auto& test) { return std::string(CodeOf(test.param)); });

TEST(IntervalCoverage, OfTheExactBootstrapOfTheMedianIsNominal) {
  const double coverage = CoverageOf(41, [](const Trial& drawn, std::uint32_t) {
    return ExactBootstrapMedianInterval(drawn.values);
  });
  EXPECT_GE(coverage, 0.92);
  EXPECT_LE(coverage, 0.98);
}

TEST(IntervalCoverage, OfTheMedianIsTheStatedOneForAnySkew) {
  int covered = 0;
  double stated = 0;
  for (std::uint32_t trial = 0; trial < kTrials; ++trial) {
    Sample x = DrawTrial(trial, 25).values;
    for (double& v : x) v = std::exp(v / 200);
    const OrderStatisticInterval median = MedianInterval(x);
    stated = median.interval.coverage;
    covered += median.interval.low <= std::exp(5) && std::exp(5) <= median.interval.high ? 1 : 0;
  }
  EXPECT_NEAR(covered / static_cast<double>(kTrials), stated, 0.03);
}

}  // namespace
}  // namespace dijia
