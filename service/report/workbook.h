// publication.xlsx: the price table and everything it rests on, for people who work in a sheet.
#pragma once

#include <cstddef>
#include <string>

#include "dijia/base/code.h"
#include "dijia/base/result.h"
#include "report/publication_view.h"

namespace dijia::report {

// Sheets of rows are no longer than this; a note in the sheet says how many rows there are and that
// samples.csv has all of them.
inline constexpr std::size_t kLongestSheet = 100'000;

// Writes the workbook to `path`, over what is there. The same view gives the same bytes: the time
// of creation is the base date. Error kFileNotWritten with the reason as its detail.
Status WriteWorkbook(const PublicationView& view, Language language, const std::string& path);

}  // namespace dijia::report
