// The log of people, in every back-end.
#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "dijia/base/codes.h"
#include "store/named_store.h"
#include "store/person_log.h"
#include "store/store_kind.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

using enum PublicationStatus;
using store::NewPerson;
using store::PersonEntry;
using store::Role;
using Codes = std::vector<Code>;

constexpr const char* kCounty = "152502";

class People : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped()) return;
    GetParam().init(folder_.path());
    store_ = GetParam().open(folder_.path());
  }
  void Add(const std::string& name, Role role, const std::string& county = "") {
    EXPECT_TRUE(store_->AddPerson({name, role, county}, By("管理员", "新同事"), diagnostics_));
  }
  void Leave(const std::string& name) {
    EXPECT_TRUE(store_->LeavePerson(name, By("管理员", "离任"), diagnostics_));
  }
  // Three entries: 张三 is added, changed, and 李四 is added.
  void AddTwo() {
    Add("张三", Role::kClerk, kCounty);
    EXPECT_TRUE(
        store_->ChangePerson("张三", {Role::kApprover, std::nullopt}, By("管理员"), diagnostics_));
    Add("李四", Role::kClerk);
  }
  bool Move(const std::string& id, PublicationStatus status, const std::string& actor) {
    return store_->Move({kCounty, id}, status, By(actor), diagnostics_).has_value();
  }
  std::vector<Code> Reports() {
    const std::vector<Code> codes = CodesOf(diagnostics_);
    diagnostics_ = {};
    return codes;
  }

  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_;
  Diagnostics diagnostics_;
};

TEST_P(People, AreKeptAsTheyWereRegistered) {
  EXPECT_TRUE(store_->PersonLog().empty());
  AddTwo();
  Leave("李四");
  EXPECT_EQ(Reports(), Codes());
  const std::vector<PersonEntry> log = GetParam().open(folder_.path())->PersonLog();
  ASSERT_EQ(log.size(), 4U);
  EXPECT_EQ(log, store_->PersonLog());
  EXPECT_EQ(log[0].about, (NewPerson{"张三", Role::kClerk, kCounty}));
  EXPECT_EQ(log[1].about, (NewPerson{"张三", Role::kApprover, kCounty}));
  EXPECT_EQ(log[1].person, "p1");
  EXPECT_EQ(log[2].person, "p3");
  EXPECT_EQ(log[3].action, store::PersonAction::kLeft);
  EXPECT_EQ(log[0].actor, "管理员");
  EXPECT_EQ(log[3].reason, "离任");
  EXPECT_EQ(store::FirstBrokenEntry(log), 0);
  EXPECT_FALSE(store_->AddPerson({"张三", Role::kViewer, ""}, By("管理员"), diagnostics_));
  EXPECT_FALSE(store_->LeavePerson("李四", By("管理员"), diagnostics_));
  EXPECT_FALSE(store_->ChangePerson("张三", {}, By("管理员"), diagnostics_));
  EXPECT_EQ(Reports(), (Codes{Code::kPersonThere, Code::kPersonUnknown, Code::kPersonUnchanged}));
  EXPECT_EQ(store_->PersonLog().size(), 4U);
}

TEST_P(People, AreAskedForBeforeEveryStep) {
  store_->Import(std::vector{Prices("a", "2025-01-01"), Prices("b", "2026-01-01")}, By("谁"),
                 diagnostics_);
  EXPECT_TRUE(Move("a", kSubmitted, "谁")) << "names alone, as long as there are no people";
  Add("张三", Role::kClerk, kCounty);
  Add("李四", Role::kApprover);
  Add("外人", Role::kApprover, "150428");
  EXPECT_EQ(Reports(), Codes());
  EXPECT_FALSE(Move("a", kApproved, "乙"));
  EXPECT_EQ(Reports(), Codes{Code::kPersonNotRegistered});
  EXPECT_FALSE(Move("a", kApproved, "张三"));
  EXPECT_EQ(Reports(), Codes{Code::kPersonRoleTooLow});
  EXPECT_FALSE(Move("a", kApproved, "外人"));
  EXPECT_EQ(Reports(), Codes{Code::kPersonOfOtherCounty});
  EXPECT_TRUE(Move("a", kApproved, "李四"));
  EXPECT_TRUE(Move("b", kSubmitted, "李四"));
  EXPECT_FALSE(Move("b", kApproved, "李四"));
  EXPECT_EQ(Reports(), Codes{Code::kSamePerson});
  EXPECT_TRUE(
      store_->ChangePerson("张三", {Role::kApprover, std::nullopt}, By("管理员"), diagnostics_));
  EXPECT_TRUE(Move("b", kApproved, "张三"));
  Leave("李四");
  EXPECT_FALSE(Move("a", kPublished, "李四"));
  EXPECT_EQ(Reports(), Codes{Code::kPersonLeft});
  // What systems do is as before.
  EXPECT_TRUE(store_->Import(std::vector{Prices("c", "2027-01-01")}, By("平台"), diagnostics_));
  Leave("张三");
  Leave("外人");
  EXPECT_FALSE(Move("c", kSubmitted, "谁")) << "a store that had people goes by them";
  EXPECT_EQ(Reports(), Codes{Code::kPersonNotRegistered});
  EXPECT_EQ(store_->History({kCounty, "a"}).size(), 3U);
  store_->Verify(std::nullopt, diagnostics_);
  EXPECT_EQ(Reports(), Codes());
}

