// One sheet of a publication's workbook as a table: its header found, its cells read by columns.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/workbook.h"
#include "json/value.h"
#include "workbook/layout.h"
#include "workbook/places.h"

namespace dijia::workbook {

// A column whose header is data: a grade or a level.
struct FreeColumn {
  std::size_t position = 0;
  std::string name;
};

class SheetTable {
 public:
  // The header is the first row with the header of the first column; rows above it are a title.
  // Reports what is wrong with it, and the formulas without results and merged cells below. With
  // `free` further columns are taken, else they are refused. Nothing after an error of the header.
  static std::optional<SheetTable> Open(const io::WorkbookSheet& sheet, const std::string& source,
                                        Columns columns, bool free, Problems& problems);

  // The rows below the header that are not blank, as indices of records.
  const std::vector<std::size_t>& rows() const { return rows_; }
  const std::vector<FreeColumn>& free() const { return free_; }

  // The text of a cell; empty where it, or its column, is not there.
  std::string_view Cell(std::size_t row, std::size_t column) const;
  std::string_view FreeCell(std::size_t row, const FreeColumn& column) const;
  Location At(std::size_t row, std::size_t column) const;  // of a fixed column
  Location At(std::size_t row, const FreeColumn& column) const;
  Location Header(const FreeColumn& column) const;
  Location Header() const { return Place(header_, 0); }

  // The value of a cell for the document. Nothing for an empty one; of one that is refused, after a
  // report, a value that stands in for it.
  std::optional<json::Value> Read(std::size_t row, std::size_t column, Problems& problems) const;
  // Whether a cell must be filled in for this row although its column may be empty.
  bool Need(std::size_t row, std::size_t column, Problems& problems) const;
  // The code of a word, or the name, in a cell; nothing for an empty one or after a report.
  std::optional<std::string> ReadWord(std::size_t row, std::size_t column,
                                      Problems& problems) const;
  // Adds every cell of the row whose column has a field to the object at `pointer`.
  void ReadFields(std::size_t row, const std::string& pointer, json::Value& object,
                  CellPlaces& places, Problems& problems) const;

 private:
  void MatchHeader(bool free, Problems& problems);
  void AddColumn(std::size_t position, bool free, Problems& problems);
  void FindRows(Problems& problems);
  std::string_view Text(std::size_t row, std::size_t position) const;
  bool HasFault(std::size_t row, std::size_t position) const;
  Location Place(std::size_t row, std::size_t position) const;

  const io::WorkbookSheet* sheet_ = nullptr;
  std::string source_;
  Columns columns_;
  std::size_t header_ = 0;
  std::vector<std::optional<std::size_t>> positions_;  // by column
  std::vector<FreeColumn> free_;
  std::vector<std::size_t> rows_;
};

// A value that a column allows, in place of one that was refused.
json::Value StandIn(const Column& column);
// A cell of a column, for the document; see SheetTable::Read.
json::Value ReadCell(const Column& column, std::string_view cell, const Location& where,
                     Problems& problems);
// A grade, or 各级, as the key of a map (`2`, `*`); nothing after a report of any other text.
std::optional<std::string> ReadGradeKey(std::string_view cell, const Location& where,
                                        Problems& problems);

}  // namespace dijia::workbook
