// The compute plan as a document (contract §3). The same keys stand in TOML files and in JSON
// requests.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/plan.h"
#include "json/reader.h"
#include "json/value.h"

namespace dijia::json {

// Reads a plan. The tables `screening`, `estimation` and `order` at the top hold for every use; a
// use overrides them key by key. An absent sample window becomes the three years that end with the
// base date. Everything that is wrong is reported at once; nothing is returned after an error.
// Limits between values are the business of ComputePlan::Validate.
std::optional<ComputePlan> ReadPlan(const Value& value, const std::string& source, PathStyle style,
                                    Diagnostics& diagnostics);

// The effective plan: every key with its value, defaults filled in; reading it again gives the same
// plan.
Value WritePlan(const ComputePlan& plan);

// One key of the plan format, for the documentation.
struct PlanKey {
  std::string path;      // `screening.mad_limit`, `uses.*.conditions.term_years`
  std::string fallback;  // the default, `required`, or empty
  std::string meaning;
};
std::vector<PlanKey> PlanKeys();

}  // namespace dijia::json
