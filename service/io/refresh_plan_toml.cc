#include "io/refresh_plan_toml.h"

#include "io/plan_document.h"
#include "io/toml_text.h"
#include "json/refresh_plan_codec.h"

namespace dijia::io {

std::optional<RefreshPlan> ReadRefreshPlanToml(std::string_view text, const std::string& source,
                                               Diagnostics& diagnostics) {
  return ReadPlanDocument(text, source, json::ReadRefreshPlan, diagnostics);
}

std::string WriteRefreshPlanToml(const RefreshPlan& plan) {
  return ToToml(json::WriteRefreshPlan(plan));
}

}  // namespace dijia::io
