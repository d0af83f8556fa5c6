// A disk that fails under the store, at every operation in turn, or is full: the command is told
// so, nothing is half-done, and what is stored can be read and proved.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <iostream>

#include "dijia/base/codes.h"
#include "store/faulty_disk.h"
#include "store/sqlite_store.h"
#include "store/store_kind.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;
using Fault = FaultyDisk::Fault;
using Lasts = FaultyDisk::Lasts;

// Opens the store, publishes what is approved and takes in a draft with evidence of 100 kB. Gives
// how many of the two steps were acknowledged; the error that ended it otherwise in `code`.
int Work(const fs::path& file, const std::string& id, Code& code) {
  int acknowledged = 0;
  code = Thrown([&] {
    const auto store = store::OpenSqliteStore(file, {std::chrono::milliseconds(5)});
    Diagnostics diagnostics;
    store::Arrival arrival = Prices(id, "2025-01-01");
    arrival.evidence = {{"samples.csv", std::string(100'000, 'x') + id}};
    store->Import(std::vector{arrival}, By("甲"), diagnostics);
    ++acknowledged;
    store->Move({"152502", id}, PublicationStatus::kSubmitted, By("甲"), diagnostics);
    ++acknowledged;
    EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
  });
  return acknowledged;
}

// What is acknowledged is there; of what is not, at most the step that was under way.
void ExpectWhole(const fs::path& file, const std::string& id, int acknowledged,
                 const std::string& when) {
  const auto store = store::OpenSqliteStore(file);
  const int found = static_cast<int>(store->History({"152502", id}).size());
  EXPECT_GE(found, acknowledged) << when;
  EXPECT_LE(found, acknowledged + 1) << when;
  Diagnostics diagnostics;
  store->Verify(std::nullopt, diagnostics);
  EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>()) << when;
}

class FailingDisk : public testing::TestWithParam<std::tuple<Fault, Lasts>> {};

TEST_P(FailingDisk, TellsAndLosesNothing) {
  const auto [fault, lasts] = GetParam();
  const TemporaryFolder folder;
  MakeSmallStore(SqliteKind(), folder.path());
  const fs::path file = folder / "s.db";
  const FaultyDisk disk;
  int told = 0, operation = 0;
  for (bool has_failed = true; has_failed;) {
    ++operation;
    ASSERT_LT(operation, 2'000);
    const std::string id = "x" + std::to_string(operation);
    Code code{};
    FaultyDisk::FailAt(operation, fault, lasts);
    const int acknowledged = Work(file, id, code);
    has_failed = FaultyDisk::Heal();
    // Some faults do no harm: those of the copying from log to file, which is tried again later.
    EXPECT_TRUE(code != Code::kInternal || acknowledged == 2) << operation;
    EXPECT_TRUE(code == Code::kInternal || has_failed) << operation;
    told += code == Code::kInternal ? 0 : 1;
    ExpectWhole(file, id, acknowledged, "operation " + std::to_string(operation));
    if (HasFailure()) return;
  }
  std::cout << operation - 1 << " operations, " << told << " faults told\n";
  EXPECT_GT(told, 10);
}

INSTANTIATE_TEST_SUITE_P(Faults, FailingDisk,
                         testing::Combine(testing::Values(Fault::kError, Fault::kFull),
                                          testing::Values(Lasts::kOnce, Lasts::kFromThenOn)));

// A disk of one megabyte, taken in until it is full.
TEST(FullDisk, TellsAndStaysReadable) {
  const TemporaryFolder folder;
  if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=1m") != 0) {
    GTEST_SKIP() << "no right to mount a tmpfs";
  }
  const fs::path file = folder / "s.db";
  MakeSmallStore(SqliteKind(), folder.path());
  Code code{};
  int taken = 0;
  for (; taken < 50; ++taken) {
    const std::string id = "x" + std::to_string(taken);
    const int acknowledged = Work(file, id, code);
    ExpectWhole(file, id, acknowledged, id);
    if (code != Code::kInternal) break;
  }
  EXPECT_EQ(code, Code::kDiskFull);
  EXPECT_GT(taken, 1);
  EXPECT_EQ(store::OpenSqliteStore(file)->Current({}).size(), 2 + static_cast<std::size_t>(taken));
  ::umount2(folder.path().c_str(), MNT_DETACH);
}

}  // namespace
}  // namespace dijia::test
