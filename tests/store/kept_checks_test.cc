// Checks that are kept: what every back-end of the store must do with them.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <thread>

#include "dijia/base/codes.h"
#include "store/named_store.h"
#include "store/store_kind.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

using store::KeptCheck;
using store::NewCheck;

// A check with a text of every kind in it.
NewCheck CheckOf(const std::string& case_id, const std::string& county = "150304",
                 const std::string& verdict = "lawful") {
  NewCheck check;
  check.county = county;
  check.case_id = case_id;
  check.judged_on = "2023-05-01";
  check.verdict = verdict;
  check.lawful_minimum = "168";
  check.deciding_rule = "industrial.minimum_price";
  check.clauses = "lawful\tindustrial.minimum_price\tminimum\t国土资发〔2006〕307号 二";
  check.missing = "facts.far\nfacts.building_coefficient";
  check.rules = "cn-150000";
  check.rules_version = "2026.1";
  check.rules_sha256 = std::string(64, 'a');
  check.given = "{\"case_id\": \"" + case_id + "\",\n \"county\": \"" + county + "\"}";
  return check;
}

class KeptChecks : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped()) return;
    GetParam().init(folder_.path());
    Reopen();
  }
  void Reopen() { store_ = GetParam().open(folder_.path()); }

  std::vector<KeptCheck> Keep(const std::vector<NewCheck>& checks) {
    const auto keeping = store_->KeepChecks();
    std::vector<KeptCheck> kept;
    for (const NewCheck& check : checks) kept.push_back(keeping->Add(check, By("甲", "抽查")));
    keeping->Commit();
    return kept;
  }
  std::vector<KeptCheck> Read(const store::CheckSelection& selection = {}) {
    const auto cursor = store_->Checks(selection);
    std::vector<KeptCheck> checks;
    while (auto kept = cursor->Next()) checks.push_back(*std::move(kept));
    return checks;
  }
  std::vector<std::string> Ids(const store::CheckSelection& selection = {}) {
    std::vector<std::string> ids;
    for (const KeptCheck& kept : Read(selection)) ids.push_back(IdOf(kept));
    return ids;
  }
  // The entry at which the checks of a county break, 0 = nowhere. What force leaves otherwise is
  // reported after it.
  std::string BrokenAt() {
    Diagnostics diagnostics;
    store_->Verify(std::nullopt, diagnostics);
    const auto& kept = diagnostics.kept();
    if (kept.empty()) return "0";
    EXPECT_EQ(kept[0].code, Code::kCheckLogBroken);
    return kept[0].arguments.at(0) + "-" + kept[0].arguments.at(1);
  }

  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_;
};

using Words = std::vector<std::string>;

TEST_P(KeptChecks, AreGivenBackByteForByteAndChained) {
  NewCheck bare;
  bare.county = "150304";
  bare.verdict = "needs_facts";
  bare.rules_sha256 = std::string(64, 'b');
  bare.given = "{}";
  const auto kept = Keep({CheckOf("A-1"), bare, CheckOf("案例'2\"", "152502")});
  Reopen();
  EXPECT_EQ(Read(), kept);
  EXPECT_EQ(Ids(), (Words{"150304-1", "150304-2", "152502-1"}));
  EXPECT_EQ(kept[0].check, CheckOf("A-1"));
  EXPECT_EQ(kept[0].actor, "甲");
  EXPECT_EQ(kept[0].reason, "抽查");
  EXPECT_EQ(kept[0].previous, "");
  EXPECT_EQ(kept[1].previous, kept[0].hash);
  EXPECT_EQ(kept[2].previous, "") << "every county has a chain of its own";
  EXPECT_EQ(store_->Check({"150304", 2}), kept[1]);
  EXPECT_FALSE(store_->Check({"150304", 3}));
  EXPECT_FALSE(store_->Check({"150305", 1}));
  Diagnostics diagnostics;
  const auto proof = store_->Verify(std::nullopt, diagnostics);
  EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
  ASSERT_EQ(proof.checks.size(), 2U);
  EXPECT_EQ(proof.checks[0].entries, 2);
  EXPECT_EQ(proof.checks[0].head, kept[1].hash);
  EXPECT_TRUE(proof.checks[1].is_whole);
  EXPECT_TRUE(store_->Verify(store::PublicationKey{"150304", "a"}, diagnostics).checks.empty());
}

TEST_P(KeptChecks, AreKeptAllOrNone) {
  Keep({CheckOf("A-1")});
  {
    const auto keeping = store_->KeepChecks();
    keeping->Add(CheckOf("A-2"), By("甲"));
    keeping->Add(CheckOf("B-1", "152502"), By("甲"));
  }
  EXPECT_EQ(Ids(), Words{"150304-1"});
  EXPECT_EQ(Keep({CheckOf("A-3")}).front().entry, 2);
  EXPECT_EQ(BrokenAt(), "0");
}

