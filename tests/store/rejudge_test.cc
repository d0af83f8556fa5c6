// Kept checks judged again, and their cases under other rules.
#include <gtest/gtest.h>

#include <algorithm>

#include "app/kept_checks.h"
#include "app/rejudge.h"
#include "app/simulate.h"
#include "app/stored_classes.h"
#include "dijia/base/codes.h"
#include "io/rule_packs.h"
#include "json/text.h"
#include "law/case_json.h"
#include "store/store_kind.h"
#include "support/case_builder.h"
#include "support/random_cases.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

const std::filesystem::path kSource = DIJIA_SOURCE_DIR;

rules::PreparedRules Rules(const std::string& id) {
  Diagnostics diagnostics;
  auto rules = io::LoadRules(id, kSource / "rules" / "packs", diagnostics);
  EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
  return *std::move(rules);
}

class JudgedAgain : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped()) return;
    GetParam().init(folder_.path());
    store_ = GetParam().open(folder_.path());
  }
  // Checks of random cases that can be kept, each with its case as JSON.
  std::vector<store::NewCheck> RandomChecks(std::size_t count) {
    rules::RandomRuleCases random(rules_.pack(), 11);
    std::vector<store::NewCheck> checks;
    while (checks.size() < count) {
      rules::ReservePriceCase the_case = random.Next(20);
      the_case.case_id = "例-" + std::to_string(checks.size());
      Diagnostics problems;
      ValidateCase(rules_.pack(), the_case, problems);
      if (problems.has_errors()) continue;
      store::NewCheck check = app::CheckToKeep(the_case, CheckReservePrice(the_case, rules_),
                                               rules_.pack(), TextOfCase(the_case));
      if (!check.county.empty()) checks.push_back(std::move(check));
    }
    return checks;
  }
  // Every second one over several lines, as it may be sent.
  std::string TextOfCase(const rules::ReservePriceCase& the_case) {
    const json::Value value = law::ToJson(the_case, rules_.pack());
    return ++texts_ % 2 == 0 ? json::ToPretty(value) : json::ToLine(value);
  }
  void Keep(const std::vector<store::NewCheck>& checks) {
    const auto keeping = store_->KeepChecks();
    for (const store::NewCheck& check : checks) keeping->Add(check, By("甲"));
    keeping->Commit();
  }
  app::Rejudged Judge(Diagnostics& diagnostics) {
    return app::RejudgeChecks(
        *store_,
        [this](const std::string& id) {
          return id == "cn-150000" ? std::optional(rules_) : std::nullopt;
        },
        2, diagnostics);
  }

  rules::PreparedRules rules_ = Rules("cn-150000");
  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_;
  int texts_ = 0;
};

TEST_P(JudgedAgain, CasesOfEveryKindAreAnsweredTheSame) {
  const std::vector<store::NewCheck> checks = RandomChecks(200);
  Keep(checks);
  Diagnostics diagnostics;
  const app::Rejudged rejudged = Judge(diagnostics);
  EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
  EXPECT_EQ(rejudged.same, checks.size());
  EXPECT_EQ(rejudged.other_rules, 0U);
}

TEST_P(JudgedAgain, WhatIsNotWhatTheCaseGivesIsReported) {
  std::vector<store::NewCheck> checks = RandomChecks(8);
  checks[0].verdict = checks[0].verdict == "lawful" ? "unlawful" : "lawful";
  checks[1].lawful_minimum += "1";
  checks[2].clauses = "lawful\tx\ty\tz";
  checks[3].given = "no JSON";
  checks[4].rules = "office";
  checks[5].rules_sha256 = std::string(64, 'a');
  Keep(checks);
  Diagnostics diagnostics;
  const app::Rejudged rejudged = Judge(diagnostics);
  EXPECT_EQ(rejudged.same, 2U);
  EXPECT_EQ(rejudged.differ, 4U);
  EXPECT_EQ(rejudged.other_rules, 2U);
  EXPECT_EQ(CodesOf(diagnostics), std::vector(4, Code::kCheckRejudgedDiffers));
}

TEST_P(JudgedAgain, ByTheLawOfTheDayItWasJudgedBy) {
  rules::ReservePriceCase the_case = rules::PlainCase(rules_.pack());
  const std::uint16_t decided_on = *rules_.pack().FindFact("decided_on");
  the_case.values[decided_on] = ToDays(*ParseDate("2007-06-01"));
  the_case.values[*rules_.pack().FindFact("county")] = 150304;
  const std::string given = json::ToLine(law::ToJson(the_case, rules_.pack()));
  the_case.values[decided_on] = ToDays(*ParseDate("2025-06-01"));
  Keep({app::CheckToKeep(the_case, CheckReservePrice(the_case, rules_), rules_.pack(), given)});
  Diagnostics diagnostics;
  EXPECT_EQ(Judge(diagnostics).same, 1U);
  EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
}

