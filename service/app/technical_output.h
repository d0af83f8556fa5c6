// The technical tables as a page and as a workbook.
#pragma once

#include <filesystem>
#include <span>

#include "app/technical_tables.h"

namespace dijia::app {

// Writes `refresh.html` and `refresh.xlsx` into a folder, or `comparison.html` and
// `comparison.xlsx` for a publication that was not refreshed. The page shows the first rows of a
// long table and says so; the workbook has all. Throws FileError.
void WriteTechnicalTables(const TechnicalSources& sources, std::span<const TechnicalTable> tables,
                          const std::filesystem::path& folder);

}  // namespace dijia::app
