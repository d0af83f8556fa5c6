// The log of people and what they may do, without a database.
#include <gtest/gtest.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "store/key_log.h"
#include "store/lifecycle.h"
#include "store/person_log.h"

namespace dijia::test {
namespace {

using enum PublicationStatus;
using store::AccessKey;
using store::NewPerson;
using store::Person;
using store::PersonAction;
using store::PersonEntry;
using store::Role;
using Codes = std::vector<Code>;

constexpr const char* kCounty = "152502";

std::vector<Code> CodesIn(const Diagnostics& diagnostics) {
  std::vector<Code> codes;
  for (const Diagnostic& diagnostic : diagnostics.kept()) codes.push_back(diagnostic.code);
  return codes;
}

// A log that grows by what is asked of it.
class PersonLog : public testing::Test {
 protected:
  static store::Act Act(int second) {
    return {"管理员", "理由", "2026-01-01T00:00:0" + std::to_string(second) + ".000000Z"};
  }
  bool Take(const std::optional<PersonEntry>& entry) {
    if (entry) log_.push_back(*entry);
    return entry.has_value();
  }
  bool Add(const NewPerson& person, int second = 1) {
    return Take(store::AddPerson(log_, person, Act(second), diagnostics_));
  }
  bool Change(const std::string& name, const store::PersonChange& change, int second = 1) {
    return Take(store::ChangePerson(log_, name, change, Act(second), diagnostics_));
  }
  bool Leave(const std::string& name, int second = 1) {
    return Take(store::LeavePerson(log_, name, Act(second), diagnostics_));
  }
  std::vector<Person> People() const { return store::PeopleOf(log_); }
  Codes Reports() {
    Codes codes = CodesIn(diagnostics_);
    diagnostics_ = {};
    return codes;
  }
  std::string TextOfLast() const { return TextOf(diagnostics_.kept().back(), Language::kEn); }

  // What becomes of a publication of kCounty that 甲 submitted, or that is a draft.
  bool MayMove(const std::string& actor, PublicationStatus to) {
    store::Event event;
    event.key = {kCounty, "a"};
    event.status = to == kSubmitted ? kDraft : kSubmitted;
    if (to == kPublished) event.status = kApproved;
    if (to != kSubmitted) event.submitted_by = "甲";
    const std::vector<Person> people = People();
    return store::Move(std::span(&event, 1), people, event.key, to,
                       {actor, "", "2026-01-01T00:00:09.000000Z"}, diagnostics_)
        .has_value();
  }