// A case that states no class is judged by the store's of its day, and again by what was known
// then.
TEST_P(JudgedAgain, ByTheLandClassesThatWereKnown) {
  rules::ReservePriceCase the_case = rules::PlainCase(rules_.pack());
  const auto value = [&](const char* fact) -> std::int64_t& {
    return the_case.values[*rules_.pack().FindFact(fact)];
  };
  value("land_class") = rules::kNotStated;
  value("county") = 150304;
  value("decided_on") = ToDays(*ParseDate("2025-06-01"));
  const std::string given = json::ToLine(law::ToJson(the_case, rules_.pack()));
  const auto record = [&](int land_class, const std::string& town, const std::string& at) {
    store::NewLandClass row;
    row.county = "150304";
    row.town = town;
    row.land_class = land_class;
    row.from = *ParseDate("2007-01-01");
    row.instrument = "国土资发〔2006〕307号";
    row.source_row = 2;
    Diagnostics problems;
    ASSERT_TRUE(store_->ImportLandClasses({"a.csv", std::string(64, 'a'), {row}}, {"甲", "", at},
                                          problems));
  };
  const auto judge_and_keep = [&] {
    const rules::PreparedRules known = app::WithLandClasses(rules_, store_->LandClasses(""));
    const rules::ReservePriceCheck check = CheckReservePrice(the_case, known);
    Keep({app::CheckToKeep(the_case, check, known.pack(), given)});
    return check.standard;
  };
  const auto unknown = judge_and_keep();
  record(10, "", "2026-01-01T00:00:00.000000Z");
  const auto tenth = judge_and_keep();
  record(12, "", "2026-02-01T00:00:00.000000Z");
  const auto twelfth = judge_and_keep();
  record(9, "镇", "2026-03-01T00:00:00.000000Z");  // which town it is, nobody says
  const auto towns_differ = judge_and_keep();
  EXPECT_FALSE(unknown);
  ASSERT_TRUE(tenth && twelfth);
  EXPECT_LT(*twelfth, *tenth);
  EXPECT_FALSE(towns_differ);
  std::vector<std::string> hashes;
  const auto checks = store_->Checks({});
  while (const auto kept = checks->Next()) hashes.push_back(kept->check.rules_sha256);
  ASSERT_EQ(hashes.size(), 4U);
  EXPECT_EQ(hashes[0], rules_.pack().sha256);
  EXPECT_NE(hashes[1], hashes[0]);
  EXPECT_NE(hashes[2], hashes[1]);
  EXPECT_EQ(hashes[3], hashes[0]) << "the pack lists no county either";
  Diagnostics diagnostics;
  const app::Rejudged rejudged = Judge(diagnostics);
  EXPECT_EQ(rejudged.same, 4U);
  EXPECT_EQ(rejudged.other_rules, 0U);
  EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
}

// The same cases from a file and from the store.
TEST_P(JudgedAgain, OtherRulesAreTriedOnTheirCases) {
  const std::vector<store::NewCheck> checks = RandomChecks(120);
  Keep(checks);
  std::string file;
  for (const store::KeptCheck& kept : [this] {
         std::vector<store::KeptCheck> all;
         const auto cursor = store_->Checks({});
         while (auto next = cursor->Next()) all.push_back(*std::move(next));
         return all;
       }()) {
    std::string line = kept.check.given;
    std::ranges::replace(line, '\n', ' ');
    file += line + "\n";
  }
  const std::filesystem::path path = folder_ / "cases.ndjson";
  std::ofstream(path) << file;
  const rules::PreparedRules national = Rules("cn");
  const auto simulate = [&](io::CaseInputOptions input) {
    Diagnostics diagnostics;
    const app::SimulationRequest request{std::move(input), kSource / "data" / "reference", 2};
    auto simulation = app::Simulate(request, rules_, national, diagnostics);
    EXPECT_FALSE(diagnostics.has_errors());
    return simulation.value_or(law::Simulation());
  };
  io::CaseInputOptions from_file;
  from_file.path = path;
  const auto cursor = store_->Checks({});
  const law::Simulation stored = simulate(app::CasesOf(*cursor)), read = simulate(from_file);
  EXPECT_EQ(stored.cases, checks.size());
  EXPECT_EQ(stored.verdicts, read.verdicts);
  EXPECT_EQ(stored.flips, read.flips);
  EXPECT_EQ(stored.by_county.size(), read.by_county.size());
}

INSTANTIATE_TEST_SUITE_P(BackEnds, JudgedAgain, testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace dijia::test
