// Samples that are kept: what every back-end of the store must do with them.
#include <gtest/gtest.h>

#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "store/named_store.h"
#include "store/store_kind.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

using store::SampleArrival;
using store::SampleVersion;

SampleArrival SamplesOf(const std::vector<std::string>& rows, const std::string& county = "150304",
                        const std::string& header = "sample_id,price") {
  SampleArrival arrival;
  arrival.county = county;
  arrival.source = "样点.csv";
  arrival.source_sha256 = Sha256Of(header);
  arrival.mapping = "canonical";
  arrival.header = header;
  std::int64_t row = 1;
  for (const std::string& cells : rows) arrival.rows.push_back({++row, cells});
  return arrival;
}

class KeptSamples : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped()) return;
    GetParam().init(folder_.path());
    Reopen();
  }
  void Reopen() { store_ = GetParam().open(folder_.path()); }

  SampleVersion Import(const SampleArrival& arrival) {
    Diagnostics diagnostics;
    const auto version = store_->ImportSamples(arrival, By("甲", "第一季度"), diagnostics);
    EXPECT_TRUE(version) << CodesOf(diagnostics).size();
    return version.value_or(SampleVersion());
  }
  std::string TextOf(const SampleVersion& version) {
    return store_->Text(version.county, version.content).value_or("gone");
  }
  // The version at which the samples break, 0 = nowhere. What force leaves otherwise is reported
  // after it.
  std::string BrokenAt() {
    Diagnostics diagnostics;
    store_->Verify(std::nullopt, diagnostics);
    const auto& kept = diagnostics.kept();
    if (kept.empty()) return "0";
    EXPECT_EQ(kept[0].code, Code::kSampleLogBroken);
    return kept[0].arguments.at(0) + "-" + kept[0].arguments.at(1);
  }

  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_;
};

TEST_P(KeptSamples, EveryVersionGivesItsTextAndEveryRowIsKeptOnce) {
  const SampleVersion first = Import(SamplesOf({"a,1", "b,2", "c,\"3\n价\"", "b,2"}));
  const SampleVersion second = Import(SamplesOf({"d,4", "c,\"3\n价\"", "a,1"}));
  Reopen();
  EXPECT_EQ(store_->SampleVersions("150304"), (std::vector{first, second}));
  EXPECT_EQ(TextOf(first), "sample_id,price\na,1\nb,2\nc,\"3\n价\"\nb,2\n");
  EXPECT_EQ(TextOf(second), "sample_id,price\nd,4\nc,\"3\n价\"\na,1\n");
  EXPECT_EQ(first.members, "1-3 2");
  EXPECT_EQ(first.source_rows, "2-5");
  EXPECT_EQ(first.added, 3);
  EXPECT_EQ(second.members, "4 3 1");
  EXPECT_EQ(second.added, 1);
  EXPECT_EQ(second.previous, first.hash);
  EXPECT_EQ(second.content, Sha256Of(TextOf(second)));
  EXPECT_EQ(GetParam().raw(folder_.path())->Column("SELECT count(*) FROM sample_row"),
            std::vector<std::string>{"4"});
  Diagnostics diagnostics;
  const auto proof = store_->Verify(std::nullopt, diagnostics);
  EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
  ASSERT_EQ(proof.samples.size(), 1U);
  EXPECT_EQ(proof.samples[0].entries, 2);
  EXPECT_EQ(proof.samples[0].head, second.hash);
}

TEST_P(KeptSamples, TheSameFileAgainAddsNothing) {
  const SampleVersion first = Import(SamplesOf({"a,1", "b,2"}));
  EXPECT_EQ(Import(SamplesOf({"a,1", "b,2"})), first);
  EXPECT_EQ(store_->SampleVersions("").size(), 1U);
  // In another order it is another file.
  EXPECT_EQ(Import(SamplesOf({"b,2", "a,1"})).version, 2);
  // The same cells below another header are other rows.
  EXPECT_EQ(Import(SamplesOf({"a,1", "b,2"}, "150304", "sample_id,area_sqm")).added, 2);
  EXPECT_EQ(Import(SamplesOf({"a,1"}, "152502")).version, 1);
  EXPECT_EQ(store_->SampleVersions("").size(), 4U);
  EXPECT_EQ(BrokenAt(), "0");
  Diagnostics diagnostics;
  EXPECT_FALSE(store_->ImportSamples(SamplesOf({"z,1"}), By(""), diagnostics));
  EXPECT_EQ(CodesOf(diagnostics), std::vector{Code::kActorNotUsable});
}

TEST_P(KeptSamples, AreEvidenceWithoutBeingKeptTwice) {
  const SampleVersion version = Import(SamplesOf({"a,1", "b,2"}));
  store::Arrival arrival = Prices("a", "2025-01-01", "", "150304");
  arrival.evidence = {{"samples-150304-1.csv", TextOf(version)}, {"other.txt", "x"}};
  Diagnostics diagnostics;
  ASSERT_TRUE(store_->Import(std::vector{arrival}, By("甲"), diagnostics));
  EXPECT_EQ(GetParam().raw(folder_.path())->Column("SELECT count(*) FROM kept_text"),
            std::vector<std::string>{"2"});
  EXPECT_EQ(BrokenAt(), "0");
  EXPECT_EQ(TextOf(version), "sample_id,price\na,1\nb,2\n");
}

