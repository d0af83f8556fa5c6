// A run that is ended from outside leaves its output whole or not at all.
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>

#include "cli/fixtures.h"
#include "cli/shell.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;

// Enough rows that writing them takes a while.
void WriteManySamples(const fs::path& file, int rows) {
  std::string text = "sample_id,county,use,grade,date,price,price_unit,area_sqm,method\n";
  for (int i = 0; i < rows; ++i) {
    const std::string number = std::to_string(i);
    text += number + ",000000,residential,1,2024-05-06," + std::to_string(600 + i % 400) +
            ",yuan_per_sqm," + std::to_string(1000 + i) + ",listing\n";
  }
  Put(file, text);
}

class Interrupted : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    WriteFixtures(fixtures_.path());
    WriteManySamples(fixtures_ / "many.csv", 400'000);
  }

  // `dijia compute` on many samples, into `out` of the folder.
  pid_t Start() const {
    const std::string program = std::string(DIJIA_PROGRAM_FOLDER) + "/dijia";
    const std::string plan = fixtures_ / "plan.toml", samples = fixtures_ / "many.csv";
    const std::string err = fixtures_ / "err";
    const pid_t child = ::fork();
    if (child != 0) return child;
    const int opened = ::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int null = ::open("/dev/null", O_WRONLY);
    if (::dup2(opened, STDERR_FILENO) < 0 || ::dup2(null, STDOUT_FILENO) < 0 ||
        ::chdir(folder_.path().c_str()) != 0) {
      ::_exit(125);
    }
    ::execl(program.c_str(), "dijia", "compute", plan.c_str(), "--samples", samples.c_str(),
            "--out", "sub/out", static_cast<char*>(nullptr));
    ::_exit(125);
  }

  // Waits until the program has begun to write, and tells whether it came to that.
  bool WaitForWriting() const {
    constexpr int kMostMilliseconds = 60'000;
    for (int i = 0; i < kMostMilliseconds; ++i) {
      for (const std::string& file : folder_.Files()) {
        if (file.find(".out.dijia-") != std::string::npos && !file.ends_with('/')) return true;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
  }

  static int WaitForEnd(pid_t child) {
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return status;
  }

  TemporaryFolder fixtures_, folder_;
};

using ByASignal = Interrupted;

TEST_P(ByASignal, LeavesNothingAndTellsSo) {
  const pid_t child = Start();
  ASSERT_TRUE(WaitForWriting());
  ASSERT_EQ(::kill(child, GetParam()), 0);
  const int status = WaitForEnd(child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 128 + GetParam());
  EXPECT_TRUE(folder_.Files().empty()) << folder_.Files().front();
  EXPECT_EQ(Contents(fixtures_ / "err"), "错误 DJ-1305: 已中断，没有写出任何文件\n");
}

INSTANTIATE_TEST_SUITE_P(Signals, ByASignal, testing::Values(SIGINT, SIGTERM, SIGHUP));

using Killed = Interrupted;

TEST_P(Killed, LeavesAHiddenFolderThatTheNextRunTakesAway) {
  const pid_t child = Start();
  ASSERT_TRUE(WaitForWriting());
  ASSERT_EQ(::kill(child, GetParam()), 0);
  EXPECT_TRUE(WIFSIGNALED(WaitForEnd(child)));
  EXPECT_FALSE(fs::exists(folder_ / "sub/out"));
  EXPECT_FALSE(fs::is_empty(folder_ / "sub"));
  WriteManySamples(folder_ / "few.csv", 20);
  const ShellResult next = RunShell(
      "dijia compute " + (fixtures_ / "plan.toml").string() + " --samples few.csv --out sub/out",
      folder_.path());
  EXPECT_EQ(next.exit, 0) << next.err;
  EXPECT_EQ(folder_.Files(), (std::vector<std::string>{
                                 "few.csv", "sub/out/evidence.json", "sub/out/grade_prices.csv",
                                 "sub/out/publication.json", "sub/out/publication.xlsx",
                                 "sub/out/report.html", "sub/out/samples.csv"}));
}

INSTANTIATE_TEST_SUITE_P(Signals, Killed, testing::Values(SIGKILL));

// A copy of a store that is interrupted leaves neither the copy nor what SQLite keeps beside it.
TEST(InterruptedBackup, LeavesNothing) {
  const TemporaryFolder folder;
  const ShellResult made = RunShell(
      "head -c 60000000 /dev/urandom > big && dijia init && dijia import "
      "publication " DIJIA_SOURCE_DIR
      "/tests/golden/tongdao/publication.json --evidence big --actor 张三",
      folder.path());
  ASSERT_EQ(made.exit, 0) << made.err;
  const ShellResult interrupted = RunShell(
      "dijia backup copy.db & child=$!; "
      "until ls -A | grep -q '^[.]copy.db'; do :; done; kill -TERM $child; wait $child",
      folder.path());
  EXPECT_EQ(interrupted.exit, 128 + SIGTERM);
  EXPECT_EQ(interrupted.err, "错误 DJ-1305: 已中断，没有写出任何文件\n");
  for (const std::string& file : folder.Files()) {
    EXPECT_FALSE(file.starts_with(".") || file.starts_with("copy")) << file;
  }
  EXPECT_EQ(RunShell("dijia publication verify --all", folder.path()).exit, 0);
}

}  // namespace
}  // namespace dijia::test
