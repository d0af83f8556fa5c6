// Spreadsheets and geodata with what goes wrong with them (service/README.md, "Reading").
#include "io/table.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "io/samples.h"
#include "support/table_files.h"
#include "support/temporary_folder.h"

namespace dijia::io {
namespace {

namespace fs = std::filesystem;
using test::Gb18030;
using test::Rows;
using test::SampleRows;
using test::TemporaryFolder;
using test::WriteGeoPackage;
using test::WriteOds;
using test::WriteShapefile;
using test::WriteXlsx;
using Lines = std::vector<std::string>;

class TableFile : public testing::Test {
 protected:
  fs::path Path(const std::string& name) const { return folder_ / name; }

  SamplesInput Read(const std::string& name, ReadSamplesOptions options = {}) const {
    options.reference_folder = fs::path(DIJIA_SOURCE_DIR) / "data/reference";
    const std::vector<fs::path> files{Path(name)};
    Result<SamplesInput> input = ReadSamples(files, options);
    EXPECT_TRUE(input.has_value()) << (input ? "" : input.error().detail);
    return input ? *std::move(input) : SamplesInput();
  }

  // What is told, without the source.
  Lines Told(const std::string& name, ReadSamplesOptions options = {}) const {
    const SamplesInput input = Read(name, std::move(options));
    Lines lines;
    for (Diagnostic told : input.diagnostics.kept()) {
      told.where.source.clear();
      const std::string line = Describe(told, Language::kEn);
      lines.push_back(line.starts_with(':') ? line.substr(1) : line);
    }
    return lines;
  }

