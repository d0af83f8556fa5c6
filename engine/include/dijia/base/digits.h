// The digits of numbers, eight at a time.
#pragma once

#include <bit>
#include <cstdint>

namespace dijia {

// Numbers below it have eight digits.
inline constexpr std::uint64_t kEightDigits = 100'000'000;
// "00000000", to turn digits into characters.
inline constexpr std::uint64_t kZeroDigits = 0x3030303030303030;

// The eight digits of a number below 10^8 as numbers 0 to 9, the first one in the lowest byte:
// halves, quarters and eighths side by side in one word, divided by multiplication.
constexpr std::uint64_t DigitsOf(std::uint64_t number) {
  static_assert(std::endian::native == std::endian::little);
  const std::uint64_t fours = number / 10'000 | (number % 10'000) << 32;
  const std::uint64_t hundreds = (fours * 5243 >> 19) & 0x0000007F0000007F;
  const std::uint64_t pairs = hundreds | (fours - hundreds * 100) << 16;
  const std::uint64_t tens = (pairs * 103 >> 10) & 0x000F000F000F000F;
  return tens | (pairs - tens * 10) << 8;
}

}  // namespace dijia
