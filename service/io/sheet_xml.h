// What GDAL does not tell about an XLSX sheet: formulas whose result was never stored (it gives an
// empty cell) and merged cells (only the first has the value).
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/result.h"

namespace dijia::io {

struct SheetFault {
  std::size_t row = 0, column = 0;  // both from 1
  Code code = Code::kFormulaWithoutValue;
  std::string name;  // `Sheet1!C7` or `Sheet1!B3:B7`
};
using SheetFaults = std::vector<SheetFault>;

// The faults of one sheet, by row. For merged cells every cell but the first of each range.
// Errors: kTableNotReadable, also for a sheet of more than 1 GiB (a zip bomb).
Result<SheetFaults> FindSheetFaults(const std::filesystem::path& path, const std::string& sheet);

// The same in the text of a sheet's XML. Errors: kTableNotReadable when merged ranges lie on top of
// each other until they cover more than 500,000 cells.
Result<SheetFaults> FindSheetFaultsIn(std::string_view xml, const std::string& sheet);

}  // namespace dijia::io
