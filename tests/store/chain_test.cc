// Verification names the first broken link, whatever was done to the file behind our back.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>

#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "io/file_error.h"
#include "store/chain.h"
#include "store/sqlite_store.h"
#include "store/store_kind.h"
#include "support/random.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;

class BrokenChain : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped()) return;
    MakeSmallStore(GetParam(), folder_.path());
    GetParam().save(folder_.path());
  }

  // What is stored, changed by force; the first report of its verification.
  Diagnostic After(const std::string& sql) {
    GetParam().restore(folder_.path());
    GetParam().raw(folder_.path())->Force(sql);
    const Diagnostics diagnostics = Reports();
    return diagnostics.kept().empty() ? Diagnostic{Code::kInternal, {}, {"", "none"}}
                                      : diagnostics.kept().front();
  }
  Diagnostics Reports() {
    Diagnostics diagnostics;
    verified_ = GetParam().open(folder_.path())->Verify(std::nullopt, diagnostics);
    return diagnostics;
  }

  TemporaryFolder folder_;
  store::Verification verified_;
};

TEST_P(BrokenChain, IsFoundInEveryColumnOfEveryEntry) {
  const std::map<std::string, std::string> changes{
      {"publication", "publication || 'x'"},
      {"area", "'x'"},
      {"status_before", "CASE status_before WHEN '' THEN 'x' ELSE '' END"},
      {"status", "'withdrawn'"},
      {"content", "'" + Sha256Of("other") + "'"},
      {"evidence", "evidence || 'x'"},
      {"first_day", "'2019-01-01'"},
      {"stated_until", "'2040-01-01'"},
      {"until", "CASE WHEN until IS NULL THEN '2040-01-01' END"},
      {"submitted_by", "submitted_by || 'x'"},
      {"actor", "actor || 'x'"},
      {"reason", "''"},
      {"recorded_at", "'2026-01-01T01:02:03.999999Z'"},
      {"previous", "hash"},
      {"hash", "'" + Sha256Of("x") + "'"}};
  // Where a change costs a third of a second, every column of one entry each.
  const bool is_quick = GetParam().name == "sqlite";
  int turn = 0;
  for (int entry = 1; entry <= 9; ++entry) {
    for (const auto& [column, value] : changes) {
      if (!is_quick && turn++ % 9 != entry - 1) continue;
      const Diagnostic found = After("UPDATE event SET " + column + " = " + value +
                                     " WHERE entry = " + std::to_string(entry));
      EXPECT_EQ(found.code, Code::kEntryAltered) << column;
      EXPECT_EQ(found.arguments.at(1), std::to_string(entry)) << column;
    }
  }
}

// Another way to write the same day is a change too.
TEST_P(BrokenChain, IsFoundInTheWritingOfADay) {
  EXPECT_EQ(After("UPDATE event SET first_day = '2020/1/1' WHERE entry = 1").code,
            Code::kEntryAltered);
  EXPECT_EQ(After("UPDATE event SET until = '' WHERE entry = 2").code, Code::kEntryAltered);
}

TEST_P(BrokenChain, IsFoundWhereAnEntryIsMissing) {
  for (int entry = 1; entry < 9; ++entry) {
    const Diagnostic found = After("DELETE FROM event WHERE entry = " + std::to_string(entry));
    EXPECT_EQ(found.code, Code::kEntryMissing);
    EXPECT_EQ(found.arguments.at(1), std::to_string(entry));
  }
}

// The end of a chain is proved by the hash of its last entry, which is printed to be noted.
TEST_P(BrokenChain, OfWhichTheEndIsCutOffHasAnotherHead) {
  Reports();
  const auto whole = verified_.chains.at(0);
  After("DELETE FROM event WHERE entry > 4");
  const auto cut = verified_.chains.at(0);
  EXPECT_EQ(whole.entries, 9);
  EXPECT_EQ(cut.entries, 4);
  EXPECT_NE(whole.head, cut.head);
}

TEST_P(BrokenChain, IsFoundInDocumentsAndEvidence) {
  const std::string a = Sha256Of("proof of a"), b = Sha256Of("proof of b");
  Diagnostic found =
      After("UPDATE kept_text SET bytes = " + GetParam().no_bytes + " WHERE sha256 = '" + a + "'");
  EXPECT_EQ(TextOf(found, Language::kEn),
            "county 152502: \"evidence.json\" of entry 1 was altered: it does not have the hash it "
            "states");
  found = After("DELETE FROM kept_text WHERE sha256 = '" + b + "'");
  EXPECT_EQ(TextOf(found, Language::kEn),
            "county 152502: \"evidence.json\" (" + b + ") of entry 5 is not in the store");
  EXPECT_EQ(After("DELETE FROM kept_text").code, Code::kContentMissing);
  EXPECT_EQ(After("UPDATE kept_text SET bytes = " + GetParam().no_bytes).code,
            Code::kContentAltered);
}

TEST_P(BrokenChain, IsFoundWhenTriggersAreGone) {
  const bool is_sqlite = GetParam().name == "sqlite";
  GetParam()
      .raw(folder_.path())
      ->Run(std::string("DROP TRIGGER event_stays_1") + (is_sqlite ? "" : " ON event"));
  const Diagnostics diagnostics = Reports();
  ASSERT_EQ(CodesOf(diagnostics), std::vector<Code>{Code::kLayoutAltered});
  EXPECT_EQ(diagnostics.kept()[0].arguments.at(1), "trigger event_stays_1");
}

