// Any text as the layers of a rule pack: refused with a place for every reason, or a pack that
// judges its own examples, briefly and at length alike. A text that begins with `+` stands on a
// small national layer, the first of the corpus.
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/rules/reserve_price.h"
#include "fuzz/pack_layers.h"
#include "fuzz/require.h"

namespace {

using dijia::Diagnostic;
using dijia::Diagnostics;
using dijia::rules::Example;
using dijia::rules::PackLayer;
using dijia::rules::PreparedRules;
using dijia::rules::ReservePriceCase;
using dijia::rules::RulePack;

const std::vector<PackLayer>& SmallNation() {
  static const std::vector<PackLayer> kLayers = [] {
    std::ifstream in(DIJIA_SOURCE_DIR "/tests/fuzz/corpus/rule_pack/nation", std::ios::binary);
    return dijia::fuzz::LayersOf(std::string(std::istreambuf_iterator<char>(in), {}));
  }();
  DIJIA_REQUIRE(!kLayers.empty());
  return kLayers;
}

void ExpectPlaces(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics.kept()) {
    DIJIA_REQUIRE(!dijia::Describe(diagnostic, dijia::Language::kZh).empty());
  }
}

void ExpectOneVerdict(const ReservePriceCase& the_case, const PreparedRules& rules) {
  DIJIA_REQUIRE(CheckReservePrice(the_case, rules).verdict == VerdictOf(the_case, rules));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  std::vector<PackLayer> layers;
  if (text.starts_with('+')) {
    layers = SmallNation();
    text.remove_prefix(1);
  }
  for (PackLayer& layer : dijia::fuzz::LayersOf(text)) layers.push_back(std::move(layer));
  Diagnostics diagnostics;
  std::optional<RulePack> pack = dijia::rules::LoadRulePack(layers, diagnostics);
  DIJIA_REQUIRE(pack.has_value() == !diagnostics.has_errors());
  ExpectPlaces(diagnostics);
  if (!pack) return 0;
  const PreparedRules rules(*std::move(pack));
  for (const Example& example : rules.pack().examples) {
    ExpectOneVerdict(CaseOfExample(rules.pack(), example), rules);
  }
  return 0;
}
