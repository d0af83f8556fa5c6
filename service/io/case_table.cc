#include "io/case_table.h"

#include <algorithm>

#include "io/file_error.h"
#include "io/table.h"

namespace dijia::io {
namespace {

constexpr std::size_t kBlock = 1024;

template <class T>
T OrThrow(Result<T> result, const std::filesystem::path& path) {
  if (result) return *std::move(result);
  throw FileError({result.error().code, {path.string(), 0, 0, ""}, {result.error().detail}});
}

bool HasHeader(const std::vector<std::vector<std::string>>& head, const rules::RulePack& pack,
               const CaseReference& reference) {
  Diagnostics unheard;
  return CaseLayout::Match(head, pack, reference, "", unheard).has_value();
}

}  // namespace

std::unique_ptr<CaseInput> TableCases::Open(const CaseInputOptions& options,
                                            const std::string& format, const rules::RulePack& pack,
                                            const CaseReference& reference,
                                            Diagnostics& diagnostics) {
  TableOptions wanted;
  wanted.layer = options.layer;
  wanted.encoding = options.encoding;
  wanted.is_wanted = [&](const auto& head) { return HasHeader(head, pack, reference); };
  const TableFormat kind = OrThrow(FormatOf(options.path, format), options.path);
  const Table table = OrThrow(Table::Open(options.path, kind, wanted), options.path);
  auto columns =
      CaseLayout::Match(table.head(), pack, reference, options.path.string(), diagnostics);
  if (!columns) return nullptr;
  auto cases = std::make_unique<TableCases>();
  cases->format_ = format;
  cases->positions_ = columns->positions();
  cases->texts_.resize(cases->positions_.size());
  std::vector<WantedColumn> targets;
  for (std::size_t i = 0; i < cases->positions_.size(); ++i) {
    targets.push_back({.position = cases->positions_[i], .target = ToText{&cases->texts_[i]}});
  }
  const std::size_t header = columns->header();
  const Filling filling = OrThrow(table.Fill(header, targets), options.path);
  cases->rows_ = table.records().size() - header - 1;
  cases->blank_rows_ = filling.blank_rows;
  for (const CellFault& fault : filling.faults) {
    if (!fault.code) continue;
    const std::size_t position =
        fault.column == CellFault::kWholeRow ? 0 : cases->positions_[fault.column] + 1;
    cases->faults_.push_back(
        {fault.row,
         {*fault.code,
          {columns->source(), header + 2 + fault.row, static_cast<std::uint32_t>(position), ""},
          fault.arguments}});
  }
  cases->columns_ = *std::move(columns);
  return cases;
}

bool TableCases::Next(InputBlock& block) {
  block.first = next_;
  block.count = std::min(kBlock, rows_ - next_);
  next_ += block.count;
  return block.count > 0;
}

void TableCases::Read(const InputBlock& block, const std::function<void(CaseRow&)>& use) const {
  std::vector<std::string_view> cells(columns_.width());
  CaseRow row;
  auto fault = std::ranges::lower_bound(faults_, block.first, {}, &Fault::row);
  for (std::size_t i = block.first; i < block.first + block.count; ++i) {
    const bool blank = std::ranges::binary_search(blank_rows_, static_cast<std::uint32_t>(i));
    for (std::size_t c = 0; c < positions_.size(); ++c) cells[positions_[c]] = texts_[c][i];
    columns_.Begin(columns_.header() + 2 + i, row);
    bool unreadable = false;
    for (; fault != faults_.end() && fault->row == i; ++fault) {
      row.problems.Add(fault->problem);
      unreadable = true;
    }
    if (blank && !unreadable) continue;
    if (!unreadable) columns_.Read(cells, row);
    use(row);
  }
}

}  // namespace dijia::io
