// Spreadsheets and geodata as other programs leave them, made by hand or through GDAL.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dijia::test {

using Rows = std::vector<std::vector<std::string>>;

// A header of samples and `count` rows that are right.
Rows SampleRows(int count);

// A ZIP of files with these names and texts.
void WriteZip(const std::filesystem::path& file,
              const std::vector<std::pair<std::string, std::string>>& members);

// A workbook. Of its cells, `#1.5` is a number, `@45292` a number in the format of a date, `=A1` a
// formula without a result, `=A1#2` one with the result 2, an empty one is not there, and anything
// else is a text.
struct XlsxSheet {
  std::string name;
  Rows rows;
  std::string merged;  // a range such as D2:D3
};
struct XlsxOptions {
  std::string workbook_properties;  // attributes of workbookPr and calcPr
  std::string calculation;
};
void WriteXlsx(const std::filesystem::path& file, const std::vector<XlsxSheet>& sheets,
               const XlsxOptions& options = {});

// An ODS file with one sheet: cells are texts; `=A1` is a formula without a result, and `|2|text` a
// cell that spans two rows.
void WriteOds(const std::filesystem::path& file, const std::string& sheet, const Rows& rows);

// A Shapefile of points; its texts are written as these bytes, whatever they are. `code_page` is
// the text of the .cpg file; empty = none. `epsg` 0 = no .prj file.
struct ShapefileOptions {
  std::string code_page;
  int epsg = 0;
};
void WriteShapefile(const std::filesystem::path& file, const Rows& rows,
                    const ShapefileOptions& options = {});

// A GeoPackage of points with these layers, at x = 116.1 and y = 43.9.
void WriteGeoPackage(const std::filesystem::path& file, const std::vector<std::string>& layers,
                     const Rows& rows, int epsg);

// UTF-8 → GB18030.
std::string Gb18030(std::string_view text);
Rows Gb18030(Rows rows);

}  // namespace dijia::test
