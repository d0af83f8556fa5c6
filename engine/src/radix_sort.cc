#include "radix_sort.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace dijia {
namespace {

constexpr std::size_t kDigitBits = 11;
constexpr std::size_t kDigits = 6;  // 6 × 11 >= 64 bits
constexpr std::size_t kValues = std::size_t{1} << kDigitBits;
constexpr std::size_t kSmall = 600;  // below, counting digits costs more than comparing

std::uint64_t KeyOf(std::uint64_t key) { return key; }
std::uint64_t KeyOf(const KeyedRow& row) { return row.key; }

std::size_t Digit(std::uint64_t key, std::size_t digit) {
  return static_cast<std::size_t>(key >> (digit * kDigitBits)) & (kValues - 1);
}

template <class Element>
void Sort(std::span<Element> elements, std::vector<Element>& scratch) {
  if (elements.size() < kSmall) {
    std::sort(elements.begin(), elements.end());
    return;
  }
  if (scratch.size() < elements.size()) scratch.resize(elements.size());
  std::vector<std::array<std::uint32_t, kValues>> counts(kDigits);
  for (const Element& element : elements) {
    for (std::size_t d = 0; d < kDigits; ++d) ++counts[d][Digit(KeyOf(element), d)];
  }
  std::span<Element> from = elements;
  std::span<Element> to = std::span(scratch).first(elements.size());
  for (std::size_t d = 0; d < kDigits; ++d) {
    auto& places = counts[d];
    if (places[Digit(KeyOf(from[0]), d)] == from.size()) continue;  // all alike in this digit
    std::uint32_t place = 0;
    for (std::uint32_t& count : places) place += std::exchange(count, place);
    for (const Element& element : from) to[places[Digit(KeyOf(element), d)]++] = element;
    std::swap(from, to);
  }
  if (from.data() != elements.data()) std::copy(from.begin(), from.end(), elements.begin());
}

}  // namespace

void RadixSort(std::span<std::uint64_t> keys, std::vector<std::uint64_t>& scratch) {
  Sort(keys, scratch);
}

void RadixSort(std::span<KeyedRow> rows, std::vector<KeyedRow>& scratch) { Sort(rows, scratch); }

}  // namespace dijia
