// What stands in for the price of a cell with too few samples.
#include "dijia/grade_price.h"

#include <gtest/gtest.h>

#include <cmath>

#include "dijia/base/codes.h"
#include "support/grade_sales.h"

namespace dijia {
namespace {

using test::AddSales;
using test::Around;
using test::CellOf;
using test::Compute;
using test::HasNote;
using test::NoteOf;
using test::PriceOf;
using test::ResidentialPlan;
using test::SmallPlan;
using test::TwoUsePlan;

TEST(ThinCells, CarryAnEarlierPriceForwardAsItStands) {
  SampleTable table;
  AddSales(table, 1, Around(800, 15));
  AddSales(table, 2, Around(600, 2));
  ComputePlan plan = SmallPlan();
  plan.uses[0].estimation.thin_cells = {ThinCellPolicy::kCarryForward};
  const EarlierPrice earlier{.county = "152502",
                             .area = "",
                             .sub_use = "",
                             .use = LandUse::kResidential,
                             .grade = 2,
                             .price = UnitPrice::FromUnits(6'101'234),
                             .publication = "xl-2022"};
  const GradePrice cell = CellOf(Compute(table, plan, {earlier}), 2);
  EXPECT_EQ(cell.status, CellStatus::kCarriedForward);
  EXPECT_EQ(PriceOf(cell), "610.1234");
  EXPECT_EQ(cell.method, "carry_forward:xl-2022");
  EXPECT_EQ(NoteOf(cell, Code::kCarriedForward), "carried forward from xl-2022");
  EarlierPrice of_other_area = earlier;
  of_other_area.area = "南镇";
  const GradePrice none = CellOf(Compute(table, plan, {of_other_area}), 2);
  EXPECT_EQ(none.status, CellStatus::kWithheld);
  EXPECT_TRUE(HasNote(none, Code::kNoEarlierPrice));
}

TEST(ThinCells, BorrowTheGradeRatioOfAnotherUse) {
  SampleTable table;
  AddSales(table, 1, Around(800, 15));
  AddSales(table, 2, Around(600, 2));
  AddSales(table, 1, Around(2000, 15), LandUse::kCommercial);
  AddSales(table, 2, Around(1500, 15), LandUse::kCommercial);
  const GradePrice cell = CellOf(Compute(table, TwoUsePlan()), 2);
  EXPECT_EQ(cell.status, CellStatus::kModelled);
  EXPECT_EQ(PriceOf(cell), "600");  // 800 · 1500 / 2000
  EXPECT_EQ(cell.method, "grade_ratio:commercial");
  EXPECT_EQ(NoteOf(cell, Code::kGradeRatioUsed),
            "from grade 1 at 800 yuan/m² times the grade ratio 0.75 of commercial");
  ASSERT_TRUE(cell.interval);
  EXPECT_LT(cell.interval->low, 600.0);
  EXPECT_GT(cell.interval->high, 600.0);
}

TEST(ThinCells, WithoutARatioAreWithheld) {
  SampleTable table;
  AddSales(table, 1, Around(800, 15));
  AddSales(table, 2, Around(600, 2));
  AddSales(table, 1, Around(2000, 15), LandUse::kCommercial);
  const GradePrice cell = CellOf(Compute(table, TwoUsePlan()), 2);
  EXPECT_EQ(cell.status, CellStatus::kWithheld);
  EXPECT_EQ(NoteOf(cell, Code::kNoGradeRatio), "commercial has no grade ratio to borrow");
}

ComputePlan ModelPlan() {
  ComputePlan plan = SmallPlan();
  plan.uses[0].estimation.thin_cells = {ThinCellPolicy::kModel};
  return plan;
}

TEST(ThinCells, AreModelledOverTheOtherGrades) {
  // 800, 450 and 337.5 lie on 800 · 0.75^(g − 1), which gives 600 for grade 2.
  SampleTable table;
  AddSales(table, 1, Around(800, 15));
  AddSales(table, 2, Around(700, 2));
  AddSales(table, 3, Around(450, 15));
  AddSales(table, 4, Around(337.5, 15));
  const GradePrice cell = CellOf(Compute(table, ModelPlan()), 2);
  EXPECT_EQ(cell.status, CellStatus::kModelled);
  EXPECT_EQ(PriceOf(cell), "600");
  EXPECT_EQ(cell.method, "model:exponential");
  EXPECT_EQ(NoteOf(cell, Code::kModelUsed), "from the exponential model (3 grades, R² = 1)");
  ASSERT_TRUE(cell.interval);
  EXPECT_LE(cell.interval->low, 600.0);
  EXPECT_GE(cell.interval->high, 600.0);
  EXPECT_TRUE(std::isnan(cell.estimate));  // nothing of its own
}

TEST(ThinCells, SayWhenAModelReachesBeyondTheGradesItKnows) {
  SampleTable table;
  AddSales(table, 1, Around(800, 15));
  AddSales(table, 2, Around(600, 15));
  AddSales(table, 3, Around(450, 15));
  AddSales(table, 4, Around(300, 1));
  ComputePlan plan = ModelPlan();
  const GradePrice cell = CellOf(Compute(table, plan), 4);
  EXPECT_EQ(PriceOf(cell), "337.5");
  EXPECT_TRUE(HasNote(cell, Code::kModelExtrapolated));
  // A straight line through 800, 600 and 450 gives about 266.7 or 275, never a negative interval.
  plan.uses[0].estimation.model = GradeModelFamily::kLinear;
  const GradePrice linear = CellOf(Compute(table, plan), 4);
  EXPECT_GE(linear.interval->low, 0.0);
}

TEST(ThinCells, WithTooFewOtherGradesHaveNoModel) {
  SampleTable table;
  AddSales(table, 1, Around(800, 15));
  AddSales(table, 2, Around(600, 15));
  AddSales(table, 3, Around(450, 1));
  const GradePrice cell = CellOf(Compute(table, ModelPlan()), 3);
  EXPECT_EQ(cell.status, CellStatus::kWithheld);
  EXPECT_EQ(NoteOf(cell, Code::kTooFewForModel),
            "no price from a model of the grades: only 2 grades have a price of their own, at "
            "least 3 are needed");
}

TEST(ThinCells, AmongGradesOfOnePriceHaveNoModel) {
  SampleTable table;
  for (const int grade : {1, 2, 3}) AddSales(table, grade, Around(600, 15));
  AddSales(table, 4, Around(450, 1));
  const GradePrice cell = CellOf(Compute(table, ModelPlan()), 4);
  EXPECT_EQ(cell.status, CellStatus::kWithheld);
  EXPECT_TRUE(HasNote(cell, Code::kNoModel));
}

TEST(ThinCells, DoNotTakeAStandInThatBreaksTheOrder) {
  SampleTable table;
  AddSales(table, 1, Around(800, 15));
  AddSales(table, 2, Around(600, 2));
  ComputePlan plan = SmallPlan();
  plan.uses[0].estimation.thin_cells = {ThinCellPolicy::kCarryForward, ThinCellPolicy::kWithhold};
  const GradePrice cell = CellOf(Compute(table, plan,
                                         {{.county = "152502",
                                           .area = "",
                                           .sub_use = "",
                                           .use = LandUse::kResidential,
                                           .grade = 2,
                                           .price = UnitPrice::Of(900),
                                           .publication = "old"}}),
                                 2);
  EXPECT_EQ(cell.status, CellStatus::kWithheld);
  EXPECT_EQ(NoteOf(cell, Code::kStandInOutOfOrder),
            "carry_forward:old gives 900 yuan/m², which breaks the order of the grades; it is not "
            "used");
}

}  // namespace
}  // namespace dijia
