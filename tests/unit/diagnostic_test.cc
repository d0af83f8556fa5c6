#include "dijia/base/diagnostic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "dijia/base/codes.h"

namespace dijia {
namespace {

TEST(Codes, AreKnownByStableIds) {
  EXPECT_EQ(CodeId(Code::kNotANumber), "DJ-1101");
  EXPECT_EQ(CodeId(Code::kInternal), "DJ-9001");
}

// How many placeholders {0}, {1}, … a text has, and whether they are numbered without a gap.
int Placeholders(std::string_view text) {
  int count = 0;
  for (char digit = '0'; digit <= '9'; ++digit) {
    const std::string token = {'{', digit, '}'};
    if (text.find(token) == std::string_view::npos) break;
    ++count;
  }
  return count;
}

TEST(Codes, HaveTextsInBothLanguagesWithTheSamePlaceholders) {
  for (const CodeRow& row : CodeTable()) {
    EXPECT_FALSE(row.zh.empty()) << CodeId(row.code);
    EXPECT_FALSE(row.en.empty()) << CodeId(row.code);
    EXPECT_EQ(Placeholders(row.zh), Placeholders(row.en)) << CodeId(row.code);
  }
}

// House style: lower case, one line, no exclamation marks, no "invalid input".
TEST(Codes, HaveTextsInHouseStyle) {
  for (const CodeRow& row : CodeTable()) {
    EXPECT_FALSE(row.en[0] >= 'A' && row.en[0] <= 'Z' && !(row.en[1] >= 'A' && row.en[1] <= 'Z'))
        << CodeId(row.code) << " starts with a capital: " << row.en;
    for (const std::string_view forbidden : {"!", "\n", "invalid input"}) {
      EXPECT_EQ(row.en.find(forbidden), std::string_view::npos) << CodeId(row.code);
    }
    EXPECT_EQ(row.zh.find("！"), std::string_view::npos) << CodeId(row.code);
  }
}

TEST(Diagnostic, NamesPlaceFieldAndValue) {
  const Diagnostic diagnostic{Code::kNotANumber, {"a.csv", 14, 6, "far"}, {"0,8"}};
  EXPECT_EQ(Describe(diagnostic, Language::kEn),
            "a.csv:14:6: error DJ-1101 [far]: \"0,8\" is not a number; a decimal such as 84.5 is "
            "allowed");
  EXPECT_EQ(Describe(diagnostic, Language::kZh),
            "a.csv:14:6: 错误 DJ-1101 [far]: “0,8”不是数值，应为如 84.5 的十进制数");
}

// "a.csv:6" would be row 6.
TEST(Diagnostic, SaysThatAPlaceIsAColumn) {
  const Diagnostic note{Code::kCellsNormalised, {"a.csv", 0, 6, "price"}, {"2", "1,810.5"}};
  const std::string en = Describe(note, Language::kEn), zh = Describe(note, Language::kZh);
  EXPECT_TRUE(en.starts_with("a.csv: column 6: note DJ-1113 [price]: 2 cells ")) << en;
  EXPECT_TRUE(zh.starts_with("a.csv: 第 6 列: 提示 DJ-1113 [price]: 2 格")) << zh;
}

// What appraisers call a sample is theirs, also where it is spelt as a code.
TEST(Diagnostic, SaysCodesOfSamplesInWords) {
  const Diagnostic refused{
      Code::kInclusionNotPossible, {}, {"outlier", "no_price", "duplicate, outlier"}};
  EXPECT_EQ(TextOf(refused, Language::kZh),
            "“outlier”不能采用：无价格；决定采用只能推翻 重复、异常值");
  EXPECT_EQ(TextOf(refused, Language::kEn),
            "\"outlier\" cannot be included: no price; an inclusion overrules only duplicate, "
            "outlier");
  const Diagnostic vain{Code::kDecisionWithoutEffect, {}, {"A5", "include", "used"}};
  EXPECT_EQ(TextOf(vain, Language::kZh), "对“A5”的决定 采用 不改变结果：没有决定时是 采用");
  const Diagnostic left_out{Code::kDecisionWithoutEffect, {}, {"A5", "exclude", "no_price"}};
  EXPECT_EQ(TextOf(left_out, Language::kZh),
            "对“A5”的决定 剔除 不改变结果：没有决定时是 不采用（无价格）");
  EXPECT_EQ(TextOf(left_out, Language::kEn),
            "the decision to exclude \"A5\" changes nothing: without it the sample is left out (no "
            "price)");
  const Diagnostic unknown{Code::kDecisionWithoutEffect, {}, {"A5", "exclude"}};
  EXPECT_EQ(TextOf(unknown, Language::kEn),
            "the decision to exclude \"A5\" changes nothing: without it the sample is {2}");
}

TEST(Diagnostic, LeavesOutWhatIsNotKnown) {
  const Diagnostic diagnostic{Code::kInternal, {}, {"x"}};
  EXPECT_EQ(Describe(diagnostic, Language::kEn), "error DJ-9001: internal error: x");
}

TEST(Render, LeavesPlaceholdersWithoutArgumentAsTheyAre) {
  EXPECT_EQ(Render(Code::kInternal, {}, Language::kEn), "internal error: {0}");
}

TEST(Diagnostics, KeepsAThousandAndCountsAll) {
  Diagnostics diagnostics;
  for (int i = 0; i < 1500; ++i) diagnostics.Add(Code::kNotANumber, {}, {std::to_string(i)});
  EXPECT_EQ(diagnostics.kept().size(), Diagnostics::kKept);
  EXPECT_EQ(diagnostics.errors(), 1500U);
  EXPECT_EQ(diagnostics.kept().back().arguments[0], "999");
}

TEST(Diagnostics, AppendKeepsOrderAndCounts) {
  Diagnostics first, second;
  for (int i = 0; i < 800; ++i) first.Add(Code::kNotANumber, {}, {"a"});
  for (int i = 0; i < 800; ++i) second.Add(Code::kNotADate, {}, {"b"});
  first.Append(second);
  EXPECT_EQ(first.total(), 1600U);
  EXPECT_EQ(first.kept().size(), Diagnostics::kKept);
  EXPECT_EQ(std::ranges::count(first.kept(), Code::kNotADate, &Diagnostic::code), 200);
}

}  // namespace
}  // namespace dijia
