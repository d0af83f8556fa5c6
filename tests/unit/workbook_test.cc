// The parts of a publication's workbook: texts in cells, intervals, names of sheets, the layout as
// it is documented.
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "support/sheet_texts.h"
#include "support/temporary_folder.h"
#include "support/tongdao.h"
#include "workbook/cell_text.h"
#include "workbook/intervals.h"
#include "workbook/layout.h"
#include "workbook/publication_reader.h"
#include "workbook/publication_sheets.h"

namespace dijia::workbook {
namespace {

TEST(CellText, HoldsEveryText) {
  for (const std::string text :
       {"", "\"\"", "居住",
        "a\x01"
        "b",
        "_x0001_", "_x005F_x0001_", " lead", "trail ", "\n", "a\tb", "cr\rx", "\x7f", "𠀀", "1.10",
        "3.30000000000000003", "\xEF\xBF\xBF", "_xD800_", "_x"}) {
    EXPECT_EQ(TextOfCell(CellOf(text)), text) << text;
    EXPECT_EQ(TextOfCell(CellOf(text, true)), text) << text;
  }
  EXPECT_EQ(CellOf("五通一平"), "五通一平");
  EXPECT_EQ(CellOf("a\x01"), "a_x0001_");
  EXPECT_EQ(CellOf(""), "\"\"");
  EXPECT_EQ(CellOf("因素", true), "_x56E0_素");
}

std::string Shown(const Interval& interval) {
  const auto side = [](std::optional<bool> has, const char* yes, const char* no) {
    return !has ? "?" : *has ? yes : no;
  };
  return (interval.low ? side(interval.has_low, "[", "(") + interval.low->ToString() : "") + " " +
         (interval.high ? interval.high->ToString() + side(interval.has_high, "]", ")") : "");
}

TEST(Intervals, AreReadAsTablesPrintThem) {
  const std::pair<const char*, const char*> cases[] = {{"<200", " 200)"},
                                                       {"≤300", " 300]"},
                                                       {"≥1200", "[1200 "},
                                                       {">=1200", "[1200 "},
                                                       {"＞700", "(700 "},
                                                       {"[200,500)", "[200 500)"},
                                                       {"（200，500］", "(200 500]"},
                                                       {"300-700", "?300 700?"},
                                                       {"300至700", "?300 700?"},
                                                       {"300～700", "?300 700?"},
                                                       {"-10--5", "?-10 -5?"},
                                                       {"全部", " "}};
  for (const auto& [cell, expected] : cases) {
    const auto read = ParseIntervals(cell);
    ASSERT_TRUE(read && read->size() == 1) << cell;
    EXPECT_EQ(Shown(read->front()), expected) << cell;
  }
  EXPECT_EQ(ParseIntervals("<1;≥2")->size(), 2);
  for (const char* cell : {"", "500以上", "[500,200)", "5-5", "[,5)", "<", "优"}) {
    EXPECT_FALSE(ParseIntervals(cell)) << cell;
  }
}

TEST(Intervals, OfBreaksGiveTheBreaksAgain) {
  const Measure m = Measure::Of(1);
  const Breaks all[] = {{{}, ClosedEnd::kLeft, {"a"}},
                        {{m}, ClosedEnd::kRight, {"a", "b"}},
                        {{-m, Measure(), m}, ClosedEnd::kLeft, {"a", "b", "a", "a"}}};
  for (const Breaks& breaks : all) {
    std::vector<Interval> intervals;
    for (const std::string level : {"a", "b"}) {
      const std::string cell = DivisionOf(breaks, level);
      if (cell.empty()) continue;
      const auto read = ParseIntervals(cell);
      ASSERT_TRUE(read) << cell;
      for (Interval interval : *read) {
        interval.level = level;
        intervals.push_back(interval);
      }
    }
    std::vector<Diagnostic> problems;
    const auto division = Divide(intervals, breaks.closed, problems);
    ASSERT_TRUE(division);
    EXPECT_EQ(division->breaks, breaks);
  }
}

std::vector<SheetText> Sheets(const Publication& publication) {
  Diagnostics diagnostics;
  auto sheets = SheetsOf(publication, diagnostics);
  EXPECT_EQ(diagnostics.total(), 0);
  return sheets;
}

TEST(PublicationSheets, OfTongdaoLookAsThey) {
  const std::filesystem::path golden = DIJIA_SOURCE_DIR "/tests/golden/workbook/tongdao.txt";
  const std::string text = test::TextOfSheets(test::SheetsRead(Sheets(test::Tongdao())));
  if (std::getenv("DIJIA_UPDATE_GOLDEN") != nullptr) test::Put(golden, text);
  EXPECT_EQ(text, test::Contents(golden));
}

TEST(PublicationSheets, ShareEqualTablesUnderNamesThatProgramsTake) {
  Publication publication = test::Tongdao();
  PublishedUse& use = publication.uses.begin()->second;
  const std::string long_name(40, 'x');
  for (const std::string& name : {long_name, long_name + "y", std::string("[a]:*?/\\'")}) {
    use.coefficients[name] = Additive{{{name, UnitPrice::Of(1)}}};
  }
  std::set<std::string> names;
  for (const SheetText& sheet : Sheets(publication)) {
    EXPECT_TRUE(names.insert(sheet.name).second) << sheet.name;
    EXPECT_EQ(sheet.name.find_first_of("[]:*?/\\'"), std::string::npos) << sheet.name;
  }
  EXPECT_TRUE(names.contains("商业服务业·" + std::string(25, 'x')));
  EXPECT_TRUE(names.contains("商业服务业·" + std::string(23, 'x') + " 2"));
  EXPECT_TRUE(names.contains("商业服务业·形状"));
  EXPECT_FALSE(names.contains("公用设施·形状"));  // the same table
}

TEST(PublicationSheets, RefuseWhatNoWorkbookHolds) {
  Publication publication = test::Tongdao();
  publication.title = std::string(kLongestCell + 1, 'x');
  auto& levels = publication.uses.begin()->second.coefficients["wide"].emplace<Factors>();
  Factors::Factor factor;
  for (std::size_t i = 0; i < kMostColumns; ++i) factor.levels[std::to_string(i)] = Percent();
  levels.tables[0].push_back(factor);
  Diagnostics diagnostics;
  SheetsOf(publication, diagnostics);
  std::set<Code> codes;
  for (const Diagnostic& told : diagnostics.kept()) codes.insert(told.code);
  EXPECT_EQ(codes, (std::set{Code::kCellTooLong, Code::kSheetTooLarge}));
}

TEST(Layout, IsDocumented) {
  const std::string page = test::Contents(DIJIA_SOURCE_DIR "/service/workbook.md");
  const auto expect = [&page](std::string_view text) {
    EXPECT_NE(page.find(text), std::string::npos) << text << " is not in service/workbook.md";
  };
  for (const std::string_view sheet : kFixedSheets) expect(sheet);
  for (const Columns columns :
       {Columns(kFacts), Columns(kFactColumns), Columns(kRoundingColumns), Columns(kUseColumns),
        Columns(kFormulaColumns), Columns(kGradeColumns), Columns(kZoneColumns),
        Columns(kRouteColumns), Columns(kDirectoryColumns), ColumnsOf("curve"), ColumnsOf("index"),
        ColumnsOf("levels"), ColumnsOf("factors"), ColumnsOf("additive"), ColumnsOf("depth"),
        ColumnsOf("matrix")}) {
    for (const Column& column : columns) {
      expect(column.header);
      for (const Word& word : column.words) expect(word.word);
    }
  }
  for (const Word& word : kCoefficientWords) expect(word.word);
}

}  // namespace
}  // namespace dijia::workbook
