#include "dijia/sample_tests.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "dijia/philox.h"
#include "support/reference_csv.h"

namespace dijia {
namespace {

using Sample = std::vector<double>;

// Prices of Baltimore houses by the value of a column.
std::vector<Sample> PricesBy(const std::string& column) {
  const auto table = test::ReadReferenceTable("validation/numeric/data/baltimore.csv");
  const Sample prices = table.Numbers("PRICE");
  const Sample keys = table.Numbers(column);
  std::map<double, Sample> groups;
  for (std::size_t i = 0; i < prices.size(); ++i) groups[keys[i]].push_back(prices[i]);
  std::vector<Sample> samples;
  for (auto& [key, sample] : groups) samples.push_back(std::move(sample));
  return samples;
}

std::vector<std::span<const double>> Spans(const std::vector<Sample>& samples) {
  return {samples.begin(), samples.end()};
}

TEST(SampleTests, AgreeWithROnBaltimore) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const test::ReferenceValues values("validation/numeric/expected/tests.csv");
  const auto expected = [&](const std::string& quantity) {
    return values.Of("two groups baltimore PRICE by CITCOU", quantity);
  };
  const std::vector<Sample> samples = PricesBy("CITCOU");  // 0 in the city, 1 in the county
  ASSERT_EQ(samples.size(), 2U);
  // R was given the groups in opposite orders for the two tests.
  const TestResult wilcoxon = WilcoxonRankSum(samples[1], samples[0]);
  EXPECT_NEAR(wilcoxon.statistic, expected("wilcoxon_W"), 1e-9);
  EXPECT_NEAR(wilcoxon.p_value / expected("wilcoxon_p"), 1, 1e-6);
  EXPECT_NEAR(WelchT(samples[0], samples[1]).statistic, expected("welch_t"), 1e-9);
  EXPECT_NEAR(LeveneMedian(Spans(samples)).statistic, expected("levene_median_F_by_CITCOU"), 1e-9);
  EXPECT_NEAR(Bartlett(Spans(samples)).statistic, expected("bartlett_by_CITCOU"), 1e-9);
  EXPECT_NEAR(KruskalWallis(Spans(PricesBy("DWELL"))).statistic, expected("kruskal_H_by_DWELL"),
              1e-9);
}

TEST(AverageRanks, ShareTheMeanOfTheirRanks) {
  EXPECT_EQ(AverageRanks(Sample{30, 10, 20, 20}), (Sample{4, 1, 2.5, 2.5}));
  EXPECT_TRUE(AverageRanks({}).empty());
}

// Every way to choose which of the ranks 1 … m + n belong to the first sample, counted.
TEST(WilcoxonRankSum, OfFewValuesAgreesWithCounting) {
  const Sample first{3.5, 1, 7};
  const Sample second{2, 4, 5, 9, 6};
  const TestResult result = WilcoxonRankSum(first, second, Alternative::kLess);
  int at_most = 0;
  int total = 0;
  for (unsigned set = 0; set < 256; ++set) {
    double sum = 0;
    int size = 0;
    for (unsigned bit = 0; bit < 8; ++bit) {
      if ((set >> bit & 1U) != 0) {
        sum += bit + 1;
        ++size;
      }
    }
    if (size != 3) continue;
    ++total;
    at_most += sum - 6 <= result.statistic ? 1 : 0;
  }
  EXPECT_EQ(result.statistic, 5);  // 1 + 3 + 7 of 1 … 8, less 6
  EXPECT_DOUBLE_EQ(result.p_value, static_cast<double>(at_most) / total);
}

TEST(WilcoxonRankSum, ApproximationAndExactDistributionMeet) {
  PhiloxStream stream(3);
  Sample first, second;
  for (int i = 0; i < 50; ++i) {
    first.push_back(stream.NextUniform());
    second.push_back(stream.NextUniform() + 0.1);
  }
  const double exact = WilcoxonRankSum(first, second).p_value;
  second.push_back(second[0] + 1e-9);  // 51 values: the approximation
  EXPECT_NEAR(WilcoxonRankSum(first, second).p_value / exact, 1, 0.1);
}

TEST(WilcoxonRankSum, SidesMirrorEachOther) {
  const Sample a{1, 2, 2, 5, 9};
  const Sample b{2, 3, 8, 10};
  const double less = WilcoxonRankSum(a, b, Alternative::kLess).p_value;
  EXPECT_DOUBLE_EQ(WilcoxonRankSum(b, a, Alternative::kGreater).p_value, less);
  EXPECT_LT(less, 0.5);
}

// Two samples of equal size and variance: Welch's t is Student's with 2 n − 2 degrees of freedom.
// Means 2 and 3, s² = 1, n = 3: t = −1 / √(2/3) = −1.224745, p = 0.287864 with 4.
TEST(WelchT, OfEqualVariancesIsStudents) {
  const WelchResult result = WelchT(Sample{1, 2, 3}, Sample{2, 3, 4});
  EXPECT_NEAR(result.statistic, -std::sqrt(1.5), 1e-14);
  EXPECT_NEAR(result.freedom, 4, 1e-12);
  EXPECT_NEAR(result.p_value, 0.287864, 1e-6);
  EXPECT_NEAR(WelchT(Sample{1, 2, 3}, Sample{2, 3, 4}, Alternative::kLess).p_value, 0.143932, 1e-6);
}

TEST(VarianceRatio, IsTwoSided) {
  const Sample narrow{1, 2, 3, 4};
  const Sample wide{10, 20, 30, 40};
  const TestResult a = VarianceRatio(wide, narrow);
  const TestResult b = VarianceRatio(narrow, wide);
  EXPECT_NEAR(a.statistic, 100, 1e-9);
  EXPECT_NEAR(a.p_value, b.p_value, 1e-15);
  EXPECT_NEAR(VarianceRatio(narrow, Sample{2, 3, 4, 5}).p_value, 1, 1e-12);
}

TEST(OneWayF, OfTwoSamplesIsTheSquareOfStudentsT) {
  const std::vector<Sample> samples{{1, 2, 3}, {2, 3, 4}};
  const TestResult result = OneWayF(Spans(samples));
  EXPECT_NEAR(result.statistic, 1.5, 1e-14);
  EXPECT_NEAR(result.p_value, 0.287864, 1e-6);
}

TEST(Grubbs, FindsTheFurthestValueAndItsProbability) {
  // The critical value is the statistic whose p-value is the significance.
  const Sample x{1, 2, 3, 4, 5, 6, 7, 8, 9, 60};
  const GrubbsResult result = Grubbs(x);
  EXPECT_EQ(result.index, 9U);
  EXPECT_GT(result.statistic, GrubbsCritical(10, 0.01));
  EXPECT_NEAR(GrubbsCritical(10, result.p_value), result.statistic, 1e-9);
}

TEST(Grubbs, AgreesWithR) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const test::ReferenceValues values("validation/numeric/expected/tests.csv");
  const auto column = [](const std::string& file, const char* name) {
    return test::ReadReferenceTable("validation/numeric/data/" + file + ".csv").Numbers(name);
  };
  Sample logs = column("rivers", "x");
  for (double& value : logs) value = std::log(value);
  const std::pair<std::string, Sample> sets[] = {{"rivers", column("rivers", "x")},
                                                 {"log(rivers)", logs},
                                                 {"precip", column("precip", "x")},
                                                 {"stackloss.loss", column("stackloss", "loss")}};
  for (const auto& [name, x] : sets) {
    const std::string procedure = "normality " + name;
    EXPECT_NEAR(Grubbs(x).statistic, values.Of(procedure, "grubbs_G"), 1e-9);
    EXPECT_NEAR(GrubbsCritical(x.size(), 0.05),
                values.Of(procedure, "grubbs_critical_5pct_two_sided"), 1e-9);
  }
}