TEST_P(KeptChecks, AreSelected) {
  Keep({CheckOf("A", "150304"), CheckOf("B", "150304", "unlawful"), CheckOf("C", "152502")});
  const std::string later = NextTime();
  Keep({CheckOf("D", "150304", "unlawful"), CheckOf("E", "152502")});
  EXPECT_EQ(Ids({"150304", "", "", "", {}}), (Words{"150304-1", "150304-2", "150304-3"}));
  EXPECT_EQ(Ids({"", "unlawful", "", "", {}}), (Words{"150304-2", "150304-3"}));
  EXPECT_EQ(Ids({"", "", later, "", {}}), (Words{"150304-3", "152502-2"}));
  EXPECT_EQ(Ids({"", "unlawful", "", later, {}}), Words{"150304-2"});
  EXPECT_EQ(Ids({"", "", "", "", store::CheckKey{"150304", 2}}),
            (Words{"150304-3", "152502-1", "152502-2"}));
  EXPECT_EQ(Ids({"152502", "", "", "", store::CheckKey{"152502", 1}}), Words{"152502-2"});
  EXPECT_EQ(Ids({"152502", "", "", "", store::CheckKey{"152502", 2}}), Words());
  EXPECT_EQ(Ids({"150000", "", "", "", {}}), Words());
}

