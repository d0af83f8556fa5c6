// Stories of offices, told once and played in every kind of store (story/*.story, README.md).
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "cli/case_file.h"
#include "cli/shell.h"
#include "store/named_store.h"
#include "store/store_kind.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;

const fs::path kStories = fs::path(DIJIA_SOURCE_DIR) / "tests" / "cli" / "story";
const fs::path kRecords = fs::path(DIJIA_SHARED_DIR) / "realdata" / "landchina_im";

// Without what differs from run to run: times, the hashes that cover them, and the store's place.
std::string Steady(std::string text, const std::string& store) {
  const std::string shown = store.starts_with("postgres") ? store::ShownName(store) : store;
  for (std::size_t at = text.find(shown); at != std::string::npos; at = text.find(shown, at)) {
    text.replace(at, shown.size(), "STORE");
  }
  static const std::regex time("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z"), hash("[0-9a-f]{64}");
  return std::regex_replace(std::regex_replace(text, time, "TIME"), hash, "HASH");
}

class Story : public StoreTest {
 protected:
  std::string Play(const std::string& commands) {
    const ShellResult result = RunShell("exec 2>&1\n" + commands, folder_.path());
    return Steady(result.out, GetParam().store_name(folder_.path()));
  }
  // What the database says to each statement.
  std::string Try(const std::string& statements) {
    const auto raw = GetParam().raw(folder_.path());
    std::istringstream lines(statements);
    std::string line, said;
    while (std::getline(lines, line)) said += raw->Try(line) + "\n";
    return said;
  }

  // Plays a story and holds what is said against what is written; or writes it.
  void Tell(const fs::path& story) {
    ::setenv("DIJIA_STORE", GetParam().store_name(folder_.path()).c_str(), 1);
    ::setenv("OTHER_STORE", GetParam().store_name(other_.path()).c_str(), 1);
    GetParam().provide(folder_.path());
    GetParam().provide(other_.path());
    const CaseFile expected = CaseFile::Read(story);
    CaseFile observed = expected;
    for (const auto& [part, text] : expected.parts()) observed.Set(part, "");
    std::vector<std::string> said;
    for (const auto& [part, text] : expected.parts()) {
      if (part.starts_with("said ")) continue;
      observed.Set(part, text);
      said.push_back("said " + part.substr(part.find(' ') + 1));
      observed.Set(said.back(), part.starts_with("sql ") ? Try(text) : Play(text));
    }
    if (std::getenv("DIJIA_UPDATE_GOLDEN") != nullptr) {
      observed.Write(story);
      return;
    }
    for (const std::string& part : said)
      EXPECT_EQ(observed.Part(part), expected.Part(part)) << part;
  }

  TemporaryFolder folder_, other_;
};

TEST_P(Story, OfTwoRoundsOfPrices) {
  if (!fs::exists(kRecords)) GTEST_SKIP() << "no folder " << kRecords;
  ::setenv("RECORDS", kRecords.c_str(), 1);
  ::setenv("SUPPORT", DIJIA_SOURCE_DIR "/tests/support", 1);
  Tell(kStories / "two_rounds.story");
}

TEST_P(Story, OfSamplesThatWereImportedOnce) {
  ::setenv("EXAMPLE", DIJIA_SOURCE_DIR "/data/example", 1);
  Tell(kStories / "samples.story");
}

TEST_P(Story, OfLandClassesOverTime) { Tell(kStories / "land_classes.story"); }

TEST_P(Story, OfPeopleWhoMayDoWhat) { Tell(kStories / "people.story"); }

TEST_P(Story, OfChecksThatWereKept) { Tell(kStories / "kept_checks.story"); }

INSTANTIATE_TEST_SUITE_P(BackEnds, Story, testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace dijia::test
