#include "io/balance_plan_toml.h"

#include "io/plan_document.h"
#include "json/balance_plan_codec.h"

namespace dijia::io {

std::optional<BalancePlan> ReadBalancePlanToml(std::string_view text, const std::string& source,
                                               Diagnostics& diagnostics) {
  return ReadPlanDocument(text, source, json::ReadBalancePlan, diagnostics);
}

}  // namespace dijia::io