  TemporaryFolder folder_;
};

std::string PriceOf(const SampleTable& samples, std::size_t row) {
  return FormatDecimal(samples.price[row], Money::kScale);
}

std::string DateOf(const SampleTable& samples, std::size_t row) {
  return FormatDate(FromDays(samples.date[row]));
}

// A copy of the rows with one cell of the first record changed.
Rows With(std::size_t column, const std::string& cell, int count = 2) {
  Rows rows = SampleRows(count);
  rows[1][column] = cell;
  return rows;
}
constexpr std::size_t kDate = 4, kPrice = 5;

using Xlsx = TableFile;

TEST_F(Xlsx, NumbersAndTextsAreReadAlike) {
  Rows rows = With(kPrice, "#805.5");
  rows[2][kPrice] = "806.25";
  WriteXlsx(Path("a.xlsx"), {{"样点", rows, ""}});
  const SamplesInput input = Read("a.xlsx");
  EXPECT_EQ(input.diagnostics.total(), 0U);
  ASSERT_EQ(input.table.size(), 2U);
  EXPECT_EQ(PriceOf(input.table, 0), "805.5");
  EXPECT_EQ(PriceOf(input.table, 1), "806.25");
  EXPECT_EQ(input.files[0].layer, "样点");
}

// 3 × 1.1 is stored as 3.3000000000000003 and shown as 3.3.
TEST_F(Xlsx, NumbersHaveTheDigitsThatASpreadsheetShows) {
  WriteXlsx(Path("a.xlsx"), {{"S", With(kPrice, "#3.3000000000000003"), ""}});
  EXPECT_EQ(PriceOf(Read("a.xlsx").table, 0), "3.3");
}

TEST_F(Xlsx, DatesAreReadFromCellsInTheFormatOfDates) {
  WriteXlsx(Path("a.xlsx"), {{"S", With(kDate, "@45292"), ""}});
  const SamplesInput input = Read("a.xlsx");
  EXPECT_EQ(input.diagnostics.errors(), 0U);
  EXPECT_EQ(DateOf(input.table, 0), "2024-01-01");
}

TEST_F(Xlsx, TheNumberOfADateIsRefusedByThatName) {
  WriteXlsx(Path("a.xlsx"), {{"S", With(kDate, "#45292"), ""}});
  EXPECT_EQ(Told("a.xlsx"),
            Lines{"2:5: error DJ-1152 [date]: \"45292\" looks like the serial number of a date "
                  "(2024-01-01); give the column the format of a date and save again"});
}

TEST_F(Xlsx, DatesThatCountFrom1904AreRefused) {
  WriteXlsx(Path("a.xlsx"), {{"S", With(kDate, "@43830"), ""}}, {"date1904=\"1\"", ""});
  EXPECT_EQ(Told("a.xlsx"),
            Lines{"error DJ-1039: the workbook counts dates from 1904, so that they would be read "
                  "four years wrong; write them as texts such as 2025-04-01"});
}

TEST_F(Xlsx, FormulasWithoutResultsAreNamed) {
  WriteXlsx(Path("a.xlsx"), {{"样点", With(kPrice, "=700+100"), ""}});
  EXPECT_EQ(Told("a.xlsx"),
            Lines{"2:6: error DJ-1021 [price]: the cell 样点!F2 is a formula without a stored "
                  "result; recalculate and save the file in a spreadsheet program"});
}

TEST_F(Xlsx, FormulasWithResultsAreTheirResults) {
  WriteXlsx(Path("a.xlsx"), {{"S", With(kPrice, "=700+100#800"), ""}});
  const SamplesInput input = Read("a.xlsx");
  EXPECT_EQ(input.diagnostics.total(), 0U);
  EXPECT_EQ(PriceOf(input.table, 0), "800");
}

// Programs that do not compute store 0 and ask for the computation.
TEST_F(Xlsx, ResultsThatAreStillToBeComputedAreNotTrusted) {
  WriteXlsx(Path("a.xlsx"), {{"S", With(kPrice, "=700+100#0"), ""}},
            {"", "calcId=\"124519\" fullCalcOnLoad=\"1\""});
  const SamplesInput input = Read("a.xlsx");
  ASSERT_EQ(input.diagnostics.errors(), 1U);
  EXPECT_EQ(input.diagnostics.kept()[0].code, Code::kFormulaWithoutValue);
}

TEST_F(Xlsx, MergedCellsAreNamed) {
  Rows rows = SampleRows(3);
  rows[2][kPrice] = "";
  WriteXlsx(Path("a.xlsx"), {{"S", rows, "F2:F3"}});
  EXPECT_EQ(Told("a.xlsx"),
            Lines{"3:6: error DJ-1022 [price]: S!F2:F3 are merged cells, of which only the first "
                  "has a value; split them and fill in every row"});
}

TEST_F(Xlsx, MergedCellsInATitleDoNoHarm) {
  Rows rows = SampleRows(1);
  rows.insert(rows.begin(), {"某县样点表"});
  WriteXlsx(Path("a.xlsx"), {{"S", rows, "A1:I1"}});
  const SamplesInput input = Read("a.xlsx");
  EXPECT_EQ(input.diagnostics.total(), 0U);
  ASSERT_EQ(input.table.size(), 1U);
  EXPECT_EQ(input.table.row[0], 3U);
}

TEST_F(Xlsx, TheOnlySheetWithSamplesIsTaken) {
  WriteXlsx(Path("a.xlsx"), {{"说明", {{"填表说明"}}, ""}, {"样点", SampleRows(2), ""}});
  EXPECT_EQ(Read("a.xlsx").files[0].layer, "样点");
}

TEST_F(Xlsx, SeveralSheetsWithSamplesNeedAChoice) {
  WriteXlsx(Path("a.xlsx"), {{"甲", SampleRows(1), ""}, {"乙", SampleRows(2), ""}});
  EXPECT_EQ(Told("a.xlsx"),
            Lines{"error DJ-1020: several sheets or layers have a header of samples; choose one "
                  "with --layer: 甲, 乙"});
  ReadSamplesOptions options;
  options.layer = "乙";
  EXPECT_EQ(Read("a.xlsx", options).table.size(), 2U);
  options.layer = "丙";
  EXPECT_EQ(Told("a.xlsx", options),
            Lines{"error DJ-1019: there is no such sheet or layer: \"丙\" (甲, 乙)"});
}

TEST_F(Xlsx, WhatIsNoneIsToldWhatItIs) {
  test::Put(Path("a.xlsx"), "sample_id,use\n");
  test::Put(Path("b.xlsx"), "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old");
  test::Put(Path("c.xlsx"), "<html><table><tr><td>1</td></tr></table></html>");
  test::WriteZip(Path("d.xlsx"), {{"word/document.xml", "<w/>"}});
  test::Put(Path("e.xlsx"), "");
  EXPECT_EQ(Told("a.xlsx"), Lines{"error DJ-1032: the file holds TXT/CSV, not XLSX; save it as "
                                  "XLSX, or name its format with --format"});
  EXPECT_EQ(Told("b.xlsx"), Lines{"error DJ-1036: the file has a password, or is really an old "
                                  ".xls; save it as .xlsx without a password"});
  EXPECT_EQ(Told("c.xlsx")[0].substr(0, 37), "error DJ-1032: the file holds HTML, n");
  EXPECT_EQ(Told("d.xlsx")[0].substr(0, 37), "error DJ-1032: the file holds DOCX, n");
  EXPECT_EQ(Told("e.xlsx"), Lines{"error DJ-1031: the file is empty"});
}

TEST_F(Xlsx, IsReadByAnotherNameWhenItsFormatIsGiven) {
  WriteXlsx(Path("a.xlsx"), {{"S", With(kPrice, "=1+1"), ""}});
  fs::rename(Path("a.xlsx"), Path("a.csv"));
  ReadSamplesOptions options;
  options.format = "xlsx";
  EXPECT_EQ(Read("a.csv", options).table.size(), 2U);
  EXPECT_EQ(Told("a.csv", options)[0].substr(0, 27), "2:6: error DJ-1021 [price]:");
}

TEST_F(Xlsx, EveryBeginningOfAFileIsIncomplete) {
  WriteXlsx(Path("a.xlsx"), {{"S", SampleRows(2), ""}});
  const std::string whole = test::Contents(Path("a.xlsx"));
  for (const std::size_t size : {whole.size() - 1, whole.size() / 2, std::size_t{30}}) {
    test::Put(Path("b.xlsx"), whole.substr(0, size));
    EXPECT_EQ(Told("b.xlsx"), Lines{"error DJ-1035: the file is incomplete, as if copied or "
                                    "downloaded in part; get it again"})
        << size;
  }
}

TEST_F(Xlsx, ABombIsNotUnpacked) {
  WriteXlsx(Path("a.xlsx"), {{"S", SampleRows(2), ""}});
  std::string bytes = test::Contents(Path("a.xlsx"));
  // The unpacked size of the first member, in the directory.
  const std::size_t entry = bytes.find("PK\x01\x02");
  bytes.replace(entry + 24, 4, "\xFF\xFF\xFF\x7F");
  test::Put(Path("b.xlsx"), bytes);
  EXPECT_EQ(Told("b.xlsx"), Lines{"error DJ-1034: unpacked it has 2048 MiB, more than the 1024 MiB "
                                  "that can be read"});
}

TEST_F(Xlsx, DamageInsideIsNamed) {
  test::WriteZip(Path("a.xlsx"), {{"xl/workbook.xml", "<workbook"}});
  EXPECT_EQ(Told("a.xlsx"),
            Lines{"error DJ-1017: cannot be read as XLSX: it is damaged, or holds something else"});
}

using Ods = TableFile;

TEST_F(Ods, IsRead) {
  WriteOds(Path("a.ods"), "样点", SampleRows(2));
  const SamplesInput input = Read("a.ods");
  EXPECT_EQ(input.diagnostics.total(), 0U);
  EXPECT_EQ(input.table.size(), 2U);
  EXPECT_EQ(input.files[0].layer, "样点");
}

TEST_F(Ods, FormulasWithoutResultsAreNamed) {
  WriteOds(Path("a.ods"), "S", With(kPrice, "=A2"));
  EXPECT_EQ(Told("a.ods"),
            Lines{"2:6: error DJ-1021 [price]: the cell S!F2 is a formula without a stored "
                  "result; recalculate and save the file in a spreadsheet program"});
}

TEST_F(Ods, MergedCellsAreNamed) {
  Rows rows = With(kPrice, "|2|800");
  rows[2][kPrice] = "";
  WriteOds(Path("a.ods"), "S", rows);
  EXPECT_EQ(Told("a.ods"),
            Lines{"3:6: error DJ-1022 [price]: S!F2:F3 are merged cells, of which only the first "
                  "has a value; split them and fill in every row"});
}

using Shapefile = TableFile;

Rows ChineseRows() {
  return {{"编号", "用途", "级别", "成交日期", "成交价"},
          {"1", "住宅用地", "一级", "2024-05-06", "800元/㎡"},
          {"2", "住宅用地", "二级", "2024-05-06", "700元/㎡"}};
}

TEST_F(Shapefile, InGbkWithoutACodePageIsRecognised) {
  WriteShapefile(Path("a.shp"), Gb18030(ChineseRows()));
  const SamplesInput input = Read("a.shp");
  EXPECT_EQ(input.diagnostics.errors(), 0U);
  ASSERT_EQ(input.table.size(), 2U);
  EXPECT_EQ(input.table.use[0], static_cast<int>(LandUse::kResidential));
  EXPECT_EQ(input.files[0].encoding, "gb18030");
  EXPECT_EQ(input.files[0].format, "shp");
}

// 住宅 in GBK is valid UTF-8 as well ("סլ").
TEST_F(Shapefile, InGbkIsRecognisedWhereItCouldBeUtf8) {
  const Rows rows{{"use", "grade", "date", "price", "price_unit"},
                  {"住宅", "1", "2024-05-06", "800", "yuan_per_sqm"}};
  WriteShapefile(Path("a.shp"), Gb18030(rows));
  EXPECT_EQ(Read("a.shp").table.use[0], static_cast<int>(LandUse::kResidential));
}

TEST_F(Shapefile, InUtf8WithoutACodePageIsRecognised) {
  WriteShapefile(Path("a.shp"), ChineseRows());
  const SamplesInput input = Read("a.shp");
  EXPECT_EQ(input.diagnostics.errors(), 0U);
  EXPECT_EQ(input.files[0].encoding, "utf-8");
}

TEST_F(Shapefile, TheBytesAreBelievedMoreThanTheCodePage) {
  WriteShapefile(Path("a.shp"), Gb18030(ChineseRows()), {"UTF-8", 0});
  WriteShapefile(Path("b.shp"), ChineseRows(), {"GBK", 0});
  EXPECT_EQ(Told("a.shp")[0],
            "warning DJ-1038: the .cpg file names the encoding \"UTF-8\", but "
            "the text is gb18030 and was read so");
  EXPECT_EQ(Told("b.shp")[0],
            "warning DJ-1038: the .cpg file names the encoding \"GBK\", but the "
            "text is utf-8 and was read so");
  EXPECT_EQ(Read("a.shp").table.size(), 2U);
  EXPECT_EQ(Read("b.shp").table.size(), 2U);
}

TEST_F(Shapefile, IsReadInTheEncodingThatIsAskedFor) {
  WriteShapefile(Path("a.shp"), Gb18030(ChineseRows()));
  ReadSamplesOptions options;
  options.encoding = "utf-8";
  EXPECT_EQ(Told("a.shp", options),
            Lines{"error DJ-1274: the text is not UTF-8; save it as UTF-8"});
}

// 土地使用年限 has 12 bytes in GBK, of which a field name keeps 10.
TEST_F(Shapefile, ANameThatWasCutIsCompletedWhereOnlyOneIsMeant) {
  const Rows rows{{"use", "grade", "date", "price", "price_unit", "土地使用年", "circumstan"},
                  {"住宅用地", "1", "2024-05-06", "800", "yuan_per_sqm", "70", "1.02"}};
  WriteShapefile(Path("a.shp"), Gb18030(rows));
  const SamplesInput input = Read("a.shp");
  ASSERT_EQ(input.table.size(), 1U);
  EXPECT_EQ(input.diagnostics.errors(), 0U);
  EXPECT_EQ(input.table.term_years[0], 700'000);
  EXPECT_EQ(input.table.circumstance[0], 1'020'000);
  EXPECT_EQ(Told("a.shp")[0],
            "1:6: note DJ-1156: the field name \"土地使用年\" was cut by the "
            "Shapefile and is read as \"土地使用年限\"");
}

// In UTF-8 the 10 bytes end inside the fourth character.
TEST_F(Shapefile, ANameThatWasCutInsideACharacterIsCompleted) {
  const Rows rows{{"use", "grade", "date", "price", "price_unit", "使用年\xE9"},
                  {"住宅用地", "1", "2024-05-06", "800", "yuan_per_sqm", "70"}};
  WriteShapefile(Path("a.shp"), rows);
  const SamplesInput input = Read("a.shp");
  EXPECT_EQ(input.diagnostics.errors(), 0U);
  ASSERT_EQ(input.table.size(), 1U);
  EXPECT_EQ(input.files[0].encoding, "utf-8");
  EXPECT_EQ(input.table.term_years[0], 700'000);
}

TEST_F(Shapefile, ANameThatWasCutIsRefusedWhereSeveralAreMeant) {
  const Rows rows{{"use", "grade", "date", "price", "price_unit", "build_cost"},
                  {"住宅用地", "1", "2024-05-06", "800", "yuan_per_sqm", "70"}};
  WriteShapefile(Path("a.shp"), Gb18030(rows));
  const Lines told = Told("a.shp");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].substr(0, 64),
            "1:6: error DJ-1155: the field name \"build_cost\" was cut by the S");
}

// 土地面积（公顷） keeps 土地面积（ in GBK, and columns.csv knows only 土地面积（平方米）.
TEST_F(Shapefile, AUnitThatWasCutIsNotGuessed) {
  const Rows rows{{"use", "grade", "date", "price", "price_unit", "土地面积（"},
                  {"住宅用地", "1", "2024-05-06", "800", "yuan_per_sqm", "1.2"}};
  WriteShapefile(Path("a.shp"), Gb18030(rows));
  const Lines told = Told("a.shp");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].substr(0, 42), "1:6: error DJ-1155: the field name \"土地");
}