TEST_P(People, HaveKeysUpToTheirRole) {
  Add("张三", Role::kClerk, kCounty);
  const auto made = [this](const std::string& name, Role role, const std::string& county) {
    return store_->AddKey({name, role, county, "v"}, By("管理员"), diagnostics_).has_value();
  };
  EXPECT_TRUE(made("张三", Role::kClerk, kCounty));
  EXPECT_FALSE(made("张三", Role::kApprover, kCounty));
  EXPECT_FALSE(made("张三", Role::kClerk, ""));
  EXPECT_TRUE(made("平台", Role::kAdmin, ""));
  EXPECT_EQ(Reports(), (Codes{Code::kKeyAbovePerson, Code::kKeyOfOtherCounty}));
  Leave("张三");
  EXPECT_FALSE(made("张三", Role::kViewer, kCounty));
  EXPECT_EQ(Reports(), Codes{Code::kKeyOfOneWhoLeft});
  EXPECT_EQ(store_->KeyLog().size(), 2U);
}

TEST_P(People, TheLogIsProvedWithTheOthers) {
  EXPECT_FALSE(store_->Verify(std::nullopt, diagnostics_).people);
  AddTwo();
  const auto whole = store_->Verify(std::nullopt, diagnostics_).people;
  ASSERT_TRUE(whole);
  EXPECT_TRUE(whole->is_whole);
  EXPECT_EQ(whole->entries, 3);
  EXPECT_EQ(whole->head, store_->PersonLog().back().hash);
  EXPECT_EQ(Reports(), Codes());
}

TEST_P(People, WhomOthersChangedAreFound) {
  AddTwo();
  const auto raw = GetParam().raw(folder_.path());
  const auto broken_at = [this] {
    const auto people = store_->Verify(std::nullopt, diagnostics_).people;
    // Force leaves other traces, which are reported after this.
    EXPECT_EQ(Reports().front(), Code::kPersonLogBroken);
    EXPECT_FALSE(people && people->is_whole);
    return people ? people->entries : 0;
  };
  for (const char* column : {"person_id", "action", "name", "role", "county", "actor", "reason",
                             "recorded_at", "previous", "hash"}) {
    const std::string name(column);
    const std::string value =
        raw->Column("SELECT " + name + " FROM person_event WHERE entry = 2").front();
    std::string other = value + "1";
    if (name == "action") other = "left";
    if (name == "role") other = "admin";
    if (name == "recorded_at") other = "2030-01-01T00:00:00.000000Z";
    if (name == "hash" || name == "previous") other = std::string(64, 'a');
    raw->Force("UPDATE person_event SET " + name + " = '" + other + "' WHERE entry = 2");
    EXPECT_EQ(broken_at(), 2) << column;
    raw->Force("UPDATE person_event SET " + name + " = '" + value + "' WHERE entry = 2");
    EXPECT_TRUE(store_->Verify(std::nullopt, diagnostics_).people->is_whole) << column;
    Reports();
  }
  raw->Force("DELETE FROM person_event WHERE entry = 1");
  EXPECT_EQ(broken_at(), 1);
}

