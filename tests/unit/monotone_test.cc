#include "dijia/monotone.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

#include "dijia/base/codes.h"
#include "pool_adjacent.h"
#include "tail.h"
#include "variates.h"

namespace dijia {
namespace {

constexpr std::uint64_t kSeed = 20240607;

// The twin: the max-min formula, f_i = max over a <= i of min over b >= i of the mean of a … b.
std::vector<double> MaxMinFit(const std::vector<double>& y, const std::vector<double>& w) {
  std::vector<double> fitted(y.size());
  for (std::size_t i = 0; i < y.size(); ++i) {
    double best = -std::numeric_limits<double>::infinity();
    for (std::size_t a = 0; a <= i; ++a) {
      double lowest = std::numeric_limits<double>::infinity();
      for (std::size_t b = i; b < y.size(); ++b) {
        double sum = 0.0, weight = 0.0;
        for (std::size_t k = a; k <= b; ++k) {
          sum += w[k] * y[k];
          weight += w[k];
        }
        lowest = std::min(lowest, sum / weight);
      }
      best = std::max(best, lowest);
    }
    fitted[i] = best;
  }
  return fitted;
}

TEST(IsotonicFit, OfNothingIsNothing) { EXPECT_TRUE(IsotonicFit({}).empty()); }

TEST(IsotonicFit, LeavesValuesInOrderAlone) {
  const std::vector<double> y = {1, 2, 2, 7};
  EXPECT_EQ(IsotonicFit(y), y);
}

TEST(IsotonicFit, OfFallingValuesIsTheirWeightedMean) {
  const std::vector<double> y = {3, 2, 1};
  const std::vector<double> w = {1, 1, 2};
  EXPECT_EQ(IsotonicFit(y, w), (std::vector<double>{1.75, 1.75, 1.75}));
}

TEST(IsotonicFit, FallingIsTheMirrorOfRising) {
  const std::vector<double> prices = {790, 810, 700, 650};
  EXPECT_EQ(IsotonicFit(prices, {}, MonotoneDirection::kFalling),
            (std::vector<double>{800, 800, 700, 650}));
}

TEST(IsotonicFit, AgreesWithTheMaxMinFormula) {
  std::mt19937_64 generator(kSeed);
  std::uniform_real_distribution<double> uniform(0.1, 2.0);
  for (int round = 0; round < 200; ++round) {
    const std::size_t n = 1 + generator() % 25;
    std::vector<double> y(n), w(n);
    for (std::size_t i = 0; i < n; ++i) {
      y[i] = std::floor(6.0 * uniform(generator)) + 0.1 * static_cast<double>(i);
      w[i] = uniform(generator);
    }
    const std::vector<double> fitted = IsotonicFit(y, w);
    const std::vector<double> expected = MaxMinFit(y, w);
    for (std::size_t i = 0; i < n; ++i) ASSERT_NEAR(fitted[i], expected[i], 1e-12) << kSeed;
  }
}

// The other twin, for long inputs: values taken one by one.
std::vector<double> PooledOneByOne(const std::vector<double>& y, const std::vector<double>& w) {
  std::vector<Level> levels;
  for (std::size_t i = 0; i < y.size(); ++i) {
    Level level{y[i] * w[i], w[i], i + 1};
    while (!levels.empty() && levels.back().Above(level)) {
      level.sum += levels.back().sum;
      level.weight += levels.back().weight;
      levels.pop_back();
    }
    levels.push_back(level);
  }
  std::vector<double> fitted;
  for (const Level& level : levels) fitted.resize(level.end, level.sum / level.weight);
  return fitted;
}

TEST(IsotonicFit, OfLongInputsAgreesWithPoolingOneByOne) {
  std::mt19937_64 generator(kSeed);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform(0.5, 2.0);
  for (const std::size_t n : {8191, 8192, 8193, 16'384, 30'000}) {
    for (const double slope : {-1e-4, 0.0, 1e-4, 10.0}) {
      std::vector<double> y(n), w(n);
      for (std::size_t i = 0; i < n; ++i) {
        y[i] = slope * static_cast<double>(i) + normal(generator);
        w[i] = uniform(generator);
      }
      const std::vector<double> expected = PooledOneByOne(y, w);
      const std::vector<double> fitted = IsotonicFit(y, w);
      ASSERT_EQ(fitted.size(), n);
      for (std::size_t i = 0; i < n; ++i) {
        ASSERT_NEAR(fitted[i], expected[i], 1e-12 * std::max(1.0, std::abs(expected[i])))
            << kSeed << " n " << n << " slope " << slope << " at " << i;
      }
      const std::vector<double> ones(n, 1.0);
      const std::vector<double> unweighted = IsotonicFit(y);
      const std::vector<double> with_ones = IsotonicFit(y, ones);
      ASSERT_EQ(unweighted, with_ones) << kSeed << " n " << n << " slope " << slope;
    }
  }
}

TEST(LevelProbabilities, OfEqualWeightsAreStirlingNumbersOverFactorials) {
  // P(l, k) = |S(k, l)| / k!; k = 4: 6, 11, 6, 1 over 24 (Robertson et al. 1988, §2.4).
  const std::vector<double> equal(4, 2.5);
  const std::vector<double> p = LevelProbabilities(equal);
  EXPECT_NEAR(p[0], 6.0 / 24, 1e-15);
  EXPECT_NEAR(p[1], 11.0 / 24, 1e-15);
  EXPECT_NEAR(p[2], 6.0 / 24, 1e-15);
  EXPECT_NEAR(p[3], 1.0 / 24, 1e-15);
}

TEST(LevelProbabilities, OfNearlyEqualWeightsMeetThoseOfEqualOnes) {
  for (std::size_t k = 2; k <= 4; ++k) {
    std::vector<double> weights(k, 1.0);
    const std::vector<double> equal = LevelProbabilities(weights);
    weights.back() += 1e-13;
    const std::vector<double> nearly = LevelProbabilities(weights);
    for (std::size_t l = 0; l < k; ++l) EXPECT_NEAR(nearly[l], equal[l], 1e-12);
  }
}

TEST(LevelProbabilities, OddAndEvenLevelsShareTheProbability) {
  // Σ over odd l = Σ over even l = 1/2 for k >= 2 (Robertson et al. 1988, §2.4).
  for (const std::vector<double>& w :
       {std::vector<double>{1, 5}, {1, 5, 0.2}, {3, 1, 4, 1.5}, {0.1, 9, 2, 30}}) {
    const std::vector<double> p = LevelProbabilities(w);
    double odd = 0.0;
    for (std::size_t l = 0; l < p.size(); l += 2) odd += p[l];
    EXPECT_NEAR(odd, 0.5, 1e-14);
    EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0), 1.0, 1e-14);
  }
}

