#include "cli/diagnostics_output.h"

#include <algorithm>
#include <iostream>

#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/language_text.h"
#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "io/file_text.h"
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

bool WriteDiagnostics(const Diagnostics& diagnostics,
                      const std::optional<std::filesystem::path>& file, Language language) {
  if (!file) return true;
  try {
    io::WriteText(*file, DiagnosticsNdjson(diagnostics, language));
    return true;
  } catch (const io::FileError& error) {
    std::cerr << Describe(error.diagnostic(), language) << "\n";
    return false;
  }
}

int AnswerFiles(const std::function<std::optional<Answers>(Diagnostics&)>& work,
                const std::optional<std::filesystem::path>& diagnostics, Language language) {
  HoldInterrupts();
  Diagnostics problems;
  std::optional<Answers> answers;
  bool trouble = false;
  try {
    answers = work(problems);
  } catch (const io::FileError& error) {
    problems.Add(error.diagnostic());
    trouble = true;
  }
  std::cerr << DiagnosticLines(problems, language);
  if (answers && !answers->summary.empty()) std::cerr << answers->summary << "\n";
  trouble = !WriteDiagnostics(problems, diagnostics, language) || trouble;
  if (trouble) return kFileTrouble;
  return answers && !problems.has_errors() ? answers->exit : kInputErrors;
}

}  // namespace dijia::cli
