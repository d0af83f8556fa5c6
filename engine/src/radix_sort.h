// Sorting doubles by their bits.
#pragma once

#include <bit>
#include <compare>
#include <cstdint>
#include <span>
#include <vector>

namespace dijia {

// Unsigned integers in the order of the doubles; −0 stands before +0.
inline std::uint64_t SortKey(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  return (bits >> 63) != 0 ? ~bits : bits | (std::uint64_t{1} << 63);
}

inline double ValueOfKey(std::uint64_t key) {
  return std::bit_cast<double>((key >> 63) != 0 ? key & ~(std::uint64_t{1} << 63) : ~key);
}

// A value as a key and where it came from.
struct KeyedRow {
  std::uint64_t key = 0;
  std::uint32_t row = 0;

  friend auto operator<=>(const KeyedRow&, const KeyedRow&) = default;
};

// Ascending. Linear time beyond a few hundred elements; `scratch` is grown as needed so that its
// memory serves many calls. Rows of one key keep their order, which must be ascending.
void RadixSort(std::span<std::uint64_t> keys, std::vector<std::uint64_t>& scratch);
void RadixSort(std::span<KeyedRow> rows, std::vector<KeyedRow>& scratch);

}  // namespace dijia
