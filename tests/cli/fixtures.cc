#include "cli/fixtures.h"

#include <xlsxwriter.h>

#include <array>
#include <string>
#include <vector>

#include "support/sheet_texts.h"
#include "support/table_files.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

constexpr std::array<const char*, 9> kHeader{"sample_id", "county",     "use",      "grade", "date",
                                             "price",     "price_unit", "area_sqm", "method"};
constexpr std::array<const char*, 9> kRow{
    "1", "000000", "residential", "1", "2024-05-06", "800", "yuan_per_sqm", "1000", "listing"};

// Figures as numbers, as people type them.
void WriteCell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column) {
  const std::string header = kHeader[column];
  if (header == "grade" || header == "price" || header == "area_sqm") {
    worksheet_write_number(sheet, row, column, std::stod(kRow[column]), nullptr);
  } else {
    worksheet_write_string(sheet, row, column, kRow[column], nullptr);
  }
}

void WriteSheet(lxw_workbook* workbook, const char* name, bool formula) {
  constexpr lxw_col_t kPriceColumn = 5;
  lxw_worksheet* sheet = workbook_add_worksheet(workbook, name);
  for (lxw_col_t column = 0; column < kHeader.size(); ++column) {
    worksheet_write_string(sheet, 0, column, kHeader[column], nullptr);
    for (const lxw_row_t row : {1U, 2U}) WriteCell(sheet, row, column);
  }
  if (formula) worksheet_write_formula_str(sheet, 1, kPriceColumn, "=700+100", nullptr, "");
}

void WriteBook(const std::filesystem::path& file, int sheets, bool formula) {
  lxw_workbook* workbook = workbook_new(file.c_str());
  for (int i = 1; i <= sheets; ++i) {
    WriteSheet(workbook, ("样点" + std::to_string(i)).c_str(), formula);
  }
  workbook_close(workbook);
}

// The small workbook of golden/workbook, right and with mistakes on three sheets.
void WritePublications(const std::filesystem::path& folder) {
  std::vector<XlsxSheet> sheets;
  const std::filesystem::path small = DIJIA_SOURCE_DIR "/tests/golden/workbook/small.txt";
  for (const io::WorkbookSheet& sheet : SheetsOfText(Contents(small))) {
    sheets.push_back({sheet.name, sheet.records, ""});
  }
  WriteXlsx(folder / "publication.xlsx", sheets);
  for (XlsxSheet& sheet : sheets) {
    if (sheet.name == "概况") sheet.rows[7][1] = "去年";
    if (sheet.name == "级别地价") sheet.rows[2][3] = "约1425";
    if (sheet.name == "居住面积") sheet.rows[2][2] = "[600,2000)";
  }
  WriteXlsx(folder / "broken_publication.xlsx", sheets);
  sheets.clear();
  for (const io::WorkbookSheet& sheet : SheetsOfText(Contents(small))) {
    sheets.push_back({sheet.name, sheet.records, ""});
    if (sheet.name == "居住容积率") sheets.back().rows[2][1] = "0.6825";
    if (sheet.name == "居住区域") sheets.back().rows[1][5] = "-0.6";
  }
  WriteXlsx(folder / "odd_publication.xlsx", sheets);
}

// Parcels as offices keep them; one has a formula that was never computed.
void WriteParcels(const std::filesystem::path& folder) {
  Rows rows{
      {"宗地编号", "县代码", "用途", "级别", "宗地面积（㎡）", "估价期日", "剩余年限", "开发程度",
       "factors.shape"},
      {"甲", "#431230", "公用设施用地", "二级", "#1000", "@46176", "#50", "五通一平", "优"},
      {"乙", "#431230", "公用设施用地", "二级", "#800", "=F2", "#40", "五通一平", "优"},
      {"丙", "#431230", "公用设施用地", "甲级", "#800", "2026-06-03", "#40", "五通一平", "优"}};
  WriteXlsx(folder / "parcels.xlsx", {{"宗地", rows, ""}, {"备注", {{"不是宗地"}}, ""}});
  const Rows layer{
      rows[0],
      {"甲", "431230", "公用设施用地", "二级", "1000", "2026-06-03", "50", "五通一平", "优"}};
  WriteGeoPackage(folder / "parcels.gpkg", {"宗地"}, layer, 4490);
}

// Samples in the formats that are not text.
void WriteTables(const std::filesystem::path& folder) {
  constexpr std::size_t kDate = 4, kPrice = 5;
  Rows rows = SampleRows(2);
  rows[1][kDate] = rows[2][kDate] = "#45292";
  WriteXlsx(folder / "serial_dates.xlsx", {{"样点", rows, ""}});
  WriteXlsx(folder / "dates_1904.xlsx", {{"样点", SampleRows(1), ""}}, {"date1904=\"1\"", ""});
  rows = SampleRows(2);
  rows[2][kPrice] = "";
  WriteXlsx(folder / "merged.xlsx", {{"样点", rows, "F2:F3"}});
  rows[1][kPrice] = "=F3";
  WriteOds(folder / "formulas.ods", "样点", rows);
  WriteShapefile(folder / "points.shp", SampleRows(2));
  WriteShapefile(folder / "gbk.shp", Gb18030({{"用途", "级别", "成交日期", "成交价"},
                                              {"住宅用地", "一级", "2024-05-06", "800元/㎡"}}));
  WriteShapefile(folder / "cut.shp", {{"use", "grade", "date", "price", "price_unit", "build_cost"},
                                      {"residential", "1", "2024-05-06", "800", "元/㎡", "1"}});
  WriteGeoPackage(folder / "points.gpkg", {"样点"}, SampleRows(20), 4490);
  WriteGeoPackage(folder / "xian.gpkg", {"样点"}, SampleRows(2), 4610);
  WriteGeoPackage(folder / "two_layers.gpkg", {"甲", "乙"}, SampleRows(2), 4490);
}

}  // namespace

void WriteFixtures(const std::filesystem::path& folder) {
  WriteTables(folder);
  WritePublications(folder);
  WriteParcels(folder);
  Put(folder / "plan.toml",
      "id = \"demo\"\ncounty = \"000000\"\nbase_date = 2025-01-01\n\n[rounding]\n"
      "unit_price = { interval = 5, mode = \"half_up\" }\n\n[uses.residential.conditions]\n"
      "term_years = 70\ncapitalization_rate = 0.06\n");
  WriteBook(folder / "samples.xlsx", 1, false);
  WriteBook(folder / "formulas.xlsx", 1, true);
  WriteBook(folder / "two_sheets.xlsx", 2, false);
}

}  // namespace dijia::test
