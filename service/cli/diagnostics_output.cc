#include "cli/diagnostics_output.h"

#include <algorithm>
#include <string_view>

#include "cli/language_text.h"
#include "dijia/base/codes.h"
#include "json/text.h"
#include "json/value.h"

namespace dijia::cli {
namespace {

using json::Value;

constexpr std::string_view kSeverities[] = {"note", "warning", "error"};

Value ToValue(const Diagnostic& diagnostic, Language language) {
  Value object{Value::Object()};
  const auto severity = static_cast<std::size_t>(RowOf(diagnostic.code).severity);
  object.Add("code", Value(CodeId(diagnostic.code)));
  object.Add("severity", Value::Text(kSeverities[severity]));
  const auto counted = [](std::uint64_t number) {
    return number > 0 ? Value::Unsigned(number) : Value();
  };
  object.Add("source", Value(diagnostic.where.source));
  object.Add("row", counted(diagnostic.where.row));
  object.Add("column", counted(diagnostic.where.column));
  object.Add("field", Value(diagnostic.where.field));
  object.Add("text", Value(TextOf(diagnostic, language)));
  return object;
}

}  // namespace

std::string DiagnosticLines(const Diagnostics& diagnostics, Language language) {
  std::string lines;
  const auto& kept = diagnostics.kept();
  const std::size_t shown = std::min(kShown, kept.size());
  for (std::size_t i = 0; i < shown; ++i) lines += Describe(kept[i], language) + "\n";
  if (diagnostics.total() > shown) {
    const std::string more = std::to_string(diagnostics.total() - shown);
    lines += language == Language::kZh ? "另有 " + more + " 条，用 --diagnostics 写入文件\n"
                                       : more + " more; --diagnostics writes them to a file\n";
  }
  return lines;
}

std::string DiagnosticsNdjson(const Diagnostics& diagnostics, Language language) {
  std::string lines;
  for (const Diagnostic& diagnostic : diagnostics.kept()) {
    lines += json::ToLine(ToValue(diagnostic, language)) + "\n";
  }
  return lines;
}

}  // namespace dijia::cli
