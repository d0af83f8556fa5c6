#include "io/case_csv.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "dijia/base/codes.h"
#include "io/csv_block.h"
#include "io/csv_head.h"
#include "io/text_encoding.h"

namespace dijia::io {
namespace {

constexpr std::size_t kHeadRecords = 50;

// Cuts records and their fields; quoted fields are unquoted into buffers that live until the next
// record.
class RecordCutter {
 public:
  RecordCutter(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  // The fields of the next record; false at the end.
  bool Next() {
    cells_.clear();
    fault_.reset();
    if (text_.empty()) return false;
    const std::size_t end = EndOfRecord();
    std::string_view record = text_.substr(0, end);
    text_.remove_prefix(std::min(text_.size(), end + 1));
    if (record.ends_with('\r')) record.remove_suffix(1);
    Cut(record);
    return true;
  }
  const std::vector<std::string_view>& cells() const { return cells_; }
  bool at_end() const { return text_.empty(); }
  bool is_blank() const { return cells_.size() == 1 && cells_[0].empty(); }
  // The field in which a quote stands where none may.
  const std::optional<std::string>& fault() const { return fault_; }

 private:
  std::size_t EndOfRecord() const {
    std::size_t line = std::min(text_.find('\n'), text_.size());
    std::size_t quote = text_.substr(0, line).find('"');
    bool inside = false;
    while (quote != std::string_view::npos) {
      inside = !inside;
      if (inside) {
        quote = text_.find('"', quote + 1);
        if (quote == std::string_view::npos) return text_.size();
        line = std::min(text_.find('\n', quote), text_.size());
        continue;
      }
      quote = text_.substr(0, line).find('"', quote + 1);
    }
    return line;
  }

  void Cut(std::string_view record) {
    const bool quoted = record.find('"') != std::string_view::npos;
    unquoted_.clear();
    std::size_t at = 0;
    while (true) {
      const std::size_t end =
          quoted ? EndOfField(record, at) : std::min(record.find(delimiter_, at), record.size());
      AddField(record.substr(at, end - at));
      if (end == record.size()) break;
      at = end + 1;
    }
  }

  std::size_t EndOfField(std::string_view record, std::size_t at) const {
    bool inside = false;
    for (; at < record.size(); ++at) {
      if (record[at] == '"') inside = !inside;
      if (record[at] == delimiter_ && !inside) return at;
    }
    return record.size();
  }

  void AddField(std::string_view field) {
    if (field.find('"') == std::string_view::npos) {
      cells_.push_back(field);
      return;
    }
    std::string text;
    if (!Unquote(field, text) && !fault_) fault_ = std::string(field);
    unquoted_.push_back(std::make_unique<std::string>(std::move(text)));
    cells_.push_back(*unquoted_.back());
  }

  std::string_view text_;
  char delimiter_;
  std::vector<std::string_view> cells_;
  std::vector<std::unique_ptr<std::string>> unquoted_;
  std::optional<std::string> fault_;
};

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
    columns_.Begin(number, row);
    const Location where{columns_.source(), number, 0, ""};
    const auto& cells = cutter.cells();
    const auto any = [&](auto is_bad) { return !clean && std::ranges::any_of(cells, is_bad); };
    const auto has_nul = [](std::string_view cell) {
      return cell.find('\0') != std::string_view::npos;
    };
    if (block.piece.open_quote && cutter.at_end()) {
      row.problems.Add(Code::kQuoteNotClosed, where);
    } else if (cutter.fault()) {
      row.problems.Add(Code::kStrayQuote, where, {*cutter.fault()});
    } else if (cells.size() != columns_.width()) {
      row.problems.Add(Code::kWrongFieldCount, where,
                       {std::to_string(cells.size()), std::to_string(columns_.width())});
    } else if (any([](std::string_view cell) { return !IsUtf8(cell); })) {
      row.problems.Add(Code::kNotUtf8, where);
    } else if (any(has_nul)) {
      row.problems.Add(Code::kNulByte, where);
    } else {
      columns_.Read(cells, row);
    }
    use(row);
  }
}

}  // namespace dijia::io
