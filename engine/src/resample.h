// Draws with replacement for the bootstrap, by counter, one replicate or sixteen at a time.
//
// The words of replicate b are those of the counters {k, b, stream, 0}, k = 0, 1, …. With at most
// kLargestPairedSample values one word gives two draws: from the word r, i = ⌊r n / 2^32⌋, and from
// what is left, r' = r n mod 2^32, j = ⌊r' n / 2^32⌋. With more, it gives i alone. A word whose
// last remainder lies below 2^32 mod n² (or mod n) would make some draws likelier than others: it
// is replaced by the next good word of the counters {k, b, stream, 1}. So draws are exactly uniform
// (after Lemire, ACM Transactions on Modeling and Computer Simulation 29 (2019) 3, and its batched
// form).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "dijia/philox.h"
#include "simd.h"

namespace dijia {

// Where the words of a bootstrap come from.
struct DrawSource {
  PhiloxKey key{};
  std::uint32_t stream = 0;
};

inline constexpr std::size_t kLargestPairedSample = 4096;

// The indices.size() draws of one replicate from indices.size() values; not empty, below 2^32.
void DrawReplicate(const DrawSource& source, std::uint32_t replicate,
                   std::span<std::uint32_t> indices);

inline constexpr std::size_t kReplicateLanes = 16;
inline constexpr std::size_t kLaneRow = 2 * kReplicateLanes;

// Rows of draws that DrawLanes makes for `count` values: whole words.
constexpr std::size_t LaneRows(std::size_t count) { return (count + 1) / 2; }

// Elements that the buffer of DrawLanes needs: its blocks hold four rows each.
constexpr std::size_t LaneBufferSize(std::size_t count) {
  return (LaneRows(count) + 3) / 4 * 4 * kLaneRow;
}

// The draws of the replicates first … first + 15 from 2 <= count <= kLargestPairedSample values,
// the same as DrawReplicate gives. Row w holds draws 2 w and 2 w + 1 of lane l in its elements 2 l
// and 2 l + 1; with an odd count the last draw of each lane is `count` itself, which stands for
// nothing.
void DrawLanes(const DrawSource& source, std::uint32_t first, std::size_t count,
               std::span<std::int16_t> draws, SimdLevel level = BestSimdLevel());

}  // namespace dijia
