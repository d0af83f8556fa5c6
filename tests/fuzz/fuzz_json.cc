// Any text as JSON: refused with a reason, or read into a tree that every way of writing gives
// back.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "fuzz/require.h"
#include "json/text.h"

namespace {

using dijia::json::ParseJson;
using dijia::json::ToCanonical;
using dijia::json::Value;

// The canonical form of a text that must be JSON.
std::string CanonicalOf(std::string_view text) {
  dijia::Diagnostics diagnostics;
  const std::optional<Value> value = ParseJson(text, "again.json", diagnostics);
  DIJIA_REQUIRE(value && diagnostics.total() == 0);
  return ToCanonical(*value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  dijia::Diagnostics diagnostics;
  const std::optional<Value> value = ParseJson(text, "text.json", diagnostics);
  DIJIA_REQUIRE(value.has_value() == !diagnostics.has_errors());
  if (!value) return 0;
  const std::string canonical = ToCanonical(*value);
  DIJIA_REQUIRE(CanonicalOf(canonical) == canonical);
  DIJIA_REQUIRE(CanonicalOf(dijia::json::ToPretty(*value)) == canonical);
  const std::string line = dijia::json::ToLine(*value);
  DIJIA_REQUIRE(line.find('\n') == std::string::npos);
  DIJIA_REQUIRE(CanonicalOf(line) == canonical);
  DIJIA_REQUIRE(!value->Shown().empty());
  return 0;
}
