#include "io/case_csv.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "dijia/base/codes.h"
#include "io/csv_case_columns.h"
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

std::unique_ptr<CaseInput> CsvCases::Open(const CaseInputOptions& options,
                                          const rules::RulePack& pack,
                                          const CaseReference& reference,
                                          Diagnostics& diagnostics) {
  std::unique_ptr<CsvCases> cases(
      new CsvCases(options, {options.encoding, options.read, options.eager, true}));
  cases->first_pending_ = cases->stream_.Next(cases->first_);
  cases->first_.bytes = Utf8Of(std::move(cases->first_), options.path);
  cases->first_.gb18030 = false;
  cases->delimiter_ = DetectDelimiter(cases->first_.bytes);
  const auto head = SplitRecords(cases->first_.bytes, cases->delimiter_, kHeadRecords, true);
  auto columns = CaseLayout::Match(head, pack, reference, options.path.string(), diagnostics);
  if (!columns) return nullptr;
  cases->columns_ = *std::move(columns);
  return cases;
}

bool CsvCases::Next(CaseBlock& block) {
  if (first_pending_) {
    first_pending_ = false;
    block.piece = std::move(first_);
    return true;
  }
  return stream_.Next(block.piece);
}

void CsvCases::Read(const CaseBlock& block, const std::function<void(CaseRow&)>& use) const {
  const std::string text = Utf8Of(block.piece, path_);
  const bool clean = IsUtf8(text) && text.find('\0') == std::string::npos;
  RecordCutter cutter(text, delimiter_);
  CaseRow row;
  for (std::uint64_t number = block.piece.first_row; cutter.Next(); ++number) {
    if (number <= columns_.header() + 1 || cutter.is_blank()) continue;
    const Location where{columns_.source(), number, 0, ""};
    if (block.piece.open_quote && cutter.at_end()) {
      columns_.Begin(number, row);
      row.problems.Add(Code::kQuoteNotClosed, where);
    } else if (const auto fault = clean ? std::nullopt : ByteFaultOf(cutter, columns_.width())) {
      columns_.Begin(number, row);
      row.problems.Add(*fault, where);
    } else {
      ReadRecord(cutter, number, row);
    }
    use(row);
  }
}

void CsvCases::ReadRecord(const RecordCutter& cutter, std::uint64_t number, CaseRow& row) const {
  columns_.Begin(number, row);
  const Location where{columns_.source(), number, 0, ""};
  const std::size_t fields = cutter.cells().size(), width = columns_.width();
  if (cutter.fault()) {
    row.problems.Add(Code::kStrayQuote, where, {*cutter.fault()});
  } else if (fields != width) {
    row.problems.Add(Code::kWrongFieldCount, where,
                     {std::to_string(fields), std::to_string(width)});
  } else {
    columns_.Read(cutter.cells(), row);
  }
}

std::unique_ptr<CaseColumnReader> CsvCases::ColumnReader(const rules::RulePack& pack,
                                                         rules::CaseColumns& columns,
                                                         std::optional<Days> as_of) const {
  if (!CsvColumnReader::CanRead(columns_, columns)) {
    return CaseInput::ColumnReader(pack, columns, as_of);
  }
  return std::make_unique<CsvColumnReader>(*this, columns, as_of);
}

}  // namespace dijia::io
