#include "io/table_rows.h"

#include <algorithm>

#include "io/file_error.h"

namespace dijia::io {
namespace {

constexpr std::size_t kBlock = 1024;

template <class T>
T OrThrow(Result<T> result, const std::string& source) {
  if (result) return *std::move(result);
  throw FileError({result.error().code, {source, 0, 0, ""}, {result.error().detail}});
}

}  // namespace

Table OpenTable(const TableWish& wish) {
  TableOptions options;
  options.layer = wish.layer;
  options.encoding = wish.encoding;
  options.is_wanted = wish.has_header;
  return OrThrow(Table::Open(wish.path, wish.format, options), wish.path.string());
}

TableRows::TableRows(const Table& table, std::size_t header, std::vector<std::size_t> positions,
                     std::size_t width, std::string source)
    : source_(std::move(source)),
      header_(header),
      width_(width),
      positions_(std::move(positions)),
      texts_(positions_.size()),
      rows_(table.records().size() - header - 1) {
  std::vector<WantedColumn> targets;
  for (std::size_t i = 0; i < positions_.size(); ++i) {
    targets.push_back({.position = positions_[i], .target = ToText{&texts_[i]}});
  }
  const Filling filling = OrThrow(table.Fill(header, targets), source_);
  blank_rows_ = filling.blank_rows;
  for (const CellFault& fault : filling.faults) {
    if (!fault.code) continue;
    const std::size_t position =
        fault.column == CellFault::kWholeRow ? 0 : positions_[fault.column] + 1;
    faults_.push_back({fault.row,
                       {*fault.code,
                        {source_, header + 2 + fault.row, static_cast<std::uint32_t>(position), ""},
                        fault.arguments}});
  }
}

bool TableRows::Next(InputBlock& block) {
  block.first = next_;
  block.count = std::min(kBlock, rows_ - next_);
  next_ += block.count;
  return block.count > 0;
}

void TableRows::Read(const InputBlock& block, const UseRow& use) const {
  std::vector<std::string_view> cells(width_);
  auto fault = std::ranges::lower_bound(faults_, block.first, {}, &Fault::row);
  for (std::size_t i = block.first; i < block.first + block.count; ++i) {
    const bool blank = std::ranges::binary_search(blank_rows_, static_cast<std::uint32_t>(i));
    for (std::size_t c = 0; c < positions_.size(); ++c) cells[positions_[c]] = texts_[c][i];
    Diagnostics faults;
    for (; fault != faults_.end() && fault->row == i; ++fault) faults.Add(fault->problem);
    if (!blank || faults.total() > 0) use(header_ + 2 + i, cells, faults);
  }
}

}  // namespace dijia::io