INSTANTIATE_TEST_SUITE_P(BackEnds, BrokenChain, testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

// Entries that someone made who knows how to hash: the chain holds, the life of a publication not.
class ForgedChain : public testing::Test {
 protected:
  store::Event Entry(const std::string& id, std::optional<PublicationStatus> before,
                     PublicationStatus status, const std::string& actor) {
    store::Event event;
    event.key = {"152502", id};
    event.before = before;
    event.status = status;
    event.from = *ParseDate("2025-01-01");
    event.content = Sha256Of("");
    if (status != PublicationStatus::kDraft) event.submitted_by = "甲";
    event.actor = actor;
    event.recorded_at = "2026-01-01T00:00:00.000000Z";
    return event;
  }
  // The report about the last of these entries; the others must be fine.
  Diagnostic Walk(std::vector<store::Event> entries) {
    store::ChainWalk walk("152502", [](const std::string&) { return std::string(); });
    const store::Event* last = nullptr;
    bool is_fine = true;
    for (store::Event& event : entries) {
      EXPECT_TRUE(is_fine);
      store::Seal(event, last);
      is_fine = walk.Step(event);
      last = &event;
    }
    is_fine = is_fine && walk.Finish();
    return is_fine ? Diagnostic{Code::kInternal, {}, {"", "", ""}} : walk.fault();
  }
  std::vector<store::Event> Life(const std::string& id) {
    using enum PublicationStatus;
    return {Entry(id, std::nullopt, kDraft, "甲"), Entry(id, kDraft, kSubmitted, "甲"),
            Entry(id, kSubmitted, kApproved, "乙"), Entry(id, kApproved, kPublished, "乙")};
  }
};

TEST_F(ForgedChain, IsHeldToTheLifecycle) {
  using enum PublicationStatus;
  EXPECT_EQ(Walk(Life("a")).code, Code::kInternal);
  Diagnostic found = Walk({Entry("a", std::nullopt, kPublished, "乙")});
  EXPECT_EQ(found.code, Code::kEntryNotPermitted);
  EXPECT_EQ(found.arguments.at(2), "a:  → published");
  auto entries = Life("a");
  entries[2].actor = "甲";
  entries.resize(3);
  EXPECT_EQ(Walk(entries).arguments.at(2), "a: 甲");
  entries = Life("a");
  entries[3].content = Sha256Of("x");
  EXPECT_EQ(Walk(entries).code, Code::kEntryNotPermitted);
  entries = Life("a");
  entries[3].submitted_by = "丙";
  EXPECT_EQ(Walk(entries).code, Code::kEntryNotPermitted);
}

TEST_F(ForgedChain, HasOnePriceADay) {
  auto entries = Life("a");
  for (const auto& event : Life("b")) entries.push_back(event);
  EXPECT_EQ(Walk(entries).arguments.at(2), "b, a: 2025-01-01");
  entries = Life("a");
  entries.push_back(entries.back());
  entries.back().before = PublicationStatus::kPublished;
  entries.back().status = PublicationStatus::kSuperseded;
  entries.back().until = *ParseDate("2026-01-01");
  EXPECT_EQ(Walk(entries).arguments.at(2), "a: 2026-01-01");
}

TEST_F(ForgedChain, LinksEveryEntryToTheOneBefore) {
  store::ChainWalk walk("152502", [](const std::string&) { return std::string(); });
  store::Event event = Entry("a", std::nullopt, PublicationStatus::kDraft, "甲");
  event.entry = 1;
  event.previous = Sha256Of("elsewhere");
  event.hash = store::HashOf(event);
  EXPECT_FALSE(walk.Step(event));
  EXPECT_EQ(walk.fault().code, Code::kLinkBroken);
}

// Whatever byte of the file is changed: it does not open, or verification reports it, or nothing
// that is kept has changed.
TEST(BrokenFile, IsFoundWhereverAByteIsChanged) {
  const TemporaryFolder folder;
  MakeSmallStore(SqliteKind(), folder.path());
  const fs::path file = folder / "s.db";
  const char* stated = std::getenv("DIJIA_SEED");  // NOLINT(concurrency-mt-unsafe)
  const std::uint64_t seed = stated == nullptr ? 5 : std::strtoull(stated, nullptr, 10);
  std::cout << "seed " << seed << "\n";
  Random random(seed);
  const std::string bytes = Contents(file);
  const std::string expected = Snapshot(*store::OpenSqliteStore(file));
  int noticed = 0;
  for (std::size_t region = 0; region < bytes.size(); region += 128) {
    std::string changed = bytes;
    const auto at = region + static_cast<std::size_t>(random.Between(0, 127));
    changed[at] = static_cast<char>(changed[at] ^ static_cast<char>(random.Between(1, 255)));
    Put(file, changed);
    try {
      const auto store = store::OpenSqliteStore(file);
      Diagnostics diagnostics;
      store->Verify(std::nullopt, diagnostics);
      noticed += diagnostics.has_errors() ? 1 : 0;
      if (!diagnostics.has_errors()) {
        EXPECT_EQ(Snapshot(*store), expected) << "byte " << at;
      }
    } catch (const io::FileError&) {
      ++noticed;
    }
  }
  std::cout << noticed << " of " << bytes.size() / 128 << " changes noticed\n";
  EXPECT_GT(noticed, 20);
}

}  // namespace
}  // namespace dijia::test
