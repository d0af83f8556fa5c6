#include "io/case_table.h"

#include "io/file_error.h"

namespace dijia::io {
namespace {

bool HasHeader(const Records& head, const rules::RulePack& pack, const CaseReference& reference) {
  Diagnostics unheard;
  return CaseLayout::Match(head, pack, reference, "", unheard).has_value();
}

}  // namespace

std::unique_ptr<CaseInput> TableCases::Open(const CaseInputOptions& options,
                                            const std::string& format, const rules::RulePack& pack,
                                            const CaseReference& reference,
                                            Diagnostics& diagnostics) {
  const std::string source = options.source.value_or(options.path.string());
  const Result<TableFormat> kind = FormatOf(options.path, format);
  if (!kind) throw FileError({kind.error().code, {source, 0, 0, ""}, {kind.error().detail}});
  const Table table =
      OpenTable({options.path, *kind, options.layer, options.encoding,
                 [&](const Records& head) { return HasHeader(head, pack, reference); }});
  auto columns = CaseLayout::Match(table.head(), pack, reference, source, diagnostics);
  if (!columns) return nullptr;
  TableRows rows(table, columns->header(), columns->positions(), columns->width(),
                 columns->source());
  return std::unique_ptr<CaseInput>(new TableCases(format, *std::move(columns), std::move(rows)));
}

void TableCases::Read(const InputBlock& block, const std::function<void(CaseRow&)>& use) const {
  CaseRow row;
  rows_.Read(block, [&](std::uint64_t number, std::span<const std::string_view> cells,
                        const Diagnostics& faults) {
    columns_.Begin(number, row);
    if (faults.total() > 0) {
      row.problems.Append(faults);
    } else {
      columns_.Read(cells, row);
    }
    use(row);
  });
}

}  // namespace dijia::io
