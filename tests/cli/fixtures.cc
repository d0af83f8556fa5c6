#include "cli/fixtures.h"

#include <xlsxwriter.h>

#include <array>
#include <string>

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
  Put(folder / "plan.toml",
      "id = \"demo\"\ncounty = \"000000\"\nbase_date = 2025-01-01\n\n[rounding]\n"
      "unit_price = { interval = 5, mode = \"half_up\" }\n\n[uses.residential.conditions]\n"
      "term_years = 70\ncapitalization_rate = 0.06\n");
  WriteBook(folder / "samples.xlsx", 1, false);
  WriteBook(folder / "formulas.xlsx", 1, true);
  WriteBook(folder / "two_sheets.xlsx", 2, false);
}

}  // namespace dijia::test
