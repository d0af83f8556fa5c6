// Plans as TOML files (service/README.md, "Plan").
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "dijia/plan.h"

namespace dijia::io {

// Reads the text of a plan file. Everything that is wrong is reported at once with line and column;
// nothing is returned when there was an error. Exact decimals are read from their own text, never
// through a double. The limits of ComputePlan::Validate are checked too.
std::optional<ComputePlan> ReadPlanToml(std::string_view text, const std::string& source,
                                        Diagnostics& diagnostics);

// The effective plan as TOML: every default written out; reading it again gives the same plan.
std::string WritePlanToml(const ComputePlan& plan);

}  // namespace dijia::io
