// What is special to the store in one SQLite file: its layout, locks, and a disk that says no.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "dijia/base/codes.h"
#include "store/raw_sqlite.h"
#include "store/sqlite_database.h"
#include "store/sqlite_store.h"
#include "store/store_kind.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;

void MakeSmallStore(const fs::path& folder) { MakeSmallStore(SqliteKind(), folder); }

TEST(SqliteFile, IsWalStrictAndOnTheDiskBeforeItIsAcknowledged) {
  const TemporaryFolder folder;
  MakeSmallStore(folder.path());
  RawSqlite raw(folder / "s.db");
  EXPECT_EQ(raw.Column("PRAGMA journal_mode"), std::vector<std::string>{"wal"});
  EXPECT_EQ(raw.Column("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE "
                       "'%STRICT%'"),
            std::vector<std::string>{"0"});
  EXPECT_EQ(raw.Column("PRAGMA foreign_key_check"), std::vector<std::string>());
  EXPECT_EQ(raw.Column("SELECT actor || ' ' || entries FROM person ORDER BY 1"),
            (std::vector<std::string>{"丙 3", "乙 2", "甲 4"}));
}

TEST(SqliteFile, IsMadeOnceAndSaysItsLayout) {
  const TemporaryFolder folder;
  EXPECT_EQ(store::InitSqliteStore(folder / "s.db"), 0);
  EXPECT_EQ(store::InitSqliteStore(folder / "s.db"), store::NewestSqliteLayout());
  RawSqlite(folder / "s.db").Run("PRAGMA user_version = 0");
  EXPECT_EQ(Thrown([&] { store::OpenSqliteStore(folder / "s.db"); }), Code::kStoreOlder);
  RawSqlite(folder / "s.db").Run("PRAGMA user_version = 99");
  EXPECT_EQ(Thrown([&] { store::OpenSqliteStore(folder / "s.db"); }), Code::kStoreNewer);
  EXPECT_EQ(Thrown([&] { store::InitSqliteStore(folder / "s.db"); }), Code::kStoreNewer);
}

TEST(SqliteFile, IsNotTakenForOneWhenItIsAnother) {
  const TemporaryFolder folder;
  EXPECT_EQ(Thrown([&] { store::OpenSqliteStore(folder / "none.db"); }), Code::kStoreMissing);
  EXPECT_EQ(folder.Files(), std::vector<std::string>());
  EXPECT_EQ(Thrown([&] { store::OpenSqliteStore(folder.path()); }), Code::kFileIsDirectory);
  EXPECT_EQ(Thrown([&] { store::InitSqliteStore(folder / "no" / "s.db"); }), Code::kNoFolderAround);
  Put(folder / "text.db", std::string(5000, 'x'));
  EXPECT_EQ(Thrown([&] { store::OpenSqliteStore(folder / "text.db"); }), Code::kNotAStore);
  EXPECT_EQ(Thrown([&] { store::InitSqliteStore(folder / "text.db"); }), Code::kNotAStore);
  RawSqlite(folder / "other.db").Run("CREATE TABLE t (x)");
  EXPECT_EQ(Thrown([&] { store::OpenSqliteStore(folder / "other.db"); }), Code::kNotAStore);
  EXPECT_EQ(Thrown([&] { store::InitSqliteStore(folder / "other.db"); }), Code::kNotAStore);
  Put(folder / "blank.db", "");
  EXPECT_EQ(Thrown([&] { store::OpenSqliteStore(folder / "blank.db"); }), Code::kStoreOlder);
}

TEST(SqliteFile, ThatAnotherProgramWritesIsBusy) {
  const TemporaryFolder folder;
  MakeSmallStore(folder.path());
  RawSqlite other(folder / "s.db");
  other.Run("BEGIN IMMEDIATE");
  const auto store = store::OpenSqliteStore(folder / "s.db", {std::chrono::milliseconds(5)});
  Diagnostics diagnostics;
  const auto import = [&] {
    store->Import(std::vector{Prices("c", "2025-01-01")}, By("甲"), diagnostics);
  };
  EXPECT_EQ(Thrown(import), Code::kStoreBusy);
  EXPECT_EQ(store->Current({}).size(), 2U) << "readers do not wait";
  other.Run("ROLLBACK");
  EXPECT_EQ(Thrown(import), Code::kInternal);
  EXPECT_EQ(store->Current({}).size(), 3U);
}