TEST_F(Shapefile, NeedsAllItsParts) {
  for (const char* part : {".shx", ".dbf"}) {
    WriteShapefile(Path("a.shp"), SampleRows(2));
    fs::remove(Path("a.shp").replace_extension(part));
    EXPECT_EQ(Told("a.shp"), Lines{"error DJ-1037: the Shapefile lacks " + std::string(part) +
                                   "; .shp, .shx and .dbf belong together"});
  }
}

TEST_F(Shapefile, PartsThatAreCutShortAreIncomplete) {
  for (const char* part : {".shp", ".shx", ".dbf"}) {
    WriteShapefile(Path("a.shp"), SampleRows(20));
    const fs::path file = Path("a.shp").replace_extension(part);
    fs::resize_file(file, fs::file_size(file) - 40);
    EXPECT_EQ(Told("a.shp"), Lines{"error DJ-1035: the file is incomplete, as if copied or "
                                   "downloaded in part; get it again"})
        << part;
  }
}

TEST_F(Shapefile, CoordinatesAreEastingFirst) {
  for (const int epsg : {0, 4490, 4547}) {
    WriteShapefile(Path("a.shp"), SampleRows(1), {"", epsg});
    const SamplesInput input = Read("a.shp");
    EXPECT_EQ(input.diagnostics.errors(), 0U) << epsg;
    EXPECT_EQ(input.table.x[0], 116.1) << epsg;
    EXPECT_EQ(input.table.y[0], 43.9) << epsg;
  }
}

