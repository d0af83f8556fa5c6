#include "io/plan_toml.h"

#include <gtest/gtest.h>

#include "io/toml_text.h"
#include "json/plan_codec.h"
#include "json/text.h"

namespace dijia::io {
namespace {

constexpr std::string_view kPlan = R"(id = "demo-2025"
title = "示例县基准地价"
county = "000000"
area = "*"
base_date = 2025-04-01
effective_from = "2026-01-06"

[rounding]
unit_price = { interval = 0.1, mode = "half_up" }
coefficient = { interval = "0.0001", mode = "half_up" }

[screening]
mad_limit = 3
max_passes = 2
smallest_area_sqm = 120.5

[uses.residential]
grades = [1, 2]
name = "居住用地"

[uses.residential.conditions]
term_years = 70
capitalization_rate = 0.0675
development_level = "五通一平"
far_by_grade = { 1 = "2.0", 2 = 1.8 }

[uses.residential.far]
kind = "power"
exponent = { 1 = 0.514, "*" = 0.4375 }

[uses.residential.screening]
rule = "2s"

[uses.commercial.conditions]
term_years = 40
capitalization_rate = "0.08"
)";

std::string Replaced(std::string_view from, std::string_view to) {
  std::string text(kPlan);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

ComputePlan Read(std::string_view text) {
  Diagnostics diagnostics;
  std::optional<ComputePlan> plan = ReadPlanToml(text, "plan.toml", diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.kept()) {
    ADD_FAILURE() << Describe(diagnostic, Language::kEn);
  }
  return plan.value_or(ComputePlan());
}

using Lines = std::vector<std::string>;

Lines Complaints(std::string_view text) {
  Diagnostics diagnostics;
  EXPECT_FALSE(ReadPlanToml(text, "plan.toml", diagnostics));
  Lines lines;
  for (const Diagnostic& diagnostic : diagnostics.kept()) {
    lines.push_back(Describe(diagnostic, Language::kEn));
  }
  return lines;
}

TEST(ReadPlanToml, ReadsEveryKindOfKey) {
  const ComputePlan plan = Read(kPlan);
  EXPECT_EQ(plan.id, "demo-2025");
  EXPECT_EQ(FormatDate(plan.base_date), "2025-04-01");
  EXPECT_EQ(FormatDate(plan.effective_from.value_or(Date())), "2026-01-06");
  EXPECT_EQ(plan.rounding.unit_price, (Rounding{RoundingMode::kHalfUp, 100'000}));
  ASSERT_EQ(plan.uses.size(), 2U);
  const UsePlan& residential = plan.uses[1];
  EXPECT_EQ(residential.use, LandUse::kResidential);
  EXPECT_EQ(residential.grades, (std::vector<int>{1, 2}));
  EXPECT_EQ(residential.conditions.capitalization_rate.ToString(), "0.0675");
  EXPECT_EQ(residential.conditions.far_by_grade.at(2).ToString(), "1.8");
  EXPECT_EQ(residential.far.exponent_by_grade, (std::map<int, double>{{0, 0.4375}, {1, 0.514}}));
}

TEST(ReadPlanToml, PutsUsesInOneOrder) { EXPECT_EQ(Read(kPlan).uses[0].use, LandUse::kCommercial); }

TEST(ReadPlanToml, LaysAUseOverWhatHoldsForEveryUse) {
  const ComputePlan plan = Read(kPlan);
  EXPECT_EQ(plan.uses[0].screening.rule, OutlierRule::kMad);
  EXPECT_EQ(plan.uses[1].screening.rule, OutlierRule::kTwoSigma);
  for (const UsePlan& use : plan.uses) {
    EXPECT_EQ(use.screening.mad_limit, 3.0);
    EXPECT_EQ(use.screening.max_passes, 2);
    EXPECT_EQ(use.screening.smallest_area.ToString(), "120.5");
  }
}

// Once a plan with a mean and no interval was refused for an interval that it did not state.
TEST(ReadPlanToml, TakesTheIntervalThatFitsTheEstimatorWhereNoneIsStated) {
  EXPECT_EQ(Read(kPlan).uses[0].estimation.interval, IntervalMethod::kOrderStatistic);
  const std::string residential = "[uses.residential.estimation]\n";
  for (const std::string estimator :
       {"mean", "area_weighted_mean", "trimmed_mean", "hodges_lehmann", "huber"}) {
    const std::string stated = "estimator = \"" + estimator + "\"\n";
    const ComputePlan one = Read(std::string(kPlan) + residential + stated);
    EXPECT_EQ(one.uses[0].estimation.interval, IntervalMethod::kOrderStatistic) << estimator;
    EXPECT_EQ(one.uses[1].estimation.interval, IntervalMethod::kAnalytic) << estimator;
    EXPECT_EQ(one.Validate().errors(), Read(kPlan).Validate().errors()) << estimator;
    const ComputePlan all = Read(std::string(kPlan) + "[estimation]\n" + stated + residential +
                                 "estimator = \"median\"\n");
    EXPECT_EQ(all.uses[0].estimation.interval, IntervalMethod::kAnalytic) << estimator;
    EXPECT_EQ(all.uses[1].estimation.interval, IntervalMethod::kOrderStatistic) << estimator;
  }
}

TEST(ReadPlanToml, KeepsTheIntervalThatIsStated) {
  const std::string mean = "[uses.residential.estimation]\nestimator = \"mean\"\n";
  const ComputePlan shared =
      Read(std::string(kPlan) + "[estimation]\ninterval = \"bootstrap_bca\"\n" + mean);
  EXPECT_EQ(shared.uses[1].estimation.interval, IntervalMethod::kBootstrapBca);
  EXPECT_EQ(Complaints(std::string(kPlan) + mean + "interval = \"order_statistic\"\n"),
            Lines{"plan.toml:39:1: error DJ-1200 [uses.residential.estimation.interval]: "
                  "uses.residential.estimation.interval = order_statistic (estimator mean); "
                  "allowed: analytic, bootstrap_percentile, bootstrap_bca"});
}

TEST(ReadPlanToml, TakesABareExponentForEveryGrade) {
  const ComputePlan plan = Read(Replaced("{ 1 = 0.514, \"*\" = 0.4375 }", "0.5"));
  EXPECT_EQ(plan.uses[1].far.exponent_by_grade, (std::map<int, double>{{0, 0.5}}));
}

TEST(ReadPlanToml, ReadsDecimalsFromTheirOwnText) {
  // 0.1 + 2^-60 rounds to the double 0.1; a reader that went through a double would take it.
  EXPECT_EQ(Complaints(Replaced("0.0675", "0.06750000000000000001")),
            Lines{"plan.toml:23:1: error DJ-1102 [uses.residential.conditions.capitalization_rate]"
                  ": \"0.06750000000000000001\" has too many decimals; at most 6 are allowed"});
  EXPECT_EQ(Read(Replaced("= 120.5", "= 1_2e1")).uses[0].screening.smallest_area.ToString(), "120");
  EXPECT_EQ(Read(Replaced("= 120.5", "= +120.5")).uses[0].screening.smallest_area.ToString(),
            "120.5");
}

TEST(ReadPlanToml, FindsANumberBehindChineseKeysOfTheSameLine) {
  const ComputePlan plan =
      Read(std::string(kPlan) + "[uses.residential.development]\n" +
           "cost_by_level_yuan_per_sqm = { \"五通一平\" = 80.25, \"三通一平\" = 35.5 }\n");
  const auto& cost = plan.uses[1].development.cost_by_level;
  EXPECT_EQ(cost.at("五通一平").ToString(), "80.25");
  EXPECT_EQ(cost.at("三通一平").ToString(), "35.5");
}

TEST(ReadPlanToml, FillsInTheThreeYearsThatEndWithTheBaseDate) {
  const ComputePlan plan = Read(kPlan);
  EXPECT_EQ(FormatDate(plan.window.from), "2022-04-02");
  EXPECT_EQ(FormatDate(plan.window.until), "2025-04-02");
  const ComputePlan leap = Read(Replaced("base_date = 2025-04-01", "base_date = 2024-02-28"));
  EXPECT_EQ(FormatDate(leap.window.from), "2021-02-28");
  EXPECT_EQ(FormatDate(leap.window.until), "2024-02-29");
}

TEST(ReadPlanToml, ReadsAWindow) {
  const ComputePlan plan = Read(
      Replaced("[rounding]", "window = { from = 2020-01-01, until = 2021-01-01 }\n[rounding]"));
  EXPECT_EQ(FormatDate(plan.window.from), "2020-01-01");
  EXPECT_EQ(FormatDate(plan.window.until), "2021-01-01");
}

TEST(ReadPlanToml, ReportsEverythingAtOnceInFileOrder) {
  EXPECT_EQ(Complaints("id = 5\nbase_dat = 2025-04-01\n[screening]\nmad_limti = 3.5\n"
                       "max_passes = \"2\"\n[uses.residental]\n[uses.industrial.conditions]\n"
                       "term_years = 50.00001\n"),
            (Lines{
                "plan.toml:1:1: error DJ-1257 [id]: 5 is not a text; a text in quotes is allowed",
                "plan.toml:1:1: error DJ-1256 [base_date]: \"base_date\" is missing",
                "plan.toml:1:1: error DJ-1256 [rounding]: \"rounding\" is missing",
                "plan.toml:2:1: error DJ-1254 [base_dat]: there is no \"base_dat\" here; "
                "\"base_date\" may be meant",
                "plan.toml:4:1: error DJ-1254 [screening.mad_limti]: there is no \"mad_limti\" "
                "here; \"mad_limit\" may be meant",
                "plan.toml:5:1: error DJ-1259 [screening.max_passes]: \"2\" is not an integer from "
                "0 to 2147483647",
                "plan.toml:6:7: error DJ-1254 [uses.residental]: there is no \"residental\" here; "
                "\"residential\" may be meant",
                "plan.toml:7:18: error DJ-1256 [uses.industrial.conditions.capitalization_rate]: "
                "\"capitalization_rate\" is missing",
                "plan.toml:8:1: error DJ-1102 [uses.industrial.conditions.term_years]: "
                "\"50.00001\" has too many decimals; at most 4 are allowed",
            }));
}

TEST(ReadPlanToml, NamesTheLineOfASyntaxError) {
  const Lines lines = Complaints("id = \"x\"\nbase_date = 2025-02-30\n");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].find("plan.toml:2:"), 0U) << lines[0];
  EXPECT_NE(lines[0].find("DJ-1280"), std::string::npos) << lines[0];
}

TEST(ReadPlanToml, RefusesAKeyThatStandsTwice) {
  const Lines lines = Complaints("id = \"x\"\nid = \"y\"\n");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_NE(lines[0].find("DJ-1253"), std::string::npos) << lines[0];
}

TEST(ReadPlanToml, RefusesWrongTypes) {
  EXPECT_EQ(Complaints(Replaced("mad_limit = 3", "mad_limit = \"3\"")),
            Lines{"plan.toml:13:1: error DJ-1260 [screening.mad_limit]: \"3\" is not a number; a "
                  "number without quotes such as 3.5 is allowed"});
  EXPECT_EQ(Complaints(Replaced("mad_limit = 3", "mad_limit = inf")),
            Lines{"plan.toml:13:1: error DJ-1260 [screening.mad_limit]: inf is not a number; a "
                  "number without quotes such as 3.5 is allowed"});
  EXPECT_EQ(Complaints(Replaced("mad_limit = 3", "drop_duplicates = \"yes\"")),
            Lines{"plan.toml:13:1: error DJ-1258 [screening.drop_duplicates]: \"yes\" is not true "
                  "or false"});
  EXPECT_EQ(Complaints(Replaced("{ interval = 0.1,", "{ interval = 0,")),
            Lines{"plan.toml:9:16: error DJ-1266 [rounding.unit_price.interval]: 0 is not above "
                  "0"});
}

TEST(WritePlanToml, ReadsBackAsTheSamePlan) {
  const ComputePlan plan = Read(kPlan);
  const std::string text = WritePlanToml(plan);
  EXPECT_EQ(WritePlanToml(Read(text)), text);
  EXPECT_NE(text.find("[uses.residential.screening]"), std::string::npos) << text;
  EXPECT_NE(text.find("mad_limit = 3\n"), std::string::npos) << text;
  EXPECT_NE(text.find("unit_price = { interval = \"0.1\", mode = \"half_up\" }"), std::string::npos)
      << text;
}

TEST(ToToml, QuotesWhatIsNotBare) {
  Diagnostics diagnostics;
  const auto value = json::ParseJson(
      R"({"a b":{"五":"\u007f\"\\\n"},"list":[{"x":1},{"y":[true,null]}],"none":null,"t":{"u":{}}})",
      "", diagnostics);
  ASSERT_TRUE(value);
  EXPECT_EQ(ToToml(*value),
            "\"a b\" = { \"五\" = \"\\u007f\\\"\\\\\\u000a\" }\n"
            "list = [{ x = 1 }, { y = [true] }]\n"
            "\n[t]\nu = { }\n");
}

// Found by fuzzing: an assertion of toml++, and a stack that a file of 400 kB filled.
TEST(ReadPlanToml, RefusesWhatTheParserCannotTake) {
  EXPECT_EQ(Complaints("[*[uses]]\n"),
            Lines{"plan.toml:1:2: error DJ-1288: \"[*[uses]]\" cannot be a name; letters, digits "
                  "and underscores are allowed"});
  for (const char* character : {"é", "α", "Ж", "、", "《", "あ", "ﳿ", "\u1681", "\u2010"}) {
    const Lines lines = Complaints(std::string(character) + "id = 1\n");
    ASSERT_EQ(lines.size(), 1U) << character;
    EXPECT_NE(lines[0].find("plan.toml:1:1: error DJ-128"), std::string::npos) << lines[0];
    EXPECT_NE(Complaints("id = 1 " + std::string(character) + "\n")[0].find("plan.toml:1:8: "),
              std::string::npos);
  }
  std::string deep = "a";
  for (int i = 0; i < 200'000; ++i) deep += ".a";
  EXPECT_EQ(Complaints(deep + " = 1\n"),
            Lines{"plan.toml: error DJ-1252: nested more than 32 levels deep"});
}

}  // namespace
}  // namespace dijia::io
