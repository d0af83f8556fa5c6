// What was published does not change by SQL either.
#include <gtest/gtest.h>

#include <algorithm>

#include "dijia/base/sha256.h"
#include "store/lifecycle.h"
#include "store/store_kind.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

class ChangedBySql : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped()) return;
    MakeSmallStore(GetParam(), folder_.path());
    raw_ = GetParam().raw(folder_.path());
    before_ = Everything();
  }
  bool is_sqlite() const { return GetParam().name == "sqlite"; }
  std::vector<store::Event> Everything() {
    const auto store = GetParam().open(folder_.path());
    std::vector<store::Event> events = store->History({"152502", "a"});
    for (const auto& event : store->History({"152502", "b"})) events.push_back(event);
    return events;
  }
  // The database says `why`, perhaps with more words.
  void ExpectRefused(const std::string& sql, const std::string& why) {
    const std::string words = raw_->Try(sql);
    EXPECT_NE(words.find(why), std::string::npos) << sql << ": " << words;
    EXPECT_EQ(Everything(), before_) << sql;
  }
  // An entry that would follow the last one, with some columns as stated.
  static std::string Entry(const std::string& id, const std::string& before,
                           const std::string& status, const std::string& changed) {
    return "INSERT INTO event SELECT county, (SELECT max(entry) FROM event) + 1, '" + id +
           "', area, '" + before + "', '" + status + "', " + changed +
           ", 'reason', '2026-01-02T00:00:00.000000Z', (SELECT hash FROM event ORDER BY entry "
           "DESC LIMIT 1), hash FROM event WHERE publication = 'b' AND status = 'published'";
  }
  std::string foreign_key() const {
    return is_sqlite() ? "FOREIGN KEY constraint failed" : "violates foreign key constraint";
  }
  static constexpr const char* kSame =
      "content, evidence, first_day, stated_until, until, submitted_by, '丁'";

  TemporaryFolder folder_;
  std::unique_ptr<RawSql> raw_;
  std::vector<store::Event> before_;
};

TEST_P(ChangedBySql, NoEntryChangesAndNoneGoes) {
  for (const char* sql :
       {"UPDATE event SET until = '2030-01-01'", "UPDATE event SET actor = '丁' WHERE entry = 3",
        "UPDATE event SET status = 'draft' WHERE publication = 'b'"}) {
    ExpectRefused(sql, "the log never changes");
  }
  ExpectRefused("DELETE FROM event", "the log never shrinks");
  ExpectRefused("DELETE FROM event WHERE entry = 9", "the log never shrinks");
}

TEST_P(ChangedBySql, NoTextChangesAndNoneGoes) {
  const std::string zero = GetParam().no_bytes;
  ExpectRefused("UPDATE kept_text SET bytes = " + zero, "kept texts never change");
  ExpectRefused("DELETE FROM kept_text", "kept texts never go");
  ExpectRefused("INSERT INTO kept_text SELECT county, sha256, " + zero +
                    " FROM kept_text WHERE 1 = 1 ON CONFLICT (county, sha256) DO UPDATE SET bytes "
                    "= " +
                    zero,
                "kept texts never change");
}

// Each database has ways of its own around the plain statements.
TEST_P(ChangedBySql, OtherStatementsChangeNothingEither) {
  if (is_sqlite()) {
    // REPLACE deletes without the triggers of DELETE.
    ExpectRefused("REPLACE INTO event SELECT * FROM event WHERE entry = 9",
                  "an entry follows the last one");
    ExpectRefused("UPDATE OR REPLACE event SET entry = 1 WHERE entry = 2", "the log never changes");
    ExpectRefused("REPLACE INTO kept_text SELECT county, sha256, x'00' FROM kept_text",
                  "kept texts never change");
    return;
  }
  ExpectRefused("TRUNCATE event", "the log never shrinks");
  ExpectRefused("TRUNCATE event, kept_text CASCADE", "never");
  ExpectRefused("SET session_replication_role = replica; DELETE FROM event",
                "the log never shrinks");
  ExpectRefused("SET session_replication_role = replica; UPDATE event SET actor = '丁'",
                "the log never changes");
  raw_->Run("SET session_replication_role = origin");
  ExpectRefused(
      "INSERT INTO event SELECT * FROM event WHERE entry = 9 ON CONFLICT (county, entry) DO UPDATE "
      "SET actor = '丁'",
      "the log never changes");
  ExpectRefused(
      "MERGE INTO event AS e USING event AS f ON e.entry = f.entry AND e.county = f.county WHEN "
      "MATCHED THEN DELETE",
      "the log never shrinks");
  ExpectRefused("UPDATE layout SET layout = 2", "layouts never go");
}

