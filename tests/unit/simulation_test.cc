// Two packs over the same cases.
#include "law/simulation.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "app/simulate.h"
#include "app/simulation_text.h"
#include "dijia/base/codes.h"
#include "dijia/base/date.h"
#include "law/chosen_readings.h"
#include "support/case_builder.h"
#include "support/pack_files.h"
#include "support/turning_cases.h"

namespace dijia::app {
namespace {

using law::Simulation;
using law::Simulator;
using rules::CaseColumns;
using rules::National;
using rules::PackLayer;
using rules::PreparedRules;
using rules::ReservePriceCase;
using rules::Verdict;

// The national pack with the standard of class 14 at 90 yuan.
const PreparedRules& Raised() {
  static const PreparedRules rules = [] {
    PackLayer layer = rules::ReadLayer("cn");
    const auto file = std::ranges::find(layer, "standard.csv", &rules::PackFile::name);
    file->text.replace(file->text.find("14,84"), 5, "14,90");
    return PreparedRules(rules::MustLoad({layer}));
  }();
  return rules;
}

CaseColumns ColumnsOf(const std::vector<ReservePriceCase>& cases) {
  CaseColumns columns(National().pack());
  for (const ReservePriceCase& one : cases) columns.Add(one);
  return columns;
}

ReservePriceCase CaseOf(std::string_view county, std::string_view price) {
  const rules::RulePack& pack = National().pack();
  return With(pack, PlainCase(pack),
              {{"county", county}, {"price.amount", price}, {"area_sqm", "1000"}});
}

TEST(Simulation, ListsWhoFlipsByCountyAndClauseWithTheMoney) {
  const CaseColumns columns = ColumnsOf({CaseOf("150302", "84"), CaseOf("150302", "95"),
                                         CaseOf("150303", "80"), CaseOf("150303", "89.50")});
  const std::vector<std::string> ids = {"A", "B", "C", "D"};
  const Simulation result = Simulator(columns, National(), Raised()).Run(0, 4, ids);
  EXPECT_EQ(result.cases, 4U);
  EXPECT_EQ(result.flips, 2U);
  ASSERT_EQ(result.listed.size(), 2U);
  EXPECT_EQ(result.listed[0].case_id, "A");
  EXPECT_EQ(result.listed[0].before, Verdict::kLawful);
  EXPECT_EQ(result.listed[0].after, Verdict::kUnlawful);
  EXPECT_EQ(result.listed[0].clause, "307-1");
  EXPECT_EQ(result.listed[0].minimum_before, 840'000);
  EXPECT_EQ(result.listed[0].minimum_after, 900'000);
  EXPECT_EQ(result.listed[1].case_id, "D");
  EXPECT_EQ(result.by_county.at("150303").cases, 2U);
  EXPECT_EQ(result.by_county.at("150303").flips, 1U);
  EXPECT_EQ(result.by_clause.at("307-1").to_unlawful, 2U);
  // 6.00 and 0.50 yuan on 1,000 m².
  EXPECT_TRUE(result.deficits.after == Int128{6500} * PowerOfTen(8));
  EXPECT_TRUE(result.deficits.before == 0);
  const std::string text = SimulationText(result, 1, Language::kEn);
  EXPECT_NE(text.find("cases 4, verdict changed 2\n"), std::string::npos) << text;
  EXPECT_NE(text.find("lawful → unlawful: 2"), std::string::npos) << text;
  EXPECT_NE(text.find("deficits 0 → 6500 yuan"), std::string::npos) << text;
  EXPECT_NE(SimulationCsv(result).find("A,150302,lawful,unlawful,307-1,84,84,90,,6\n"),
            std::string::npos)
      << SimulationCsv(result);
}

TEST(Simulation, OfPartsIsThatOfTheWhole) {
  const unsigned seed = 5;
  SCOPED_TRACE(seed);
  rules::TurningCases random(National().pack(), seed);
  std::vector<ReservePriceCase> cases;
  for (int i = 0; i < 2000; ++i) cases.push_back(random.Next());
  const CaseColumns columns = ColumnsOf(cases);
  Simulator simulator(columns, National(), Raised());
  const Simulation whole = simulator.Run(0, cases.size());
  Simulation parts;
  for (std::size_t i = 0; i < cases.size(); i += 400) {
    law::Merge(parts, simulator.Run(i, 400));
  }
  for (const Simulation& other : {parts, Simulate(columns, National(), Raised(), 3)}) {
    EXPECT_EQ(SimulationText(other, 1000, Language::kZh),
              SimulationText(whole, 1000, Language::kZh));
    EXPECT_EQ(SimulationCsv(other), SimulationCsv(whole));
  }
}

// What is listed is what full checks of the case by both packs say.
TEST(Simulation, SaysWhatFullChecksSay) {
  const unsigned seed = 6;
  SCOPED_TRACE(seed);
  rules::TurningCases random(National().pack(), seed);
  std::vector<ReservePriceCase> cases;
  const std::size_t land_class = *National().pack().FindFact("land_class");
  while (cases.size() < 8000) {
    const ReservePriceCase next = random.Next();
    if (next.values[land_class] != 14) continue;
    cases.push_back(next);
    for (std::int64_t& value : cases.back().values) {
      if (random.Below(30) == 0) value = rules::kNotStated;
    }
  }
  const Simulation result = Simulate(ColumnsOf(cases), National(), Raised(), 2);
  std::size_t flips = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto before = CheckReservePrice(cases[i], National());
    const auto after = CheckReservePrice(cases[i], Raised());
    if (before.verdict == after.verdict) continue;
    ASSERT_LT(flips, result.listed.size());
    const law::Flip& flip = result.listed[flips++];
    EXPECT_EQ(flip.case_id, std::to_string(i + 1));
    EXPECT_EQ(flip.before, before.verdict);
    EXPECT_EQ(flip.after, after.verdict);
    EXPECT_EQ(flip.price, after.price);
    EXPECT_EQ(flip.minimum_before, before.lawful_minimum);
    EXPECT_EQ(flip.minimum_after, after.lawful_minimum);
    const auto deficit = flip.after == Verdict::kUnlawful ? after.deficit : std::nullopt;
    EXPECT_EQ(flip.deficit_after, deficit);
  }
  EXPECT_EQ(result.flips, flips);
  EXPECT_GT(flips, 20U);
}

TEST(Simulation, LeavesOutWhatTheOtherVocabularyDoesNotKnow) {
  const CaseColumns columns = ColumnsOf({CaseOf("150302", "84")});
  EXPECT_EQ(Simulator(columns, National(), rules::InnerMongolia()).Run(0, 1).flips, 0U);
}

// A choice that is added before others gives the same words other numbers.
TEST(Simulation, TranslatesWhatTheOtherVocabularyNumbersOtherwise) {
  PackLayer layer = rules::ReadLayer("cn");
  for (rules::PackFile& file : layer) {
    const auto replace = [&file](std::string_view from, std::string_view to) {
      const std::size_t at = file.text.find(from);
      if (at != std::string::npos) file.text.replace(at, from.size(), to);
    };
    if (file.name != "facts.toml") continue;
    replace("choices = [\"commercial\",", "choices = [\"other_use\", \"commercial\",");
    replace("choices_zh = [\"商业", "choices_zh = [\"另\", \"商业");
    replace("choices_en = [\"commercial", "choices_en = [\"else\", \"commercial");
  }
  const PreparedRules other(rules::MustLoad({layer}));
  ASSERT_NE(other.pack().facts[*other.pack().FindFact("use")].choices,
            National().pack().facts[*National().pack().FindFact("use")].choices);
  // The use cannot be told: what its land may be sold for is open.
  const CaseColumns columns = ColumnsOf({CaseOf("150302", "83"), CaseOf("150302", "84")});
  const Simulation result = Simulator(columns, National(), other).Run(1, 1);
  ASSERT_EQ(result.flips, 1U);
  EXPECT_EQ(result.listed[0].before, Verdict::kLawful);
  EXPECT_EQ(result.listed[0].after, Verdict::kNeedsFacts);
}

// A case decided on another day is the case with that day, on either side.
TEST(Simulation, OnAnotherDaySaysWhatChecksOfThatDaySay) {
  const unsigned seed = 8;
  SCOPED_TRACE(seed);
  rules::TurningCases random(National().pack(), seed);
  std::vector<ReservePriceCase> cases;
  while (cases.size() < 600) cases.push_back(random.Next());
  const rules::RulePack& pack = National().pack();
  std::size_t flips = 0;
  for (const char* day : {"2006-12-31", "2009-05-10", "2012-01-01", "2025-06-01"}) {
    const Days after = ToDays(*ParseDate(day));
    const CaseColumns columns = ColumnsOf(cases);
    const Simulation result =
        Simulator(columns, National(), National(), after).Run(0, cases.size());
    std::size_t found = 0;
    for (std::size_t i = 0; i < cases.size(); ++i) {
      ReservePriceCase later = cases[i];
      later.values[*pack.FindFact("decided_on")] = after;
      const auto before = CheckReservePrice(cases[i], National());
      const auto then = CheckReservePrice(later, National());
      if (before.verdict == then.verdict) continue;
      ASSERT_LT(found, result.listed.size());
      const law::Flip& flip = result.listed[found++];
      EXPECT_EQ(flip.case_id, std::to_string(i + 1));
      EXPECT_EQ(flip.before, before.verdict);
      EXPECT_EQ(flip.after, then.verdict);
      EXPECT_EQ(flip.minimum_after, then.lawful_minimum);
    }
    EXPECT_EQ(result.flips, found);
    flips += found;
  }
  EXPECT_GT(flips, 100U);
}

std::map<std::string, std::string> DefaultReadings() {
  std::map<std::string, std::string> chosen;
  for (const rules::Reading& reading : National().pack().readings) {
    chosen[reading.id] = reading.options[reading.chosen].id;
  }
  return chosen;
}

// What a check says of a reading is what it says once that reading is chosen.
TEST(Simulation, AChosenReadingIsTheOneThatChecksTellOf) {
  const unsigned seed = 9;
  SCOPED_TRACE(seed);
  rules::TurningCases random(National().pack(), seed);
  std::size_t told = 0;
  for (int i = 0; i < 60'000 && told < 40; ++i) {
    const ReservePriceCase the_case = random.Next();
    for (const rules::ReadingVerdict& one : CheckReservePrice(the_case, National()).readings) {
      const std::size_t at = one.reading.find('=');
      ASSERT_NE(at, std::string::npos);
      if (one.reading.find('=', at + 1) != std::string::npos) continue;  // of several together
      // The others are chosen as they are: one that is left open may be in conflict by itself.
      std::map<std::string, std::string> chosen = DefaultReadings();
      chosen[one.reading.substr(0, at)] = one.reading.substr(at + 1);
      Diagnostics problems;
      const auto rules = law::ChooseReadings(National(), chosen, "/after", problems);
      ASSERT_TRUE(rules);
      EXPECT_EQ(VerdictOf(the_case, *rules), one.verdict) << one.reading;
      ++told;
    }
  }
  EXPECT_GE(told, 40U);
}

TEST(Simulation, ReadingsAndOptionsThatThereAreNotAreAllReported) {
  Diagnostics problems;
  EXPECT_FALSE(law::ChooseReadings(National(),
                                   {{"cost_evidence", "never"}, {"cost_evidense", "always"}},
                                   "/after/readings", problems));
  ASSERT_EQ(problems.kept().size(), 2U);
  EXPECT_EQ(problems.kept()[0].code, Code::kUnknownChoice);
  EXPECT_EQ(problems.kept()[0].where.field, "/after/readings/cost_evidence");
  EXPECT_EQ(problems.kept()[1].code, Code::kUnknownField);
  EXPECT_EQ(problems.kept()[1].where.field, "/after/readings/cost_evidense");
}

}  // namespace
}  // namespace dijia::app
