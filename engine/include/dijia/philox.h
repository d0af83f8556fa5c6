// Random numbers by counter: the n-th number is a function of n, so that any thread can make any of
// them and the result has the same bits for every number of threads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace dijia {

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

inline constexpr std::array<std::uint32_t, 2> kPhiloxMultipliers = {0xD2511F53, 0xCD9E8D57};
inline constexpr std::array<std::uint32_t, 2> kPhiloxKeySteps = {0x9E3779B9, 0xBB67AE85};
inline constexpr int kPhiloxRounds = 10;

// Philox4x32-10 of Salmon, Moraes, Dror and Shaw, Parallel Random Numbers: As Easy as 1, 2, 3
// (Supercomputing 2011): 128 random bits from a counter and a key.
constexpr PhiloxCounter Philox4x32(PhiloxCounter counter, PhiloxKey key) {
  for (int round = 0; round < kPhiloxRounds; ++round) {
    const std::uint64_t a = std::uint64_t{kPhiloxMultipliers[0]} * counter[0];
    const std::uint64_t b = std::uint64_t{kPhiloxMultipliers[1]} * counter[2];
    counter = {
        static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
        static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key = {key[0] + kPhiloxKeySteps[0], key[1] + kPhiloxKeySteps[1]};
  }
  return counter;
}

constexpr PhiloxKey PhiloxKeyOf(std::uint64_t seed) {
  return {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)};
}

// The words of the counters {0, a, b, c}, {1, a, b, c}, …: one independent stream for every seed
// and every (a, b, c), of 2^34 words.
class PhiloxStream {
 public:
  constexpr explicit PhiloxStream(std::uint64_t seed, std::uint32_t a = 0, std::uint32_t b = 0,
                                  std::uint32_t c = 0)
      : PhiloxStream(PhiloxKeyOf(seed), {0, a, b, c}) {}
  constexpr PhiloxStream(PhiloxKey key, PhiloxCounter first) : key_(key), counter_(first) {}

  constexpr std::uint32_t NextWord() {
    if (used_ == block_.size()) {
      block_ = Philox4x32(counter_, key_);
      ++counter_[0];
      used_ = 0;
    }
    return block_[used_++];
  }

  // Uniform on the midpoints of 2^52 equal parts of (0, 1): never 0 or 1.
  constexpr double NextUniform() {
    const std::uint64_t high = NextWord();
    const std::uint64_t bits = ((high << 32) | NextWord()) >> 12;
    return (static_cast<double>(bits) + 0.5) * 0x1p-52;
  }

 private:
  PhiloxKey key_;
  PhiloxCounter counter_;
  PhiloxCounter block_{};
  std::size_t used_ = 4;
};

}  // namespace dijia