TEST_P(KeptSamples, DoNotChangeBySql) {
  Import(SamplesOf({"a,1", "b,2"}));
  const auto raw = GetParam().raw(folder_.path());
  const auto expect_refused = [&](const std::string& sql, const char* why) {
    const std::string words = raw->Try(sql);
    EXPECT_NE(words.find(why), std::string::npos) << sql << ": " << words;
    EXPECT_EQ(BrokenAt(), "0") << sql;
  };
  expect_refused("UPDATE sample_row SET cells = 'a,9'", "kept samples never change");
  expect_refused("DELETE FROM sample_row WHERE number = 2", "kept samples never go");
  expect_refused("UPDATE sample_version SET members = '1'", "kept samples never change");
  expect_refused("DELETE FROM sample_version", "kept samples never go");
  if (GetParam().name == "sqlite") {
    expect_refused("REPLACE INTO sample_row SELECT * FROM sample_row", "follows the last one");
    expect_refused("REPLACE INTO sample_version SELECT * FROM sample_version",
                   "follows the last one");
  } else {
    expect_refused("TRUNCATE sample_row", "kept samples never go");
    expect_refused("TRUNCATE sample_version CASCADE", "kept samples never go");
  }
  expect_refused(
      "INSERT INTO sample_row SELECT county, 7, version, 'x' || substr(sha256, 2), cells FROM "
      "sample_row WHERE number = 1",
      "follows the last one");
  // One more row is no row of any version.
  raw->Run(
      "INSERT INTO sample_row SELECT county, 3, version, 'x' || substr(sha256, 2), cells FROM "
      "sample_row WHERE number = 1");
  EXPECT_EQ(BrokenAt(), "150304-1");
}

TEST_P(KeptSamples, ThatOthersChangedAreFound) {
  const auto broken_by = [this](const std::string& sql) {
    const TemporaryFolder folder;
    GetParam().init(folder.path());
    store_ = GetParam().open(folder.path());
    Import(SamplesOf({"a,1", "b,2"}));
    Import(SamplesOf({"a,1", "b,2", "c,3"}));
    GetParam().raw(folder.path())->Force(sql);
    std::string broken = BrokenAt();
    store_.reset();
    return broken;
  };
  for (const char* column :
       {"source", "source_sha256", "mapping", "content", "actor", "reason", "recorded_at",
        "previous", "hash", "header", "members", "source_rows"}) {
    const std::string name(column);
    EXPECT_EQ(
        broken_by("UPDATE sample_version SET " + name + " = " + name + " || '1' WHERE version = 2"),
        "150304-2")
        << column;
  }
  for (const auto& [sql, broken] :
       {std::pair("UPDATE sample_version SET rows = 9 WHERE version = 1", "150304-1"),
        {"UPDATE sample_row SET cells = 'c,4' WHERE number = 3", "150304-2"},
        {"UPDATE sample_row SET cells = 'a,4' WHERE number = 1", "150304-1"},
        {"UPDATE sample_row SET version = 1 WHERE number = 3", "150304-2"},
        {"UPDATE sample_row SET sha256 = 'x' || substr(sha256, 2) WHERE number = 3", "150304-2"},
        {"DELETE FROM sample_row WHERE number = 3", "150304-2"},
        {"DELETE FROM sample_version WHERE version = 2", "150304-1"}}) {
    EXPECT_EQ(broken_by(sql), broken) << sql;
  }
}

TEST_P(KeptSamples, MoveWithTheStore) {
  const SampleVersion first = Import(SamplesOf({"a,1", "b,2"}));
  const SampleVersion second = Import(SamplesOf({"b,2", "c,3"}));
  for (const StoreKind& to : StoreKinds()) {
    if (!to.why_absent().empty()) continue;
    const TemporaryFolder target;
    if (to.name == "postgres") to.init(target.path());
    Diagnostics diagnostics;
    store::CopyStore(GetParam().store_name(folder_.path()), to.store_name(target.path()),
                     diagnostics);
    EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
    store_ = to.open(target.path());
    EXPECT_EQ(store_->SampleVersions(""), (std::vector{first, second}));
    EXPECT_EQ(TextOf(second), "sample_id,price\nb,2\nc,3\n");
    EXPECT_EQ(Import(SamplesOf({"c,3", "d,4"})).members, "3-4");
    EXPECT_EQ(BrokenAt(), "0");
    store_.reset();
  }
}

TEST(RowRuns, AreWrittenAndReadBack) {
  EXPECT_EQ(store::RunsOf({1, 2, 3, 5, 7, 8, 2, 2, 1}), "1-3 5 7-8 2 2 1");
  EXPECT_EQ(store::RunsOf({9}), "9");
  const auto runs = store::ReadRuns("1-3 5 7-8");
  ASSERT_TRUE(runs);
  ASSERT_EQ(runs->size(), 3U);
  EXPECT_EQ((*runs)[0].last, 3);
  EXPECT_EQ((*runs)[1].first, 5);
  EXPECT_EQ((*runs)[1].last, 5);
  for (const char* none :
       {"0", "-1", "1-", "1-1", "3-2", "1 ", " 1", "1  2", "1,2", "x", "99999999999999999999"}) {
    EXPECT_FALSE(store::ReadRuns(none)) << none;
  }
}

INSTANTIATE_TEST_SUITE_P(BackEnds, KeptSamples, testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace dijia::test
