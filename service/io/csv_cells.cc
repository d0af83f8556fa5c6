#include "io/csv_cells.h"

#include <utility>

#include "dijia/simd.h"
#include "io/record_cutter.h"
#include "io/text_encoding.h"

namespace dijia::io {
namespace {

constexpr std::uint32_t kBeforeText = UINT32_MAX;  // the end of a cell before the first

bool IsBlank(std::string_view record, char delimiter) {
  RecordCutter cutter(record, delimiter);
  return !cutter.Next() || cutter.is_blank();
}

}  // namespace

CsvCells::CsvCells(std::filesystem::path path, char delimiter, std::size_t header,
                   std::size_t width)
    : path_(std::move(path)),
      delimiter_(delimiter),
      header_(header),
      width_(width),
      last_position_(width - 1),
      kernels_(KernelsFor(BestSimdLevel())) {
  for (std::uint32_t i = 0; i <= width; ++i) no_cells_.push_back(i);
}

bool CsvCells::Cut(InputBlock& block) {
  at_ = last_ = 0;
  if (block.piece.open_quote) return false;
  number_ = block.piece.first_row;
  if (block.piece.gb18030) {
    text_ = Utf8Of(std::move(block.piece), path_);
  } else {
    text_.swap(block.piece.bytes);
  }
  const std::size_t given = text_.size();
  if (!text_.ends_with('\n')) text_ += '\n';
  const std::size_t size = text_.size();
  text_.append(kKernelPadding, '\0');
  const BlockCounts counts = kernels_.count(text_.data(), size);
  has_high_bytes_ = counts.has_high_bytes;
  if (counts.has_nul || (has_high_bytes_ && !IsUtf8(std::string_view(text_).substr(0, size)))) {
    text_.resize(given);
    text_.swap(block.piece.bytes);
    block.piece.gb18030 = false;
    return false;
  }
  has_quotes_ = counts.quotes != 0;
  if (ends_.size() < size + kKernelPadding + 1) ends_.resize(size + kKernelPadding + 1);
  ends_.front() = kBeforeText;
  bool in_quotes = false;
  last_ = kernels_.find_separators(text_.data(), 0, size, delimiter_, in_quotes, ends_.data() + 1);
  is_regular_ = !has_quotes_ && IsRegular(counts.newlines);
  return true;
}

// Whether every record has the cells of the header.
bool CsvCells::IsRegular(std::size_t newlines) const {
  if (last_ != newlines * width_) return false;
  for (std::size_t at = width_; at <= last_; at += width_) {
    if (text_[ends_[at]] != '\n') return false;
  }
  return true;
}

bool CsvCells::Next(std::size_t most, std::vector<Record>& records) {
  records.clear();
  while (records.size() < most && at_ < last_) TakeRecord(records);
  return !records.empty();
}

// Adds the record whose cells come after end `at_`.
void CsvCells::TakeRecord(std::vector<Record>& records) {
  const auto is_newline = [&](std::size_t end) { return text_[ends_[end]] == '\n'; };
  const std::size_t at = at_;
  std::size_t last = at + width_;
  bool regular = is_regular_;
  if (!regular) {
    std::size_t newline = at + 1;
    while (!is_newline(newline)) ++newline;
    regular = newline == last;
    last = newline;
  }
  at_ = last;
  Record record;
  record.number = number_++;
  record.ends = &ends_[at];
  record.text = std::string_view(text_).substr(ends_[at] + 1, ends_[last] - ends_[at] - 1);
  if (record.number <= header_ + 1) return;
  if (!regular || (has_quotes_ && record.text.find('"') != std::string_view::npos)) {
    if (IsBlank(record.text, delimiter_)) return;
    record.careful = true;
    record.ends = no_cells_.data();
  }
  records.push_back(record);
}

}  // namespace dijia::io
