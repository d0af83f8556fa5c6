// How benchmark prices age: legal-rules §8 (国土资厅发〔2015〕12号; 内政发〔2022〕21号 二（四）6).
#include "dijia/rules/refresh_life.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "support/pack_files.h"

namespace dijia::rules {
namespace {

Date DayOf(std::string_view text) { return *ParseDate(text); }

// `current 2025-01-01, due 2027-01-02, …`
std::string LifeOf(std::string_view base_date, const PreparedRules& rules) {
  std::string text;
  for (const RefreshSpan& span : RefreshLifeOf(DayOf(base_date), rules)) {
    if (!text.empty()) text += ", ";
    text += std::string(CodeOf(span.refresh)) + " " + FormatDate(FromDays(span.from));
  }
  return text;
}

TEST(RefreshLife, InnerMongoliaArrangesTheRefreshAfterTwoYears) {
  EXPECT_EQ(LifeOf("2025-01-01", InnerMongolia()),
            "current 2025-01-01, due 2027-01-02, overdue 2028-01-02, barred 2031-01-02");
}

TEST(RefreshLife, TheNationAsksAfterThreeYears) {
  EXPECT_EQ(LifeOf("2025-01-01", National()),
            "current 2025-01-01, overdue 2028-01-02, barred 2031-01-02");
}

TEST(RefreshLife, BeginsWithTheRulesThatAskForIt) {
  // Older than six years when the rule of 2015-03-18 came.
  EXPECT_EQ(LifeOf("2008-01-01", InnerMongolia()), "current 2008-01-01, barred 2015-03-18");
  // Two years old before Inner Mongolia asked for it on 2022-07-14.
  EXPECT_EQ(LifeOf("2020-06-30", InnerMongolia()),
            "current 2020-06-30, due 2022-07-14, overdue 2023-07-01, barred 2026-07-01");
}

TEST(RefreshLife, SaysWhichClauseAndWhatItWaitsFor) {
  const std::vector<RefreshSpan> life = RefreshLifeOf(DayOf("2025-01-01"), InnerMongolia());
  ASSERT_EQ(life.size(), 4U);
  EXPECT_TRUE(life[0].clause.empty());
  EXPECT_EQ(life[1].clause, "im-21-refresh");
  EXPECT_EQ(life[1].citation.instrument, "内政发〔2022〕21号");
  EXPECT_EQ(life[2].clause, "12-overdue");
  EXPECT_TRUE(life[2].is_open) << "a documented stable market excuses";
  EXPECT_EQ(life[3].clause, "12-barred");
  EXPECT_FALSE(life[3].is_open);
}

TEST(RefreshLife, ALeapDayHasAnAnniversary) {
  EXPECT_EQ(LifeOf("2024-02-29", National()),
            "current 2024-02-29, overdue 2027-03-01, barred 2030-03-01");
}

TEST(RefreshLife, BeforeTheBaseDateThereIsNoSpan) {
  const std::vector<RefreshSpan> life = RefreshLifeOf(DayOf("2025-01-01"), National());
  EXPECT_EQ(SpanOn(life, ToDays(DayOf("2024-12-31"))), nullptr);
  EXPECT_EQ(SpanOn(life, ToDays(DayOf("2025-01-01"))), &life[0]);
  EXPECT_EQ(SpanOn(life, ToDays(DayOf("2028-01-01"))), &life[0]);
  EXPECT_EQ(SpanOn(life, ToDays(DayOf("2028-01-02"))), &life[1]);
  EXPECT_EQ(SpanOn(life, ToDays(DayOf("2199-12-31"))), &life[2]);
}

// What the clauses say on one day, asked directly.
Refresh AskedOn(Days day, Days base_date, const PreparedRules& rules) {
  const RulePack& pack = rules.pack();
  ReservePriceCase the_case = EmptyCase(pack);
  the_case.values[*pack.FindFact("benchmark_base_date")] = base_date;
  the_case.values[*pack.FindFact("decided_on")] = day;
  Refresh worst = Refresh::kCurrent;
  for (const Finding& finding : FindingsOfRule("benchmark.age", the_case, rules)) {
    const auto clause = std::ranges::find(pack.clauses, finding.clause, &Clause::key);
    if (finding.outcome != Outcome::kDefect && clause->failed.zh.empty()) continue;
    worst = std::max(worst, clause->refresh);
  }
  return worst;
}

TEST(RefreshLife, SaysOfEveryDayWhatTheClausesSay) {
  const std::uint64_t seed = 20261126;
  RecordProperty("seed", std::to_string(seed));
  std::mt19937_64 draw(seed);
  const Days first = ToDays(DayOf("2005-01-01")), last = ToDays(DayOf("2035-12-31"));
  for (int i = 0; i < 200; ++i) {
    const Days base = std::uniform_int_distribution<Days>(first, last)(draw);
    const std::vector<RefreshSpan> life = RefreshLifeOf(FromDays(base), InnerMongolia());
    ASSERT_TRUE(std::ranges::is_sorted(life, {}, &RefreshSpan::from));
    std::vector<Days> days;
    for (int k = 0; k < 20; ++k) {
      days.push_back(std::uniform_int_distribution<Days>(base, base + 10 * 366)(draw));
    }
    for (const RefreshSpan& span : life) {  // the days beside a turn
      days.insert(days.end(), {span.from, span.from + 1, std::max(base, span.from - 1)});
    }
    for (const Days day : days) {
      ASSERT_EQ(SpanOn(life, day)->refresh, AskedOn(day, base, InnerMongolia()))
          << "seed " << seed << ", base " << FormatDate(FromDays(base)) << ", day "
          << FormatDate(FromDays(day));
    }
  }
}

}  // namespace
}  // namespace dijia::rules