TEST_F(Shapefile, OldDatumsAreNamed) {
  WriteShapefile(Path("a.shp"), SampleRows(1), {"", 4610});
  WriteShapefile(Path("b.shp"), SampleRows(1), {"", 2434});  // Beijing 1954, 3-degree zone
  EXPECT_EQ(Told("a.shp")[0].substr(0, 50), "error DJ-1023: the coordinate system \"Xian_1980\" d");
  EXPECT_EQ(Told("b.shp")[0].substr(0, 53),
            "error DJ-1023: the coordinate system \"Beijing_1954\" d");
}

using GeoPackage = TableFile;

TEST_F(GeoPackage, IsReadWithItsPointsEastingFirst) {
  WriteGeoPackage(Path("a.gpkg"), {"样点"}, SampleRows(2), 4490);
  const SamplesInput input = Read("a.gpkg");
  EXPECT_EQ(input.diagnostics.errors(), 0U);
  ASSERT_EQ(input.table.size(), 2U);
  EXPECT_EQ(input.table.x[1], 116.1);
  EXPECT_EQ(input.table.y[1], 43.9);
  EXPECT_EQ(input.files[0].layer, "样点");
}

TEST_F(GeoPackage, OldDatumsAreNamed) {
  WriteGeoPackage(Path("a.gpkg"), {"a"}, SampleRows(1), 4610);
  EXPECT_EQ(Told("a.gpkg")[0].substr(0, 50),
            "error DJ-1023: the coordinate system \"Xian_1980\" d");
}

