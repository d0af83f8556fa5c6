// Land classes with validity: what every back-end of the store must do with them.
#include <gtest/gtest.h>

#include <random>
#include <thread>

#include "dijia/base/codes.h"
#include "store/named_store.h"
#include "store/store_kind.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

using store::LandClassArrival;
using store::LandClassEntry;
using store::NewLandClass;

Date Day(const std::string& text) { return *ParseDate(text); }

NewLandClass Row(int land_class, const std::string& from, const std::string& until = "",
                 const std::string& town = "", const std::string& county = "150304") {
  NewLandClass row;
  row.county = county;
  row.town = town;
  row.land_class = land_class;
  row.from = Day(from);
  if (!until.empty()) row.until = Day(until);
  row.instrument = "国土资发〔2006〕307号 附件2";
  row.source_row = 2;
  return row;
}

LandClassArrival ListOf(std::vector<NewLandClass> rows) {
  return {"等别.csv", std::string(64, 'a'), std::move(rows)};
}

class LandClasses : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped()) return;
    GetParam().init(folder_.path());
    store_ = GetParam().open(folder_.path());
  }

  std::vector<LandClassEntry> Import(const LandClassArrival& arrival,
                                     const std::string& at = "2026-01-02T03:04:05.678901Z") {
    Diagnostics diagnostics;
    const auto entries = store_->ImportLandClasses(arrival, {"甲", "核对过", at}, diagnostics);
    EXPECT_TRUE(entries);
    return entries.value_or(std::vector<LandClassEntry>());
  }
  // `town class from until; …` of what is said, as known at a time.
  std::string Said(const std::string& known_at = "", const std::string& county = "150304") {
    std::string text;
    const auto log = store_->LandClasses(county);
    for (const store::LandClassPeriod& period : store::PeriodsOf(log, known_at)) {
      const NewLandClass& about = period.entry->about;
      text += about.town + " " + std::to_string(about.land_class) + " " + FormatDate(period.from) +
              " " + (period.until ? FormatDate(*period.until) : "") + "; ";
    }
    return text;
  }
  // Where the log of a county breaks first, 0 = nowhere.
  std::string BrokenAt() {
    Diagnostics diagnostics;
    store_->Verify(std::nullopt, diagnostics);
    const auto& kept = diagnostics.kept();
    if (kept.empty()) return "0";
    EXPECT_EQ(kept[0].code, Code::kClassLogBroken);
    return kept[0].arguments.at(0) + "-" + kept[0].arguments.at(1);
  }

  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_;
};

TEST_P(LandClasses, HaveTwoAxesOfTime) {
  Import(ListOf({Row(10, "2007-01-01", "2009-05-11"), Row(11, "2009-05-11")}),
         "2026-01-01T00:00:00.000000Z");
  EXPECT_EQ(Said(), " 10 2007-01-01 2009-05-11;  11 2009-05-11 ; ");
  // A later list takes over from its first day on.
  Import(ListOf({Row(9, "2020-01-01")}), "2026-02-01T00:00:00.000000Z");
  EXPECT_EQ(Said(), " 10 2007-01-01 2009-05-11;  11 2009-05-11 2020-01-01;  9 2020-01-01 ; ");
  // A correction of days in between leaves those around it …
  Import(ListOf({Row(12, "2010-01-01", "2011-01-01")}), "2026-03-01T00:00:00.000000Z");
  EXPECT_EQ(Said(),
            " 10 2007-01-01 2009-05-11;  11 2009-05-11 2010-01-01;  12 2010-01-01 2011-01-01;  "
            "11 2011-01-01 2020-01-01;  9 2020-01-01 ; ");
  // … and what is taken back is said no more.
  Import(ListOf({Row(0, "2008-01-01", "2010-07-01")}), "2026-04-01T00:00:00.000000Z");
  EXPECT_EQ(Said(),
            " 10 2007-01-01 2008-01-01;  12 2010-07-01 2011-01-01;  11 2011-01-01 2020-01-01;  9 "
            "2020-01-01 ; ");
  // What was known before stays what was known before.
  EXPECT_EQ(Said("2025-12-31T23:59:59.999999Z"), "");
  EXPECT_EQ(Said("2026-01-01T00:00:00.000000Z"), " 10 2007-01-01 2009-05-11;  11 2009-05-11 ; ");
  EXPECT_EQ(Said("2026-02-15T00:00:00.000000Z"),
            " 10 2007-01-01 2009-05-11;  11 2009-05-11 2020-01-01;  9 2020-01-01 ; ");
}

