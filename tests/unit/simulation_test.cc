// Two packs over the same cases.
#include "law/simulation.h"

#include <gtest/gtest.h>

#include "support/case_builder.h"
#include "support/pack_files.h"
#include "support/turning_cases.h"

namespace dijia::law {
namespace {

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

ReservePriceCase CaseOf(const std::string& id, std::string_view county, std::string_view price) {
  const rules::RulePack& pack = National().pack();
  ReservePriceCase the_case = With(
      pack, PlainCase(pack), {{"county", county}, {"price.amount", price}, {"area_sqm", "1000"}});
  the_case.case_id = id;
  return the_case;
}

TEST(Simulation, ListsWhoFlipsByCountyAndClauseWithTheMoney) {
  const std::vector<ReservePriceCase> cases = {
      CaseOf("A", "150302", "84"), CaseOf("B", "150302", "95"), CaseOf("C", "150303", "80"),
      CaseOf("D", "150303", "89.50")};
  const Simulation result = Simulator(National(), Raised()).Run(cases);
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
  for (int i = 0; i < 400; ++i) cases.push_back(random.Next());
  Simulator simulator(National(), Raised());
  const Simulation whole = simulator.Run(cases);
  Simulation parts;
  for (std::size_t i = 0; i < cases.size(); i += 80) {
    Merge(parts, simulator.Run(std::span(cases).subspan(i, 80)));
  }
  EXPECT_EQ(SimulationText(parts, 1000, Language::kZh), SimulationText(whole, 1000, Language::kZh));
  EXPECT_EQ(SimulationCsv(parts), SimulationCsv(whole));
  std::size_t flips = 0;
  for (const ReservePriceCase& the_case : cases) {
    if (VerdictOf(the_case, National()) != VerdictOf(the_case, Raised())) ++flips;
  }
  EXPECT_EQ(whole.flips, flips);
}

TEST(Simulation, UnderstandsAnotherVocabulary) {
  ReservePriceCase the_case = CaseOf("A", "150302", "84");
  const std::vector<ReservePriceCase> cases = {the_case};
  const Simulation result = Simulator(National(), rules::InnerMongolia()).Run(cases);
  EXPECT_EQ(result.flips, 0U);
}

}  // namespace
}  // namespace dijia::law
