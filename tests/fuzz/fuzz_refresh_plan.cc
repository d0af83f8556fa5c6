// Any text as a plan of a refresh: refused with a place for every reason, or a plan that keeps its
// limits and goes through TOML unchanged.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "fuzz/require.h"
#include "io/refresh_plan_toml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using dijia::Diagnostics;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  Diagnostics diagnostics;
  const auto plan = dijia::io::ReadRefreshPlanToml(text, "refresh.toml", diagnostics);
  DIJIA_REQUIRE(plan.has_value() == !diagnostics.has_errors());
  for (const dijia::Diagnostic& diagnostic : diagnostics.kept()) {
    DIJIA_REQUIRE(diagnostic.where.source == "refresh.toml");
    DIJIA_REQUIRE(!dijia::TextOf(diagnostic, dijia::Language::kEn).empty());
  }
  if (!plan) return 0;
  DIJIA_REQUIRE(!plan->Validate().has_errors());
  const std::string written = dijia::io::WriteRefreshPlanToml(*plan);
  const auto again = dijia::io::ReadRefreshPlanToml(written, "refresh.toml", diagnostics);
  DIJIA_REQUIRE(again && diagnostics.total() == 0);
  DIJIA_REQUIRE(dijia::io::WriteRefreshPlanToml(*again) == written);
  return 0;
}
