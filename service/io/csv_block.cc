#include "io/csv_block.h"

#include <algorithm>
#include <cstring>

#include "dijia/base/codes.h"
#include "io/text_encoding.h"

namespace dijia::io {
namespace {

// How much of the following block is read at once to complete the last record.
constexpr std::size_t kAhead = std::size_t{4} << 10;

// The words that fill the text of a fault of a whole record.
std::vector<std::string> WordsFor(Code fault, std::size_t fields, std::size_t columns) {
  if (fault == Code::kRecordTooLong) return {std::to_string(CsvFile::kLongestRecord >> 20)};
  if (fault == Code::kWrongFieldCount) return {std::to_string(fields), std::to_string(columns)};
  return {};
}

}  // namespace

CsvBlockReader::CsvBlockReader(const CsvFile& file, std::size_t header,
                               std::span<const WantedColumn> wanted, const CsvKernels& kernels)
    : file_(file),
      header_(header),
      wanted_(wanted),
      kernels_(kernels),
      columns_(file.head()[header].size()) {}

// The block and a little more.
Status CsvBlockReader::Load(const CsvFile::Block& block) {
  window_ = static_cast<std::size_t>(block.end - block.begin);
  size_ = 0;
  next_ = block.begin;
  separators_ = 0;
  buffer_.resize(std::max(buffer_.size(), window_ + kAhead + 2 * kKernelPadding));
  buffer_[kKernelPadding - 1] = '\n';
  return LoadMore();
}

// Fills the rest of the buffer, which must have room.
Status CsvBlockReader::LoadMore() {
  const std::size_t room = buffer_.size() - 2 * kKernelPadding - size_;
  const Result<std::size_t> count =
      file_.bytes_.Read(next_, std::span(buffer_).subspan(kKernelPadding + size_, room));
  if (!count) return count.error();
  size_ += *count;
  next_ += *count;
  return Done{};
}

// Appends the separators of text bytes [begin, end).
void CsvBlockReader::AppendSeparators(std::size_t begin, std::size_t end, bool& in_quotes) {
  offsets_.resize(std::max(offsets_.size(), separators_ + (end - begin) + kKernelPadding));
  separators_ +=
      kernels_.find_separators(buffer_.data(), kKernelPadding + begin, kKernelPadding + end,
                               file_.delimiter(), in_quotes, offsets_.data() + separators_);
}

// Drops the separators from the one behind the first line end at or after `from` on; false when
// there is no line end.
bool CsvBlockReader::EndAtLine(std::size_t from) {
  for (std::size_t i = from; i < separators_; ++i) {
    if (buffer_[offsets_[i]] != '\n') continue;
    separators_ = i + 1;
    return true;
  }
  return false;
}

// The separators of the block and of its last record, up to the line end of that record. Where the
// file, or what may be read of it, ends inside the record, a line end is put there.
Status CsvBlockReader::FindSeparators(const CsvFile::Block& block) {
  bool in_quotes = block.in_quotes;
  AppendSeparators(0, window_, in_quotes);
  for (std::size_t done = window_; done < size_ || next_ < file_.bytes_.size(); done = size_) {
    if (done == size_) {
      if (size_ - window_ > CsvFile::kLongestRecord) break;
      buffer_.resize(buffer_.size() + std::max(kAhead, size_ - window_));
      const Status status = LoadMore();
      if (!status) return status;
    }
    const std::size_t before = separators_;
    AppendSeparators(done, size_, in_quotes);
    if (EndAtLine(before)) return Done{};
  }
  const auto end = static_cast<std::uint32_t>(kKernelPadding + size_);
  if (separators_ == 0 || offsets_[separators_ - 1] + 1 != end || buffer_[end - 1] != '\n') {
    buffer_[end] = '\n';
    offsets_.resize(std::max(offsets_.size(), separators_ + 1));
    offsets_[separators_++] = end;
  }
  return Done{};
}

// Whether the separators from `first` on are exactly `rows` records of the right number of fields.
bool CsvBlockReader::IsRectangular(std::size_t first, std::size_t rows) const {
  if (separators_ - first != rows * columns_) return false;
  for (std::size_t i = first + columns_ - 1; i < separators_; i += columns_) {
    if (buffer_[offsets_[i]] != '\n') return false;
  }
  return true;
}

// What is wrong with a record of `fields` fields that end at `ends`; the code, nothing when it is
// fine.
std::optional<Code> CsvBlockReader::FaultOf(std::string_view record,
                                            std::span<const std::uint32_t> ends, bool suspect,
                                            bool is_last) const {
  if (is_last && file_.ends_in_quotes_) return Code::kQuoteNotClosed;
  if (record.size() > CsvFile::kLongestRecord) return Code::kRecordTooLong;
  if (ends.size() < columns_) return Code::kWrongFieldCount;
  // Fields beyond the header are harmless when nothing stands in them.
  const std::string_view surplus =
      record.substr(record.size() - (ends.back() - ends[columns_ - 1]));
  if (surplus.find_first_not_of(std::string{file_.delimiter(), '\r'}) != std::string_view::npos) {
    return Code::kWrongFieldCount;
  }
  if (suspect && !IsUtf8(record)) return Code::kNotUtf8;
  if (suspect && record.find('\0') != std::string_view::npos) return Code::kNulByte;
  return std::nullopt;
}

// Offsets with one place more a row, in which the cells of bad records are all empty.
CellGrid CsvBlockReader::Straighten(std::size_t first, std::size_t rows, bool suspect,
                                    CellWriter& writer) {
  straight_.resize(rows * (columns_ + 1));
  const std::size_t last_row = file_.records_ - header_ - 2;
  std::size_t next = first;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::uint32_t before = offsets_[next - 1];
    std::size_t fields = 0;
    while (buffer_[offsets_[next + fields++]] != '\n') {
    }
    const std::span<const std::uint32_t> ends(offsets_.data() + next, fields);
    next += fields;
    std::uint32_t* const place = straight_.data() + row * (columns_ + 1);
    std::fill_n(place, columns_ + 1, before);
    const std::string_view record(buffer_.data() + before + 1, ends.back() - before - 1);
    if (record.empty() || record == "\r") continue;
    const std::uint32_t table_row = writer.block().first_row + static_cast<std::uint32_t>(row);
    if (const auto fault = FaultOf(record, ends, suspect, table_row == last_row)) {
      writer.Blame(table_row, Fate::kUnreadable, *fault, WordsFor(*fault, fields, columns_));
    } else {
      std::copy_n(ends.begin(), columns_, place + 1);
    }
  }
  return {.bytes = buffer_.data(),
          .offsets = straight_.data(),
          .stride = columns_ + 1,
          .rows = rows,
          .columns = columns_,
          .has_quotes = true};
}

