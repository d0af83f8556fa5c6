// What was published does not change by SQL either.
#include <gtest/gtest.h>

#include "dijia/base/sha256.h"
#include "store/lifecycle.h"
#include "store/sqlite_file.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

class RawSql : public testing::Test {
 protected:
  void SetUp() override {
    MakeSmallStore(file_);
    before_ = Everything();
  }
  std::vector<store::Event> Everything() {
    const auto store = store::OpenSqliteStore(file_);
    std::vector<store::Event> events = store->History({"152502", "a"});
    for (const auto& event : store->History({"152502", "b"})) events.push_back(event);
    return events;
  }
  void ExpectRefused(const std::string& sql, const std::string& why) {
    RawSqlite raw(file_);
    EXPECT_EQ(raw.Try("PRAGMA foreign_keys = ON; " + sql), why) << sql;
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
  static constexpr const char* kSame =
      "content, evidence, first_day, stated_until, until, submitted_by, '丁'";

  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / "s.db";
  std::vector<store::Event> before_;
};

TEST_F(RawSql, ChangesNoEntryAndTakesNoneAway) {
  for (const char* sql :
       {"UPDATE event SET until = '2030-01-01'", "UPDATE event SET actor = '丁' WHERE entry = 3",
        "UPDATE OR REPLACE event SET entry = 1 WHERE entry = 2",
        "UPDATE OR IGNORE event SET status = 'draft' WHERE publication = 'b'"}) {
    ExpectRefused(sql, "the log never changes");
  }
  ExpectRefused("DELETE FROM event", "the log never shrinks");
  ExpectRefused("DELETE FROM event WHERE entry = 9", "the log never shrinks");
  // REPLACE deletes without the triggers of DELETE.
  ExpectRefused("REPLACE INTO event SELECT * FROM event WHERE entry = 9",
                "an entry follows the last one");
}

TEST_F(RawSql, ChangesNoTextAndTakesNoneAway) {
  ExpectRefused("UPDATE kept_text SET bytes = x'00'", "kept texts never change");
  ExpectRefused("DELETE FROM kept_text", "kept texts never go");
  ExpectRefused("REPLACE INTO kept_text SELECT county, sha256, x'00' FROM kept_text",
                "kept texts never change");
  ExpectRefused(
      "INSERT INTO kept_text SELECT county, sha256, x'00' FROM kept_text WHERE 1 "
      "ON CONFLICT DO UPDATE SET bytes = x'00'",
      "kept texts never change");
}

TEST_F(RawSql, DoesNotChangeTheLifecycle) {
  ExpectRefused("INSERT INTO permitted VALUES ('draft', 'published')", "the lifecycle is fixed");
  ExpectRefused("UPDATE permitted SET status = 'published'", "the lifecycle is fixed");
  ExpectRefused("DELETE FROM permitted", "the lifecycle is fixed");
}

TEST_F(RawSql, AddsNoEntryThatTheLifecycleForbids) {
  const std::string foreign_key = "FOREIGN KEY constraint failed";
  ExpectRefused(Entry("b", "published", "draft", kSame), foreign_key);
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

TEST_F(RawSql, DoesNotLetTheSubmitterApprove) {
  RawSqlite raw(file_);
  raw.Run(Entry("c", "", "draft", kSame));
  raw.Run(Entry("c", "draft", "submitted",
                "content, evidence, first_day, stated_until, until, 'Ding', 'Ding'"));
  before_ = Everything();
  ExpectRefused(Entry("c", "submitted", "approved",
                      "content, evidence, first_day, stated_until, until, 'Ding', 'DING'"),
                "CHECK constraint failed: another_person");
  ExpectRefused(Entry("c", "submitted", "approved",
                      "content, evidence, first_day, stated_until, until, '戊', 'Ding'"),
                "only a draft has new contents");
}

TEST_F(RawSql, IsHeldToTypesDatesAndTimes) {
  ExpectRefused(
      Entry("c", "", "draft", "content, evidence, '2025-02-30', NULL, NULL, submitted_by, '丁'"),
      "CHECK constraint failed: first_day IS date(first_day, '+0 days')");
  ExpectRefused(
      Entry("c", "", "draft", "content, evidence, first_day, NULL, first_day, submitted_by, '丁'"),
      "CHECK constraint failed: until IS date(until, '+0 days') AND until > first_day");
  ExpectRefused(
      Entry("c", "", "draft",
            "'" + Sha256Of("not kept") + "', '', first_day, NULL, NULL, submitted_by, '丁'"),
      "FOREIGN KEY constraint failed");
}

// The lifecycle stands in C++ for the decisions and in SQL for the constraint.
TEST_F(RawSql, HasTheTransitionsOfTheLifecycle) {
  std::vector<std::string> expected;
  for (const store::Transition& step : store::Transitions()) {
    expected.push_back(std::string(step.before ? CodeOf(*step.before) : "") + ">" +
                       std::string(CodeOf(step.status)));
  }
  std::ranges::sort(expected);
  EXPECT_EQ(RawSqlite(file_).Column("SELECT status_before || '>' || status FROM permitted "
                                    "ORDER BY 1"),
            expected);
}

}  // namespace
}  // namespace dijia::test
