// Any bytes as a table of cases: a header is taken or refused with its reasons, and what a cell is
// read as lies in the range of its fact.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/require.h"
#include "io/case_layout.h"
#include "io/csv_head.h"
#include "io/rule_packs.h"

namespace {

using dijia::Diagnostics;

const dijia::rules::PreparedRules& Rules() {
  static const dijia::rules::PreparedRules kRules = [] {
    Diagnostics diagnostics;
    auto rules = dijia::io::LoadRules("cn-150000", DIJIA_SOURCE_DIR "/rules/packs", diagnostics);
    DIJIA_REQUIRE(rules.has_value());
    return *rules;
  }();
  return kRules;
}

const dijia::io::CaseReference& References() {
  static const dijia::io::CaseReference kReference =
      dijia::io::LoadCaseReference(DIJIA_SOURCE_DIR "/data/reference");
  return kReference;
}

void RequireRanges(const dijia::rules::ReservePriceCase& the_case) {
  const dijia::rules::RulePack& pack = Rules().pack();
  for (std::size_t i = 0; i < pack.facts.size(); ++i) {
    const std::int64_t value = the_case.values[i];
    if (value == dijia::rules::kNotStated) continue;
    DIJIA_REQUIRE(pack.facts[i].lowest <= value && value <= pack.facts[i].highest);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  Diagnostics heading;
  const auto records = dijia::io::SplitRecords(text, ',', 50, true);
  const auto layout =
      dijia::io::CaseLayout::Match(records, Rules().pack(), References(), "cases.csv", heading);
  DIJIA_REQUIRE(layout.has_value() == !heading.has_errors());
  if (!layout) return 0;
  dijia::io::CaseRow row;
  for (std::size_t i = layout->header() + 1; i < records.size(); ++i) {
    if (records[i].size() != layout->width()) continue;
    const std::vector<std::string_view> cells(records[i].begin(), records[i].end());
    layout->Begin(i + 1, row);
    layout->Read(cells, row);
    RequireRanges(row.the_case);
  }
  return 0;
}
