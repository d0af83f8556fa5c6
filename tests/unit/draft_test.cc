#include "app/draft.h"

#include <gtest/gtest.h>

#include <limits>

namespace dijia::app {
namespace {

ComputePlan Plan() {
  ComputePlan plan;
  plan.id = "demo";
  plan.base_date = FromDays(20'000);
  plan.rounding.unit_price = Rounding{};
  plan.rounding.coefficient = Rounding{RoundingMode::kHalfUp, 100};
  UsePlan& use = plan.uses.emplace_back();
  use.use = LandUse::kResidential;
  use.name = "居住用地";
  use.conditions.term = Years::Of(70);
  use.conditions.capitalization_rate = Rate::FromUnits(55'000);
  use.conditions.far = FloorAreaRatio::Of(2);
  use.conditions.far_by_grade = {{2, FloorAreaRatio::FromUnits(1'800'000)}};
  use.conditions.development_level = "五通一平";
  return plan;
}

struct CountyRun {
  SampleTable samples;
  GradePriceReport report;
};

// One county with two areas and two grades in the first; grade 2 is withheld.
CountyRun TwoAreas() {
  CountyRun run;
  const auto county = static_cast<std::uint16_t>(run.samples.counties.Add("152502"));
  const auto city = static_cast<std::uint16_t>(run.samples.areas.Add("城区"));
  const auto town = static_cast<std::uint16_t>(run.samples.areas.Add("乙镇"));
  for (const auto& [area, grade, price] :
       {std::tuple(city, 1, 790), std::tuple(city, 2, 0), std::tuple(town, 1, 300)}) {
    GradePrice& cell = run.report.cells.emplace_back();
    cell.key = {county, area, 0, LandUse::kResidential, static_cast<std::uint8_t>(grade)};
    cell.method = "median";
    if (price == 0) continue;
    cell.price = UnitPrice::Of(price);
    cell.status = CellStatus::kComputed;
  }
  return run;
}

PublishedUse DraftUse(const CountyRun& run, const ComputePlan& plan) {
  return DraftOf(run.samples, plan, run.report, 1, 1, "demo").uses.at(LandUse::kResidential);
}

TEST(DraftOf, TakesTheCellsOfItsCountyAndAreaOnly) {
  const CountyRun run = TwoAreas();
  const Publication draft = DraftOf(run.samples, Plan(), run.report, 1, 1, "demo-1");
  EXPECT_EQ(draft.id, "demo-1");
  EXPECT_EQ(draft.county, "152502");
  EXPECT_EQ(draft.area, "城区");
  EXPECT_EQ(draft.status, PublicationStatus::kDraft);
  EXPECT_EQ(draft.uses.at(LandUse::kResidential).grades.size(), 2U);
}

TEST(DraftOf, ListsAWithheldGradeWithoutAPrice) {
  const PublishedUse use = DraftUse(TwoAreas(), Plan());
  EXPECT_EQ(use.grades[0].price, UnitPrice::Of(790));
  EXPECT_EQ(use.grades[1].price, std::nullopt);
  EXPECT_EQ(use.grades[1].status, "withheld");
}

TEST(DraftOf, GivesEachGradeItsBaseRatio) {
  const PublishedUse use = DraftUse(TwoAreas(), Plan());
  EXPECT_EQ(use.grades[0].far, FloorAreaRatio::Of(2));
  EXPECT_EQ(use.grades[1].far, FloorAreaRatio::FromUnits(1'800'000));
}

TEST(DraftOf, WithoutCorrectionsHasTheTermOnly) {
  const PublishedUse use = DraftUse(TwoAreas(), Plan());
  EXPECT_EQ(use.formula, (PriceFormula{"", {"term"}, {}}));
  EXPECT_EQ(use.coefficients.size(), 1U);
}

TEST(DraftOf, TakesOverTheCorrectionsOfThePlan) {
  ComputePlan plan = Plan();
  plan.uses[0].far.kind = FarCorrectionKind::kPower;
  plan.uses[0].far.exponent_by_grade = {{0, 0.43751}};
  plan.uses[0].date = {DateCorrectionKind::kMonthlyRate, Rate::FromUnits(2'000), {}, 3};
  plan.uses[0].development.cost_by_level = {{"三通一平", UnitPrice::Of(75)},
                                            {"五通一平", UnitPrice::Of(120)}};
  const PublishedUse use = DraftUse(TwoAreas(), plan);
  EXPECT_EQ(use.formula, (PriceFormula{"", {"term", "far", "date"}, {"development"}}));
  const auto& far = std::get<Curve>(use.coefficients.at("far"));
  EXPECT_EQ(far.exponents.at(0).ToString(), "0.4375");  // rounded to the plan's 0.0001
  EXPECT_EQ(far.by, TableBy::kAll);
  const auto& development = std::get<Additive>(use.coefficients.at("development"));
  EXPECT_EQ(development.levels.at("三通一平"), UnitPrice::Of(-45));
  EXPECT_EQ(development.levels.at("五通一平"), UnitPrice());
}

TEST(DraftOf, PublishesWhatWasEstimated) {
  ComputePlan plan = Plan();
  plan.uses[0].far.kind = FarCorrectionKind::kEstimated;
  plan.uses[0].date.kind = DateCorrectionKind::kEstimated;
  CountyRun run = TwoAreas();
  run.report.far_exponents = {{LandUse::kResidential, 1, 0, 0.61239, 0.05, 40},
                              {LandUse::kResidential, 7, 0, 0.9, 0.05, 40}};
  run.report.indices = {
      {LandUse::kResidential,
       1,
       {{FromDays(19'000), 1.0, 0.0, 9, false}, {FromDays(19'090), 1.02346, 0.01, 9, false}}}};
  const PublishedUse use = DraftUse(run, plan);
  const auto& far = std::get<Curve>(use.coefficients.at("far"));
  EXPECT_EQ(far.exponents.at(0).ToString(), "0.6124");
  const auto& date = std::get<IndexSeries>(use.coefficients.at("date"));
  ASSERT_EQ(date.points.size(), 2U);
  EXPECT_EQ(date.points[1].index.ToString(), "1.0235");
}

TEST(EarlierPricesOf, LeavesOutWhatWasWithheld) {
  const CountyRun run = TwoAreas();
  const Publication draft = DraftOf(run.samples, Plan(), run.report, 1, 1, "demo-1");
  const std::vector<EarlierPrice> prices = EarlierPricesOf(draft);
  ASSERT_EQ(prices.size(), 1U);
  EXPECT_EQ(prices[0].county, "152502");
  EXPECT_EQ(prices[0].area, "城区");
  EXPECT_EQ(prices[0].grade, 1);
  EXPECT_EQ(prices[0].price, UnitPrice::Of(790));
  EXPECT_EQ(prices[0].publication, "demo-1");
}

}  // namespace
}  // namespace dijia::app
