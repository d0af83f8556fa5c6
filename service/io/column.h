// Columns of cells: where the cells of a table go, whatever kind of file the table came from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/date.h"
#include "dijia/sample.h"

namespace dijia::io {

// What one cell says, as a reader of cells understands it.
struct CellReading {
  std::int64_t value = 0;   // units of the column's scale, days, or the number of a choice
  double number = 0.0;      // for Real and figure columns
  std::string name = {};    // for columns of names
  bool missing = false;     // blank: the column's missing mark is stored
  bool normalised = false;  // not in the plain form (full-width digits, a unit): counted in a note
  // The unit that a price cell states itself, a PriceUnit.
  std::optional<std::uint8_t> unit = {};
  // Why the row cannot be used; kUsed where the cell is no reason.
  Fate fate = Fate::kUsed;
  // What to tell about the cell, with the words that fill the text.
  std::optional<Code> code = {};
  std::vector<std::string> arguments = {};
};

// Reads the text of a cell, unquoted. Must be callable from several threads and give the same for
// the same text. Never called for an empty cell.
using CellReader = std::function<CellReading(std::string_view)>;

// Where cells go: element i of `out` takes row i. Exact decimals are counts of 10^-scale.
struct ToInt64 {
  std::span<std::int64_t> out;  // kMissing64
  int scale = 0;                // 0–9
};
struct ToInt32 {
  std::span<std::int32_t> out;  // kMissing32
  int scale = 0;                // 0–9
};
struct ToReal {
  std::span<double> out;  // NaN
};
struct ToDate {
  std::span<Days> out;  // kNoDate
};
// A closed list: the reader gives the number, once for each distinct text.
struct ToChoice {
  std::span<std::uint8_t> out;
  std::uint8_t missing = kMissing8;
};
// Names, coded in order of first appearance; the reader may give the name another form.
struct ToCode16 {
  std::span<std::uint16_t> out;
  Dictionary* names = nullptr;
};
struct ToCode32 {
  std::span<std::uint32_t> out;
  Dictionary* names = nullptr;
};
// Texts as they are, appended in row order.
struct ToText {
  TextColumn* out = nullptr;
};
// Figures, one entry for each cell that is not blank, with rows counted from `first_row`. All such
// columns of one table share `out`.
struct ToFigure {
  std::vector<ConversionFigure>* out = nullptr;
  std::uint16_t name = 0;
  std::uint32_t first_row = 0;
};
using ColumnTarget =
    std::variant<ToInt64, ToInt32, ToReal, ToDate, ToChoice, ToCode16, ToCode32, ToText, ToFigure>;

// One column that is wanted of a table.
struct WantedColumn {
  std::size_t position = 0;  // in the table, from 0
  std::string field = {};    // its name in diagnostics
  ColumnTarget target = {};
  // Empty = the plain reader of the target: decimals, ISO dates, names and texts as they are.
  CellReader reader = {};
  // Plain decimals and dates may go past the reader, which would give the same for them.
  bool plain_cells = true;
};

// The plain reader of a target. Errors: kNotANumber, kTooManyDecimals, kNumberTooLarge, kNotADate.
CellReader PlainReader(const ColumnTarget& target);

// Something to tell about a cell, or a reason why its row cannot be used.
struct CellFault {
  static constexpr std::uint16_t kWholeRow = 0xffff;

  std::uint32_t row = 0;
  std::uint16_t column = kWholeRow;  // index into the wanted columns
  Fate fate = Fate::kUsed;
  std::optional<Code> code = {};
  std::vector<std::string> arguments = {};
};

// The same about all cells of one text in a column of choices or names.
struct RepeatedNote {
  std::uint32_t first_row = 0;
  std::uint16_t column = 0;
  Code code = Code::kInternal;
  std::vector<std::string> arguments = {};
  std::size_t rows = 0;
};

struct UnitMark {
  std::uint32_t row = 0;
  std::uint8_t unit = 0;
};

// Cells that were not in the plain form.
struct ColumnNotes {
  std::size_t normalised = 0;
  std::string example = {};  // the first of them
};

// What filling columns brought to light; everything in row order.
struct Filling {
  std::vector<CellFault> faults = {};
  std::vector<RepeatedNote> repeated = {};     // by first row
  std::vector<std::uint32_t> blank_rows = {};  // every cell of the row is empty
  std::vector<UnitMark> unit_marks = {};       // cells that state their own unit
  std::vector<ColumnNotes> notes = {};         // one for each wanted column
};

}  // namespace dijia::io
