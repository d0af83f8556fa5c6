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

// The value that a path such as `uses.residential.conditions.far` names, and whether all of the
// path exists; if not, the nearest table around it.
std::pair<const Value*, bool> ValueAt(const Value& root, std::string_view path) {
  const Value* value = &root;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('.'), path.size());
    const Value* member = value->Find(path.substr(0, end));
    if (member == nullptr) return {value, false};
    value = member;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return {value, true};
}

// A key of a use may stand in the tables for all uses instead: `screening.mad_limit` for
// `uses.residential.screening.mad_limit`.
Place PlaceOfPath(const Value& root, std::string_view path) {
  const auto [value, exists] = ValueAt(root, path);
  if (!exists && path.starts_with("uses.")) {
    const std::size_t inside = path.find('.', path.find('.') + 1);
    const auto [shared, stands] = ValueAt(root, path.substr(std::min(inside + 1, path.size())));
    if (stands && inside != std::string_view::npos) return shared->place;
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