TEST(SqliteFile, ThatIsFullSaysSo) {
  const TemporaryFolder folder;
  MakeSmallStore(folder.path());
  store::SqliteDatabase database(folder / "s.db", store::SqliteDatabase::Mode::kExisting,
                                 std::chrono::milliseconds(5));
  database.Run("PRAGMA max_page_count = 1");  // SQLite takes the present size
  const auto write = [&database] {
    store::Transaction transaction(database, {});
    database.Run("INSERT INTO kept_text VALUES ('1', hex(zeroblob(32)), zeroblob(1000000))");
    transaction.Commit();
  };
  EXPECT_EQ(Thrown(write), Code::kDiskFull);
  EXPECT_EQ(database.Number("SELECT count(*) FROM kept_text WHERE county = '1'"), 0);
}

// A disk that refuses to write on, at every size: an error, nothing half-done, a readable store.
TEST(SqliteFile, OnADiskThatRefusesStaysReadable) {
  const TemporaryFolder folder;
  MakeSmallStore(folder.path());
  const auto old_signal = std::signal(SIGXFSZ, SIG_IGN);
  rlimit old{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old), 0);
  int refused = 0;
  for (rlim_t size = 0; size < 200'000; size += 9'000) {
    const auto store = store::OpenSqliteStore(folder / "s.db");
    const std::size_t before = store->Current({}).size();
    store::Arrival arrival = Prices("d" + std::to_string(size), "2025-01-01");
    arrival.evidence = {{"big", std::string(100'000, 'x') + std::to_string(size)}};
    const rlimit limit{size, old.rlim_max};
    Diagnostics diagnostics;
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    const Code code = Thrown([&] { store->Import(std::vector{arrival}, By("甲"), diagnostics); });
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &old), 0);
    refused += code == Code::kInternal ? 0 : 1;
    const std::size_t expected = before + (code == Code::kInternal ? 1 : 0);
    EXPECT_EQ(store->Current({}).size(), expected) << size;
    const auto again = store::OpenSqliteStore(folder / "s.db");
    EXPECT_EQ(again->Current({}).size(), expected) << size;
    again->Verify(std::nullopt, diagnostics);
    EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>()) << size;
  }
  std::signal(SIGXFSZ, old_signal);
  EXPECT_GT(refused, 5);
}

// The log of the copy is the beginning of the log of the original, whole, however busy that is.
TEST(SqliteFile, IsCopiedWhileAnotherWrites) {
  const TemporaryFolder folder;
  MakeSmallStore(folder.path());
  std::atomic<bool> is_over = false;
  std::jthread writer([&] {
    const auto store = store::OpenSqliteStore(folder / "s.db");
    Diagnostics diagnostics;
    for (int i = 0; !is_over; ++i) {
      store::Arrival arrival = Prices("w" + std::to_string(i), "2025-01-01");
      arrival.evidence = {{"big", std::string(50'000, 'x') + std::to_string(i)}};
      store->Import(std::vector{arrival}, {"甲", "", "2026-01-03T00:00:00.000000Z"}, diagnostics);
    }
    EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
  });
  std::vector<std::string> heads;
  for (int copy = 0; copy < 10; ++copy) {
    const fs::path file = folder / ("copy" + std::to_string(copy));
    store::CopySqliteStore(folder / "s.db", file);
    Diagnostics diagnostics;
    heads.push_back(store::OpenSqliteStore(file)->Verify({}, diagnostics).chains.at(0).head);
    EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
  }
  is_over = true;
  writer.join();
  RawSqlite raw(folder / "s.db");
  for (const std::string& head : heads) {
    EXPECT_EQ(raw.Column("SELECT 1 FROM event WHERE hash = '" + head + "'").size(), 1U);
  }
}

TEST(SqliteFile, WithADamagedPageIsAFault) {
  const TemporaryFolder folder;
  MakeSmallStore(folder.path());
  std::string bytes = Contents(folder / "s.db");
  std::fill(bytes.begin() + 4096, bytes.end(), '\x55');
  Put(folder / "s.db", bytes);
  EXPECT_EQ(Thrown([&] { store::OpenSqliteStore(folder / "s.db")->Current({}); }),
            Code::kStoreFault);
}

}  // namespace
}  // namespace dijia::test
