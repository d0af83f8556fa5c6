// Seeded random whole numbers: the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <utility>
#include <vector>

namespace dijia::test {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  // Both ends included.
  std::int64_t Between(std::int64_t low, std::int64_t high) {
    const auto width = static_cast<std::uint64_t>(high - low) + 1;
    return low + static_cast<std::int64_t>(engine_() % width);
  }
  bool OneIn(int count) { return Between(1, count) == 1; }
  template <class List>
  const auto& Of(const List& list) {
    return list[static_cast<std::size_t>(Between(0, std::int64_t(std::size(list)) - 1))];
  }
  template <class T>
  void Shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) {
      std::swap(items[i - 1], items[static_cast<std::size_t>(Between(0, std::int64_t(i) - 1))]);
    }
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace dijia::test
