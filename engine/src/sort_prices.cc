#include "sort_prices.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace dijia {
namespace {

constexpr std::size_t kLinearFrom = 1024;  // prices; measured, below std::sort is faster
constexpr int kDigitBits = 11;
constexpr int kDigits = 6;  // of 64 bits
constexpr std::size_t kBuckets = std::size_t{1} << kDigitBits;

using Counts = std::array<std::array<std::uint32_t, kBuckets>, kDigits>;

std::size_t DigitOf(double price, int digit) {
  // The binary forms of positive doubles are in the order of their values.
  return std::bit_cast<std::uint64_t>(price) >> (digit * kDigitBits) & (kBuckets - 1);
}

void CountDigits(std::span<const double> prices, Counts& counts) {
  for (const double price : prices) {
    for (int digit = 0; digit < kDigits; ++digit) {
      ++counts[static_cast<std::size_t>(digit)][DigitOf(price, digit)];
    }
  }
}

}  // namespace

void SortPrices(std::span<double> prices) {
  if (prices.size() < kLinearFrom) return std::sort(prices.begin(), prices.end());
  Counts counts{};
  CountDigits(prices, counts);
  std::vector<double> other(prices.size());
  std::span<double> from = prices;
  std::span<double> to = other;
  for (int digit = 0; digit < kDigits; ++digit) {
    auto& places = counts[static_cast<std::size_t>(digit)];
    if (places[DigitOf(from[0], digit)] == from.size()) continue;  // all the same
    std::uint32_t total = 0;
    for (std::uint32_t& place : places) total += std::exchange(place, total);
    for (const double price : from) to[places[DigitOf(price, digit)]++] = price;
    std::swap(from, to);
  }
  if (from.data() != prices.data()) std::copy(from.begin(), from.end(), prices.begin());
}

}  // namespace dijia
