// Plans of tables as TOML files (service/README.md, "dijia coefficients").
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "dijia/table_plan.h"

namespace dijia::io {

// As ReadPlanToml: everything that is wrong is reported at once with line and column, the limits of
// TablePlan::Validate among it; nothing is returned when there was an error.
std::optional<TablePlan> ReadTablePlanToml(std::string_view text, const std::string& source,
                                           Diagnostics& diagnostics);

// Every key with its value as TOML; reading it again gives the same plan.
std::string WriteTablePlanToml(const TablePlan& plan);

}  // namespace dijia::io