// Against the obvious way: of every day and place the last entry that covers it.
TEST_P(LandClasses, GiveTheLastWordOfEveryDay) {
  std::mt19937 random(20261127);
  const auto below = [&random](int end) {
    return static_cast<int>(random() % static_cast<unsigned>(end));
  };
  const Days first = ToDays(Day("2007-01-01"));
  std::vector<LandClassEntry> log;
  std::string time = "2026-01-01T00:00:00.000000Z";
  for (int i = 0; i < 200; ++i) {
    const Days from = first + below(60);
    NewLandClass row = Row(below(16), FormatDate(FromDays(from)), "", below(2) == 0 ? "" : "镇");
    if (below(4) > 0) row.until = FromDays(from + 1 + below(30));
    time[18] = static_cast<char>('0' + i % 10);
    time[17] = static_cast<char>('0' + i / 10 % 6);
    time[15] = static_cast<char>('0' + i / 60);
    LandClassEntry entry;
    entry.about = row;
    entry.recorded_at = time;
    log.push_back(entry);
  }
  for (const std::size_t known : {0UL, 7UL, 63UL, 150UL, 199UL}) {
    const auto periods = store::PeriodsOf(log, log[known].recorded_at);
    for (const std::string town : {"", "镇"}) {
      for (Days day = first - 1; day < first + 100; ++day) {
        int expected = 0, given = 0;
        for (std::size_t i = 0; i <= known; ++i) {
          const NewLandClass& about = log[i].about;
          const bool covers = about.town == town && ToDays(about.from) <= day &&
                              (!about.until || day < ToDays(*about.until));
          if (covers) expected = about.land_class;
        }
        int covering = 0;
        for (const store::LandClassPeriod& period : periods) {
          if (period.entry->about.town != town || ToDays(period.from) > day) continue;
          if (period.until && ToDays(*period.until) <= day) continue;
          ++covering;
          given = period.entry->about.land_class;
        }
        ASSERT_LE(covering, 1);
        ASSERT_EQ(given, expected) << town << " " << FormatDate(FromDays(day)) << " " << known;
      }
    }
  }
}

TEST_P(LandClasses, TheSameListAgainAddsNothing) {
  const LandClassArrival list = ListOf({Row(10, "2007-01-01"), Row(9, "2007-01-01", "", "镇"),
                                        Row(12, "2007-01-01", "2010-01-01", "", "152502")});
  const auto first = Import(list);
  ASSERT_EQ(first.size(), 3U);
  EXPECT_EQ(first[0].entry, 1);
  EXPECT_EQ(first[1].previous, first[0].hash);
  EXPECT_EQ(first[2].entry, 1);
  EXPECT_EQ(Import(list), std::vector<LandClassEntry>());
  LandClassArrival other = list;
  other.rows[0].instrument = "更正";
  EXPECT_EQ(Import(other).size(), 1U);
  EXPECT_EQ(store_->LandClasses("").size(), 4U);
  EXPECT_EQ(store_->LandClasses("152502"), std::vector{first[2]});
  Diagnostics diagnostics;
  const auto proof = store_->Verify(std::nullopt, diagnostics);
  EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
  ASSERT_EQ(proof.classes.size(), 2U);
  EXPECT_EQ(proof.classes[0].county, "150304");
  EXPECT_EQ(proof.classes[0].entries, 3);
  EXPECT_EQ(proof.classes[1].head, first[2].hash);
}

TEST_P(LandClasses, AreAllOrNone) {
  Diagnostics diagnostics;
  EXPECT_FALSE(store_->ImportLandClasses(ListOf({Row(10, "2007-01-01")}), By(""), diagnostics));
  EXPECT_EQ(CodesOf(diagnostics), std::vector{Code::kActorNotUsable});
  // What the database itself refuses takes the rows before it along.
  EXPECT_ANY_THROW(store_->ImportLandClasses(
      ListOf({Row(10, "2007-01-01"), Row(16, "2007-01-01", "", "镇")}), By("甲"), diagnostics));
  EXPECT_EQ(store_->LandClasses(""), std::vector<LandClassEntry>());
}

// Times ascend over all counties: those up to a time are one state of knowledge.
TEST_P(LandClasses, AClockThatRunsBackwardsDoesNot) {
  Import(ListOf({Row(10, "2007-01-01")}), "2026-03-01T00:00:00.000000Z");
  const auto second =
      Import(ListOf({Row(9, "2007-01-01", "", "", "152502")}), "2026-02-01T00:00:00.000000Z");
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second[0].recorded_at, "2026-03-01T00:00:00.000000Z");
}

