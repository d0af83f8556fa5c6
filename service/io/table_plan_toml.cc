#include "io/table_plan_toml.h"

#include "io/plan_document.h"
#include "io/toml_text.h"
#include "json/table_plan_codec.h"

namespace dijia::io {

std::optional<TablePlan> ReadTablePlanToml(std::string_view text, const std::string& source,
                                           Diagnostics& diagnostics) {
  return ReadPlanDocument(text, source, json::ReadTablePlan, diagnostics);
}

std::string WriteTablePlanToml(const TablePlan& plan) { return ToToml(json::WriteTablePlan(plan)); }

}  // namespace dijia::io
