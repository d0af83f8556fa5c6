// What GDAL does not tell about a sheet: formulas whose result was never stored (it gives an empty
// cell, or an old one) and merged cells (only the first has the value).
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/result.h"
#include "io/table_format.h"

namespace dijia::io {

struct SheetFault {
  std::size_t row = 0, column = 0;  // both from 1
  Code code = Code::kFormulaWithoutValue;
  std::string name;  // `Sheet1!C7` or `Sheet1!B3:B7`
};
using SheetFaults = std::vector<SheetFault>;

// The faults of one sheet of an XLSX or ODS file, by row. For merged cells every cell but the first
// of each range. Errors: kTableNotReadable; kDates1904 for a workbook whose dates GDAL would shift.
Result<SheetFaults> FindSheetFaults(const std::filesystem::path& path, TableFormat format,
                                    const std::string& sheet);

// The same in the text of an XLSX sheet's XML, looked at once however it is broken. Results of
// formulas are not trusted where the workbook says that they are still to be computed
// (fullCalcOnLoad). Error: kTableNotReadable for ranges of merged cells on top of each other.
Result<SheetFaults> FindSheetFaultsIn(std::string_view xml, const std::string& sheet,
                                      bool trust_results = true);
// The same in the content.xml of an ODS file.
Result<SheetFaults> FindOdsFaults(std::string_view xml, const std::string& sheet);

}  // namespace dijia::io
