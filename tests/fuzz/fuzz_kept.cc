// Any text as the id of a kept check, and as runs of rows of samples.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/require.h"
#include "store/kept_check.h"
#include "store/kept_samples.h"

namespace {

using dijia::store::CheckKeyOf;
using dijia::store::ReadRuns;
using dijia::store::RunsOf;

// An id that was read is written so that it reads the same.
void ExpectKey(std::string_view text) {
  const auto key = CheckKeyOf(text);
  if (!key) return;
  DIJIA_REQUIRE(!key->county.empty() && key->entry > 0);
  dijia::store::KeptCheck kept;
  kept.check.county = key->county;
  kept.entry = key->entry;
  const auto again = CheckKeyOf(IdOf(kept));
  DIJIA_REQUIRE(again && again->county == key->county && again->entry == key->entry);
}

// Runs that were read name the same rows when they are written again.
void ExpectRuns(std::string_view text) {
  constexpr std::int64_t kMostRows = 100'000, kLargest = 1'000'000'000'000;
  const auto runs = ReadRuns(text);
  if (!runs) return;
  std::vector<std::int64_t> rows;
  for (const auto& run : *runs) {
    DIJIA_REQUIRE(run.first > 0 && run.last >= run.first);
    if (run.last > kLargest || run.last - run.first > kMostRows) return;
    for (std::int64_t row = run.first; row <= run.last; ++row) rows.push_back(row);
    if (rows.size() > static_cast<std::size_t>(kMostRows)) return;
  }
  const auto again = ReadRuns(RunsOf(rows));
  DIJIA_REQUIRE(again.has_value());
  std::size_t next = 0;
  for (const auto& run : *again) {
    for (std::int64_t row = run.first; row <= run.last; ++row) {
      DIJIA_REQUIRE(next < rows.size() && rows[next++] == row);
    }
  }
  DIJIA_REQUIRE(next == rows.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  ExpectKey(text);
  ExpectRuns(text);
  return 0;
}
