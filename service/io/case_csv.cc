#include "io/case_csv.h"

#include <optional>

#include "io/csv_case_columns.h"

namespace dijia::io {

std::unique_ptr<CaseInput> CsvCases::Open(const CaseInputOptions& options,
                                          const rules::RulePack& pack,
                                          const CaseReference& reference,
                                          Diagnostics& diagnostics) {
  std::unique_ptr<CsvCases> cases(new CsvCases(options));
  auto columns = CaseLayout::Match(cases->records_.head(), pack, reference, options.path.string(),
                                   diagnostics);
  if (!columns) return nullptr;
  cases->columns_ = *std::move(columns);
  cases->records_.SetHeader(cases->columns_.header(), cases->columns_.width());
  return cases;
}

void CsvCases::Read(const InputBlock& block, const std::function<void(CaseRow&)>& use) const {
  CaseRow row;
  records_.Read(block, [&](const RecordCutter& cutter, std::uint64_t number,
                           const std::optional<Diagnostic>& fault) {
    columns_.Begin(number, row);
    if (fault) {
      row.problems.Add(*fault);
    } else {
      columns_.Read(cutter.cells(), row);
    }
    use(row);
  });
}

void CsvCases::ReadRecord(const RecordCutter& cutter, std::uint64_t number, CaseRow& row) const {
  columns_.Begin(number, row);
  if (const auto fault = records_.FaultOf(cutter, number)) {
    row.problems.Add(*fault);
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
