// Texts of a document in cells and back, whatever they hold.
#pragma once

#include <string>
#include <string_view>

namespace dijia::workbook {

// What a cell says for a text. Characters that a workbook cannot hold, or that programs change, are
// written as ECMA-376 has them (`_x0001_`; part 1, §22.9.2.19); so is the first character of a
// text that would be read as a number or that is `reserved`. An empty text is `""`.
std::string CellOf(std::string_view text, bool reserved = false);

// The text that a cell says: the way back from CellOf.
std::string TextOfCell(std::string_view cell);

}  // namespace dijia::workbook
