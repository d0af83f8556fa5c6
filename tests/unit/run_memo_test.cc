#include "io/run_memo.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace dijia::io {
namespace {

std::uint32_t Find(const RunMemo& memo, const std::string& text) {
  return memo.Find(text.data(), text.size());
}

TEST(RunMemo, NumbersTextsInTheirOrder) {
  RunMemo memo;
  EXPECT_EQ(Find(memo, ""), RunMemo::kNone);
  EXPECT_EQ(memo.Keep("", 0), 0U);
  EXPECT_EQ(memo.Keep("a,b", 3), 1U);
  EXPECT_EQ(Find(memo, ""), 0U);
  EXPECT_EQ(Find(memo, "a,b"), 1U);
  EXPECT_EQ(Find(memo, "a,"), RunMemo::kNone);
  EXPECT_EQ(memo.size(), 2U);
}

// Texts of every length up to a few steps of the hash, each with one byte changed in every place.
TEST(RunMemo, TellsTextsApartByEveryByte) {
  constexpr unsigned kSeed = 71;
  std::mt19937 random(kSeed);
  RunMemo memo;
  std::vector<std::string> texts;
  for (std::size_t length = 0; length <= 70; ++length) {
    std::string text(length, '\0');
    for (char& c : text) c = static_cast<char>(random());
    const std::string first = text;
    for (std::size_t i = 0; i <= length; ++i) {
      if (i > 0) text[i - 1] = static_cast<char>(text[i - 1] ^ 1);
      ASSERT_EQ(Find(memo, text), RunMemo::kNone) << "seed " << kSeed << " length " << length;
      ASSERT_EQ(memo.Keep(text.data(), text.size()), texts.size());
      texts.push_back(text);
    }
  }
  for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(Find(memo, texts[i]), i);
}

// The bytes around a text do not count.
TEST(RunMemo, FindsATextWhereverItStands) {
  RunMemo memo;
  const std::string text = "industrial,listing,2013-03-01,13";
  memo.Keep(text.data(), text.size());
  for (std::size_t before = 0; before < 20; ++before) {
    const std::string around = std::string(before, 'x') + text + "yz";
    EXPECT_EQ(memo.Find(around.data() + before, text.size()), 0U);
  }
}

}  // namespace
}  // namespace dijia::io
