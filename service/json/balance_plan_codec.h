// Plans of a balance between counties as documents.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/county_balance.h"
#include "json/plan_codec.h"
#include "json/reader.h"
#include "json/value.h"

namespace dijia::json {

// Reads a plan. Everything that is wrong is reported at once; nothing is returned after an error.
// Limits between values are the business of BalancePlan::Validate.
std::optional<BalancePlan> ReadBalancePlan(const Value& value, const std::string& source,
                                           PathStyle style, Diagnostics& diagnostics);

// The keys of the format, for the documentation.
std::vector<PlanKey> BalancePlanKeys();

}  // namespace dijia::json