  std::vector<PersonEntry> log_;
  Diagnostics diagnostics_;
};

TEST_F(PersonLog, IsWhatBecameOfPeople) {
  ASSERT_TRUE(Add({"张三", Role::kClerk, kCounty}, 1));
  ASSERT_TRUE(Add({"李四", Role::kApprover, ""}, 2));
  ASSERT_TRUE(Change("张三", {Role::kApprover, std::nullopt}, 3));
  ASSERT_TRUE(Change("张三", {std::nullopt, ""}, 4));
  ASSERT_TRUE(Leave("李四", 5));
  const std::vector<Person> people = People();
  ASSERT_EQ(people.size(), 2U);
  EXPECT_EQ(people[0].id, "p1");
  EXPECT_EQ(people[0].about, (NewPerson{"张三", Role::kApprover, ""}));
  EXPECT_EQ(people[0].added_at, Act(1).at);
  EXPECT_EQ(people[0].left_at, "");
  EXPECT_EQ(people[1].id, "p2");
  EXPECT_EQ(people[1].left_at, Act(5).at);
  EXPECT_EQ(log_[2].about, (NewPerson{"张三", Role::kApprover, kCounty}));
  EXPECT_EQ(log_[2].action, PersonAction::kChanged);
  EXPECT_EQ(log_[4].about, (NewPerson{"李四", Role::kApprover, ""}));
  EXPECT_EQ(log_[4].previous, log_[3].hash);
  EXPECT_EQ(log_[4].hash, store::HashOf(log_[4]));
  EXPECT_EQ(store::FirstBrokenEntry(log_), 0);
  EXPECT_EQ(Reports(), Codes());
}

TEST_F(PersonLog, HasOnePersonInForceOfAName) {
  ASSERT_TRUE(Add({"Zhang San", Role::kClerk, ""}));
  EXPECT_FALSE(Add({"ZHANG san", Role::kClerk, ""}));
  EXPECT_EQ(TextOfLast(),
            "\"Zhang San\" is registered since 2026-01-01T00:00:01.000000Z; dijia user change "
            "gives them another role or county");
  EXPECT_EQ(Reports(), Codes{Code::kPersonThere});
  ASSERT_TRUE(Leave("zhang san"));
  ASSERT_TRUE(Add({"ZHANG san", Role::kApprover, ""}, 2));
  const std::vector<Person> people = People();
  ASSERT_EQ(people.size(), 2U);
  EXPECT_EQ(people[1].id, "p3");
  EXPECT_EQ(store::FindPerson(people, "zhang SAN"), &people[1]);
  EXPECT_EQ(store::FindPerson(people, "zhang"), nullptr);
  EXPECT_EQ(store::FirstBrokenEntry(log_), 0);
}

TEST_F(PersonLog, ReportsWhatIsNotToBeDone) {
  for (const char* name : {"", " ", "a\nb", "\xff"}) {
    EXPECT_FALSE(Add({name, Role::kClerk, ""}));
    EXPECT_EQ(Reports(), Codes{Code::kActorNotUsable}) << name;
  }
  EXPECT_FALSE(Change("张三", {Role::kClerk, std::nullopt}));
  EXPECT_FALSE(Leave("张三"));
  EXPECT_EQ(Reports(), Codes(2, Code::kPersonUnknown));
  ASSERT_TRUE(Add({"张三", Role::kClerk, kCounty}));
  EXPECT_FALSE(Change("张三", {Role::kClerk, kCounty}));
  EXPECT_FALSE(Change("张三", {}));
  EXPECT_EQ(Reports(), Codes(2, Code::kPersonUnchanged));
  ASSERT_TRUE(Leave("张三"));
  EXPECT_FALSE(Leave("张三"));
  EXPECT_FALSE(Change("张三", {Role::kAdmin, std::nullopt}));
  EXPECT_EQ(Reports(), Codes(2, Code::kPersonUnknown));
  const store::Act nobody{"", "", Act(2).at};
  EXPECT_FALSE(store::AddPerson(log_, {"李四", Role::kClerk, ""}, nobody, diagnostics_));
  EXPECT_FALSE(store::LeavePerson(log_, "李四", nobody, diagnostics_));
  EXPECT_EQ(Reports(), Codes(2, Code::kActorNotUsable));
  EXPECT_EQ(log_.size(), 2U);
}

TEST_F(PersonLog, AClockThatRunsBackwardsDoesNot) {
  ASSERT_TRUE(Add({"张三", Role::kClerk, ""}, 5));
  ASSERT_TRUE(Add({"李四", Role::kClerk, ""}, 2));
  EXPECT_EQ(log_[1].recorded_at, Act(5).at);
}

// Entries that have the right hash and stand where they may not.
TEST_F(PersonLog, IsHeldToWhatMayBeDone) {
  ASSERT_TRUE(Add({"张三", Role::kClerk, kCounty}));
  ASSERT_TRUE(Add({"李四", Role::kClerk, ""}));
  ASSERT_TRUE(Leave("李四"));
  const std::vector<PersonEntry> whole = log_;
  const auto broken_by = [&whole](const auto& change) {
    std::vector<PersonEntry> log = whole;
    PersonEntry entry = log.back();
    entry.entry = 4;
    entry.previous = log.back().hash;
    entry.person = "p1";
    entry.about = log.front().about;
    entry.action = PersonAction::kLeft;
    change(entry);
    entry.hash = store::HashOf(entry);
    log.push_back(entry);
    return store::FirstBrokenEntry(log);
  };
  EXPECT_EQ(broken_by([](PersonEntry&) {}), 0);
  EXPECT_EQ(broken_by([](PersonEntry& entry) { entry.person = "p2"; }), 4) << "left before";
  EXPECT_EQ(broken_by([](PersonEntry& entry) { entry.person = "p9"; }), 4) << "nobody";
  EXPECT_EQ(broken_by([](PersonEntry& entry) { entry.about.role = Role::kAdmin; }), 4);
  EXPECT_EQ(broken_by([](PersonEntry& entry) { entry.action = PersonAction::kChanged; }), 4)
      << "nothing is changed";
  EXPECT_EQ(broken_by([](PersonEntry& entry) {
              entry.action = PersonAction::kChanged;
              entry.about.name = "张";
            }),
            4);
  EXPECT_EQ(broken_by([](PersonEntry& entry) {
              entry.action = PersonAction::kChanged;
              entry.about.county = "";
            }),
            0);
  EXPECT_EQ(broken_by([](PersonEntry& entry) {
              entry.action = PersonAction::kAdded;
              entry.person = "p4";
            }),
            4)
      << "two of a name";
  EXPECT_EQ(broken_by([](PersonEntry& entry) {
              entry.action = PersonAction::kAdded;
              entry.person = "p5";
              entry.about.name = "王五";
            }),
            4)
      << "another id";
  EXPECT_EQ(
      broken_by([](PersonEntry& entry) { entry.recorded_at = "2025-01-01T00:00:00.000000Z"; }), 4);
}

TEST_F(PersonLog, ThatWasAlteredIsNeverOneWithoutPeople) {
  ASSERT_TRUE(Add({"张三", Role::kClerk, ""}));
  log_[0].action = PersonAction::kLeft;
  EXPECT_EQ(store::FirstBrokenEntry(log_), 1);
  EXPECT_EQ(People().size(), 1U);
  EXPECT_FALSE(MayMove("张三", kSubmitted));
}

TEST_F(PersonLog, WithoutPeopleNamesAreEnough) {
  EXPECT_TRUE(MayMove("谁", kSubmitted));
  EXPECT_TRUE(MayMove("谁", kApproved));
  EXPECT_FALSE(MayMove("甲", kApproved));
  EXPECT_EQ(Reports(), Codes{Code::kSamePerson});
}

TEST_F(PersonLog, SaysWhoMayDoWhichStep) {
  const std::pair<Role, std::string> names[] = {
      {Role::kViewer, "看"}, {Role::kClerk, "办"}, {Role::kApprover, "批"}, {Role::kAdmin, "管"}};
  for (const auto& [role, name] : names) ASSERT_TRUE(Add({name, role, ""}));
  for (const auto& [role, name] : names) {
    EXPECT_EQ(MayMove(name, kSubmitted), role >= Role::kClerk) << name;
    for (const PublicationStatus to : {kApproved, kPublished}) {
      EXPECT_EQ(MayMove(name, to), role >= Role::kApprover) << name << " " << CodeOf(to);
    }
  }
  EXPECT_EQ(Reports(), Codes(5, Code::kPersonRoleTooLow));
  // Withdrawing what was submitted.
  EXPECT_FALSE(MayMove("办", kWithdrawn));
  EXPECT_EQ(TextOfLast(),
            "\"办\" cannot make \"a\" withdrawn: their role is clerk, and approver is needed; ask "
            "another person, or change it with dijia user change");
  EXPECT_TRUE(MayMove("批", kWithdrawn));
}

TEST_F(PersonLog, SaysWhatIsLackingAllAtOnce) {
  ASSERT_TRUE(Add({"甲", Role::kApprover, kCounty}, 1));
  ASSERT_TRUE(Add({"乙", Role::kApprover, "150428"}, 2));
  ASSERT_TRUE(Add({"丙", Role::kViewer, "150428"}, 3));
  ASSERT_TRUE(Add({"丁", Role::kApprover, ""}, 4));
  ASSERT_TRUE(Leave("丁", 5));
  EXPECT_TRUE(MayMove("甲", kSubmitted));
  EXPECT_FALSE(MayMove("甲", kApproved));
  EXPECT_EQ(Reports(), Codes{Code::kSamePerson}) << "as ever";
  EXPECT_FALSE(MayMove("乙", kApproved));
  EXPECT_EQ(TextOfLast(),
            "\"乙\" cannot make \"a\" approved: they act in the county 150428 only, and it is of "
            "152502; ask another person, or change it with dijia user change");
  EXPECT_EQ(Reports(), Codes{Code::kPersonOfOtherCounty});
  EXPECT_FALSE(MayMove("丙", kApproved));
  EXPECT_EQ(Reports(), (Codes{Code::kPersonRoleTooLow, Code::kPersonOfOtherCounty}));
  EXPECT_FALSE(MayMove("丁", kApproved));
  EXPECT_EQ(TextOfLast(),
            "\"丁\" cannot make \"a\" approved: they left at 2026-01-01T00:00:05.000000Z; register "
            "them with dijia user add if they are back");
  EXPECT_EQ(Reports(), Codes{Code::kPersonLeft});
  EXPECT_FALSE(MayMove("戊", kSubmitted));
  EXPECT_EQ(TextOfLast(),
            "\"戊\" cannot make \"a\" submitted: there is no such person in the store; register "
            "them first with dijia user add");
  EXPECT_EQ(Reports(), Codes{Code::kPersonNotRegistered});
  ASSERT_TRUE(Add({"丁", Role::kApprover, ""}, 6));
  EXPECT_TRUE(MayMove("丁", kApproved));
}

// A key with role and county, made before or after its person was registered.
AccessKey KeyOf(const std::string& name, Role role, const std::string& county) {
  return {"k1", {name, role, county, "v"}, "2026-01-01T00:00:00.000000Z", ""};
}

TEST_F(PersonLog, HoldsKeysToWhatTheirPersonMay) {
  ASSERT_TRUE(Add({"Li", Role::kClerk, kCounty}, 1));
  ASSERT_TRUE(Add({"张三", Role::kClerk, ""}, 2));
  const std::vector<Person> people = People();
  const auto held = [&people](const std::string& name, Role role, const std::string& county) {
    const AccessKey key = store::HeldTo(KeyOf(name, role, county), people);
    return std::string(CodeOf(key.about.role)) + " " + key.about.county + key.revoked_at;
  };
  EXPECT_EQ(held("LI", Role::kAdmin, ""), "clerk 152502");
  EXPECT_EQ(held("Li", Role::kViewer, ""), "viewer 152502");
  EXPECT_EQ(held("Li", Role::kClerk, kCounty), "clerk 152502");
  EXPECT_EQ(held("Li", Role::kClerk, "150428"), "viewer 150428");
  EXPECT_EQ(held("张三", Role::kApprover, "150428"), "clerk 150428");
  EXPECT_EQ(held("平台", Role::kAdmin, ""), "admin ") << "a system's";
  AccessKey revoked = KeyOf("张三", Role::kAdmin, "");
  revoked.revoked_at = Act(3).at;
  EXPECT_EQ(store::HeldTo(revoked, people).revoked_at, Act(3).at);
}

// Who comes back is another person: the keys of before stay with the one who left.
TEST_F(PersonLog, WhoLeftHasNoKeysEvenWhenTheNameIsBack) {
  ASSERT_TRUE(Add({"张三", Role::kClerk, ""}, 1));
  ASSERT_TRUE(Leave("张三", 2));
  const auto key_made_at = [](int second) {
    AccessKey key = KeyOf("张三", Role::kClerk, "");
    key.made_at = Act(second).at;
    return key;
  };
  EXPECT_EQ(store::HeldTo(key_made_at(0), People()).revoked_at, Act(2).at);
  ASSERT_TRUE(Add({"张三", Role::kViewer, ""}, 3));
  EXPECT_EQ(store::HeldTo(key_made_at(0), People()).revoked_at, Act(2).at);
  EXPECT_EQ(store::HeldTo(key_made_at(2), People()).revoked_at, Act(2).at) << "in the same moment";
  const AccessKey key = store::HeldTo(key_made_at(4), People());
  EXPECT_EQ(key.revoked_at, "");
  EXPECT_EQ(key.about.role, Role::kViewer);
}

// The times of keys and of people come from two logs, perhaps of two clocks: a key may bear a later
// time than the leaving of its person, who has left all the same.
TEST_F(PersonLog, WhoLeftHasNoKeysWhateverTheirTime) {
  ASSERT_TRUE(Add({"张三", Role::kClerk, ""}, 1));
  ASSERT_TRUE(Leave("张三", 2));
  AccessKey late = KeyOf("张三", Role::kClerk, "");
  late.made_at = Act(5).at;
  EXPECT_EQ(store::HeldTo(late, People()).revoked_at, Act(2).at);
  // Between two of a name there can be no key: it is of the one who left.
  ASSERT_TRUE(Add({"张三", Role::kViewer, ""}, 6));
  EXPECT_EQ(store::HeldTo(late, People()).revoked_at, Act(2).at);
  late.made_at = Act(6).at;
  EXPECT_EQ(store::HeldTo(late, People()).revoked_at, Act(2).at) << "in the same moment";
  late.made_at = Act(7).at;
  EXPECT_EQ(store::HeldTo(late, People()).revoked_at, "");
}

TEST_F(PersonLog, SaysWhatKeysAreMade) {
  ASSERT_TRUE(Add({"张三", Role::kClerk, kCounty}, 1));
  ASSERT_TRUE(Add({"李四", Role::kApprover, ""}, 2));
  ASSERT_TRUE(Add({"王五", Role::kClerk, ""}, 3));
  ASSERT_TRUE(Leave("王五", 4));
  const auto made = [this](const std::string& name, Role role, const std::string& county) {
    const std::vector<Person> people = People();
    return store::AddKey({}, people, {name, role, county, "v"}, Act(5), diagnostics_).has_value();
  };
  EXPECT_TRUE(made("张三", Role::kClerk, kCounty));
  EXPECT_TRUE(made("张三", Role::kViewer, kCounty));
  EXPECT_TRUE(made("李四", Role::kApprover, "150428"));
  EXPECT_TRUE(made("平台", Role::kAdmin, ""));
  EXPECT_EQ(Reports(), Codes());
  EXPECT_FALSE(made("张三", Role::kApprover, ""));
  EXPECT_EQ(TextOf(diagnostics_.kept().front(), Language::kEn),
            "the role of \"张三\" is clerk; their key cannot be approver");
  EXPECT_EQ(TextOfLast(), "\"张三\" acts in the county 152502 only; their key cannot be for \"\"");
  EXPECT_EQ(Reports(), (Codes{Code::kKeyAbovePerson, Code::kKeyOfOtherCounty}));
  EXPECT_FALSE(made("张三", Role::kClerk, "150428"));
  EXPECT_EQ(Reports(), Codes{Code::kKeyOfOtherCounty});
  EXPECT_FALSE(made("王五", Role::kViewer, ""));
  EXPECT_EQ(TextOfLast(),
            "\"王五\" left at 2026-01-01T00:00:04.000000Z and can have no key; register them with "
            "dijia user add if they are back");
  EXPECT_EQ(Reports(), Codes{Code::kKeyOfOneWhoLeft});
}

}  // namespace
}  // namespace dijia::test
