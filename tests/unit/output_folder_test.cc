#include "app/output_folder.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <thread>

#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "io/file_text.h"
#include "support/temporary_folder.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;
using test::Contents;
using test::Put;
using test::TemporaryFolder;
using Names = std::vector<std::string>;

constexpr std::string_view kEvidence =
    R"({"format":"dijia-evidence/1","outputs":[{"file":"report.html"},{"file":"a/x.csv"}]})";

Code RefusalOf(const fs::path& folder, bool force) {
  try {
    OpenOutputFolder(folder, force);
  } catch (const io::FileError& error) {
    return error.diagnostic().code;
  }
  return Code::kInternal;
}

void WriteInto(const fs::path& folder, bool force) {
  const auto staged = OpenOutputFolder(folder, force);
  Put(staged->folder() / "report.html", "new");
  fs::create_directory(staged->folder() / "b");
  Put(staged->folder() / "b" / "y.csv", "new");
  staged->Commit();
}

TEST(OutputFolder, AppearsWhenItIsCommitted) {
  const TemporaryFolder temporary;
  const fs::path out = temporary / "out";
  {
    const auto staged = OpenOutputFolder(out, false);
    Put(staged->folder() / "report.html", "new");
    EXPECT_FALSE(fs::exists(out));
    staged->Commit();
  }
  EXPECT_EQ(temporary.Files(), Names{"out/report.html"});
}

TEST(OutputFolder, LeavesNothingWhenItIsNotCommitted) {
  const TemporaryFolder temporary;
  {
    const auto staged = OpenOutputFolder(temporary / "out", false);
    Put(staged->folder() / "report.html", "half");
  }
  EXPECT_TRUE(fs::is_empty(temporary.path()));
}

TEST(OutputFolder, ReplacesAnEmptyFolder) {
  const TemporaryFolder temporary;
  fs::create_directory(temporary / "out");
  WriteInto(temporary / "out", false);
  EXPECT_EQ(temporary.Files(), (Names{"out/b/y.csv", "out/report.html"}));
}

TEST(OutputFolder, ReplacesWhatDijiaWroteBefore) {
  const TemporaryFolder temporary;
  const fs::path out = temporary / "out";
  fs::create_directories(out / "a");
  Put(out / "evidence.json", kEvidence);
  Put(out / "report.html", "old");
  Put(out / "a" / "x.csv", "old");
  WriteInto(out, false);
  EXPECT_EQ(temporary.Files(), (Names{"out/b/y.csv", "out/report.html"}));
  EXPECT_EQ(Contents(out / "report.html"), "new");
}

TEST(OutputFolder, RefusesAFolderWithSomebodysFile) {
  const TemporaryFolder temporary;
  const fs::path out = temporary / "out";
  fs::create_directories(out);
  Put(out / "evidence.json", kEvidence);
  Put(out / "notes.txt", "mine");
  EXPECT_EQ(RefusalOf(out, false), Code::kOutputFolderNotEmpty);
  EXPECT_EQ(temporary.Files(), (Names{"out/evidence.json", "out/notes.txt"}));
}

TEST(OutputFolder, RefusesEvidenceOfSomethingElse) {
  const TemporaryFolder temporary;
  const fs::path out = temporary / "out";
  fs::create_directories(out);
  Put(out / "evidence.json", "{\"format\": \"police\"}");
  EXPECT_EQ(RefusalOf(out, false), Code::kOutputFolderNotEmpty);
}

TEST(OutputFolder, KeepsOtherFilesWhenForced) {
  const TemporaryFolder temporary;
  const fs::path out = temporary / "out";
  fs::create_directories(out / "b");
  Put(out / "notes.txt", "mine");
  Put(out / "report.html", "old");
  Put(out / "b" / "mine.csv", "mine");
  WriteInto(out, true);
  EXPECT_EQ(temporary.Files(),
            (Names{"out/b/mine.csv", "out/b/y.csv", "out/notes.txt", "out/report.html"}));
  EXPECT_EQ(Contents(out / "report.html"), "new");
}

TEST(OutputFolder, CannotBeAFileOrStandInAFile) {
  const TemporaryFolder temporary;
  Put(temporary / "file", "x");
  EXPECT_EQ(RefusalOf(temporary / "file", true), Code::kOutputNotAFolder);
  EXPECT_EQ(RefusalOf(temporary / "file" / "out", false), Code::kInsideAFile);
}

TEST(OutputFolder, CannotStandWhereNobodyMayWrite) {
  if (::geteuid() == 0) {
    EXPECT_EQ(RefusalOf("/proc/dijia/out", false), Code::kNoFolderAround);
    return;
  }
  const TemporaryFolder temporary;
  fs::permissions(temporary.path(), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(RefusalOf(temporary / "out", false), Code::kAccessDenied);
  fs::permissions(temporary.path(), fs::perms::owner_all);
}

TEST(OutputFolder, MakesTheFoldersAroundIt) {
  const TemporaryFolder temporary;
  WriteInto(temporary / "a" / "b" / "out", false);
  EXPECT_EQ(temporary.Files(), (Names{"a/b/out/b/y.csv", "a/b/out/report.html"}));
}

TEST(OutputFolder, MayBeARelativePath) {
  const TemporaryFolder temporary;
  const fs::path before = fs::current_path();
  fs::current_path(temporary.path());
  WriteInto("out", false);
  WriteInto("a/out", false);
  fs::current_path(before);
  EXPECT_EQ(temporary.Files(),
            (Names{"a/out/b/y.csv", "a/out/report.html", "out/b/y.csv", "out/report.html"}));
}

TEST(OutputFolder, TakesAwayTheFoldersItMadeWhenItIsNotCommitted) {
  const TemporaryFolder temporary;
  fs::create_directory(temporary / "a");
  OpenOutputFolder(temporary / "a" / "b" / "c" / "out", false);
  EXPECT_TRUE(fs::is_empty(temporary / "a"));
}

TEST(OutputFolder, TakesAwayWhatAKilledRunLeft) {
  const TemporaryFolder temporary;
  for (const char* name :
       {".out.dijia-999", ".out.dijia-999-2", ".out.dijia-999-old", ".outer.dijia-1"}) {
    fs::create_directory(temporary / name);
    Put(temporary / name / "report.html", "half");
  }
  WriteInto(temporary / "out", false);
  EXPECT_EQ(temporary.Files(),
            (Names{".out.dijia-999-old/report.html", ".outer.dijia-1/report.html", "out/b/y.csv",
                   "out/report.html"}));
}

TEST(OutputFolder, LeavesAloneWhatAnotherRunIsWriting) {
  const TemporaryFolder temporary;
  const auto first = OpenOutputFolder(temporary / "out", false);
  Put(first->folder() / "report.html", "first");
  WriteInto(temporary / "out", false);
  EXPECT_EQ(Contents(first->folder() / "report.html"), "first");
}

TEST(OutputFolder, IsTakenAwayWhileAnotherThreadWritesIntoIt) {
  const TemporaryFolder temporary;
  const auto staged = OpenOutputFolder(temporary / "out", false);
  std::thread writer([&staged] {
    try {
      for (int i = 0; i < 100'000; ++i) {
        io::WriteText(staged->folder() / std::to_string(i), "x");
      }
    } catch (const io::FileError&) {  // the folder went away, as it should
    }
  });
  while (fs::is_empty(staged->folder())) std::this_thread::yield();
  staged->Discard();
  writer.join();
  EXPECT_TRUE(fs::is_empty(temporary.path()));
  staged->Commit();
  EXPECT_TRUE(fs::is_empty(temporary.path()));
}

}  // namespace
}  // namespace dijia::app
