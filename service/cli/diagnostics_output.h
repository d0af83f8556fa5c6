// Diagnostics for people and for programs.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "dijia/base/diagnostic.h"
#include "dijia/base/enum_table.h"

namespace dijia::cli {

// One line each, the first `kShown`, and how many more there are.
inline constexpr std::size_t kShown = 100;
std::string DiagnosticLines(const Diagnostics& diagnostics, Language language);

// One JSON object a line: code, severity, source, row, column, field, text (contract §0).
std::string DiagnosticsNdjson(const Diagnostics& diagnostics, Language language);

// Writes them as NDJSON into `file` where one is named; false, and why to stderr, when that failed.
bool WriteDiagnostics(const Diagnostics& diagnostics,
                      const std::optional<std::filesystem::path>& file, Language language);

// A command over files of rows, whose answers go to a file or to stdout. `work` answers and gives
// the line that sums them up and the exit code for answers without errors; nothing when the inputs
// cannot be used. Says what is wrong with the inputs and gives the exit code of the contract.
struct Answers {
  std::string summary;  // printed to stderr; empty = none
  int exit = 0;
};
int AnswerFiles(const std::function<std::optional<Answers>(Diagnostics&)>& work,
                const std::optional<std::filesystem::path>& diagnostics, Language language);

// The same for a command whose words have `language` and `diagnostics` as they were said.
template <class Words>
int AnswerFiles(const Words& said,
                std::optional<Answers> (*work)(const Words&, Language, Diagnostics&)) {
  const Language language = FromCode<Language>(said.language).value_or(Language::kZh);
  std::optional<std::filesystem::path> problems;
  if (!said.diagnostics.empty()) problems = said.diagnostics;
  return AnswerFiles([&](Diagnostics& diagnostics) { return work(said, language, diagnostics); },
                     problems, language);
}

}  // namespace dijia::cli
