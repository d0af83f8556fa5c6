// Any text as a column mapping, and its lines as the header of a table that the mapping meets.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/require.h"
#include "io/csv_head.h"
#include "io/mapping.h"
#include "io/reference.h"

namespace {

const dijia::io::Reference& References() {
  static const dijia::Result<dijia::io::Reference> kReference =
      dijia::io::LoadReference(DIJIA_SOURCE_DIR "/data/reference");
  DIJIA_REQUIRE(kReference.has_value());
  return *kReference;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  // A mapping, a line of dashes, and a table.
  const std::size_t cut = text.find("\n---\n");
  const std::string_view table = cut == std::string_view::npos ? text : text.substr(cut + 5);
  dijia::Diagnostics diagnostics;
  const auto mapping = dijia::io::ReadMapping(text.substr(0, cut), "mapping.toml", diagnostics);
  DIJIA_REQUIRE(mapping.has_value() == !diagnostics.has_errors());
  if (!mapping) return 0;
  const auto head = dijia::io::SplitRecords(table, ',', 50, true);
  const auto header =
      dijia::io::MatchHeader(head, *mapping, References(), "samples.csv", diagnostics);
  if (!header) {
    DIJIA_REQUIRE(diagnostics.has_errors());
    return 0;
  }
  DIJIA_REQUIRE(header->record < head.size());
  for (const auto& [column, position] : header->positions) {
    DIJIA_REQUIRE(position < head[header->record].size());
  }
  return 0;
}
