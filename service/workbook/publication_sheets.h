// A publication as the sheets of its workbook (service/workbook.md), in the order in which they are
// written.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"

namespace dijia::workbook {

// What stands in a cell; `is_number` ones are written as numbers where 15 digits hold them.
struct Cell {
  std::string text = {};
  bool is_number = false;
};
struct SheetText {
  std::string name;
  std::vector<std::string> header;
  std::vector<std::vector<Cell>> rows;
};

// Texts in UTF-8 of at most so many bytes fit into a cell as they are.
inline constexpr std::size_t kLongestCell = 32'000;
inline constexpr std::size_t kMostRows = 1'048'576, kMostColumns = 16'384;
// A title, a note and the header stand above the rows.
inline constexpr std::size_t kRowsAbove = 3;

// The sheets. ReadPublicationBook makes the same publication of them. Equal tables of several uses
// share a sheet. Reports texts that no cell and tables that no sheet can hold.
std::vector<SheetText> SheetsOf(const Publication& publication, Diagnostics& diagnostics);

// The sheet of one table, without a name; no rows and no header for a kind that has no sheet.
SheetText TableOf(const CoefficientTable& table);

// The header of columns, and cells.
std::vector<std::string> HeaderOf(std::size_t count, const struct Column* columns);
Cell TextCell(const std::string& text);                           // empty = no cell
Cell NeededText(const std::string& text, bool reserved = false);  // empty = `""`
template <class Quantity>
Cell NumberCell(const Quantity& quantity) {
  return {quantity.ToString(), true};
}

}  // namespace dijia::workbook
