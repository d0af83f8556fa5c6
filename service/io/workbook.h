// All sheets of a spreadsheet at once.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "io/layer_records.h"
#include "io/sheet_xml.h"

namespace dijia::io {

struct WorkbookSheet {
  std::string name;
  Records records;     // rows of texts from row 1 on, empty ones too
  SheetFaults faults;  // formulas without results and merged cells, whose records are empty
};

// The sheets in their order. Nothing after a report of why the file is no XLSX or ODS file that can
// be read: the codes of FaultOfContents, FormatOf and FindSheetFaults.
std::optional<std::vector<WorkbookSheet>> ReadWorkbook(const std::filesystem::path& path,
                                                       TableFormat format,
                                                       Diagnostics& diagnostics);

}  // namespace dijia::io
