// Date indices and ratio exponents that are estimated from the samples.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/grade_price.h"
#include "support/plans.h"

namespace dijia {
namespace {

using test::Day;
using test::ResidentialPlan;
using test::Sale;
using test::SmallPlan;

constexpr std::uint64_t kSeed = 20250401;

// What the market of the drawn sales does.
struct Market {
  double monthly_growth = 0.01;
  double far_exponent = 0.5;
  double noise = 0.05;  // standard deviation of log prices
};

// Sales of grades 1–3 over the three years before 2025-04-01: price 1000 · 0.8^grade at the base
// date and FAR 2.
SampleTable Draw(const Market& market, int count) {
  std::mt19937_64 generator(kSeed);
  const auto uniform = [&] { return static_cast<double>(generator() >> 11) * 0x1p-53; };
  SampleTable table;
  for (int i = 0; i < count; ++i) {
    Sale sale;
    sale.id = "S" + std::to_string(i);
    sale.grade = 1 + static_cast<int>(generator() % 3);
    const auto days_before = static_cast<Days>(generator() % 1095);
    sale.date = FromDays(ToDays(Day(2025, 4, 1)) - days_before);
    sale.far = 0.5 + 3.5 * uniform();
    double noise = -6.0;
    for (int k = 0; k < 12; ++k) noise += uniform();
    sale.price = 1000.0 * std::pow(0.8, sale.grade) * std::pow(sale.far / 2, market.far_exponent) *
                 std::pow(1 + market.monthly_growth, -days_before / 30.4375) *
                 std::exp(market.noise * noise);
    sale.area_sqm = 1000.0 + i;
    test::Add(table, sale);
  }
  return table;
}

ComputePlan Plan(bool date, bool far) {
  UsePlan use = ResidentialPlan();
  use.conditions.far = FloorAreaRatio::Of(2);
  if (date) use.date.kind = DateCorrectionKind::kEstimated;
  if (far) use.far.kind = FarCorrectionKind::kEstimated;
  return SmallPlan(use);
}

GradePriceReport Compute(SampleTable& table, const ComputePlan& plan) {
  Result<GradePriceReport> report = ComputeGradePrices(table, plan, {});
  EXPECT_TRUE(report) << (report ? "" : report.error().detail);
  return std::move(report).value();
}

TEST(EstimatedFar, FindsTheExponentOfTheMarket) {
  SampleTable table = Draw({.monthly_growth = 0.0}, 400);
  const GradePriceReport report = Compute(table, Plan(false, true));
  ASSERT_EQ(report.far_exponents.size(), 1U);
  const EstimatedFarExponent& far = report.far_exponents[0];
  EXPECT_EQ(far.samples, 400U);
  EXPECT_EQ(far.use, LandUse::kResidential);
  EXPECT_EQ(table.counties.Name(far.county), "152502");
  EXPECT_GT(far.standard_error, 0.0);
  EXPECT_LT(far.standard_error, 0.01);
  EXPECT_NEAR(far.exponent, 0.5, 4 * far.standard_error);
  // Medians within 1 % of 1000 · 0.8^grade.
  for (const GradePrice& cell : report.cells) {
    EXPECT_NEAR(cell.estimate / (1000.0 * std::pow(0.8, cell.key.grade)), 1.0, 0.01);
  }
  // The factor of a row is (2 / far)^k.
  const double row_far = static_cast<double>(table.far[0]) / 1e6;
  EXPECT_NEAR(FactorsOf(table, report, 0).far, std::pow(2.0 / row_far, far.exponent), 1e-12);
}

TEST(EstimatedDate, FollowsTheMarketUpToTheBaseDate) {
  SampleTable table = Draw({.far_exponent = 0.0}, 600);
  const GradePriceReport report = Compute(table, Plan(true, false));
  ASSERT_EQ(report.indices.size(), 1U);
  const auto& points = report.indices[0].points;
  ASSERT_EQ(points.size(), 12U);  // quarters
  EXPECT_EQ(points.back().index, 1.0);
  EXPECT_EQ(FormatDate(points.back().period_start), "2025-01-02");
  std::size_t sales = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    // Quarter i lies 33 − 3 i months before the last: growth of 1 % a month.
    const double truth = std::pow(1.01, -3.0 * static_cast<double>(points.size() - 1 - i));
    EXPECT_NEAR(points[i].index, truth, 5 * std::max(points[i].standard_error, 1e-6) + 0.01);
    EXPECT_FALSE(points[i].interpolated);
    sales += points[i].sales;
  }
  EXPECT_EQ(sales, 600U);
  for (const GradePrice& cell : report.cells) {
    // The base quarter stands for itself: on average 1.5 months before the base date.
    EXPECT_NEAR(cell.estimate / (1000.0 * std::pow(0.8, cell.key.grade)), 0.985, 0.02);
  }
}

TEST(EstimatedCorrections, AreEstimatedTogether) {
  SampleTable table = Draw({}, 600);
  const GradePriceReport report = Compute(table, Plan(true, true));
  ASSERT_EQ(report.far_exponents.size(), 1U);
  ASSERT_EQ(report.indices.size(), 1U);
  EXPECT_NEAR(report.far_exponents[0].exponent, 0.5, 4 * report.far_exponents[0].standard_error);
  EXPECT_NEAR(report.indices[0].points.front().index, std::pow(1.01, -33.0), 0.03);
  for (const GradePrice& cell : report.cells) {
    EXPECT_LT(cell.cv, 0.08);  // noise of 5 % is what is left
  }
}

TEST(EstimatedCorrections, AreOfEachCountyAlone) {
  SampleTable table = Draw({}, 600);
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (i % 2 == 1) table.county[i] = static_cast<std::uint16_t>(table.counties.Add("150784"));
  }
  const GradePriceReport report = Compute(table, Plan(true, true));
  ASSERT_EQ(report.far_exponents.size(), 2U);
  EXPECT_EQ(table.counties.Name(report.far_exponents[0].county), "150784");
  EXPECT_EQ(report.far_exponents[0].samples, 300U);
  EXPECT_EQ(report.indices.size(), 2U);
}

