// Plans of refreshes as TOML files (service/README.md, "dijia refresh").
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "dijia/refresh.h"

namespace dijia::io {

// As ReadPlanToml: everything that is wrong is reported at once with line and column, the limits of
// RefreshPlan::Validate among it; nothing is returned when there was an error.
std::optional<RefreshPlan> ReadRefreshPlanToml(std::string_view text, const std::string& source,
                                               Diagnostics& diagnostics);

// Every key with its value as TOML; reading it again gives the same plan.
std::string WriteRefreshPlanToml(const RefreshPlan& plan);

}  // namespace dijia::io