TEST(SampleTests, OfTooFewOrEqualValuesAreNotANumber) {
  const Sample none, one{1}, equal{96, 96, 96};
  const std::vector<Sample> equals{equal, equal};
  EXPECT_TRUE(std::isnan(WilcoxonRankSum(none, one).p_value));
  EXPECT_TRUE(std::isnan(WilcoxonRankSum(equal, equal).p_value));
  EXPECT_TRUE(std::isnan(WelchT(one, equal).p_value));
  EXPECT_TRUE(std::isnan(WelchT(equal, equal).p_value));
  EXPECT_TRUE(std::isnan(VarianceRatio(one, equal).p_value));
  EXPECT_TRUE(std::isnan(VarianceRatio(equal, equal).p_value));
  EXPECT_TRUE(std::isnan(Bartlett(Spans(equals)).p_value));
  EXPECT_TRUE(std::isnan(Bartlett({}).p_value));
  EXPECT_TRUE(std::isnan(LeveneMedian(Spans(equals)).p_value));
  EXPECT_TRUE(std::isnan(OneWayF(Spans({one, one})).p_value));
  EXPECT_TRUE(std::isnan(KruskalWallis(Spans(equals)).p_value));
  EXPECT_TRUE(std::isnan(Grubbs(Sample{1, 2}).p_value));
  EXPECT_TRUE(std::isnan(Grubbs(equal).p_value));
}

}  // namespace
}  // namespace dijia