TEST_F(GeoPackage, SeveralLayersNeedAChoice) {
  WriteGeoPackage(Path("a.gpkg"), {"a", "b"}, SampleRows(1), 4490);
  EXPECT_EQ(Told("a.gpkg"), Lines{"error DJ-1020: several sheets or layers have a header of "
                                  "samples; choose one with --layer: a, b"});
}

TEST_F(GeoPackage, OneThatIsCutShortIsIncomplete) {
  WriteGeoPackage(Path("a.gpkg"), {"a"}, SampleRows(20), 4490);
  fs::resize_file(Path("a.gpkg"), fs::file_size(Path("a.gpkg")) - 5000);
  EXPECT_EQ(Told("a.gpkg"), Lines{"error DJ-1035: the file is incomplete, as if copied or "
                                  "downloaded in part; get it again"});
}

using GeoJson = TableFile;

constexpr std::string_view kGeoJson = R"({"type": "FeatureCollection", "features": [
{"type": "Feature", "geometry": {"type": "Point", "coordinates": [116.1, 43.9]}, "properties":
 {"use": "residential", "grade": 1, "date": "2024-05-06", "price": 800.5,
  "price_unit": "yuan_per_sqm"}}]})";

TEST_F(GeoJson, IsRead) {
  test::Put(Path("a.geojson"), kGeoJson);
  const SamplesInput input = Read("a.geojson");
  EXPECT_EQ(input.diagnostics.total(), 0U);
  ASSERT_EQ(input.table.size(), 1U);
  EXPECT_EQ(PriceOf(input.table, 0), "800.5");
  EXPECT_EQ(DateOf(input.table, 0), "2024-05-06");
  EXPECT_EQ(input.table.x[0], 116.1);
}

// GDAL gives the bytes of a GeoJSON on as they are: GBK would go into every output.
TEST_F(GeoJson, OneThatIsNotUtf8IsRefused) {
  std::string text(kGeoJson);
  text.replace(text.find("residential"), 11, "\xc9\xcc\xd2\xb5");
  test::Put(Path("use.geojson"), text);
  EXPECT_EQ(Told("use.geojson"), Lines{"error DJ-1274: the text is not UTF-8; save it as UTF-8"});
  text = kGeoJson;
  text.replace(text.find("\"grade\""), 0, "\"\xb1\xb8\xd7\xa2\": 1, ");
  test::Put(Path("name.geojson"), text);
  EXPECT_EQ(Told("name.geojson"), Lines{"error DJ-1274: the text is not UTF-8; save it as UTF-8"});
}

TEST_F(GeoJson, OneThatIsCutShortIsNamed) {
  test::Put(Path("a.geojson"), kGeoJson.substr(0, 200));
  EXPECT_EQ(Told("a.geojson"), Lines{"error DJ-1017: cannot be read as GeoJSON: it is damaged, or "
                                     "holds something else"});
}

}  // namespace
}  // namespace dijia::io
