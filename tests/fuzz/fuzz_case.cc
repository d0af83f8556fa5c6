// Any lines as reserve-price cases: a line is refused with its reasons or judged, the short answer
// and the explained one agree, and the answer is JSON.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/rules/reserve_price.h"
#include "fuzz/require.h"
#include "json/check_codec.h"
#include "json/text.h"
#include "support/shipped_layer.h"

namespace {

using dijia::rules::PreparedRules;
using dijia::rules::ReservePriceCase;
using dijia::rules::ReservePriceCheck;

const PreparedRules& InnerMongolia() {
  static const PreparedRules kRules = [] {
    dijia::Diagnostics diagnostics;
    const std::vector<dijia::rules::PackLayer> layers{dijia::rules::ReadLayer("cn"),
                                                      dijia::rules::ReadLayer("cn-150000")};
    auto pack = dijia::rules::LoadRulePack(layers, diagnostics);
    DIJIA_REQUIRE(pack.has_value());
    return PreparedRules(*std::move(pack));
  }();
  return kRules;
}

// What the case leaves open is taken from the first example of the pack, but for three facts that
// stay unknown: with everything unknown a judgement tries every combination and takes seconds.
ReservePriceCase Completed(ReservePriceCase the_case, std::size_t salt) {
  constexpr std::size_t kOpen = 3;
  const dijia::rules::RulePack& pack = InnerMongolia().pack();
  std::vector<std::int64_t> values = EmptyCase(pack).values;
  for (const auto& [fact, value] : pack.examples.front().facts) values[fact] = value;
  for (std::size_t i = 0; i < kOpen; ++i) {
    values[(salt + 7 * i) % values.size()] = dijia::rules::kNotStated;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (the_case.values[i] == dijia::rules::kNotStated) the_case.values[i] = values[i];
  }
  return the_case;
}

void CheckLine(std::string_view line) {
  const PreparedRules& rules = InnerMongolia();
  dijia::Diagnostics diagnostics;
  const auto value = dijia::json::ParseJson(line, "cases.ndjson", diagnostics);
  DIJIA_REQUIRE(value.has_value() == !diagnostics.has_errors());
  if (!value) return;
  const ReservePriceCase read =
      dijia::json::ReadCase(*value, rules.pack(), "cases.ndjson", diagnostics);
  DIJIA_REQUIRE(read.values.size() == rules.pack().facts.size());
  if (diagnostics.has_errors()) return;
  const ReservePriceCase the_case = Completed(read, line.size());
  ValidateCase(rules.pack(), the_case, diagnostics);
  if (diagnostics.has_errors()) return;
  const ReservePriceCheck check = CheckReservePrice(the_case, rules);
  DIJIA_REQUIRE(check.verdict == VerdictOf(the_case, rules));
  const auto answer = dijia::json::WriteCheck(check, rules.pack(), dijia::Language::kZh);
  const auto again =
      dijia::json::ParseJson(dijia::json::ToLine(answer), "answer.json", diagnostics);
  DIJIA_REQUIRE(again && !diagnostics.has_errors());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    CheckLine(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return 0;
}
