// The rows of a spreadsheet or layer below its header as texts, block by block: what inputs of
// cases and parcels read from tables that are no CSV.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "io/column.h"
#include "io/input_block.h"
#include "io/table.h"

namespace dijia::io {

// What a table of one kind of rows is wanted for.
struct TableWish {
  std::filesystem::path path;
  TableFormat format = TableFormat::kXlsx;
  std::string layer, encoding;  // empty = the only one with a header; detected
  std::function<bool(const Records&)> has_header;
};
// Throws FileError for what cannot be opened.
Table OpenTable(const TableWish& wish);

class TableRows {
 public:
  // Takes the columns at `positions`, of a header at row `header` with so many columns. Throws
  // FileError. `source` is the name in messages.
  TableRows(const Table& table, std::size_t header, std::vector<std::size_t> positions,
            std::size_t width, std::string source);

  // The next block of rows; false at the end.
  bool Next(InputBlock& block);
  // Hands over each row of a block that is not blank, any thread: its number as in the file, its
  // cells by position, and the cells that cannot be read (formulas without results, merged ones).
  using UseRow = std::function<void(std::uint64_t number, std::span<const std::string_view> cells,
                                    const Diagnostics& faults)>;
  void Read(const InputBlock& block, const UseRow& use) const;

 private:
  struct Fault {
    std::size_t row = 0;  // of texts_
    Diagnostic problem;
  };

  std::string source_;
  std::size_t header_, width_;
  std::vector<std::size_t> positions_;
  std::vector<TextColumn> texts_;  // by position, below the header
  std::vector<Fault> faults_;      // ascending by row
  std::vector<std::uint32_t> blank_rows_;
  std::size_t rows_, next_ = 0;
};

}  // namespace dijia::io
