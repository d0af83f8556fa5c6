#include "cli/diagnostics_output.h"

#include <algorithm>

#include "cli/language_text.h"
#include "dijia/base/codes.h"
#include "json/diagnostic_writer.h"
#include "json/text.h"

namespace dijia::cli {
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
    lines += json::ToLine(json::WriteDiagnostic(diagnostic, language)) + "\n";
  }
  return lines;
}

}  // namespace dijia::cli