TEST_P(ChangedBySql, TheLifecycleStays) {
  ExpectRefused("INSERT INTO permitted VALUES ('draft', 'published')", "the lifecycle is fixed");
  ExpectRefused("UPDATE permitted SET status = 'published'", "the lifecycle is fixed");
  ExpectRefused("DELETE FROM permitted", "the lifecycle is fixed");
}

TEST_P(ChangedBySql, NoEntryComesThatTheLifecycleForbids) {
  ExpectRefused(Entry("b", "published", "draft", kSame), foreign_key());
  ExpectRefused(Entry("c", "", "published", kSame), "there are prices on those days");
  ExpectRefused(Entry("c", "", "approved", kSame), "only a draft has new contents");
  ExpectRefused(Entry("b", "superseded", "published", kSame), "an entry follows the last one");
  ExpectRefused(Entry("a", "superseded", "published",
                      "(SELECT content FROM event WHERE entry = 1), (SELECT evidence FROM event "
                      "WHERE entry = 1), '2020-01-01', NULL, NULL, submitted_by, '丁'"),
                "there are prices on those days");
  ExpectRefused(Entry("b", "published", "withdrawn",
                      "content || '', '', first_day, stated_until, until, submitted_by, '丁'"),
                "only a draft has new contents");
}

TEST_P(ChangedBySql, TheSubmitterDoesNotApprove) {
  raw_->Run(Entry("c", "", "draft", kSame));
  raw_->Run(Entry("c", "draft", "submitted",
                  "content, evidence, first_day, stated_until, until, 'Ding', 'Ding'"));
  before_ = Everything();
  ExpectRefused(Entry("c", "submitted", "approved",
                      "content, evidence, first_day, stated_until, until, 'Ding', 'DING'"),
                "another_person");
  ExpectRefused(Entry("c", "submitted", "approved",
                      "content, evidence, first_day, stated_until, until, '戊', 'Ding'"),
                "only a draft has new contents");
}

TEST_P(ChangedBySql, DatesAndTimesAreHeldToTheirForm) {
  for (const char* day : {"2025-02-30", "2025-1-1", "20250101", "x", ""}) {
    const std::string sql =
        Entry("c", "", "draft",
              std::string("content, evidence, '") + day + "', NULL, NULL, submitted_by, '丁'");
    EXPECT_NE(raw_->Try(sql), "") << day;
    EXPECT_EQ(Everything(), before_) << day;
  }
  ExpectRefused(
      Entry("c", "", "draft", "content, evidence, first_day, NULL, first_day, submitted_by, '丁'"),
      "until");
  ExpectRefused(
      Entry("c", "", "draft",
            "'" + Sha256Of("not kept") + "', '', first_day, NULL, NULL, submitted_by, '丁'"),
      foreign_key());
}

// The lifecycle stands in C++ for the decisions and in SQL for the constraint.
TEST_P(ChangedBySql, TheTransitionsAreThoseOfTheLifecycle) {
  std::vector<std::string> expected;
  for (const store::Transition& step : store::Transitions()) {
    expected.push_back(std::string(step.before ? CodeOf(*step.before) : "") + ">" +
                       std::string(CodeOf(step.status)));
  }
  std::ranges::sort(expected);
  EXPECT_EQ(raw_->Column("SELECT status_before || '>' || status FROM permitted ORDER BY 1"),
            expected);
}

INSTANTIATE_TEST_SUITE_P(BackEnds, ChangedBySql, testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace dijia::test
