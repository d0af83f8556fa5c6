#include "io/case_input.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "dijia/base/codes.h"
#include "io/case_csv.h"
#include "io/case_json.h"
#include "io/case_table.h"
#include "io/file_error.h"

namespace dijia::io {
namespace {

// By `--format`, or by the extension; `-` and what has none are CSV.
std::string FormatName(const CaseInputOptions& options) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kNames{{
      {"csv", "csv"},
      {"txt", "csv"},
      {"tsv", "csv"},
      {"json", "json"},
      {"ndjson", "ndjson"},
      {"jsonl", "ndjson"},
      {"xlsx", "xlsx"},
      {"ods", "ods"},
      {"gpkg", "gpkg"},
      {"shp", "shp"},
      {"geojson", "geojson"},
      {"", "csv"},
  }};
  std::string word = options.format;
  if (word.empty() && options.path != "-") {
    word = options.path.extension().string();
    if (!word.empty()) word.erase(0, 1);
    for (char& c : word) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  const auto found =
      std::ranges::find(kNames, word, &std::pair<std::string_view, std::string_view>::first);
  if (found == kNames.end()) throw FileError({Code::kCaseFormatNotKnown, {}, {word}});
  return std::string(found->second);
}

}  // namespace

std::unique_ptr<CaseColumnReader> CaseInput::ColumnReader(const rules::RulePack& pack,
                                                          rules::CaseColumns& columns,
                                                          std::optional<Days> as_of) const {
  return std::make_unique<CaseColumnReader>(*this, pack, columns, as_of);
}

std::unique_ptr<CaseInput> OpenCases(const CaseInputOptions& options, const rules::RulePack& pack,
                                     const CaseReference& reference, Diagnostics& diagnostics) {
  const std::string format = FormatName(options);
  if (format == "csv") return CsvCases::Open(options, pack, reference, diagnostics);
  if (format == "ndjson") return std::make_unique<JsonLines>(options, pack);
  if (format == "json") return JsonCases::Open(options, pack, diagnostics);
  return TableCases::Open(options, format, pack, reference, diagnostics);
}

}  // namespace dijia::io