TEST(LevelProbabilities, SimulatedOnesAgreeWithExactOnes) {
  // Five weights go by simulation; a huge last variance (tiny weight) leaves four that matter for
  // the levels of the first four, so compare through a case known exactly: equal weights but one
  // in the last place, k = 5: |S(5, l)| / 120 = 24, 50, 35, 10, 1.
  const std::vector<double> weights = {1, 1, 1, 1, 1.0000000001};
  const std::vector<double> p = LevelProbabilities(weights);
  const double exact[] = {24.0 / 120, 50.0 / 120, 35.0 / 120, 10.0 / 120, 1.0 / 120};
  for (std::size_t l = 0; l < 5; ++l) {
    // Four standard errors of a share from 20,000 replicates.
    EXPECT_NEAR(p[l], exact[l], 4 * std::sqrt(exact[l] * (1 - exact[l]) / 20'000));
  }
}

std::vector<OrderedEstimate> Estimates(const std::vector<double>& values, double variance,
                                       double freedom = 0.0) {
  std::vector<OrderedEstimate> out;
  for (const double value : values) out.push_back({value, variance, freedom});
  return out;
}

TEST(OrderTest, OfPricesInOrderFindsNothing) {
  const auto test = TestOrder(Estimates({800, 700, 700, 500}, 100));
  ASSERT_TRUE(test.has_value());
  EXPECT_EQ(test->statistic, 0.0);
  EXPECT_EQ(test->p_value, 1.0);
  EXPECT_EQ(test->fitted, (std::vector<double>{800, 700, 700, 500}));
}

TEST(OrderTest, OfTwoGradesIsTheOneSidedNormalTest) {
  // Difference 30, variance 2 · 100: z = 2.1213203…, P(Z > z) = half the two-sided tail.
  const auto test = TestOrder(Estimates({700, 730}, 100));
  ASSERT_TRUE(test.has_value());
  EXPECT_EQ(test->method, OrderTestMethod::kExactLevelProbabilities);
  EXPECT_NEAR(test->statistic, 30.0 * 30.0 / 200.0, 1e-12);
  EXPECT_NEAR(test->p_value, 0.5 * std::erfc(30.0 / std::sqrt(200.0) / std::sqrt(2.0)), 1e-14);
  EXPECT_EQ(test->fitted, (std::vector<double>{715, 715}));
}

TEST(OrderTest, OfThreeGradesWeighsTheChiSquares) {
  // Equal variances, all pooled: D = 2 · 10² / 50 = 4; P(1,3) = 1/3, P(2,3) = 1/2:
  // p = P(χ²₂ >= 4) / 3 + P(χ²₁ >= 4) / 2 with P(χ²₂ >= d) = exp(−d / 2).
  const auto test = TestOrder(Estimates({690, 700, 710}, 50));
  ASSERT_TRUE(test.has_value());
  EXPECT_NEAR(test->statistic, 4.0, 1e-12);
  EXPECT_NEAR(test->p_value, std::exp(-2.0) / 3.0 + 0.5 * std::erfc(std::sqrt(2.0)), 1e-13);
}

TEST(OrderTest, ReadsTheWeightsInTheOrderOfTheDirection) {
  std::vector<OrderedEstimate> falling = {{1, 1, 0}, {3, 4, 0}, {2, 9, 0}};
  std::vector<OrderedEstimate> rising = {{2, 9, 0}, {3, 4, 0}, {1, 1, 0}};
  OrderTestOptions options;
  options.direction = MonotoneDirection::kRising;
  EXPECT_DOUBLE_EQ(TestOrder(falling)->p_value, TestOrder(rising, options)->p_value);
}

TEST(OrderTest, WithEstimatedVariancesOfTwoGradesIsAlmostWelchsTest) {
  // Equal variances and degrees of freedom 10 each: Welch's t has 20. The simulated statistic
  // differs from t only by weights, which two pooled grades do not need: D = difference² / (v1 +
  // v2).
  const auto test = TestOrder(Estimates({700, 730}, 100, 10));
  ASSERT_TRUE(test.has_value());
  EXPECT_EQ(test->method, OrderTestMethod::kSimulatedStatistic);
  const double t = 30.0 / std::sqrt(200.0);
  const double student = TwoSidedStudentTail(t, 20.0) / 2.0;
  EXPECT_NEAR(test->p_value, student, 0.006);
  EXPECT_GT(test->p_value, TestOrder(Estimates({700, 730}, 100))->p_value);
}

TEST(OrderTest, HoldsItsLevelWhenAllTrueValuesAreEqual) {
  // 2,000 sets of four means of six normal samples each: about 5 % of p-values below 5 %, rather
  // fewer with so few samples; the standard error of the share is 0.5 %.
  OrderTestOptions options;
  options.replicates = 400;
  int rejected = 0;
  for (std::uint32_t round = 0; round < 2000; ++round) {
    RandomStream random(kSeed, round);
    std::vector<OrderedEstimate> estimates;
    for (int grade = 0; grade < 4; ++grade) {
      const double sigma = 1.0 + grade;
      const double value = sigma * random.Normal() / std::sqrt(6.0);
      estimates.push_back({value, sigma * sigma * random.ChiSquare(5.0) / 30.0, 5.0});
    }
    if (TestOrder(estimates, options)->p_value <= 0.05) ++rejected;
  }
  EXPECT_GT(rejected / 2000.0, 0.025) << "seed " << kSeed;
  EXPECT_LT(rejected / 2000.0, 0.06) << "seed " << kSeed;
}

TEST(OrderTest, GivesTheSameBitsEveryTime) {
  const std::vector<OrderedEstimate> estimates = {
      {5, 1, 3}, {6, 2, 4.5}, {4, 1, 2}, {7, 3, 0}, {2, 1, 1.5}};
  EXPECT_EQ(TestOrder(estimates)->p_value, TestOrder(estimates)->p_value);
}

TEST(OrderTest, RefusesWhatIsNoEstimate) {
  EXPECT_EQ(TestOrder(Estimates({1}, 1)).error().code, Code::kTooFewObservations);
  EXPECT_EQ(TestOrder(Estimates({1, 2}, 0)).error().code, Code::kNumberNotAllowed);
  EXPECT_EQ(TestOrder(Estimates({1, 2}, 1, -1)).error().code, Code::kNumberNotAllowed);
  EXPECT_EQ(TestOrder(Estimates({1, std::nan("")}, 1)).error().code, Code::kNumberNotAllowed);
}

TEST(RandomStream, HasTheMomentsOfItsDistributions) {
  double sum = 0.0, square = 0.0, chi = 0.0, chi_square = 0.0, small = 0.0;
  constexpr int kCount = 200'000;
  RandomStream random(kSeed, 7);
  for (int i = 0; i < kCount; ++i) {
    const double z = random.Normal();
    const double c = random.ChiSquare(7.0);
    sum += z;
    square += z * z;
    chi += c;
    chi_square += (c - 7.0) * (c - 7.0);
    small += random.ChiSquare(0.5);
  }
  EXPECT_NEAR(sum / kCount, 0.0, 0.01);
  EXPECT_NEAR(square / kCount, 1.0, 0.015);
  EXPECT_NEAR(chi / kCount, 7.0, 0.04);
  EXPECT_NEAR(chi_square / kCount, 14.0, 0.3);
  EXPECT_NEAR(small / kCount, 0.5, 0.01);
}

}  // namespace
}  // namespace dijia
