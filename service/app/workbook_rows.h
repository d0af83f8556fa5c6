// How many rows the workbooks of answers hold: Excel has 1,048,576 a sheet; text formats have all.
#pragma once

#include <cstdint>

#include "dijia/base/code.h"
#include "report/sheet.h"

namespace dijia::app {

inline constexpr std::uint64_t kMostWorkbookRows = 1'000'000;

// Ends a sheet that was to have `rows`, of which only kMostWorkbookRows were written: a note says
// how many more there are. Nothing where all were written.
void NoteRest(report::Sheet& sheet, std::uint64_t rows, Language language);

}  // namespace dijia::app
