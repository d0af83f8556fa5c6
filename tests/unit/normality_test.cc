#include "dijia/normality.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <functional>
#include <vector>

#include "dijia/location.h"
#include "dijia/philox.h"
#include "dijia/scale.h"
#include "kolmogorov.h"
#include "normal_tail.h"
#include "normality_kernel.h"
#include "support/reference_csv.h"

namespace dijia {
namespace {

using Sample = std::vector<double>;

Sample ReferenceSample(const std::string& name) {
  const bool loss = name == "stackloss.loss";
  const bool log = name == "log(rivers)";
  const std::string file = loss ? "stackloss" : log ? "rivers" : name;
  Sample x = test::ReadReferenceTable("validation/numeric/data/" + file + ".csv")
                 .Numbers(loss ? "loss" : "x");
  if (log) {
    for (double& v : x) v = std::log(v);
  }
  std::sort(x.begin(), x.end());
  return x;
}

class NormalityReference : public testing::TestWithParam<const char*> {};

TEST_P(NormalityReference, AgreesWithR) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const Sample x = ReferenceSample(GetParam());
  const test::ReferenceValues values("validation/numeric/expected/tests.csv");
  const auto expected = [&](const std::string& quantity) {
    return values.Of(std::string("normality ") + GetParam(), quantity);
  };
  const auto check = [&](const TestResult& result, const std::string& statistic,
                         const std::string& p_value) {
    EXPECT_NEAR(result.statistic, expected(statistic), 1e-9 * std::max(1.0, expected(statistic)))
        << statistic;
    EXPECT_NEAR(result.p_value, expected(p_value), 1e-6) << p_value;
    // Tiny p-values too, to six digits.
    if (expected(p_value) > 1e-20) {
      EXPECT_NEAR(result.p_value / expected(p_value), 1, 1e-6) << p_value;
    }
  };
  check(ShapiroWilk(x), "shapiro_W", "shapiro_W_p");
  check(ShapiroFrancia(x), "shapiro_francia_W", "shapiro_francia_W_p");
  check(AndersonDarling(x), "anderson_darling_A", "anderson_darling_A_p");
  check(CramerVonMises(x), "cramer_von_mises_W", "cramer_von_mises_W_p");
  check(Lilliefors(x), "lilliefors_D", "lilliefors_D_p");
  check(JarqueBera(x), "jarque_bera", "jarque_bera_p");
  EXPECT_NEAR(KolmogorovSmirnov(x, Mean(x), StandardDeviation(x)).statistic,
              expected("ks_D(mean,sd given)"), 1e-9);
}

INSTANTIATE_TEST_SUITE_P(NumericValidation, NormalityReference,
                         testing::Values("rivers", "log(rivers)", "precip", "stackloss.loss"));

TEST(NormalTail, AgreesWithBoostToTheLastDigits) {
  double worst = 0;
  for (double a = 0; a < 37; a += 0.00173) {
    const double exact = cdf(complement(boost::math::normal(), a));
    worst = std::max(worst, std::abs(ScaledNormalTail(a) * std::exp(-a * a / 2) / exact - 1));
  }
  EXPECT_LT(worst, 3e-13);  // the exponential of a²/2 loses up to 680 units in the last place
  worst = 0;
  for (double a = 0; a < 1.4; a += 0.000173) {
    const double exact = cdf(complement(boost::math::normal(), a));
    worst = std::max(worst, std::abs(ScaledNormalTail(a) * std::exp(-a * a / 2) / exact - 1));
  }
  EXPECT_LT(worst, 1e-15);
}

Sample NormalSample(std::uint32_t stream_number, std::size_t n) {
  PhiloxStream stream(20240607, stream_number);
  Sample x(n);
  for (double& v : x) v = quantile(boost::math::normal(), stream.NextUniform());
  std::sort(x.begin(), x.end());
  return x;
}

TEST(AndersonDarlingSum, HasTheSameBitsAtEveryVectorWidth) {
  for (const std::size_t n : {8U, 9U, 511U, 512U, 1025U, 5000U}) {
    const Sample x = NormalSample(1, n);
    const double baseline = AndersonDarlingSum(x, 0.1, 1.1, SimdLevel::kBaseline);
    for (const SimdLevel level : {SimdLevel::kAvx2, SimdLevel::kAvx512}) {
      if (level > BestSimdLevel()) continue;
      EXPECT_EQ(AndersonDarlingSum(x, 0.1, 1.1, level), baseline) << n;
    }
    double naive = 0;
    const boost::math::normal normal(0.1, 1.1);
    for (std::size_t i = 0; i < n; ++i) {
      naive += (2.0 * static_cast<double>(i) + 1) *
               (std::log(cdf(normal, x[i])) + std::log(cdf(complement(normal, x[n - 1 - i]))));
    }
    EXPECT_NEAR(baseline, naive, 1e-12 * std::abs(naive)) << n;
  }
}

TEST(AndersonDarling, OfAFarValueAmongThousandsStaysFinite) {
  Sample x = NormalSample(2, 5000);
  x.back() = 1e6;  // 70 standard deviations out: its probability is no double
  const TestResult result = AndersonDarling(x);
  EXPECT_TRUE(std::isfinite(result.statistic));
  EXPECT_EQ(result.p_value, 3.7e-24);
}

// P(D_n < d) of Marsaglia, Tsang and Wang (2003), p. 3: n = 10, d = 0.274: 0.6284796154565043.
TEST(Kolmogorov, IsExactForFewValues) {
  EXPECT_NEAR(KolmogorovTail(0.274, 10), 1 - 0.6284796154565043, 1e-13);
  EXPECT_EQ(KolmogorovTail(0, 10), 1);
  EXPECT_EQ(KolmogorovTail(1, 10), 0);
}

// Critical values of the limit distribution: P(√n D >= 1.3581) = 0.05 (Smirnov's table).
TEST(Kolmogorov, ApproachesItsLimit) {
  EXPECT_NEAR(KolmogorovTail(1.3581 / std::sqrt(1e8), 100'000'000), 0.05, 1e-5);
  EXPECT_NEAR(KolmogorovTail(1.3581 / std::sqrt(100.0), 100), 0.05,
              0.006);  // the limit is reached slowly
  EXPECT_NEAR(KolmogorovTail(0.05, 100), KolmogorovTail(0.05 * std::sqrt(100.0 / 101), 101), 0.03);
}

struct NamedTest {
  const char* name;
  std::function<TestResult(std::span<const double>)> test;
  std::size_t smallest;
};

std::vector<NamedTest> AllTests() {
  return {{"shapiro_wilk", ShapiroWilk, 3},
          {"shapiro_francia", ShapiroFrancia, 5},
          {"anderson_darling", AndersonDarling, 8},
          {"cramer_von_mises", CramerVonMises, 8},
          {"lilliefors", Lilliefors, 5},
          {"jarque_bera", JarqueBera, 2}};
}

TEST(Normality, OfTooFewOrEqualValuesIsNotANumber) {
  for (const NamedTest& test : AllTests()) {
    EXPECT_TRUE(std::isnan(test.test({}).statistic)) << test.name;
    EXPECT_TRUE(std::isnan(test.test(Sample(test.smallest - 1, 1.0)).p_value)) << test.name;
    EXPECT_TRUE(std::isnan(test.test(Sample(20, 96.0)).statistic)) << test.name;
    EXPECT_FALSE(std::isnan(test.test(NormalSample(3, test.smallest)).p_value)) << test.name;
  }
  EXPECT_TRUE(std::isnan(KolmogorovSmirnov({}, 0, 1).statistic));
  EXPECT_TRUE(std::isnan(KolmogorovSmirnov(Sample{1}, 0, 0).statistic));
}

TEST(Normality, DoesNotDependOnUnits) {
  const Sample x = NormalSample(4, 60);
  Sample scaled = x;
  for (double& v : scaled) v = 1000 + 256 * v;
  for (const NamedTest& test : AllTests()) {
    EXPECT_NEAR(test.test(scaled).p_value, test.test(x).p_value, 1e-9) << test.name;
  }
}

// Of normal samples 5 % are rejected at 5 %: 1000 trials, standard deviation 0.7 %. Jarque-Bera's
// χ² is known to reject too seldom for short samples (3.3 % at 50 values).
TEST(Normality, PValuesOfNormalSamplesAreUniform) {
  for (const std::size_t n : {9U, 50U, 300U}) {
    for (const NamedTest& test : AllTests()) {
      int rejected = 0;
      int small_half = 0;
      for (std::uint32_t trial = 0; trial < 1000; ++trial) {
        const double p = test.test(NormalSample(1000 + trial, n)).p_value;
        rejected += p < 0.05 ? 1 : 0;
        small_half += p < 0.5 ? 1 : 0;
      }
      const bool rough = std::string_view(test.name) == "jarque_bera";
      EXPECT_LT(rejected, 75) << test.name << " " << n;
      if (rough) continue;
      EXPECT_GT(rejected, 30) << test.name << " " << n;
      EXPECT_NEAR(small_half, 500, 70) << test.name << " " << n;
    }
  }
}

TEST(ShapiroWilk, OfThreeValuesIsExact) {
  // 0, 0, 1: W = 3/4, the least there is, so that p = 0.
  const TestResult least = ShapiroWilk(Sample{0, 0, 1});
  EXPECT_NEAR(least.statistic, 0.75, 1e-15);
  EXPECT_NEAR(least.p_value, 0, 1e-7);
  EXPECT_NEAR(ShapiroWilk(Sample{-1, 0, 1}).statistic, 1, 1e-15);
  EXPECT_NEAR(ShapiroWilk(Sample{-1, 0, 1}).p_value, 1, 1e-7);
}

TEST(ShapiroWilk, BeyondFiveThousandValuesHasNoPValue) {
  const TestResult result = ShapiroWilk(NormalSample(5, 5001));
  EXPECT_GT(result.statistic, 0.99);
  EXPECT_TRUE(std::isnan(result.p_value));
}

TEST(NormalityOfRuns, AreTheTestsOfTheRuns) {
  Sample x;
  std::vector<std::size_t> offsets{0};
  for (const std::size_t n : {40U, 7U, 0U, 1U, 40U, 300U}) {
    const Sample run = NormalSample(static_cast<std::uint32_t>(offsets.size()), n);
    x.insert(x.end(), run.begin(), run.end());
    offsets.push_back(x.size());
  }
  x.insert(x.end(), 12, 96.0);
  offsets.push_back(x.size());
  for (const unsigned threads : {1U, 4U}) {
    const auto results = NormalityOfRuns(x, offsets, threads);
    ASSERT_EQ(results.size(), offsets.size() - 1);
    for (std::size_t run = 0; run < results.size(); ++run) {
      const auto values = std::span(x).subspan(offsets[run], offsets[run + 1] - offsets[run]);
      const auto same = [](const TestResult& a, const TestResult& b) {
        return (std::isnan(a.statistic) && std::isnan(b.statistic)) ||
               (std::abs(a.statistic - b.statistic) <= 1e-12 * std::abs(b.statistic) &&
                std::abs(a.p_value - b.p_value) <= 1e-12);
      };
      EXPECT_TRUE(same(results[run].shapiro_wilk, ShapiroWilk(values))) << run;
      EXPECT_TRUE(same(results[run].jarque_bera, JarqueBera(values))) << run;
      EXPECT_TRUE(same(results[run].anderson_darling, AndersonDarling(values))) << run;
    }
  }
  EXPECT_TRUE(NormalityOfRuns({}, {}, 1).empty());
}

}  // namespace
}  // namespace dijia
