#include "io/csv_records.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "dijia/base/codes.h"
#include "io/csv_head.h"
#include "io/text_encoding.h"

namespace dijia::io {
namespace {

constexpr std::size_t kHeadRecords = 50;

// Why a record with the right number of cells cannot be read as text.
std::optional<Code> ByteFaultOf(const RecordCutter& cutter, std::size_t width) {
  const auto& cells = cutter.cells();
  if (cutter.fault() || cells.size() != width) return std::nullopt;
  const auto has_nul = [](std::string_view cell) {
    return cell.find('\0') != std::string_view::npos;
  };
  if (!std::ranges::all_of(cells, IsUtf8)) return Code::kNotUtf8;
  return std::ranges::any_of(cells, has_nul) ? std::optional(Code::kNulByte) : std::nullopt;
}

}  // namespace

CsvRecords::CsvRecords(const std::filesystem::path& path, RecordStreamOptions stream)
    : path_(path), stream_(path, std::move(stream)) {
  first_pending_ = stream_.Next(first_);
  first_.bytes = Utf8Of(std::move(first_), path_);
  first_.gb18030 = false;
  delimiter_ = DetectDelimiter(first_.bytes);
}

std::vector<std::vector<std::string>> CsvRecords::head() const {
  return SplitRecords(first_.bytes, delimiter_, kHeadRecords, true);
}

std::string CsvRecords::HeadText(std::size_t record) const {
  RecordCutter cutter(first_.bytes, delimiter_);
  for (std::size_t i = 0; i <= record; ++i) cutter.Next();
  return std::string(cutter.record());
}

void CsvRecords::SetHeader(std::size_t header, std::size_t width) {
  header_ = header;
  width_ = width;
}

bool CsvRecords::Next(InputBlock& block) {
  if (first_pending_) {
    first_pending_ = false;
    block.piece = std::move(first_);
    return true;
  }
  return stream_.Next(block.piece);
}

void CsvRecords::Read(const InputBlock& block,
                      const std::function<void(const RecordCutter&, std::uint64_t,
                                               const std::optional<Diagnostic>&)>& use) const {
  const std::string text = Utf8Of(block.piece, path_);
  const bool clean = IsUtf8(text) && text.find('\0') == std::string::npos;
  RecordCutter cutter(text, delimiter_);
  for (std::uint64_t number = block.piece.first_row; cutter.Next(); ++number) {
    if (number <= header_ + 1 || cutter.is_blank()) continue;
    const Location where{path_.string(), number, 0, ""};
    const auto bytes = clean ? std::nullopt : ByteFaultOf(cutter, width_);
    if (block.piece.open_quote && cutter.at_end()) {
      use(cutter, number, Diagnostic{Code::kQuoteNotClosed, where, {}});
    } else if (bytes) {
      use(cutter, number, Diagnostic{*bytes, where, {}});
    } else {
      use(cutter, number, FaultOf(cutter, number));
    }
  }
}

std::optional<Diagnostic> CsvRecords::FaultOf(const RecordCutter& cutter,
                                              std::uint64_t number) const {
  const Location where{path_.string(), number, 0, ""};
  if (cutter.fault()) return Diagnostic{Code::kStrayQuote, where, {*cutter.fault()}};
  const std::size_t fields = cutter.cells().size();
  if (fields == width_) return std::nullopt;
  return Diagnostic{
      Code::kWrongFieldCount, where, {std::to_string(fields), std::to_string(width_)}};
}

}  // namespace dijia::io
