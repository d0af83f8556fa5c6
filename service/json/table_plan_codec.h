// Plans of tables as documents: what `dijia coefficients` is to derive.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/table_plan.h"
#include "json/plan_codec.h"
#include "json/reader.h"
#include "json/value.h"

namespace dijia::json {

// Reads a plan of tables. Everything that is wrong is reported at once; nothing is returned after
// an error. Limits between values are the business of TablePlan::Validate.
std::optional<TablePlan> ReadTablePlan(const Value& value, const std::string& source,
                                       PathStyle style, Diagnostics& diagnostics);

// Every key with its value; reading it again gives the same plan.
Value WriteTablePlan(const TablePlan& plan);

// The keys of the format, for the documentation.
std::vector<PlanKey> TablePlanKeys();

}  // namespace dijia::json