TEST_P(KeptChecks, ComeInOrderHoweverManyThereAre) {
  for (const int count : {512, 513, 1100}) {
    const std::string county = std::to_string(150'000 + count);
    std::vector<NewCheck> checks;
    for (int i = 0; i < count; ++i) {
      checks.push_back(CheckOf(std::to_string(i), county, i % 2 == 0 ? "lawful" : "unlawful"));
    }
    const auto kept = Keep(checks);
    EXPECT_EQ(Read({county, "", "", "", {}}), kept);
    EXPECT_EQ(Read({county, "unlawful", "", "", {}}).size(), static_cast<std::size_t>(count / 2));
  }
  EXPECT_EQ(Read().size(), 512U + 513 + 1100);
  EXPECT_EQ(BrokenAt(), "0");
}

TEST_P(KeptChecks, OfManyWhoKeepAtOnceNoneIsLost) {
  constexpr int kRounds = 20;
  const auto work = [this](const std::string& name) {
    const auto store = GetParam().open(folder_.path());
    for (int i = 0; i < kRounds; ++i) {
      const auto keeping = store->KeepChecks();
      keeping->Add(CheckOf(name), {name, "", "2026-02-01T00:00:00.000000Z"});
      keeping->Add(CheckOf(name, "152502"), {name, "", "2026-02-01T00:00:00.000000Z"});
      keeping->Commit();
    }
  };
  { const std::jthread first(work, "a"), second(work, "b"), third(work, "c"); }
  EXPECT_EQ(Read().size(), std::size_t{6} * kRounds);
  EXPECT_EQ(BrokenAt(), "0");
}

TEST_P(KeptChecks, DoNotChangeBySql) {
  const auto kept = Keep({CheckOf("A-1"), CheckOf("A-2")});
  const auto raw = GetParam().raw(folder_.path());
  const auto expect_refused = [&](const std::string& sql, const char* why) {
    const std::string words = raw->Try(sql);
    EXPECT_NE(words.find(why), std::string::npos) << sql << ": " << words;
    EXPECT_EQ(Read(), kept) << sql;
  };
  expect_refused("UPDATE kept_check SET verdict = 'unlawful'", "kept checks never change");
  expect_refused("UPDATE kept_check SET given = '{}' WHERE entry = 2", "kept checks never change");
  expect_refused("DELETE FROM kept_check WHERE entry = 2", "kept checks never go");
  expect_refused("DELETE FROM kept_check", "kept checks never go");
  if (GetParam().name == "sqlite") {
    expect_refused("REPLACE INTO kept_check SELECT * FROM kept_check", "follows the last one");
  } else {
    expect_refused("TRUNCATE kept_check", "kept checks never go");
  }
  const auto entry = [](const char* number, const char* previous, const char* at) {
    return "INSERT INTO kept_check SELECT county, " + std::string(number) +
           ", case_id, judged_on, verdict, lawful_minimum, deciding_rule, clauses, missing, rules, "
           "rules_version, rules_sha256, actor, reason, " +
           at + ", " + previous + ", hash, given FROM kept_check WHERE entry = 2";
  };
  expect_refused(entry("4", "hash", "recorded_at"), "follows the last one");
  expect_refused(entry("3", "previous", "recorded_at"), "follows the last one");
  expect_refused(entry("3", "hash", "'2020-01-01T00:00:00.000000Z'"), "follows the last one");
  expect_refused(entry("2", "hash", "recorded_at"), "follows the last one");
  expect_refused(entry("0", "''", "recorded_at"), "");
  // One that does follow is an entry, whose hash the walk then finds wrong.
  raw->Run(entry("3", "hash", "recorded_at"));
  EXPECT_EQ(BrokenAt(), "150304-3");
}

TEST_P(KeptChecks, ThatOthersChangedBreakTheChainThere) {
  // A store of its own for each way to break it: where it breaks then.
  const auto broken_by = [this](const std::string& sql) {
    const TemporaryFolder folder;
    GetParam().init(folder.path());
    store_ = GetParam().open(folder.path());
    Keep({CheckOf("A-1"), CheckOf("A-2"), CheckOf("A-3"), CheckOf("B", "152502")});
    GetParam().raw(folder.path())->Force(sql);
    std::string broken = BrokenAt();
    store_.reset();
    return broken;
  };
  for (const char* column : {"case_id", "judged_on", "verdict", "lawful_minimum", "deciding_rule",
                             "clauses", "missing", "rules", "rules_version", "rules_sha256",
                             "actor", "reason", "recorded_at", "previous", "hash", "given"}) {
    const std::string name(column);
    EXPECT_EQ(broken_by("UPDATE kept_check SET " + name + " = " + name +
                        " || 'x' WHERE county = '150304' AND entry = 2"),
              "150304-2")
        << column;
  }
  for (const auto& [sql, broken] :
       {std::pair("DELETE FROM kept_check WHERE county = '150304' AND entry = 2", "150304-2"),
        {"DELETE FROM kept_check WHERE county = '150304' AND entry = 1", "150304-1"},
        {"UPDATE kept_check SET entry = 2, county = '152502' WHERE entry = 3", "152502-2"},
        {"UPDATE kept_check SET entry = 7 WHERE entry = 3", "150304-3"}}) {
    EXPECT_EQ(broken_by(sql), broken) << sql;
  }
}

TEST_P(KeptChecks, MoveWithTheStore) {
  const auto kept = Keep({CheckOf("A-1"), CheckOf("A-2"), CheckOf("B", "152502")});
  for (const StoreKind& to : StoreKinds()) {
    if (!to.why_absent().empty()) continue;
    TemporaryFolder target;
    if (to.name == "postgres") to.init(target.path());
    Diagnostics diagnostics;
    const std::string from_name = GetParam().store_name(folder_.path());
    store::CopyStore(from_name, to.store_name(target.path()), diagnostics);
    EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
    store_ = to.open(target.path());
    EXPECT_EQ(Read(), kept);
    EXPECT_EQ(Keep({CheckOf("C", "152502")}).front().entry, 2);
    EXPECT_EQ(BrokenAt(), "0");
    if (GetParam().name == to.name && to.name == "sqlite") continue;  // a copy of the file
    EXPECT_EQ(
        Thrown([&] { store::CopyStore(from_name, to.store_name(target.path()), diagnostics); }),
        Code::kStoreNotEmpty);
  }
}

TEST_P(KeptChecks, DoNotMoveBroken) {
  Keep({CheckOf("A-1"), CheckOf("A-2")});
  GetParam().raw(folder_.path())->Force("UPDATE kept_check SET actor = 'x' WHERE entry = 2");
  for (const StoreKind& to : StoreKinds()) {
    if (!to.why_absent().empty()) continue;
    if (GetParam().name == "sqlite" && to.name == "sqlite") continue;  // a copy of the file
    TemporaryFolder target;
    to.init(target.path());
    Diagnostics diagnostics;
    store::CopyStore(GetParam().store_name(folder_.path()), to.store_name(target.path()),
                     diagnostics);
    EXPECT_EQ(CodesOf(diagnostics), std::vector{Code::kCheckLogBroken});
    EXPECT_FALSE(to.open(target.path())->Check({"150304", 1}));
  }
}

TEST(CheckKey, IsWrittenAsCountyAndEntry) {
  EXPECT_EQ(store::CheckKeyOf("150304-17")->county, "150304");
  EXPECT_EQ(store::CheckKeyOf("150304-17")->entry, 17);
  for (const char* word : {"", "-", "150304", "150304-", "-1", "150304-0", "150304--1", "150304-1x",
                           "150304-99999999999999999999", "150304-+1"}) {
    EXPECT_FALSE(store::CheckKeyOf(word)) << word;
  }
}

INSTANTIATE_TEST_SUITE_P(BackEnds, KeptChecks, testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace dijia::test
