// A list of land classes (土地等别) as a file: CSV or a sheet, a row for each place and period.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "dijia/base/diagnostic.h"
#include "store/land_class.h"

namespace dijia::app {

struct LandClassReading {
  std::string format;                      // csv, xlsx, ods; empty = by extension
  std::string encoding, layer;             // empty = detected; the only sheet with a header
  std::filesystem::path reference_folder;  // data/reference: names of counties
};

// Columns, in any order, by these names or the Chinese ones of the README: `county` (code or name),
// `town` (optional), `land_class` (1 to 15, also 十三等; `none` takes back what was said of the
// days), `from`, `until` (optional, the first day after), `instrument`. Every cell that is wrong is
// reported with row and column, and rows of one place whose periods overlap; then nothing. Throws
// FileError. Precondition: the format is CSV, XLSX or ODS.
std::optional<store::LandClassArrival> ReadLandClasses(const std::filesystem::path& file,
                                                       const LandClassReading& reading,
                                                       Diagnostics& diagnostics);

}  // namespace dijia::app
