// Plans of refreshes as documents.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/refresh.h"
#include "json/plan_codec.h"
#include "json/reader.h"
#include "json/value.h"

namespace dijia::json {

// Reads a plan. Everything that is wrong is reported at once; nothing is returned after an error.
// Limits between values are the business of RefreshPlan::Validate.
std::optional<RefreshPlan> ReadRefreshPlan(const Value& value, const std::string& source,
                                           PathStyle style, Diagnostics& diagnostics);

// Every key with its value; reading it again gives the same plan.
Value WriteRefreshPlan(const RefreshPlan& plan);

// The keys of the format, for the documentation.
std::vector<PlanKey> RefreshPlanKeys();

}  // namespace dijia::json
