// Decisions of appraisers on samples as a file (service/README.md, "Decisions on samples").
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "dijia/sample_decisions.h"

namespace dijia::app {

// All are needed and others are not known, in any order.
inline constexpr std::array<std::string_view, 5> kDecisionColumns{"sample_id", "decision", "reason",
                                                                  "decided_by", "decided_at"};

// Reads CSV in UTF-8 or GB18030. Everything that is wrong is reported at once with row and column;
// nothing then. A file with no row below its header is worth a warning. Throws FileError.
std::optional<SampleDecisions> ReadDecisions(const std::filesystem::path& file,
                                             Diagnostics& diagnostics);

}  // namespace dijia::app
