#include "io/case_input.h"

#include <optional>

#include "dijia/base/codes.h"
#include "io/case_csv.h"
#include "io/case_json.h"
#include "io/case_table.h"
#include "io/file_error.h"
#include "io/input_format.h"

namespace dijia::io {

std::unique_ptr<CaseColumnReader> CaseInput::ColumnReader(const rules::RulePack& pack,
                                                          rules::CaseColumns& columns,
                                                          std::optional<Days> as_of) const {
  return std::make_unique<CaseColumnReader>(*this, pack, columns, as_of);
}

std::unique_ptr<CaseInput> OpenCases(const CaseInputOptions& options, const rules::RulePack& pack,
                                     const CaseReference& reference, Diagnostics& diagnostics) {
  std::string word;
  const auto stated = InputFormat(options.path, options.format, word);
  if (!stated) throw FileError({Code::kCaseFormatNotKnown, {}, {word}});
  const std::string& format = *stated;
  if (format == "csv") return CsvCases::Open(options, pack, reference, diagnostics);
  if (format == "ndjson") return std::make_unique<JsonLines>(options, pack);
  if (format == "json") return JsonCases::Open(options, pack, diagnostics);
  return TableCases::Open(options, format, pack, reference, diagnostics);
}

}  // namespace dijia::io
