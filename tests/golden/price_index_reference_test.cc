// Index numbers against independent computations: price_indices.csv and V22.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/price_index.h"
#include "dijia/repeat_sales.h"
#include "support/reference_csv.h"

namespace dijia {
namespace {

using test::ReadReferenceTable;
using test::ReferenceTable;
using test::ReferenceValues;

TEST(PriceIndexReference, FormulasAgreeWithTheWorkedExample) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const ReferenceTable data = ReadReferenceTable("validation/numeric/data/index_numbers_6x5.csv");
  const ReferenceValues expected("validation/numeric/expected/price_indices.csv");
  std::vector<std::vector<double>> prices(5), quantities(5);
  for (std::size_t i = 0; i < data.rows.size(); ++i) {
    const auto period = static_cast<std::size_t>(data.Numbers("period")[i]) - 1;
    prices[period].push_back(data.Numbers("price")[i]);
    quantities[period].push_back(data.Numbers("quantity")[i]);
  }
  std::vector<PeriodGoods> periods;
  for (std::size_t t = 0; t < 5; ++t) periods.push_back({prices[t], quantities[t]});
  for (const auto& [formula, code] : EnumTableOf<IndexFormula>::kRows) {
    for (const bool chained : {false, true}) {
      const auto series =
          PriceIndexSeries(formula, periods, chained ? IndexBase::kChained : IndexBase::kFixed);
      ASSERT_TRUE(series.has_value());
      EXPECT_EQ((*series)[0], 1.0);
      for (std::size_t t = 1; t < 5; ++t) {
        const std::string procedure = std::string("index ") + (chained ? "chain" : "fixed") +
                                      " base, period " + std::to_string(t + 1);
        EXPECT_NEAR((*series)[t], expected.Of(procedure, std::string(code)), 1e-12)
            << procedure << " " << code;
      }
    }
  }
}

// Columns of pairs that own their numbers.
struct OwnedPairs {
  std::vector<std::int32_t> first, second;
  std::vector<double> log_ratio;
  int periods = 0;
  RepeatSales View() const { return {first, second, log_ratio, periods}; }
};

std::vector<std::int32_t> Periods(const std::vector<double>& numbers, int start) {
  std::vector<std::int32_t> out;
  for (const double number : numbers) out.push_back(static_cast<std::int32_t>(number) - start);
  return out;
}

TEST(RepeatSalesReference, BothMethodsAgreeWithR) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const ReferenceTable data = ReadReferenceTable("validation/numeric/data/repeat_sales.csv");
  const ReferenceValues expected("validation/numeric/expected/price_indices.csv");
  const OwnedPairs pairs{Periods(data.Numbers("t1"), 0), Periods(data.Numbers("t2"), 0),
                         data.Numbers("dlogp"), 8};
  RepeatSalesOptions options;
  options.method = RepeatSalesMethod::kBaileyMuthNourse;
  const auto unweighted = FitRepeatSales(pairs.View(), options);
  options.method = RepeatSalesMethod::kCaseShiller;
  options.negative_variance = NegativeVariancePolicy::kFloor;
  const auto weighted = FitRepeatSales(pairs.View(), options);
  ASSERT_TRUE(unweighted.has_value() && weighted.has_value());
  for (std::size_t t = 1; t < 8; ++t) {
    const std::string mu = "mu" + std::to_string(t);
    EXPECT_NEAR(unweighted->points[t].log_index,
                expected.Of("repeat sales Bailey-Muth-Nourse, 60 pairs, periods 0..7", mu), 1e-12);
    EXPECT_NEAR(weighted->points[t].log_index,
                expected.Of("repeat sales Case-Shiller stage 3 (WRS, weights 1/max(fit,1e-6))", mu),
                1e-12);
  }
  EXPECT_NEAR(weighted->variance_intercept, expected.Of("repeat sales Case-Shiller stage 2", "a"),
              1e-12);
  EXPECT_NEAR(weighted->variance_slope, expected.Of("repeat sales Case-Shiller stage 2", "b"),
              1e-12);
  EXPECT_EQ(weighted->pairs_floored, 0U);
  EXPECT_TRUE(weighted->weighted);
}

OwnedPairs SeattlePairs() {
  const ReferenceTable data = ReadReferenceTable("validation/index/seattle_repeat_pairs.csv");
  OwnedPairs pairs{Periods(data.Numbers("q1"), 1), Periods(data.Numbers("q2"), 1), {}, 28};
  const std::vector<double> p1 = data.Numbers("p1");
  const std::vector<double> p2 = data.Numbers("p2");
  for (std::size_t i = 0; i < p1.size(); ++i) pairs.log_ratio.push_back(std::log(p2[i] / p1[i]));
  return pairs;
}

TEST(RepeatSalesReference, AgreesWithV22) {
  DIJIA_SKIP_WITHOUT("validation/index");
  const OwnedPairs pairs = SeattlePairs();
  ASSERT_EQ(pairs.first.size(), 604U);
  RepeatSalesOptions options;
  options.method = RepeatSalesMethod::kBaileyMuthNourse;
  const auto index = FitRepeatSales(pairs.View(), options);
  ASSERT_TRUE(index.has_value());
  const std::vector<double> expected =
      ReadReferenceTable("validation/index/seattle_repeat_index_expected.csv").Numbers("bmn");
  for (std::size_t t = 0; t < 28; ++t) {
    EXPECT_NEAR(100.0 * index->points[t].Index(), expected[t], 1e-8);
  }
}

TEST(RepeatSalesReference, CatchesTheVarianceLineOfV22ThatGoesNegative) {
  DIJIA_SKIP_WITHOUT("validation/index");
  const OwnedPairs pairs = SeattlePairs();
  const auto refused = FitRepeatSales(pairs.View());
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::kNegativeVarianceLine);

  RepeatSalesOptions options;
  options.negative_variance = NegativeVariancePolicy::kUnweighted;
  const auto fallback = FitRepeatSales(pairs.View(), options);
  ASSERT_TRUE(fallback.has_value());
  EXPECT_FALSE(fallback->weighted);
  EXPECT_NEAR(fallback->smallest_variance, -0.084, 0.0005);  // as printed in the case
  options.method = RepeatSalesMethod::kBaileyMuthNourse;
  const auto first_stage = FitRepeatSales(pairs.View(), options);
  for (std::size_t t = 0; t < 28; ++t) {
    EXPECT_EQ(fallback->points[t].log_index, first_stage->points[t].log_index);
  }
}

}  // namespace
}  // namespace dijia
