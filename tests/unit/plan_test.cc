#include "dijia/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "support/plans.h"

namespace dijia {
namespace {

using test::Day;
using test::ResidentialPlan;
using test::SmallPlan;

// What the plan's check says, in English, without places.
std::vector<std::string> Complaints(const ComputePlan& plan) {
  const Diagnostics found = plan.Validate();
  std::vector<std::string> texts;
  for (const Diagnostic& diagnostic : found.kept()) {
    texts.push_back(TextOf(diagnostic, Language::kEn));
  }
  return texts;
}

// The only complaint about a plan with this use.
std::string ComplaintAbout(UsePlan use) {
  const auto texts = Complaints(SmallPlan(std::move(use)));
  return texts.size() == 1 ? texts[0] : std::to_string(texts.size()) + " complaints";
}

Code CodeAbout(UsePlan use) {
  const Diagnostics found = SmallPlan(std::move(use)).Validate();
  return found.kept().size() == 1 ? found.kept()[0].code : Code::kInternal;
}

TEST(PlanValidate, FindsNothingWrongWithAGoodPlan) {
  EXPECT_EQ(Complaints(SmallPlan()), std::vector<std::string>());
}

TEST(PlanValidate, SaysEverythingThatIsWrongAtOnce) {
  ComputePlan plan;
  plan.county = "锡林浩特";
  plan.area = "";
  plan.primary_unit = PriceUnit::kYuanTotal;
  const std::vector<std::string> expected = {
      "county = 锡林浩特; allowed: *, 152502, …",
      "area is missing; allowed: *, 城区, …",
      "base_date is missing; allowed: 2025-04-01, …",
      "primary_unit = yuan_total; allowed: yuan_per_sqm, wan_yuan_per_mu",
      "rounding.unit_price is missing; allowed: {interval, mode}",
      "uses is missing; allowed: commercial, residential, industrial, …"};
  EXPECT_EQ(Complaints(plan), expected);
}

TEST(PlanValidate, NamesThePlaceAsInAPlanFile) {
  UsePlan use = ResidentialPlan();
  use.screening.mad_limit = 0.0;
  const Diagnostics found = SmallPlan(use).Validate();
  ASSERT_EQ(found.kept().size(), 1U);
  EXPECT_EQ(found.kept()[0].where.field, "uses.residential.screening.mad_limit");
  EXPECT_EQ(found.kept()[0].code, Code::kPlanValueNotAllowed);
}

TEST(PlanValidate, WantsAWindowWhoseEndComesAfterItsStart) {
  ComputePlan plan = SmallPlan();
  plan.window = {Day(2025, 4, 1), Day(2022, 4, 1)};
  EXPECT_EQ(Complaints(plan),
            std::vector<std::string>{"window.until = 2022-04-01; allowed: > 2025-04-01"});
  plan.window = {Day(2022, 4, 1), Date{}};
  EXPECT_EQ(Complaints(plan),
            std::vector<std::string>{"window.until is missing; allowed: 2025-04-02, …"});
}

TEST(PlanValidate, WantsRoundingThatThePriceCanHold) {
  ComputePlan plan = SmallPlan();
  plan.rounding.unit_price->interval = 150;  // 0.00015 yuan, finer than a price
  plan.rounding.total = Rounding{RoundingMode::kHalfUp, 0};
  EXPECT_EQ(Complaints(plan),
            (std::vector<std::string>{
                "rounding.unit_price.interval = 0.00015; allowed: 0.0001 × 1, 2, 3, …",
                "rounding.total.interval = 0; allowed: 0.0001 × 1, 2, 3, …"}));
}

TEST(PlanValidate, WantsOneSectionAUse) {
  ComputePlan plan = SmallPlan();
  plan.uses.push_back(ResidentialPlan());
  EXPECT_EQ(Complaints(plan), std::vector<std::string>{"the use residential stands more than once; "
                                                       "one section a use is allowed"});
  EXPECT_EQ(plan.Validate().kept()[0].code, Code::kPlanUseRepeated);
}

TEST(PlanValidate, WantsGradesFrom1To255Once) {
  UsePlan use = ResidentialPlan();
  use.grades = {1, 1};
  EXPECT_EQ(ComplaintAbout(use), "uses.residential.grades = 1 × 2; allowed: × 1");
  use.grades = {0};
  EXPECT_EQ(ComplaintAbout(use), "uses.residential.grades = 0; allowed: 1–255");
}

TEST(PlanValidate, WantsATermAndARate) {
  UsePlan use = ResidentialPlan();
  use.conditions.term = Years();
  EXPECT_EQ(ComplaintAbout(use), "uses.residential.conditions.term_years = 0; allowed: (0, 100]");
  use = ResidentialPlan();
  use.conditions.capitalization_rate = Rate::Of(6);
  EXPECT_EQ(ComplaintAbout(use),
            "uses.residential.conditions.capitalization_rate = 6; allowed: (0, 1)");
}

TEST(PlanValidate, WantsAnIndexThatReachesTheBaseDate) {
  UsePlan use = ResidentialPlan();
  use.date.kind = DateCorrectionKind::kIndex;
  EXPECT_EQ(ComplaintAbout(use),
            "uses.residential.date.points is missing; allowed: [{date, index}, {date, index}, …]");
  use.date.points = {{Day(2022, 1, 1), Coefficient::Of(1)}, {Day(2024, 1, 1), Coefficient::Of(2)}};
  EXPECT_EQ(ComplaintAbout(use),
            "the index runs from 2022-01-01 to 2024-01-01 and does not reach the base date "
            "2025-04-01");
  EXPECT_EQ(CodeAbout(use), Code::kPlanIndexMissesBaseDate);
  use.date.points.push_back({Day(2023, 1, 1), Coefficient::Of(2)});
  use.date.points.push_back({Day(2025, 6, 1), Coefficient::Of(2)});
  EXPECT_EQ(ComplaintAbout(use),
            "uses.residential.date.points = 2023-01-01; allowed: > 2024-01-01");
}

TEST(PlanValidate, WantsAMonthlyRateAndAPeriodWithinReason) {
  UsePlan use = ResidentialPlan();
  use.date.kind = DateCorrectionKind::kMonthlyRate;
  use.date.monthly_rate = Rate::FromUnits(600'000);
  EXPECT_EQ(ComplaintAbout(use), "uses.residential.date.monthly_rate = 0.6; allowed: (-0.5, 0.5)");
  use = ResidentialPlan();
  use.date.kind = DateCorrectionKind::kEstimated;
  use.date.estimated_period_months = 0;
  EXPECT_EQ(ComplaintAbout(use),
            "uses.residential.date.estimated_period_months = 0; allowed: 1–24");
}

TEST(PlanValidate, WantsABaseRatioAndAnExponentForEveryGrade) {
  UsePlan use = ResidentialPlan();
  use.grades = {1, 2};
  use.far.kind = FarCorrectionKind::kPower;
  use.conditions.far_by_grade = {{1, FloorAreaRatio::Of(2)}};
  use.far.exponent_by_grade = {{0, 0.5}};
  EXPECT_EQ(ComplaintAbout(use),
            "uses.residential.conditions.far has no figure for grade 2; allowed: one for each "
            "grade, or * for all others");
  EXPECT_EQ(CodeAbout(use), Code::kPlanGradeWithoutFigure);
  use.conditions.far = FloorAreaRatio::Of(2);
  use.far.exponent_by_grade = {{1, 0.5}};
  EXPECT_EQ(ComplaintAbout(use),
            "uses.residential.far.exponent has no figure for grade 2; allowed: one for each "
            "grade, or * for all others");
  use.far.exponent_by_grade = {{0, 3.0}};
  EXPECT_EQ(ComplaintAbout(use), "uses.residential.far.exponent.0 = 3; allowed: [-2, 2]");
}

TEST(PlanValidate, WantsAnAscendingFarTable) {
  UsePlan use = ResidentialPlan();
  use.conditions.far = FloorAreaRatio::Of(2);
  use.far.kind = FarCorrectionKind::kTable;
  EXPECT_EQ(ComplaintAbout(use),
            "uses.residential.far.table is missing; allowed: [{at, values}, {at, values}, …]");
  use.far.table = {{FloorAreaRatio::Of(2), {{0, Coefficient::Of(1)}}},
                   {FloorAreaRatio::Of(1), {{0, Coefficient::Of(1)}}}};
  EXPECT_EQ(ComplaintAbout(use), "uses.residential.far.table = 1; allowed: > 2");
}

TEST(PlanValidate, WantsACostForTheBaseDevelopmentLevel) {
  UsePlan use = ResidentialPlan();
  use.conditions.development_level = "六通一平";
  use.development.cost_by_level = {{"三通一平", UnitPrice::Of(55)},
                                   {"五通一平", UnitPrice::Of(100)}};
  EXPECT_EQ(ComplaintAbout(use),
            "the development level \"六通一平\" has no cost; levels with a cost: 三通一平, "
            "五通一平");
  EXPECT_EQ(CodeAbout(use), Code::kPlanLevelWithoutCost);
}

TEST(PlanValidate, WantsScreeningLimitsWithinReason) {
  UsePlan use = ResidentialPlan();
  use.screening.max_passes = 0;
  EXPECT_EQ(ComplaintAbout(use), "uses.residential.screening.max_passes = 0; allowed: 1–100");
  use = ResidentialPlan();
  use.screening.largest_rejected_share = 1.5;
  EXPECT_EQ(ComplaintAbout(use),
            "uses.residential.screening.largest_rejected_share = 1.5; allowed: [0, 1]");
  use = ResidentialPlan();
  use.screening.cv_limit = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(ComplaintAbout(use), "uses.residential.screening.cv_limit = nan; allowed: > 0");
  use = ResidentialPlan();
  use.screening.lowest_price = UnitPrice::Of(100);
  use.screening.highest_price = UnitPrice::Of(50);
  EXPECT_EQ(ComplaintAbout(use),
            "uses.residential.screening.highest_price_yuan_per_sqm = 50; allowed: > 100");
}

TEST(PlanValidate, WantsAnIntervalThatFitsTheEstimator) {
  UsePlan use = ResidentialPlan();
  use.estimation.estimator = Estimator::kMean;
  EXPECT_EQ(ComplaintAbout(use),
            "uses.residential.estimation.interval = order_statistic (estimator mean); allowed: "
            "analytic, bootstrap_percentile, bootstrap_bca");
}

TEST(PlanValidate, WantsEstimationFiguresWithinReason) {
  UsePlan use = ResidentialPlan();
  use.estimation.trim = 0.5;
  EXPECT_EQ(ComplaintAbout(use), "uses.residential.estimation.trim = 0.5; allowed: [0, 0.5)");
  use = ResidentialPlan();
  use.estimation.bootstrap_replicates = 10;
  EXPECT_EQ(ComplaintAbout(use),
            "uses.residential.estimation.bootstrap_replicates = 10; allowed: 99–1000000");
  use = ResidentialPlan();
  use.estimation.good_samples = 3;
  EXPECT_EQ(ComplaintAbout(use), "uses.residential.estimation.good_samples = 3; allowed: >= 5");
}

TEST(PlanValidate, WantsARatioUseThatIsInThePlan) {
  UsePlan use = ResidentialPlan();
  use.estimation.thin_cells = {ThinCellPolicy::kGradeRatio, ThinCellPolicy::kGradeRatio};
  use.estimation.ratio_use = LandUse::kResidential;
  ComputePlan plan = SmallPlan(use);
  plan.uses.push_back(ResidentialPlan());
  plan.uses[1].use = LandUse::kCommercial;
  EXPECT_EQ(Complaints(plan),
            (std::vector<std::string>{
                "uses.residential.estimation.thin_cells = grade_ratio × 2; allowed: × 1",
                "uses.residential.estimation.ratio_use = residential; allowed: commercial"}));
  plan.uses[0].estimation.thin_cells = {ThinCellPolicy::kGradeRatio};
  plan.uses[0].estimation.ratio_use.reset();
  EXPECT_EQ(Complaints(plan), std::vector<std::string>{"uses.residential.estimation.ratio_use is "
                                                       "missing; allowed: commercial"});
}

TEST(PlanValidate, WantsConversionFiguresByTheirNames) {
  UsePlan use = ResidentialPlan();
  use.conversion_constants = {{"rebuild_cost", 1000.0}};
  const Diagnostics found = SmallPlan(use).Validate();
  ASSERT_EQ(found.kept().size(), 1U);
  EXPECT_EQ(found.kept()[0].code, Code::kPlanUnknownFigure);
  EXPECT_NE(TextOf(found.kept()[0], Language::kEn).find("rebuild_cost_yuan_per_sqm"),
            std::string::npos);
}

TEST(SampleWindow, IsTheThreeYearsThatEndWithTheBaseDate) {
  EXPECT_EQ(SampleWindow(SmallPlan()), (DateRange{Day(2022, 4, 2), Day(2025, 4, 2)}));
}

TEST(SampleWindow, OfABaseDateBeforeALeapDayEndsTheYear) {
  ComputePlan plan = SmallPlan();
  plan.base_date = Day(2024, 2, 28);  // until 02-29, which 2021 lacks
  EXPECT_EQ(SampleWindow(plan), (DateRange{Day(2021, 2, 28), Day(2024, 2, 29)}));
}

TEST(BaseFarOf, PrefersTheGradesOwnRatio) {
  BenchmarkConditions conditions;
  EXPECT_FALSE(BaseFarOf(conditions, 1));
  conditions.far = FloorAreaRatio::Of(2);
  conditions.far_by_grade = {{3, FloorAreaRatio::FromUnits(1'800'000)}};
  EXPECT_EQ(BaseFarOf(conditions, 1)->ToString(), "2");
  EXPECT_EQ(BaseFarOf(conditions, 3)->ToString(), "1.8");
}

}  // namespace
}  // namespace dijia