TEST(EstimatedCorrections, OfTooFewSalesAreNotMadeAndSaid) {
  SampleTable table = Draw({}, 20);
  const GradePriceReport report = Compute(table, Plan(true, true));
  EXPECT_TRUE(report.far_exponents.empty());
  EXPECT_TRUE(report.indices.empty());
  std::vector<std::string> texts;
  for (const Diagnostic& found : report.diagnostics.kept()) {
    texts.push_back(TextOf(found, Language::kEn));
  }
  ASSERT_GE(texts.size(), 2U);
  EXPECT_EQ(texts[0],
            "152502 residential: too few samples to estimate the floor area ratio exponent; ratios "
            "are not corrected (20 < 30)");
  EXPECT_EQ(texts[1],
            "152502 residential: too few samples to estimate an index; dates are not corrected "
            "(20 < 30)");
  EXPECT_EQ(report.diagnostics.kept()[0].code, Code::kFarExponentNotEstimated);
  EXPECT_EQ(report.diagnostics.kept()[1].code, Code::kIndexNotEstimated);
  EXPECT_EQ(FactorsOf(table, report, 0).far, 1.0);
  EXPECT_EQ(FactorsOf(table, report, 0).date, 1.0);
}

TEST(EstimatedFar, ThatTheSamplesDoNotTellIsNotApplied) {
  SampleTable table = Draw({.monthly_growth = 0.0, .far_exponent = 0.5, .noise = 1.5}, 40);
  ComputePlan plan = Plan(false, true);
  plan.uses[0].screening.rule = OutlierRule::kNone;
  const GradePriceReport report = Compute(table, plan);
  EXPECT_TRUE(report.far_exponents.empty());
  EXPECT_EQ(report.diagnostics.kept()[0].code, Code::kFarExponentNotEstimated);
}

TEST(EstimatedFar, IsNotPulledByAWrongPrice) {
  SampleTable table = Draw({.monthly_growth = 0.0}, 400);
  for (std::size_t i = 0; i < 12; ++i) table.price[i] *= 20;
  const GradePriceReport report = Compute(table, Plan(false, true));
  ASSERT_EQ(report.far_exponents.size(), 1U);
  EXPECT_NEAR(report.far_exponents[0].exponent, 0.5, 0.05);
}

}  // namespace
}  // namespace dijia
