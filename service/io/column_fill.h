// Filling columns block by block on several threads, with one result for any number of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/result.h"
#include "io/column.h"

namespace dijia::io {

// The distinct texts of one column that one worker has met.
class TextCache {
 public:
  struct Entry {
    std::string text = {};
    CellReading reading = {};
    std::size_t rows = 0;
    std::uint32_t first_row = 0;
  };

  TextCache();
  // The entry of `text`; a new one has rows == 0. Its index is that of the order of arrival.
  std::uint32_t Find(std::string_view text);
  Entry& operator[](std::uint32_t index) { return entries_[index]; }
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  void Grow();

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // index + 1 of an entry, 0 = free
};

// What one worker keeps from block to block: a cache for each wanted column.
struct ColumnWorker {
  std::vector<TextCache> caches;
};

// The rows that one worker filled in one go. Columns of names hold the worker's own codes until
// JoinBlocks gives them the common ones.
struct FilledBlock {
  struct Texts {
    std::string bytes;
    std::vector<std::uint32_t> lengths;
  };

  std::uint32_t first_row = 0;
  std::uint32_t rows = 0;
  std::size_t worker = 0;
  std::vector<CellFault> faults;
  std::vector<std::uint32_t> blank_rows;
  std::vector<UnitMark> unit_marks;
  std::vector<ColumnNotes> notes;         // by wanted column
  std::vector<Texts> texts;               // by wanted column
  std::vector<ConversionFigure> figures;  // column by column until JoinBlocks
};

// Puts cells into their columns. Cells of one column must come in ascending order of rows.
class CellWriter {
 public:
  CellWriter(std::span<const WantedColumn> wanted, ColumnWorker& worker, FilledBlock& block);

  // Puts one cell, unquoted; blanks around it do not count.
  void Put(std::size_t column, std::uint32_t row, std::string_view cell);
  void PutMissing(std::size_t column, std::uint32_t row);
  // Records a reason against the whole row.
  void Blame(std::uint32_t row, Fate fate, Code code, std::vector<std::string> arguments);

  FilledBlock& block() { return block_; }

 private:
  void PutNamed(std::size_t column, std::uint32_t row, std::string_view cell);
  void PutRead(std::size_t column, std::uint32_t row, std::string_view cell);
  void Note(std::size_t column, std::uint32_t row, std::string_view cell,
            const CellReading& reading);

  std::span<const WantedColumn> wanted_;
  ColumnWorker& worker_;
  FilledBlock& block_;
};

// Brings the blocks, in row order, to one result. Error: kTooManyNames when a column of names has
// more of them than its codes can number.
Result<Filling> JoinBlocks(std::span<const WantedColumn> wanted,
                           std::span<const ColumnWorker> workers, std::vector<FilledBlock> blocks,
                           unsigned threads);

}  // namespace dijia::io
