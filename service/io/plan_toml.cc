#include "io/plan_toml.h"

#include "io/plan_document.h"
#include "io/toml_text.h"
#include "json/plan_codec.h"

namespace dijia::io {

std::optional<ComputePlan> ReadPlanToml(std::string_view text, const std::string& source,
                                        Diagnostics& diagnostics) {
  return ReadPlanDocument(text, source, json::ReadPlan, diagnostics);
}

std::string WritePlanToml(const ComputePlan& plan) { return ToToml(json::WritePlan(plan)); }

}  // namespace dijia::io
