#include "app/output_names.h"

#include <gtest/gtest.h>

namespace dijia::app {
namespace {

using Paths = std::vector<std::filesystem::path>;
using Names = std::vector<std::string>;

TEST(DisplayNames, ShowNoFolderWhereNoneIsNeeded) {
  EXPECT_EQ(DisplayNames(Paths{"/home/office/2012.csv", "/data/2013.csv"}),
            (Names{"2012.csv", "2013.csv"}));
}

TEST(DisplayNames, ShowAsManyFoldersAsTellFilesApart) {
  EXPECT_EQ(DisplayNames(Paths{"/a/x/s.csv", "/b/x/s.csv", "/b/y/s.csv"}),
            (Names{"a/x/s.csv", "b/x/s.csv", "y/s.csv"}));
}

TEST(DisplayNames, OfTheSameFileTwiceAreEqual) {
  EXPECT_EQ(DisplayNames(Paths{"/a/s.csv", "/a/s.csv"}), (Names{"s.csv", "s.csv"}));
}

TEST(DisplayNames, OfTheStandardInputIsADash) { EXPECT_EQ(DisplayNames(Paths{"-"}), Names{"-"}); }

TEST(FolderName, JoinsCountyAndArea) {
  EXPECT_EQ(FolderName("152502", ""), "152502");
  EXPECT_EQ(FolderName("152502", "城区"), "152502-城区");
  EXPECT_EQ(FolderName("", "城区"), "城区");
  EXPECT_EQ(FolderName("", ""), "unknown");
}

TEST(FolderName, NeverLeavesTheOutputFolder) {
  EXPECT_EQ(FolderName("..", ""), "_.");
  EXPECT_EQ(FolderName("1", "../../etc/passwd"), "1-.._.._etc_passwd");
  EXPECT_EQ(FolderName("1", std::string("a\0b", 3)), "1-a_b");
  EXPECT_EQ(FolderName("1", "C:\\x"), "1-C__x");
}

TEST(FolderName, CutsLongNamesBetweenCharacters) {
  std::string area;
  for (int i = 0; i < 60; ++i) area += "区";
  const std::string name = FolderName("152502", area);
  EXPECT_LE(name.size(), 120U);
  EXPECT_EQ((name.size() - 7) % 3, 0U);
}

TEST(MakeDistinct, NumbersNamesThatOccurredBefore) {
  Names names{"a", "b", "a", "a", "a-2"};
  MakeDistinct(names);
  EXPECT_EQ(names, (Names{"a", "b", "a-2", "a-3", "a-2-2"}));
}

}  // namespace
}  // namespace dijia::app
