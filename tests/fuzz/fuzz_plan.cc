// Any text as a plan: refused with a place for every reason, or a plan that keeps its limits and
// goes through TOML and JSON unchanged.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "dijia/plan.h"
#include "fuzz/require.h"
#include "io/plan_toml.h"
#include "json/plan_codec.h"
#include "json/text.h"

namespace {

using dijia::ComputePlan;
using dijia::Diagnostic;
using dijia::Diagnostics;

void ExpectPlaces(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics.kept()) {
    DIJIA_REQUIRE(diagnostic.where.source == "plan.toml");
    DIJIA_REQUIRE(!dijia::TextOf(diagnostic, dijia::Language::kEn).empty());
  }
}

void ExpectSameThroughToml(const ComputePlan& plan) {
  const std::string text = dijia::io::WritePlanToml(plan);
  Diagnostics diagnostics;
  const std::optional<ComputePlan> again = dijia::io::ReadPlanToml(text, "plan.toml", diagnostics);
  DIJIA_REQUIRE(again && diagnostics.total() == 0);
  DIJIA_REQUIRE(dijia::io::WritePlanToml(*again) == text);
}

void ExpectSameThroughJson(const ComputePlan& plan) {
  const std::string text = dijia::json::ToCanonical(dijia::json::WritePlan(plan));
  Diagnostics diagnostics;
  const auto value = dijia::json::ParseJson(text, "plan.json", diagnostics);
  DIJIA_REQUIRE(value.has_value());
  const std::optional<ComputePlan> again =
      dijia::json::ReadPlan(*value, "plan.json", dijia::json::PathStyle::kPointer, diagnostics);
  DIJIA_REQUIRE(again && diagnostics.total() == 0);
  DIJIA_REQUIRE(dijia::json::ToCanonical(dijia::json::WritePlan(*again)) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  Diagnostics diagnostics;
  const std::optional<ComputePlan> plan = dijia::io::ReadPlanToml(text, "plan.toml", diagnostics);
  DIJIA_REQUIRE(plan.has_value() == !diagnostics.has_errors());
  ExpectPlaces(diagnostics);
  if (!plan) return 0;
  DIJIA_REQUIRE(!plan->Validate().has_errors());
  ExpectSameThroughToml(*plan);
  ExpectSameThroughJson(*plan);
  return 0;
}
