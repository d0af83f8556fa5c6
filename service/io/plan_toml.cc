#include "io/plan_toml.h"

#include <algorithm>
#include <vector>

#include "io/toml_document.h"
#include "io/toml_text.h"
#include "json/plan_codec.h"
#include "json/value.h"

namespace dijia::io {
namespace {

using json::Place;
using json::Value;

// The place of the value that a path such as `uses.residential.conditions.far` names, or of the
// nearest table around it.
Place PlaceOfPath(const Value& root, std::string_view path) {
  const Value* value = &root;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('.'), path.size());
    const Value* member = value->Find(path.substr(0, end));
    if (member == nullptr) break;
    value = member;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return value->place;
}

// The limits of the plan, with the lines they were broken in.
void CheckLimits(const ComputePlan& plan, const Value& root, const std::string& source,
                 Diagnostics& diagnostics) {
  const Diagnostics broken = plan.Validate();
  for (Diagnostic diagnostic : broken.kept()) {
    const Place place = PlaceOfPath(root, diagnostic.where.field);
    diagnostic.where.source = source;
    diagnostic.where.row = place.line;
    diagnostic.where.column = place.column;
    diagnostics.Add(std::move(diagnostic));
  }
}

}  // namespace

std::optional<ComputePlan> ReadPlanToml(std::string_view text, const std::string& source,
                                        Diagnostics& diagnostics) {
  const std::optional<Value> root = ParseToml(text, source, diagnostics);
  if (!root) return std::nullopt;
  Diagnostics found;
  std::optional<ComputePlan> plan = json::ReadPlan(*root, source, json::PathStyle::kDotted, found);
  if (plan) CheckLimits(*plan, *root, source, found);
  if (found.has_errors()) plan.reset();
  AppendInFileOrder(found, diagnostics);
  return plan;
}

std::string WritePlanToml(const ComputePlan& plan) { return ToToml(json::WritePlan(plan)); }

}  // namespace dijia::io