// What other hands try on the table with the triggers of the layout in place.
TEST_P(People, TheDatabaseRefusesWhatIsNoEntry) {
  AddTwo();
  Leave("李四");
  const auto raw = GetParam().raw(folder_.path());
  // An entry after the last one: its first columns, from `id` to `county`.
  const auto entry = [](const std::string& columns, const std::string& number = "5") {
    return "INSERT INTO person_event SELECT " + number + ", " + columns +
           ", actor, reason, recorded_at, hash, hash FROM person_event WHERE entry = 4";
  };
  const std::string follows = "an entry follows the last one";
  const std::string in_force = "only who is in force changes, and leaves as they are";
  std::map<std::string, std::string> refusals{
      {"UPDATE person_event SET role = 'admin'", "the log of people never changes"},
      {"DELETE FROM person_event WHERE entry = 4", "the log of people never shrinks"},
      {entry("'p6', 'added', '王五', 'clerk', ''", "6"), follows},
      {entry("'p4', 'added', '王五', 'clerk', ''", "4"), follows},
      {"INSERT INTO person_event SELECT 5, 'p5', 'added', '王五', role, county, actor, reason, "
       "recorded_at, previous, hash FROM person_event WHERE entry = 4",
       follows},
      {"INSERT INTO person_event SELECT 5, 'p5', 'added', '王五', role, county, actor, reason, "
       "'2025-01-01T00:00:00.000000Z', hash, hash FROM person_event WHERE entry = 4",
       follows},
      {entry("'p5', 'added', '张三', 'clerk', ''"), "a person in force has that name"},
      {entry("'p3', 'changed', '李四', 'approver', ''"), in_force},
      {entry("'p3', 'left', '李四', 'clerk', ''"), in_force},
      {entry("'p9', 'left', '张三', 'approver', '152502'"), in_force},
      {entry("'p1', 'changed', '张三', 'approver', '152502'"), in_force},
      {entry("'p1', 'changed', '张', 'clerk', '152502'"), in_force},
      {entry("'p1', 'left', '张三', 'clerk', '152502'"), in_force}};
  if (GetParam().name == "sqlite") {
    refusals["REPLACE INTO person_event SELECT * FROM person_event WHERE entry = 1"] = follows;
  } else {
    refusals["TRUNCATE person_event"] = "the log of people never shrinks";
    refusals["SET session_replication_role = replica; DELETE FROM person_event"] =
        "the log of people never shrinks";
  }
  for (const auto& [statement, words] : refusals) {
    const std::string said = raw->Try(statement);
    EXPECT_NE(said.find(words), std::string::npos) << statement << ": " << said;
  }
  for (const char* columns :
       {"'p6', 'added', '王五', 'clerk', ''", "'p5', 'added', '王五', 'owner', ''",
        "'p5', 'added', '', 'clerk', ''", "'p1', 'back', '张三', 'approver', '152502'"}) {
    EXPECT_NE(raw->Try(entry(columns)), "") << columns;
  }
  EXPECT_EQ(store_->PersonLog().size(), 4U);
}

TEST_P(People, ANameIsThatOfOneInWhicheverLetters) {
  Add("Zhang San", Role::kClerk);
  const auto raw = GetParam().raw(folder_.path());
  EXPECT_NE(raw->Try("INSERT INTO person_event SELECT 2, 'p2', action, 'ZHANG san', role, county, "
                     "actor, reason, recorded_at, hash, hash FROM person_event")
                .find("a person in force has that name"),
            std::string::npos);
  Leave("zhang san");
  Add("ZHANG san", Role::kClerk);
  EXPECT_EQ(store_->PersonLog().back().person, "p3");
  EXPECT_EQ(Reports(), Codes());
}

TEST_P(People, SeveralAreRegisteredAtOnceWithoutALoss) {
  constexpr int kThreads = 4, kPeople = 5;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      const auto mine = GetParam().open(folder_.path());
      Diagnostics none;
      for (int n = 0; n < kPeople; ++n) {
        const std::string name = std::to_string(i) + "-" + std::to_string(n);
        EXPECT_TRUE(mine->AddPerson({name, Role::kClerk, ""},
                                    {"管理员", "", "2026-01-01T01:02:03.000004Z"}, none));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(store_->PersonLog().size(), std::size_t{kThreads * kPeople});
  EXPECT_TRUE(store_->Verify(std::nullopt, diagnostics_).people->is_whole);
  EXPECT_EQ(Reports(), Codes());
}

TEST_P(People, MoveWithTheStore) {
  AddTwo();
  Leave("李四");
  const auto log = store_->PersonLog();
  for (const StoreKind& to : StoreKinds()) {
    if (!to.why_absent().empty()) continue;
    const TemporaryFolder target;
    if (to.name == "postgres") to.init(target.path());
    store::CopyStore(GetParam().store_name(folder_.path()), to.store_name(target.path()),
                     diagnostics_);
    EXPECT_EQ(Reports(), Codes());
    const auto copy = to.open(target.path());
    EXPECT_EQ(copy->PersonLog(), log);
    EXPECT_TRUE(copy->Verify(std::nullopt, diagnostics_).people->is_whole);
    EXPECT_FALSE(copy->LeavePerson("李四", By("管理员"), diagnostics_));
    EXPECT_EQ(Reports(), Codes{Code::kPersonUnknown});
    // A store that has people is not overwritten.
    if (to.name != "postgres") continue;
    EXPECT_ANY_THROW(store::CopyStore(GetParam().store_name(folder_.path()),
                                      to.store_name(target.path()), diagnostics_));
  }
}

INSTANTIATE_TEST_SUITE_P(BackEnds, People, testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace dijia::test
