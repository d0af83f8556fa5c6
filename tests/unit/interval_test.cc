#include "dijia/interval.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "support/reference_csv.h"

namespace dijia {
namespace {

using Sample = std::vector<double>;

// IAAO, Standard on Ratio Studies (2013), table 1-1: appraised value and sale price of 36 parcels.
struct RatioTable {
  Sample ratios;  // ascending
  Sample prices;  // in the order of the ratios
};

RatioTable IaaoTable() {
  const auto table = test::ReadReferenceTable("validation/ratio/iaao_table_1_1.csv");
  const Sample estimates = table.Numbers("estimate");
  const Sample prices = table.Numbers("sale_price");
  std::vector<std::pair<double, double>> rows;
  for (std::size_t i = 0; i < prices.size(); ++i) {
    rows.emplace_back(estimates[i] / prices[i], prices[i]);
  }
  std::sort(rows.begin(), rows.end());
  RatioTable out;
  for (const auto& [ratio, price] : rows) {
    out.ratios.push_back(ratio);
    out.prices.push_back(price);
  }
  return out;
}

// Expected numbers: case V6 of the shared validation cases, to its six decimals.
TEST(MeanInterval, OfTheIaaoTableAgreesWithV6) {
  DIJIA_SKIP_WITHOUT("validation/ratio");
  const Interval interval = MeanInterval(IaaoTable().ratios);
  EXPECT_NEAR(interval.low, 0.799231, 1e-6);
  EXPECT_NEAR(interval.high, 0.999925, 1e-6);
}

TEST(WeightedMeanInterval, OfTheIaaoTableAgreesWithV6) {
  DIJIA_SKIP_WITHOUT("validation/ratio");
  const RatioTable table = IaaoTable();
  const Interval interval = WeightedMeanInterval(table.ratios, table.prices);
  EXPECT_NEAR(interval.low, 0.806083, 1e-6);
  EXPECT_NEAR(interval.high, 1.023621, 1e-6);
}

TEST(MedianInterval, OfTheIaaoTableAgreesWithV6) {
  DIJIA_SKIP_WITHOUT("validation/ratio");
  const OrderStatisticInterval median = MedianInterval(IaaoTable().ratios);
  EXPECT_EQ(median.low_rank, 12U);
  EXPECT_EQ(median.high_rank, 25U);
  EXPECT_NEAR(median.interval.coverage, 0.97118, 5e-6);
  EXPECT_NEAR(median.interval.low, 0.683636, 1e-6);
  EXPECT_NEAR(median.interval.high, 1.066667, 1e-6);
}

TEST(MedianInterval, OfFewerThanSixValuesIsTheRangeWithItsTrueCoverage) {
  const OrderStatisticInterval five = MedianInterval(Sample{1, 2, 3, 4, 5});
  EXPECT_EQ(five.interval.low, 1);
  EXPECT_EQ(five.interval.high, 5);
  EXPECT_DOUBLE_EQ(five.interval.coverage, 1 - 2 / 32.0);
  EXPECT_DOUBLE_EQ(MedianInterval(Sample{1, 2, 3, 4, 5, 6}).interval.coverage, 1 - 2 / 64.0);
  EXPECT_EQ(MedianInterval(Sample{8}).interval.coverage, 0);
}

TEST(MedianInterval, OfManyValuesStaysExact) {
  Sample x(100'000);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<double>(i + 1);
  const OrderStatisticInterval median = MedianInterval(x);
  EXPECT_GE(median.interval.coverage, 0.95);
  EXPECT_NEAR(median.interval.coverage, 0.95, 1e-3);
  EXPECT_EQ(median.low_rank + median.high_rank, x.size() + 1);
  // n/2 − 1.96 √n / 2, the normal approximation.
  EXPECT_NEAR(static_cast<double>(median.low_rank), 50'000 - 1.96 * std::sqrt(1e5) / 2, 2);
}

TEST(TrimmedMeanInterval, WithoutTrimmingIsTheIntervalOfTheMean) {
  const Sample x{1, 2, 4, 8, 16};
  const Interval trimmed = TrimmedMeanInterval(x, 0);
  const Interval mean = MeanInterval(x);
  EXPECT_DOUBLE_EQ(trimmed.low, mean.low);
  EXPECT_DOUBLE_EQ(trimmed.high, mean.high);
}

// h = 8 of 10 left; winsorised 2 2 3 4 5 6 7 8 9 9, mean 5.5, Σ squares 66.5;
// t(7, 0.975) = 2.364624; 2.364624 · sqrt(66.5 / 56) = 2.576789.
TEST(TrimmedMeanInterval, UsesTheWinsorisedVariance) {
  const Sample x{-50, 2, 3, 4, 5, 6, 7, 8, 9, 700};
  const Interval interval = TrimmedMeanInterval(x, 0.1);
  EXPECT_NEAR(interval.low, 5.5 - 2.576789, 1e-5);
  EXPECT_NEAR(interval.high, 5.5 + 2.576789, 1e-5);
}

// Tables of the signed-rank statistic: n = 10, P(W <= 8) = 0.0244, so the ninth smallest and the
// ninth largest Walsh average. Of 1 … 10 the smallest nine are 1, 1.5, 2, 2, 2.5, 2.5, 3, 3, 3.
TEST(HodgesLehmannInterval, UpToFiftyValuesIsExact) {
  const Sample x{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  const Interval interval = HodgesLehmannInterval(x);
  EXPECT_EQ(interval.low, 3);
  EXPECT_EQ(interval.high, 8);
  EXPECT_NEAR(interval.coverage, 1 - 2 * 0.0244, 1e-4);
}

TEST(HodgesLehmannInterval, ApproximationAndExactDistributionMeetAtFifty) {
  Sample x(51);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = std::sqrt(static_cast<double>(i));
  const Interval beyond = HodgesLehmannInterval(x);
  const Interval exact = HodgesLehmannInterval({x.data(), 50});
  EXPECT_NEAR(beyond.high - beyond.low, exact.high - exact.low, 0.1 * (exact.high - exact.low));
  EXPECT_GE(exact.coverage, 0.95);
  EXPECT_LT(exact.coverage, 0.955);
}

TEST(HuberInterval, WithAWideBendIsNearlyTheIntervalOfTheMean) {
  const Sample x{1, 2, 3, 4, 5, 6, 7};
  const Interval huber = HuberInterval(x, 1e6);
  const Interval mean = MeanInterval(x);
  EXPECT_NEAR(huber.low, mean.low, 1e-12);
  EXPECT_NEAR(huber.high, mean.high, 1e-12);
}

TEST(AnalyticInterval, OfNothingIsNotANumber) {
  for (const auto& row : EnumTableOf<Estimator>::kRows) {
    const Interval interval = AnalyticInterval(row.value, {}, {});
    EXPECT_TRUE(std::isnan(interval.low) && std::isnan(interval.high)) << row.code;
  }
}

TEST(AnalyticInterval, HoldsItsEstimate) {
  const Sample x{100, 180, 220, 230, 240, 250, 270, 290, 410, 900};
  const Sample weights{9, 3, 5, 1, 2, 8, 7, 1, 2, 1};
  for (const auto& row : EnumTableOf<Estimator>::kRows) {
    const double estimate = Estimate(row.value, x, weights);
    const Interval interval = AnalyticInterval(row.value, x, weights);
    EXPECT_LT(interval.low, estimate) << row.code;
    EXPECT_GT(interval.high, estimate) << row.code;
  }
}

}  // namespace
}  // namespace dijia
