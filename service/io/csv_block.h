// One block of a CSV file → its rows in the wanted columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "io/column_fill.h"
#include "io/csv.h"
#include "io/csv_kernels.h"

namespace dijia::io {

// Rows of cells as offsets into a text: cell c of row r lies between offsets[r · stride + c] + 1
// and offsets[r · stride + c + 1]. A cell that ends before it begins is empty.
struct CellGrid {
  const char* bytes = nullptr;
  const std::uint32_t* offsets = nullptr;
  std::size_t stride = 0;
  std::size_t rows = 0;
  std::size_t columns = 0;
  bool has_quotes = false;

  std::string_view Cell(std::size_t row, std::size_t column) const {
    const std::uint32_t* at = offsets + row * stride + column;
    const std::uint32_t begin = at[0] + 1;
    std::uint32_t end = at[1];
    if (column + 1 == columns && end > begin && bytes[end - 1] == '\r') --end;
    return end > begin ? std::string_view(bytes + begin, end - begin) : std::string_view();
  }
};

// A field without its quotes; nothing when a quote stands where none may.
bool Unquote(std::string_view field, std::string& out);

// Puts all rows of a grid into the wanted columns; row 0 of the grid is `writer.block().first_row`.
void FillFromGrid(const CellGrid& grid, std::span<const WantedColumn> wanted,
                  const CsvKernels& kernels, CellWriter& writer);

// Reads blocks of one file; one object per worker, with its buffers.
class CsvBlockReader {
 public:
  CsvBlockReader(const CsvFile& file, std::size_t header, std::span<const WantedColumn> wanted,
                 const CsvKernels& kernels);

  // Reads block `index`, parses its records and fills the wanted columns. `filled` must be new.
  Status Fill(std::size_t index, ColumnWorker& worker, FilledBlock& filled);

 private:
  Status Load(const CsvFile::Block& block);
  Status LoadMore();
  void AppendSeparators(std::size_t begin, std::size_t end, bool& in_quotes);
  bool EndAtLine(std::size_t from);
  Status FindSeparators(const CsvFile::Block& block);
  bool IsRectangular(std::size_t first, std::size_t rows) const;
  std::optional<Code> FaultOf(std::string_view record, std::span<const std::uint32_t> ends,
                              bool suspect, bool is_last) const;
  CellGrid Straighten(std::size_t first, std::size_t rows, bool suspect, CellWriter& writer);
  void FindBlankRows(const CellGrid& grid, CellWriter& writer) const;

  const CsvFile& file_;
  std::size_t header_;
  std::span<const WantedColumn> wanted_;
  const CsvKernels& kernels_;
  std::size_t columns_;

  // The text lies from kKernelPadding on in buffer_, so that the byte before it exists.
  std::vector<char> buffer_;
  std::size_t size_ = 0;    // of the text
  std::uint64_t next_ = 0;  // where in the file the text goes on
  std::size_t window_ = 0;  // records that start behind it belong to later blocks
  std::vector<std::uint32_t> offsets_;
  std::size_t separators_ = 0;
  std::vector<std::uint32_t> straight_;
};

}  // namespace dijia::io
