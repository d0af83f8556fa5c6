// Diagnostics for people and for programs.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "dijia/base/diagnostic.h"

namespace dijia::cli {

// One line each, the first `kShown`, and how many more there are.
inline constexpr std::size_t kShown = 100;
std::string DiagnosticLines(const Diagnostics& diagnostics, Language language);

// One JSON object a line: code, severity, source, row, column, field, text (contract §0).
std::string DiagnosticsNdjson(const Diagnostics& diagnostics, Language language);

}  // namespace dijia::cli
