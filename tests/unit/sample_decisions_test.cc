#include "dijia/sample_decisions.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "support/grade_sales.h"
#include "support/plans.h"

namespace dijia {
namespace {

using enum SampleDecision;
using test::Around;
using test::CellOf;
using test::Compute;
using test::NoteOf;
using test::Sale;
using test::SmallPlan;

// Fifteen sales around 800 called s0 … s14, and whatever else is added.
SampleTable Sales(const std::vector<Sale>& others = {}) {
  SampleTable table;
  int number = 0;
  for (const double price : Around(800, 15)) {
    Sale sale;
    sale.id = "s" + std::to_string(number++);
    sale.price = price;
    sale.area_sqm = 1000.0 + number;  // so that none is a duplicate
    test::Add(table, sale);
  }
  for (const Sale& sale : others) test::Add(table, sale);
  return table;
}

Sale OneSale(const std::string& id, double price) {
  Sale sale;
  sale.id = id;
  sale.price = price;
  return sale;
}

SampleDecisions Decisions(const std::vector<std::pair<std::string, SampleDecision>>& pairs) {
  SampleDecisions decisions{"decisions.csv", 1, 2, {}};
  for (const auto& [id, decision] : pairs) {
    decisions.rows.push_back(
        {id, decision, "现场查勘", "张三", "2026-01-06", decisions.rows.size() + 2});
  }
  return decisions;
}

std::vector<std::string> Lines(const Diagnostics& diagnostics) {
  std::vector<std::string> lines;
  for (const Diagnostic& one : diagnostics.kept()) lines.push_back(Describe(one, Language::kEn));
  return lines;
}

struct Outcome {
  GradePriceReport report;
  std::vector<std::string> told;
};

Outcome ComputeWith(const SampleDecisions& decisions, SampleTable& table,
                    const ComputePlan& plan = SmallPlan()) {
  Diagnostics diagnostics;
  const auto decided = Decide(decisions, table, diagnostics);
  Outcome outcome{Compute(table, plan), {}};
  ReportDecisions(decisions, decided, table, diagnostics);
  outcome.told = Lines(diagnostics);
  return outcome;
}

TEST(Decisions, ThatNobodyMadeLeaveTheTableAsItIs) {
  SampleTable table = Sales();
  Diagnostics diagnostics;
  EXPECT_TRUE(Decide({}, table, diagnostics).empty());
  EXPECT_TRUE(table.decision.empty());
  EXPECT_EQ(diagnostics.total(), 0U);
}

TEST(Decisions, ToExcludeTakeASampleOutOfItsCellAndShowItsPrice) {
  SampleTable table = Sales();
  const Outcome outcome = ComputeWith(Decisions({{"s14", kExclude}}), table);
  EXPECT_EQ(outcome.told, std::vector<std::string>{});
  EXPECT_EQ(table.fate[14], Fate::kExcluded);
  const GradePrice cell = CellOf(outcome.report, 1);
  EXPECT_EQ(cell.samples, 14U);
  EXPECT_EQ(cell.estimate, 797.5);  // of 765, 770, …, 830
  EXPECT_EQ(cell.excluded, 1U);
  EXPECT_EQ(NoteOf(cell, Code::kSamplesDecided),
            "by decision of appraisers 1 samples are excluded and 0 included");
  EXPECT_EQ(outcome.report.normalized.normalized[14], 835.0);
  EXPECT_EQ(FactorsOf(table, outcome.report, 14).date, 1.0);
}

TEST(Decisions, ToIncludeOverruleEveryScreeningRuleAndSayWhichOne) {
  Sale small = OneSale("small", 812);
  small.area_sqm = 50;
  Sale twin = OneSale("twin", 800);
  Sale copy = twin;
  copy.id = "twin2";
  SampleTable table = Sales({OneSale("far", 8000), small, OneSale("dear", 60000), twin, copy});
  ComputePlan plan = SmallPlan();
  plan.uses[0].screening.smallest_area = Area::Of(100);
  plan.uses[0].screening.highest_price = UnitPrice::Of(50000);
  const Outcome outcome = ComputeWith(
      Decisions({{"far", kInclude}, {"small", kInclude}, {"dear", kInclude}, {"twin2", kInclude}}),
      table, plan);
  EXPECT_EQ(outcome.told, std::vector<std::string>{});
  const std::vector<Fate> overruled(table.overruled.begin() + 15, table.overruled.end());
  EXPECT_EQ(overruled, (std::vector<Fate>{Fate::kOutlier, Fate::kAreaTooSmall,
                                          Fate::kPriceImplausible, Fate::kUsed, Fate::kDuplicate}));
  EXPECT_EQ(outcome.report.fates[static_cast<std::size_t>(Fate::kUsed)], 20U);
  const GradePrice cell = CellOf(outcome.report, 1);
  EXPECT_EQ(cell.used, 20U);
  EXPECT_EQ(cell.included, 4U);
  // Both that lie far out are told with their figures.
  ASSERT_EQ(outcome.report.overruled.size(), 2U);
  EXPECT_EQ(outcome.report.overruled[0].sample, 15U);
  EXPECT_GT(outcome.report.overruled[1].figure, 3.5);
  EXPECT_TRUE(outcome.report.rejections.empty());
}

TEST(Decisions, ToIncludeTheRecordThatStandsForASaleDoNotFreeItsDuplicate) {
  Sale twin = OneSale("twin", 800);
  Sale copy = twin;
  copy.id = "twin2";
  SampleTable table = Sales({twin, copy});
  const Outcome outcome = ComputeWith(Decisions({{"twin", kInclude}}), table);
  EXPECT_EQ(table.fate[15], Fate::kUsed);
  EXPECT_EQ(table.fate[16], Fate::kDuplicate);
  EXPECT_EQ(outcome.told, (std::vector<std::string>{
                              "decisions.csv:2:2: note DJ-2014 [decision]: the decision to include "
                              "\"twin\" changes nothing: without it the sample is used"}));
}

TEST(Decisions, ToIncludeDoNotHoldAgainstFacts) {
  Sale gift = OneSale("gift", 700);
  gift.method = static_cast<int>(AssignmentMethod::kAllocation);
  SampleTable table = Sales({gift, OneSale("free", 0)});
  const Outcome outcome =
      ComputeWith(Decisions({{"gift", kInclude}, {"free", kInclude}, {"s0", kInclude}}), table);
  ASSERT_EQ(outcome.told.size(), 3U);
  EXPECT_EQ(outcome.told[0],
            "decisions.csv:2:2: error DJ-2013 [decision]: \"gift\" cannot be included: "
            "not a market sale; an inclusion overrules only area too small, price implausible, "
            "duplicate, outlier");
  EXPECT_NE(outcome.told[1].find("\"free\" cannot be included: no price"), std::string::npos);
  EXPECT_EQ(table.fate[15], Fate::kNotMarketSale);
  EXPECT_EQ(table.fate[16], Fate::kNoPrice);
}

TEST(Decisions, OnSamplesThatAreNotThereNameTheNearest) {
  SampleTable table = Sales();
  Diagnostics diagnostics;
  Decide(Decisions({{"s99", kExclude}, {"别的", kExclude}, {"s1", kExclude}}), table, diagnostics);
  EXPECT_EQ(Lines(diagnostics),
            (std::vector<std::string>{
                "decisions.csv:2:1: error DJ-2010 [sample_id]: no sample is called \"s99\"; the "
                "nearest sample_id is \"s9\"",
                "decisions.csv:3:1: error DJ-2010 [sample_id]: no sample is called \"别的\"; the "
                "nearest sample_id is \"s9\""}));
}

TEST(Decisions, OnAnIdOfSeveralRowsCanOnlyExcludeThemAll) {
  SampleTable table = Sales({OneSale("s1", 640)});
  Outcome outcome = ComputeWith(Decisions({{"s1", kExclude}}), table);
  EXPECT_EQ(outcome.told, std::vector<std::string>{});
  EXPECT_EQ(table.fate[1], Fate::kExcluded);
  EXPECT_EQ(table.fate[15], Fate::kExcluded);
  SampleTable again = Sales({OneSale("s1", 640)});
  outcome = ComputeWith(Decisions({{"s1", kInclude}}), again);
  EXPECT_EQ(outcome.told, (std::vector<std::string>{
                              "decisions.csv:2:1: error DJ-2012 [sample_id]: 2 rows are called "
                              "\"s1\", so that none can be included by itself; they can only be "
                              "excluded together"}));
}

TEST(Decisions, ToExcludeWhatIsLeftOutAnywayAreNoted) {
  SampleTable table = Sales({OneSale("free", 0)});
  const Outcome outcome = ComputeWith(Decisions({{"free", kExclude}}), table);
  EXPECT_EQ(table.fate[15], Fate::kNoPrice);
  EXPECT_EQ(outcome.told,
            (std::vector<std::string>{
                "decisions.csv:2:2: note DJ-2014 [decision]: the decision to exclude "
                "\"free\" changes nothing: without it the sample is left out (no price)"}));
}

TEST(Decisions, ToExcludeAWholeCellLeaveItWithheld) {
  SampleTable table;
  std::vector<std::pair<std::string, SampleDecision>> all;
  for (int i = 0; i < 6; ++i) {
    Sale sale = OneSale("s" + std::to_string(i), 700 + i);
    test::Add(table, sale);
    all.emplace_back(sale.id, kExclude);
  }
  ComputePlan plan = SmallPlan();
  plan.uses[0].grades = {1};
  const Outcome outcome = ComputeWith(Decisions(all), table, plan);
  const GradePrice cell = CellOf(outcome.report, 1);
  EXPECT_EQ(cell.status, CellStatus::kWithheld);
  EXPECT_EQ(cell.excluded, 6U);
  EXPECT_EQ(outcome.report.normalized.normalized[5], 705.0);
}

}  // namespace
}  // namespace dijia
