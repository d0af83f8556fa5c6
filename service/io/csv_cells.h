// Blocks of CSV texts as records with the bounds of their cells, found many bytes at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "io/csv_kernels.h"
#include "io/input_block.h"

namespace dijia::io {

// Records below the header whose cells are where the separators are. Whatever is not plain (quotes,
// another number of cells) has no cells here and is read by RecordCutter.
class CsvCells {
 public:
  // A record: cell c lies between ends[c] + 1 and ends[c + 1].
  struct Record {
    const std::uint32_t* ends = nullptr;
    std::string_view text;
    std::uint64_t number = 0;
    bool careful = false;  // to be read the careful way; all its cells are empty
  };

  // `header` is the place of the header among the records, from 0; `width` its number of cells.
  CsvCells(std::filesystem::path path, char delimiter, std::size_t header, std::size_t width);

  // Takes the text of a block; false when all of it has to be read the careful way: the block is
  // as it was then, but in UTF-8.
  bool Cut(InputBlock& block);
  // The next records of the block, at most `most`; false when there are none. They live until Cut.
  bool Next(std::size_t most, std::vector<Record>& records);

  // Behind every cell kKernelPadding bytes may be read.
  std::string_view Cell(const Record& record, std::size_t position) const {
    const std::uint32_t begin = record.ends[position] + 1;
    std::uint32_t end = record.ends[position + 1];
    if (position == last_position_ && end > begin && text_[end - 1] == '\r') --end;
    return {text_.data() + begin, end - begin};
  }
  // Whether there is anything beyond ASCII in the block.
  bool has_high_bytes() const { return has_high_bytes_; }

 private:
  bool IsRegular(std::size_t newlines) const;
  void TakeRecord(std::vector<Record>& records);

  std::filesystem::path path_;
  char delimiter_;
  std::size_t header_, width_, last_position_;
  const CsvKernels& kernels_;
  std::string text_;
  std::vector<std::uint32_t> ends_;  // of cells; the first one is before the text
  std::size_t at_ = 0, last_ = 0;    // of ends_
  std::uint64_t number_ = 0;         // of the next record
  bool has_quotes_ = false, has_high_bytes_ = false, is_regular_ = false;
  std::vector<std::uint32_t> no_cells_;  // ends of a record without cells
};

}  // namespace dijia::io
