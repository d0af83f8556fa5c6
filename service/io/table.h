// Tables that are not CSV, through GDAL: spreadsheets (XLSX, ODS) and geodata (GeoPackage,
// Shapefile, GeoJSON), as records of texts that fill the same columns as CSV does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/diagnostic.h"
#include "dijia/base/result.h"
#include "io/column.h"

namespace dijia::io {

enum class TableFormat : std::uint8_t { kCsv, kXlsx, kOds, kGeoPackage, kShapefile, kGeoJson };

// By extension (`.csv`, `.txt`, `.xlsx`, …) or by `format` when given. Error: kFormatNotKnown.
Result<TableFormat> FormatOf(const std::filesystem::path& path, const std::string& format);

struct TableOptions {
  std::string layer;     // empty = the only one that `is_wanted`
  std::string encoding;  // of a Shapefile that does not say; empty = detected
  // Whether the first records of a sheet or layer hold a header that is looked for.
  std::function<bool(const std::vector<std::vector<std::string>>&)> is_wanted;
};

class Table {
 public:
  static constexpr std::size_t kHeadRecords = 50;

  // Errors: kFileNotFound, kFileIsDirectory, kTableNotReadable, kLayerNotFound, kLayerAmbiguous,
  // kDatumNotAccepted, kNotGb18030. Without a wanted layer the first one is taken, so that what is
  // missing can be named.
  static Result<Table> Open(const std::filesystem::path& path, TableFormat format,
                            const TableOptions& options);

  const std::string& layer() const { return layer_; }
  // Record 0 is row 1 of a sheet, or the field names of a layer, with `x` and `y` of its points.
  const std::vector<std::vector<std::string>>& records() const { return records_; }
  std::vector<std::vector<std::string>> head() const;

  // As CsvFile::Fill. Formulas without results and merged cells in wanted columns are reported and
  // make their rows unreadable.
  Result<Filling> Fill(std::size_t header, std::span<const WantedColumn> wanted) const;

 private:
  struct BadCell {
    std::size_t record = 0, position = 0;
    Code code = Code::kFormulaWithoutValue;
    std::string name;  // `Sheet1!C7`, or the merged range
  };

  std::string layer_;
  std::vector<std::vector<std::string>> records_;
  std::vector<BadCell> bad_cells_;  // ascending by record
};

}  // namespace dijia::io
