// Verification names the first broken link, whatever was done to the file behind our back.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>

#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "io/file_error.h"
#include "store/chain.h"
#include "store/sqlite_file.h"
#include "support/random.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;

class BrokenChain : public testing::Test {
 protected:
  void SetUp() override { MakeSmallStore(folder_ / "whole.db"); }

  // A fresh copy, changed by force; the first report of its verification.
  Diagnostic After(const std::string& sql) {
    fs::copy_file(folder_ / "whole.db", file_, fs::copy_options::overwrite_existing);
    RawSqlite(file_).Force(sql);
    Diagnostics diagnostics;
    store::OpenSqliteStore(file_)->Verify(std::nullopt, diagnostics);
    return diagnostics.kept().empty() ? Diagnostic{Code::kInternal, {}, {"", "none"}}
                                      : diagnostics.kept().front();
  }

  TemporaryFolder folder_;
  fs::path file_ = folder_ / "s.db";
};

TEST_F(BrokenChain, IsFoundInEveryColumnOfEveryEntry) {
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
  for (int entry = 1; entry <= 9; ++entry) {
    for (const auto& [column, value] : changes) {
      const Diagnostic found = After("UPDATE event SET " + column + " = " + value +
                                     " WHERE entry = " + std::to_string(entry));
      EXPECT_EQ(found.code, Code::kEntryAltered) << column;
      EXPECT_EQ(found.arguments.at(1), std::to_string(entry)) << column;
    }
  }
}

// Another way to write the same day is a change too.
TEST_F(BrokenChain, IsFoundInTheWritingOfADay) {
  EXPECT_EQ(After("UPDATE event SET first_day = '2020/1/1' WHERE entry = 1").code,
            Code::kEntryAltered);
  EXPECT_EQ(After("UPDATE event SET until = '' WHERE entry = 2").code, Code::kEntryAltered);
}

TEST_F(BrokenChain, IsFoundWhereAnEntryIsMissing) {
  for (int entry = 1; entry < 9; ++entry) {
    const Diagnostic found = After("DELETE FROM event WHERE entry = " + std::to_string(entry));
    EXPECT_EQ(found.code, Code::kEntryMissing);
    EXPECT_EQ(found.arguments.at(1), std::to_string(entry));
  }
}

// The end of a chain is proved by the hash of its last entry, which is printed to be noted.
TEST_F(BrokenChain, OfWhichTheEndIsCutOffHasAnotherHead) {
  Diagnostics diagnostics;
  const auto whole = store::OpenSqliteStore(folder_ / "whole.db")->Verify({}, diagnostics);
  After("DELETE FROM event WHERE entry > 4");
  const auto cut = store::OpenSqliteStore(file_)->Verify({}, diagnostics);
  EXPECT_EQ(whole.chains.at(0).entries, 9);
  EXPECT_EQ(cut.chains.at(0).entries, 4);
  EXPECT_NE(whole.chains.at(0).head, cut.chains.at(0).head);
}

TEST_F(BrokenChain, IsFoundInDocumentsAndEvidence) {
  const std::string a = Sha256Of("proof of a"), b = Sha256Of("proof of b");
  Diagnostic found = After("UPDATE kept_text SET bytes = x'00' WHERE sha256 = '" + a + "'");
  EXPECT_EQ(TextOf(found, Language::kEn),
            "county 152502: \"evidence.json\" of entry 1 was altered: it does not have the hash it "
            "states");
  found = After("DELETE FROM kept_text WHERE sha256 = '" + b + "'");
  EXPECT_EQ(TextOf(found, Language::kEn),
            "county 152502: \"evidence.json\" (" + b + ") of entry 5 is not in the store");
  EXPECT_EQ(After("DELETE FROM kept_text").code, Code::kContentMissing);
  EXPECT_EQ(After("UPDATE kept_text SET bytes = CAST(bytes || x'20' AS BLOB)").code,
            Code::kContentAltered);
}

TEST_F(BrokenChain, IsFoundWhenTriggersAreGone) {
  fs::copy_file(folder_ / "whole.db", file_);
  RawSqlite(file_).Run("DROP TRIGGER event_stays_1");
  Diagnostics diagnostics;
  store::OpenSqliteStore(file_)->Verify(std::nullopt, diagnostics);
  ASSERT_EQ(CodesOf(diagnostics), std::vector<Code>{Code::kLayoutAltered});
  EXPECT_EQ(diagnostics.kept()[0].arguments.at(1), "trigger event_stays_1");
}

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

// All that people can ask of the store.
std::string Snapshot(store::Store& store) {
  std::string all;
  for (const char* id : {"a", "b"}) {
    for (const store::Event& event : store.History({"152502", id})) {
      all += event.hash + event.evidence + store.Text("152502", event.content).value_or("gone");
      for (const auto& line : store::ReadManifest(event.evidence)) {
        all += store.Text("152502", line.sha256).value_or("gone");
      }
    }
  }
  return all;
}

// Whatever byte of the file is changed: it does not open, or verification reports it, or nothing
// that is kept has changed.
TEST_F(BrokenChain, IsFoundWhereverAByteIsChanged) {
  const char* stated = std::getenv("DIJIA_SEED");  // NOLINT(concurrency-mt-unsafe)
  const std::uint64_t seed = stated == nullptr ? 5 : std::strtoull(stated, nullptr, 10);
  std::cout << "seed " << seed << "\n";
  Random random(seed);
  const std::string bytes = Contents(folder_ / "whole.db");
  const std::string expected = Snapshot(*store::OpenSqliteStore(folder_ / "whole.db"));
  int noticed = 0;
  for (std::size_t region = 0; region < bytes.size(); region += 128) {
    std::string changed = bytes;
    const auto at = region + static_cast<std::size_t>(random.Between(0, 127));
    changed[at] = static_cast<char>(changed[at] ^ static_cast<char>(random.Between(1, 255)));
    Put(file_, changed);
    try {
      const auto store = store::OpenSqliteStore(file_);
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