TEST_P(LandClasses, SeveralListsAtOnceLoseNothing) {
  constexpr int kThreads = 4, kLists = 5;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      const auto mine = GetParam().open(folder_.path());
      Diagnostics none;
      for (int n = 0; n < kLists; ++n) {
        const std::string town = std::to_string(i) + "-" + std::to_string(n);
        EXPECT_TRUE(
            mine->ImportLandClasses(ListOf({Row(10, "2007-01-01", "", town)}), By("甲"), none));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(store_->LandClasses("150304").size(), std::size_t{kThreads * kLists});
  EXPECT_EQ(BrokenAt(), "0");
}

TEST_P(LandClasses, DoNotChangeBySql) {
  Import(ListOf({Row(10, "2007-01-01"), Row(9, "2007-01-01", "", "镇")}));
  const auto raw = GetParam().raw(folder_.path());
  const auto expect_refused = [&](const std::string& sql, const char* why) {
    const std::string words = raw->Try(sql);
    EXPECT_NE(words.find(why), std::string::npos) << sql << ": " << words;
    EXPECT_EQ(BrokenAt(), "0") << sql;
  };
  expect_refused("UPDATE land_class SET land_class = 1", "never changes");
  expect_refused("DELETE FROM land_class WHERE entry = 2", "never shrinks");
  if (GetParam().name == "sqlite") {
    expect_refused("REPLACE INTO land_class SELECT * FROM land_class", "follows the last one");
  } else {
    expect_refused("TRUNCATE land_class", "never shrinks");
  }
  expect_refused(
      "INSERT INTO land_class SELECT county, 4, town, land_class, first_day, until, instrument, "
      "source, source_sha256, source_row, actor, reason, recorded_at, hash, hash FROM land_class "
      "WHERE entry = 2",
      "follows the last one");
  for (const char* values :
       {"16, '2007-01-01', NULL", "-1, '2007-01-01', NULL", "3, '2007-02-30', NULL",
        "3, '2007-01-01', '2007-01-01'", "3, '2007-01-01', 'soon'"}) {
    EXPECT_NE(raw->Try("INSERT INTO land_class SELECT county, 3, town, " + std::string(values) +
                       ", instrument, source, source_sha256, source_row, actor, reason, "
                       "recorded_at, hash, hash FROM land_class WHERE entry = 2"),
              "")
        << values;
  }
}

TEST_P(LandClasses, ThatOthersChangedAreFound) {
  const auto broken_by = [this](const std::string& sql) {
    const TemporaryFolder folder;
    GetParam().init(folder.path());
    store_ = GetParam().open(folder.path());
    Import(ListOf({Row(10, "2007-01-01", "2009-05-11"), Row(9, "2007-01-01", "", "镇")}));
    GetParam().raw(folder.path())->Force(sql);
    std::string broken = BrokenAt();
    store_.reset();
    return broken;
  };
  for (const char* column : {"town", "instrument", "source", "source_sha256", "actor", "reason",
                             "recorded_at", "previous", "hash"}) {
    const std::string name(column);
    EXPECT_EQ(broken_by("UPDATE land_class SET " + name + " = " + name + " || '1' WHERE entry = 2"),
              "150304-2")
        << column;
  }
  for (const auto& [sql, broken] :
       {std::pair("UPDATE land_class SET land_class = 8 WHERE entry = 1", "150304-1"),
        {"UPDATE land_class SET first_day = '2007-01-02' WHERE entry = 2", "150304-2"},
        {"UPDATE land_class SET until = NULL WHERE entry = 1", "150304-1"},
        {"UPDATE land_class SET until = '2007-01-01' WHERE entry = 2", "150304-2"},
        {"UPDATE land_class SET source_row = 9 WHERE entry = 2", "150304-2"},
        {"DELETE FROM land_class WHERE entry = 1", "150304-1"}}) {
    EXPECT_EQ(broken_by(sql), broken) << sql;
  }
}

TEST_P(LandClasses, MoveWithTheStore) {
  Import(ListOf({Row(10, "2007-01-01"), Row(9, "2007-01-01", "", "镇", "152502")}));
  const auto log = store_->LandClasses("");
  for (const StoreKind& to : StoreKinds()) {
    if (!to.why_absent().empty()) continue;
    const TemporaryFolder target;
    if (to.name == "postgres") to.init(target.path());
    Diagnostics diagnostics;
    store::CopyStore(GetParam().store_name(folder_.path()), to.store_name(target.path()),
                     diagnostics);
    EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
    const auto copy = to.open(target.path());
    EXPECT_EQ(copy->LandClasses(""), log);
    EXPECT_TRUE(copy->Verify(std::nullopt, diagnostics).classes.at(1).is_whole);
    // A store that has land classes is not overwritten.
    if (to.name != "postgres") continue;
    EXPECT_ANY_THROW(store::CopyStore(GetParam().store_name(folder_.path()),
                                      to.store_name(target.path()), diagnostics));
  }
}

INSTANTIATE_TEST_SUITE_P(BackEnds, LandClasses, testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace dijia::test
