#include "io/table_format.h"

#include <algorithm>
#include <array>

#include "dijia/base/codes.h"

namespace dijia::io {
namespace {

struct FormatRow {
  std::string_view name, extension, title, driver;
  TableFormat format;
};
constexpr std::array<FormatRow, 9> kFormats{{
    {"csv", ".csv", "CSV", "", TableFormat::kCsv},
    {"txt", ".txt", "CSV", "", TableFormat::kCsv},
    {"tsv", ".tsv", "CSV", "", TableFormat::kCsv},
    {"xlsx", ".xlsx", "XLSX", "XLSX", TableFormat::kXlsx},
    {"ods", ".ods", "ODS", "ODS", TableFormat::kOds},
    {"gpkg", ".gpkg", "GeoPackage", "GPKG", TableFormat::kGeoPackage},
    {"shp", ".shp", "Shapefile", "ESRI Shapefile", TableFormat::kShapefile},
    {"geojson", ".geojson", "GeoJSON", "GeoJSON", TableFormat::kGeoJson},
    {"geojson", ".json", "GeoJSON", "GeoJSON", TableFormat::kGeoJson},
}};

// Formats of spreadsheet programs that only those programs read.
constexpr std::string_view kOldSpreadsheets[] = {".xls", ".xlsb", ".et", ".dbf"};

std::string LowerCase(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

const FormatRow& RowOf(TableFormat format) {
  return *std::ranges::find(kFormats, format, &FormatRow::format);
}

}  // namespace

Result<TableFormat> FormatOf(const std::filesystem::path& path, const std::string& format) {
  const std::string extension = LowerCase(path.extension().string());
  if (format.empty() && (extension.empty() || path == "-")) return TableFormat::kCsv;
  for (const FormatRow& row : kFormats) {
    if (format.empty() ? row.extension == extension : row.name == format) return row.format;
  }
  if (format.empty() && std::ranges::count(kOldSpreadsheets, extension) > 0) {
    return Error{Code::kOldSpreadsheet, extension};
  }
  return Error{Code::kFormatNotKnown, format.empty() ? extension : format};
}

bool IsTableFormat(std::string_view format) {
  return std::ranges::count(kFormats, format, &FormatRow::name) > 0;
}

std::string_view NameOf(TableFormat format) { return RowOf(format).name; }

std::string_view TitleOf(TableFormat format) { return RowOf(format).title; }

std::string_view DriverOf(TableFormat format) { return RowOf(format).driver; }

}  // namespace dijia::io
