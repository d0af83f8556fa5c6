#include "cli/text_table.h"

#include <gtest/gtest.h>

namespace dijia::cli {
namespace {

TEST(DisplayWidth, CountsTwoForEastAsianWideCharacters) {
  EXPECT_EQ(DisplayWidth("abc"), 3U);
  EXPECT_EQ(DisplayWidth("元/㎡"), 5U);
  EXPECT_EQ(DisplayWidth("（合成）"), 8U);
  EXPECT_EQ(DisplayWidth("𠀀"), 2U);
  EXPECT_EQ(DisplayWidth("95 – 97"), 7U);
  EXPECT_EQ(DisplayWidth(""), 0U);
}

TEST(DisplayWidth, OfBytesThatAreNoCharacterDoesNotRunAway) {
  EXPECT_EQ(DisplayWidth("\xE5"), 1U);
  EXPECT_EQ(DisplayWidth("\xFF\x80"), 1U);
}

TEST(TextTable, AlignsChineseAndEnglishByWhatTheEyeSees) {
  TextTable table({TextTable::Align::kLeft, TextTable::Align::kRight, TextTable::Align::kLeft});
  table.Add({"用途", "price", "note"});
  table.Add({"商业服务业", "7", ""});
  table.Add({"x", "1234567", "thin"});
  EXPECT_EQ(table.ToString(),
            "用途          price  note\n"
            "─────────────────────────\n"
            "商业服务业        7\n"
            "x           1234567  thin\n");
}

// Once a note of a thousand characters was ruled over its whole length.
TEST(TextTable, RulesNoMoreThanATerminalIsWide) {
  const auto rule_over = [](std::size_t width) {
    TextTable table({TextTable::Align::kLeft});
    table.Add({"note"});
    table.Add({std::string(width, 'n')});
    const std::string text = table.ToString();
    const std::size_t begin = text.find('\n') + 1;
    return DisplayWidth(text.substr(begin, text.find('\n', begin) - begin));
  };
  EXPECT_EQ(rule_over(119), 119U);
  EXPECT_EQ(rule_over(120), 120U);
  EXPECT_EQ(rule_over(1000), 120U);
}

}  // namespace
}  // namespace dijia::cli
