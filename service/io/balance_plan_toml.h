// Plans of a balance between counties as TOML files (service/README.md, "dijia publication").
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "dijia/county_balance.h"

namespace dijia::io {

// As ReadPlanToml: everything that is wrong is reported at once with line and column, the limits of
// BalancePlan::Validate among it; nothing is returned when there was an error.
std::optional<BalancePlan> ReadBalancePlanToml(std::string_view text, const std::string& source,
                                               Diagnostics& diagnostics);

}  // namespace dijia::io
