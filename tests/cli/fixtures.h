// Spreadsheets for cases, which a text file cannot hold.
#pragma once

#include <filesystem>

namespace dijia::test {

// Writes into `folder`: `plan.toml` (residential land of county 000000), `samples.xlsx` (two good
// rows), `publication.xlsx`, `broken_publication.xlsx` and `odd_publication.xlsx` (a workbook that
// is right, one that is not, one whose tables contradict themselves), `parcels.xlsx`,
// `formulas.xlsx` (a price that is a formula without a value), `two_sheets.xlsx` (both with a
// header that is known).
void WriteFixtures(const std::filesystem::path& folder);

}  // namespace dijia::test
