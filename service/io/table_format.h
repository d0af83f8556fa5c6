// The formats that tables come in.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "dijia/base/result.h"

namespace dijia::io {

enum class TableFormat : std::uint8_t { kCsv, kXlsx, kOds, kGeoPackage, kShapefile, kGeoJson };

// By extension (`.csv`, `.txt`, `.xlsx`, …) or by `format` when given; a file without an extension
// is CSV. Errors: kFormatNotKnown, kOldSpreadsheet.
Result<TableFormat> FormatOf(const std::filesystem::path& path, const std::string& format);

// Whether `format` names one.
bool IsTableFormat(std::string_view format);

// As --format names it, and as people know it: CSV, XLSX, …
std::string_view NameOf(TableFormat format);
std::string_view TitleOf(TableFormat format);
// The driver of GDAL; empty for CSV.
std::string_view DriverOf(TableFormat format);

constexpr bool IsSpreadsheet(TableFormat format) {
  return format == TableFormat::kXlsx || format == TableFormat::kOds;
}

}  // namespace dijia::io