void CsvBlockReader::FindBlankRows(const CellGrid& grid, CellWriter& writer) const {
  FilledBlock& block = writer.block();
  std::size_t fault = 0;
  for (std::size_t row = 0; row < grid.rows; ++row) {
    const std::uint32_t* const at = grid.offsets + row * grid.stride;
    if (at[columns_] - at[0] > columns_ + 1) continue;
    bool blank = true;
    for (std::size_t column = 0; column < columns_; ++column) {
      blank = blank && grid.Cell(row, column).empty();
    }
    const std::uint32_t table_row = block.first_row + static_cast<std::uint32_t>(row);
    while (fault < block.faults.size() && block.faults[fault].row < table_row) ++fault;
    const bool is_bad = fault < block.faults.size() && block.faults[fault].row == table_row;
    if (blank && !is_bad) block.blank_rows.push_back(table_row);
  }
}

Status CsvBlockReader::Fill(std::size_t index, ColumnWorker& worker, FilledBlock& filled) {
  const CsvFile::Block& block = file_.blocks_[index];
  // Records up to the header are no rows.
  const std::uint64_t first_row_record = header_ + 1;
  const std::uint64_t end_record = block.first_record + block.records;
  if (block.records == 0 || end_record <= first_row_record) return Done{};
  const std::uint64_t skipped =
      first_row_record > block.first_record ? first_row_record - block.first_record : 0;
  Status status = Load(block);
  if (status) status = FindSeparators(block);
  if (!status) return status;

  // In all blocks but the first, what comes before the first line end belongs to the block before;
  // in the first there is the header. Either way a separator precedes the first row.
  std::size_t first = 0;
  std::uint64_t line_ends = skipped + (index == 0 ? 0 : 1);
  while (line_ends > 0) line_ends -= buffer_[offsets_[first++]] == '\n' ? 1U : 0U;

  filled.first_row = static_cast<std::uint32_t>(block.first_record + skipped - first_row_record);
  filled.rows = static_cast<std::uint32_t>(block.records - skipped);
  CellWriter writer(wanted_, worker, filled);
  const bool is_plain = !block.suspect && size_ <= CsvFile::kLongestRecord;
  const CellGrid grid = is_plain && IsRectangular(first, filled.rows)
                            ? CellGrid{.bytes = buffer_.data(),
                                       .offsets = offsets_.data() + first - 1,
                                       .stride = columns_,
                                       .rows = filled.rows,
                                       .columns = columns_,
                                       .has_quotes = block.has_quotes}
                            : Straighten(first, filled.rows, block.suspect, writer);
  FindBlankRows(grid, writer);
  FillFromGrid(grid, wanted_, kernels_, writer);
  return Done{};
}

}  // namespace dijia::io
