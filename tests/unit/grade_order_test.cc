// Prices out of order across the grades: withheld, published with a warning, or put in order.
#include "dijia/grade_price.h"

#include <gtest/gtest.h>

#include <string>

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
using test::SmallPlan;

// As in 额尔古纳市, commercial: the labels of several towns in one column, and prices that rise
// where they should fall.
SampleTable MixedTowns() {
  SampleTable table;
  AddSales(table, 1, Around(56, 12, 2.0));
  AddSales(table, 2, Around(95, 9, 3.0));
  AddSales(table, 3, Around(110, 10, 3.0));
  return table;
}

TEST(GradeOrder, ThatIsContradictedWithholdsTheWholeUseAndSaysWhy) {
  SampleTable table = MixedTowns();
  ComputePlan plan = SmallPlan();
  plan.uses[0].grades = {1, 2, 3, 4};
  plan.uses[0].estimation.thin_cells = {ThinCellPolicy::kCarryForward};
  const GradePriceReport report = Compute(table, plan,
                                          {{.county = "152502",
                                            .area = "",
                                            .sub_use = "",
                                            .use = LandUse::kResidential,
                                            .grade = 4,
                                            .price = UnitPrice::Of(30),
                                            .publication = "old"}});
  ASSERT_EQ(report.orders.size(), 1U);
  EXPECT_TRUE(report.orders[0].significant);
  EXPECT_FALSE(report.orders[0].in_order);
  EXPECT_LT(report.orders[0].p_value, 0.001);
  EXPECT_EQ(report.orders[0].grades, 3U);
  for (const GradePrice& cell : report.cells) {
    EXPECT_EQ(cell.status, CellStatus::kWithheld) << int{cell.key.grade};
    EXPECT_FALSE(cell.price);
  }
  const std::string zh = NoteOf(CellOf(report, 1), Code::kGradeOrderContradicted, Language::kZh);
  EXPECT_EQ(zh.substr(0, zh.find("（p")),
            "1级 56 元/㎡（12 宗）低于2级 95 元/㎡（9 宗），不是偶然");
  EXPECT_NE(zh.find("不同镇区各自的定级"), std::string::npos);
  // The raw and the monotone estimates stand beside each other.
  EXPECT_EQ(CellOf(report, 1).estimate, 56.0);
  EXPECT_EQ(CellOf(report, 1).monotone, CellOf(report, 3).monotone);
}

SampleTable OutOfOrderByChance() {
  SampleTable table;
  AddSales(table, 1, Around(500, 15, 20.0));
  AddSales(table, 2, Around(510, 15, 20.0));
  return table;
}

TEST(GradeOrder, ThatMayBeChancePublishesTheRawEstimatesWithAWarning) {
  SampleTable table = OutOfOrderByChance();
  const GradePriceReport report = Compute(table, SmallPlan());
  EXPECT_FALSE(report.orders[0].in_order);
  EXPECT_FALSE(report.orders[0].significant);
  EXPECT_EQ(PriceOf(CellOf(report, 1)), "500");
  EXPECT_EQ(PriceOf(CellOf(report, 2)), "510");
  EXPECT_TRUE(HasNote(CellOf(report, 1), Code::kGradeOrderByChance));
}

TEST(GradeOrder, UnderTheIsotonicPolicyIsPublishedInOrder) {
  SampleTable table = OutOfOrderByChance();
  ComputePlan plan = SmallPlan();
  plan.uses[0].order.policy = MonotonePolicy::kIsotonic;
  const GradePriceReport report = Compute(table, plan);
  // Equal variances: both become the mean of the two.
  EXPECT_EQ(PriceOf(CellOf(report, 1)), "505");
  EXPECT_EQ(PriceOf(CellOf(report, 2)), "505");
  EXPECT_EQ(CellOf(report, 1).method, "isotonic:median");
  EXPECT_EQ(NoteOf(CellOf(report, 1), Code::kIsotonicPublished),
            "published in order as 505 yuan/m²; the raw estimate is 500 yuan/m²");
}

}  // namespace
}  // namespace dijia
