// Runs the .test files of this folder (README.md).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/case_file.h"
#include "cli/fixtures.h"
#include "cli/shell.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;

const fs::path kCases = fs::path(DIJIA_SOURCE_DIR) / "tests" / "cli" / "cases";
constexpr std::string_view kParts[] = {"run",    "stdin", "exit", "stdout",
                                       "stderr", "files", "setup"};

// What `ulimit -v` may leave the program, in KiB; sanitizers map terabytes of addresses.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr const char* kAddressSpace = "unlimited";
#else
constexpr const char* kAddressSpace = "4000000";
#endif

// With libxlsxwriter made once, for all cases.
const TemporaryFolder& Fixtures() {
  static const TemporaryFolder folder;
  static const bool written = [] {
    WriteFixtures(folder.path());
    return true;
  }();
  EXPECT_TRUE(written);
  return folder;
}

std::vector<std::string> CaseNames() {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(kCases)) {
    if (entry.path().extension() == ".test") {
      names.push_back(entry.path().lexically_relative(kCases).replace_extension().generic_string());
    }
  }
  std::ranges::sort(names);
  return names;
}

std::string Lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

// A file that stands in the case: folders of its name are made.
void WriteInputs(const CaseFile& test, const fs::path& folder) {
  for (const auto& [name, text] : test.parts()) {
    if (std::ranges::find(kParts, name) != std::end(kParts)) continue;
    fs::create_directories((folder / name).parent_path());
    Put(folder / name, text);
  }
  if (!test.Has("setup")) return;
  const ShellResult setup = RunShell("set -e\n" + test.Part("setup"), folder);
  ASSERT_EQ(setup.exit, 0) << setup.err;
}

// What the program did, in the form of the case file.
CaseFile Observed(const CaseFile& expected, const fs::path& folder) {
  const ShellResult result = RunShell(expected.Part("run"), folder, expected.Part("stdin"));
  CaseFile observed = expected;
  observed.Set("exit", std::to_string(result.exit) + "\n");
  observed.Set("stdout", result.out);
  observed.Set("stderr", result.err);
  return observed;
}

// A wrong input ends with 1, 2 or 3 and leaves an output folder whole or not at all.
void ExpectRefusal(const std::string& exit, const std::vector<std::string>& files) {
  EXPECT_TRUE(exit == "1\n" || exit == "2\n" || exit == "3\n") << exit;
  const auto is_half = [](const std::string& file) {
    return file.find(".dijia-") != std::string::npos;
  };
  EXPECT_TRUE(std::ranges::none_of(files, is_half)) << Lines(files);
  const auto is_output = [](const std::string& file) {
    return file.starts_with("out/") && file.find('.') != std::string::npos &&
           file != "out/notes.txt";
  };
  // The evidence is written last.
  if (std::ranges::none_of(files, is_output)) return;
  EXPECT_EQ(std::ranges::count(files, "out/evidence.json"), 1) << Lines(files);
}

class CommandLine : public testing::TestWithParam<std::string> {};

TEST_P(CommandLine, DoesWhatTheCaseSays) {
  ::setenv("FIXTURES", Fixtures().path().c_str(), 1);
  ::setenv("GOLDEN", (fs::path(DIJIA_SOURCE_DIR) / "tests" / "golden").c_str(), 1);
  ::setenv("ADDRESS_SPACE", kAddressSpace, 1);
  const fs::path file = kCases / (GetParam() + ".test");
  const CaseFile expected = CaseFile::Read(file);
  const TemporaryFolder folder;
  WriteInputs(expected, folder.path());
  const std::string before = Lines(folder.Files());
  CaseFile observed = Observed(expected, folder.path());
  const std::string after = Lines(folder.Files());
  observed.Set("files", after == before ? "" : after);

  if (GetParam().starts_with("bad/")) ExpectRefusal(observed.Part("exit"), folder.Files());
  if (std::getenv("DIJIA_UPDATE_GOLDEN") != nullptr) {
    observed.Write(file);
    return;
  }
  for (const char* part : {"exit", "stdout", "stderr", "files"}) {
    EXPECT_EQ(observed.Part(part), expected.Part(part)) << part;
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, CommandLine, testing::ValuesIn(CaseNames()),
                         [](const auto& tested) {
                           std::string name = tested.param;
                           std::ranges::replace_if(
                               name, [](char c) { return c == '/' || c == '-' || c == '.'; }, '_');
                           return name;
                         });

TEST(CommandLineCases, AreAtLeastAHundredBadInputs) {
  const std::vector<std::string> names = CaseNames();
  EXPECT_GE(std::ranges::count_if(names,
                                  [](const std::string& name) { return name.starts_with("bad/"); }),
            100);
}

}  // namespace
}  // namespace dijia::test
