// The hot loops of reading CSV, compiled once per vector width and chosen at run time. All widths
// give the same results; tests/unit/csv_kernels_test.cc holds them against naive twins.
#pragma once

#include <cstddef>
#include <cstdint>

#include "dijia/simd.h"

namespace dijia::io {

// Bytes that may be read (not used) beyond the end of every buffer given to a kernel.
inline constexpr std::size_t kKernelPadding = 64;

// What one block of a file holds, for whatever state it begins in.
struct BlockCounts {
  std::uint64_t newlines = 0;
  std::uint64_t quotes = 0;
  // Newlines after an even number of quotes of this block.
  std::uint64_t newlines_after_even_quotes = 0;
  bool has_high_bytes = false;  // anything beyond ASCII
  bool has_nul = false;
};

inline constexpr std::size_t kDecimalBatch = 64;

// Cells of one column. Byte 0 of a word is the first character; bytes beyond the length may be
// anything. Lengths are 0 to 8; a longer cell goes in as word 0, length 8, and comes out odd.
struct ShortCells {
  alignas(64) std::uint64_t words[kDecimalBatch];
  alignas(64) std::uint64_t lengths[kDecimalBatch];
};

struct ShortDecimals {
  alignas(64) std::int64_t units[kDecimalBatch];  // kMissing64 for an empty cell
  // 0, or −1 for a cell that is not [-] digits [. digits] with at most `scale` decimals: its units
  // mean nothing and it needs the careful path.
  alignas(64) std::int64_t odd[kDecimalBatch];
};

// Factors by the number of characters before the point in eight: `before` leaves 7 − before
// decimals, 8 means no point. 0 where there are more decimals than the scale has.
struct ScaleFactors {
  alignas(64) std::uint64_t at[16] = {};
};
ScaleFactors FactorsOfScale(int scale);  // 0 ≤ scale ≤ 9

struct CsvKernels {
  BlockCounts (*count)(const char* bytes, std::size_t size);
  // Writes the offsets of every delimiter and newline outside quotes in bytes[begin, end) and
  // returns how many there are. `in_quotes` is the state at `begin` and becomes that at `end`.
  // Room for end − begin + 64 offsets must be there.
  std::size_t (*find_separators)(const char* bytes, std::size_t begin, std::size_t end,
                                 char delimiter, bool& in_quotes, std::uint32_t* offsets);
  // Reads all cells as counts of 10^-scale. Where `odd` is 0 the result is that of ParseDecimal.
  // Returns whether any cell is odd.
  bool (*parse_decimals)(const ShortCells& cells, const ScaleFactors& factors,
                         ShortDecimals& decimals);
};

const CsvKernels& KernelsFor(SimdLevel level);

}  // namespace dijia::io
