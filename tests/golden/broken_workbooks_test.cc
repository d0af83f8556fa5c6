// Workbooks with a mistake, each with the message that names its cell:
// golden/workbook/messages.txt. DIJIA_UPDATE_GOLDEN=1 renews it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "io/sheet_cells.h"
#include "io/workbook.h"
#include "json/publication_codec.h"
#include "json/text.h"
#include "support/sheet_texts.h"
#include "support/table_files.h"
#include "support/temporary_folder.h"
#include "workbook/publication_reader.h"

namespace dijia {
namespace {

const std::filesystem::path kFolder = DIJIA_SOURCE_DIR "/tests/golden/workbook";

// A cell with another text; `*` renames the sheet (an empty text takes it away), `+` merges.
struct Edit {
  std::string sheet, cell, text;
};
struct Mistake {
  const char* name;
  std::vector<Edit> edits;
};

const std::vector<Mistake> kMistakes = {
    {"a sheet that is needed is missing", {{"概况", "*", ""}}},
    {"a sheet has another name", {{"级别地价", "*", "级别价"}}},
    {"a sheet that nobody reads", {{"区片地价", "*", "区片价"}}},
    {"a sheet without its header", {{"用途", "A1", "使用"}}},
    {"a column is misspelt", {{"用途", "C1", "年期"}}},
    {"a column that does not exist", {{"级别地价", "G1", "去年地价"}}},
    {"a column is missing",
     {{"取整", "D1", ""}, {"取整", "D2", ""}, {"取整", "D3", ""}, {"取整", "D4", ""}}},
    {"a column stands twice", {{"级别地价", "G1", "级别"}}},
    {"a cell beside the table", {{"用途", "F2", "备注"}}},
    {"an item is misspelt", {{"概况", "A3", "编码"}}},
    {"an item stands twice", {{"概况", "A10", "施行日"}}},
    {"an item is empty", {{"概况", "B4", ""}}},
    {"another format", {{"概况", "B2", "dijia-publication/2"}}},
    {"a day that is none", {{"概况", "B8", "2025-02-30"}}},
    {"a day as a serial number", {{"概况", "B8", "#45748"}}},
    {"an end before the beginning", {{"概况", "B10", "2025-01-06"}}},
    {"a status that is none", {{"概况", "B11", "生效"}}},
    {"a use that is none", {{"用途", "A3", "住房"}}},
    {"a use stands twice", {{"用途", "A3", "商业服务业"}}},
    {"a term that is no number", {{"用途", "C2", "四十年"}}},
    {"a term of nothing", {{"用途", "C2", "0"}}},
    {"a rate with too many decimals", {{"用途", "D3", "6.75001"}}},
    {"a result rounded twice", {{"取整", "A3", "修正系数"}}},
    {"a rounding that is none", {{"取整", "D2", "四舍六入"}}},
    {"a rounding to nothing", {{"取整", "C2", "0"}}},
    {"a magnitude of another result", {{"取整", "A4", "总价"}}},
    {"prices of a use that is not listed", {{"级别地价", "A2", "工业"}}},
    {"a grade that is none", {{"级别地价", "B2", "甲级"}}},
    {"a grade stands twice", {{"级别地价", "B3", "1"}}},
    {"a price that is no number", {{"级别地价", "D2", "约1590"}, {"级别地价", "E2", ""}}},
    {"a price with too many decimals", {{"级别地价", "D2", "1590.00001"}, {"级别地价", "E2", ""}}},
    {"a price of nothing", {{"级别地价", "D2", "0"}, {"级别地价", "E2", ""}}},
    {"a price that is not filled in", {{"级别地价", "D2", ""}, {"级别地价", "E2", ""}}},
    {"prices in two units that disagree", {{"级别地价", "D3", "1245"}}},
    {"a zone stands twice", {{"区片地价", "B3", "J101"}}},
    {"a route without a price", {{"路线价", "C2", ""}}},
    {"a formula of a coefficient that is not there", {{"公式", "D4", "朝向"}}},
    {"a formula that multiplies an addition", {{"公式", "C5", "连乘"}}},
    {"a formula with two sums", {{"公式", "C9", "求和"}}},
    {"a part of a formula without a coefficient", {{"公式", "D3", ""}}},
    {"a kind that is none", {{"修正系数", "C2", "公式"}}},
    {"a coefficient stands twice", {{"修正系数", "B4", "年期"}}},
    {"a table that is not there", {{"修正系数", "D4", "形状表"}}},
    {"a coefficient without its table", {{"修正系数", "D4", ""}}},
    {"a table of a formula", {{"修正系数", "D2", "形状"}}},
    {"a parameter of another kind", {{"修正系数", "E4", "分级"}}},
    {"a parameter that is needed", {{"修正系数", "J9", ""}}},
    {"a rate that is no number", {{"修正系数", "J9", "千分之二"}}},
    {"rows out of order", {{"居住容积率", "A3", "2.5"}}},
    {"a column of no grade", {{"居住容积率", "C1", "二等"}}},
    {"a curve without rows",
     {{"居住容积率", "A2", "指数"}, {"居住容积率", "A3", "指数"}, {"居住容积率", "A4", "指数"}}},
    {"a figure with two points", {{"居住容积率", "C3", "0.88.18"}}},
    {"a level stands twice", {{"形状", "A4", "优"}}},
    {"a level without a figure", {{"形状", "B3", ""}}},
    {"half a range", {{"形状", "D2", ""}}},
    {"a range upside down", {{"形状", "C2", "1.05"}}},
    {"an interval that is none", {{"居住面积", "C3", "500以上"}}},
    {"a gap", {{"居住面积", "C3", "[600,2000)"}}},
    {"an overlap", {{"居住面积", "C3", "[400,2000)"}}},
    {"a bound in both", {{"居住面积", "C4", "≤500"}}},
    {"a bound in none", {{"居住面积", "C3", "(500,2000)"}}},
    {"bounds on different sides", {{"居住面积", "C3", "(500,2000)"}, {"居住面积", "C4", "≤500"}}},
    {"ends that nobody gives away",
     {{"居住面积", "C2", "2000-9000"},
      {"居住面积", "C3", "500-2000"},
      {"居住面积", "C4", "0-500"},
      {"修正系数", "O10", ""}}},
    {"a highest range that ends", {{"居住面积", "C2", "[2000,9000)"}}},
    {"a level of a division without a figure", {{"居住区域", "G2", ""}}},
    {"a division before its figures", {{"居住区域", "B3", "距商场距离"}}},
    {"weights that do not sum to one", {{"居住区域", "E4", "0.3"}}},
    {"a day of an index that is none", {{"指数", "A3", "2026年13月1日"}}},
    {"days of an index out of order", {{"指数", "A3", "2024-01-01"}}},
    {"a standard that has no row", {{"比准", "C2", "中"}}},
    {"a formula without a result", {{"级别地价", "D2", "=B2*1590"}}},
    {"merged cells", {{"级别地价", "+", "A2:A4"}, {"级别地价", "A3", ""}, {"级别地价", "A4", ""}}},
    {"many mistakes at once",
     {{"概况", "B8", "去年"},
      {"取整", "C2", "万分之一"},
      {"级别地价", "D3", "约1425"},
      {"级别地价", "E3", ""},
      {"居住面积", "C3", "[600,2000)"},
      {"公式", "C4", "乘"}}},
};

void Apply(const Edit& edit, std::vector<test::XlsxSheet>& sheets) {
  const auto sheet = std::ranges::find(sheets, edit.sheet, &test::XlsxSheet::name);
  ASSERT_NE(sheet, sheets.end()) << edit.sheet;
  if (edit.cell == "*" && edit.text.empty()) {
    sheets.erase(sheet);
  } else if (edit.cell == "*") {
    sheet->name = edit.text;
  } else if (edit.cell == "+") {
    sheet->merged = edit.text;
  } else {
    const auto place = io::PlaceOf(edit.cell);
    ASSERT_TRUE(place) << edit.cell;
    if (sheet->rows.size() < place->row) sheet->rows.resize(place->row);
    auto& row = sheet->rows[place->row - 1];
    if (row.size() < place->column) row.resize(place->column);
    row[place->column - 1] = edit.text;
  }
}

std::vector<io::WorkbookSheet> SmallSheets() {
  return test::SheetsOfText(test::Contents(kFolder / "small.txt"));
}

// What only workbooks can be told.
const std::set<Code> kWorkbookCodes = {
    Code::kSheetMissing, Code::kSheetUnknown,    Code::kSheetWithoutHeader,
    Code::kCellMissing,  Code::kCellNotUsed,     Code::kCellWithoutHeader,
    Code::kIntervalGap,  Code::kIntervalOverlap, Code::kIntervalNotUnderstood,
    Code::kBoundInBoth,  Code::kBoundInNone,     Code::kDivisionWithoutFigures,
    Code::kSidesDiffer,  Code::kSideNotStated,   Code::kWeightsDoNotSum,
    Code::kUnitsDisagree};

// What the reader says about the small workbook with the mistakes, one a line; adds its codes.
std::string MessagesOf(const std::vector<Edit>& edits, std::set<Code>& codes) {
  std::vector<test::XlsxSheet> sheets;
  for (const io::WorkbookSheet& sheet : SmallSheets()) {
    sheets.push_back({sheet.name, sheet.records, ""});
  }
  for (const Edit& edit : edits) Apply(edit, sheets);
  const test::TemporaryFolder folder;
  test::WriteXlsx(folder / "p.xlsx", sheets);
  Diagnostics diagnostics;
  const auto read = io::ReadWorkbook(folder / "p.xlsx", io::TableFormat::kXlsx, diagnostics);
  EXPECT_TRUE(read);
  if (!read) return {};
  const auto book = workbook::ReadPublicationBook(*read, "p.xlsx", diagnostics);
  EXPECT_EQ(book.has_value(), !diagnostics.has_errors());
  std::string lines;
  for (const Diagnostic& told : diagnostics.kept()) {
    codes.insert(told.code);
    lines += Describe(told, Language::kZh) + "\n    " + TextOf(told, Language::kEn) + "\n";
  }
  return lines;
}

TEST(BrokenWorkbooks, EachNamesItsCell) {
  std::string messages;
  std::set<Code> codes;
  for (const Mistake& mistake : kMistakes) {
    const std::string lines = MessagesOf(mistake.edits, codes);
    EXPECT_FALSE(lines.empty()) << mistake.name;
    messages += std::string("# ") + mistake.name + "\n" + lines;
  }
  EXPECT_GE(kMistakes.size(), 30);
  EXPECT_TRUE(std::ranges::includes(codes, kWorkbookCodes));
  const std::filesystem::path golden = kFolder / "messages.txt";
  if (std::getenv("DIJIA_UPDATE_GOLDEN") != nullptr) test::Put(golden, messages);
  EXPECT_EQ(messages, test::Contents(golden));
}

TEST(BrokenWorkbooks, TheOneWithoutAMistakeIsRead) {
  std::set<Code> codes;
  EXPECT_EQ(MessagesOf({}, codes), "");
  Diagnostics diagnostics;
  const auto book = workbook::ReadPublicationBook(SmallSheets(), "p.xlsx", diagnostics);
  ASSERT_TRUE(book);
  const std::string document = json::ToPretty(json::WritePublication(book->publication));
  const std::filesystem::path golden = kFolder / "small.json";
  if (std::getenv("DIJIA_UPDATE_GOLDEN") != nullptr) test::Put(golden, document);
  EXPECT_EQ(document, test::Contents(golden));
}

}  // namespace
}  // namespace dijia
