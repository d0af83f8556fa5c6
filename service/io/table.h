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
#include "io/layer_records.h"
#include "io/table_format.h"

namespace dijia::io {

struct TableOptions {
  std::string layer;     // empty = the only one that `is_wanted`
  std::string encoding;  // of a Shapefile that does not say; empty = detected
  // Whether the first records of a sheet or layer hold a header that is looked for.
  std::function<bool(const Records&)> is_wanted;
};

class Table {
 public:
  static constexpr std::size_t kHeadRecords = 50;

  // Errors: those of OpenDataset, ChooseLayer, DecodeShapefile and FindSheetFaults;
  // kDatumNotAccepted, kTextNotUtf8. Without a wanted layer the first one is taken, so that what is
  // missing can be named. Precondition: FaultOfContents finds nothing.
  static Result<Table> Open(const std::filesystem::path& path, TableFormat format,
                            const TableOptions& options);

  const std::string& layer() const { return layer_; }
  // Record 0 is row 1 of a sheet, or the field names of a layer, with `x` and `y` of its points.
  const Records& records() const { return records_; }
  Records head() const;
  // What the added `x` and `y` are coordinates of (PointCrs).
  const std::string& point_crs() const { return point_crs_; }
  // What a Shapefile is encoded in; empty for other formats.
  const std::string& encoding() const { return encoding_; }
  // The fields of a Shapefile whose names may be cut, by position from 0.
  const std::vector<std::size_t>& cut() const { return cut_; }
  // What is to be said about the file as a whole, without its source.
  const std::vector<Diagnostic>& warnings() const { return warnings_; }

  // As CsvFile::Fill. Formulas without results and merged cells in wanted columns are reported and
  // make their rows unreadable.
  Result<Filling> Fill(std::size_t header, std::span<const WantedColumn> wanted) const;

 private:
  struct BadCell {
    std::size_t record = 0, position = 0;
    Code code = Code::kFormulaWithoutValue;
    std::string name;  // `Sheet1!C7`, or the merged range
  };

  Status Decode(const std::filesystem::path& path, const std::string& encoding);
  Status FindBadCells(const std::filesystem::path& path, TableFormat format);

  std::string layer_, encoding_, point_crs_;
  Records records_;
  std::vector<std::size_t> cut_;
  std::vector<Diagnostic> warnings_;
  std::vector<BadCell> bad_cells_;  // ascending by record
};

}  // namespace dijia::io
