// Coefficients of numbers that occurred before; private to the engine.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace dijia {

// Remembers by context and number. When it is full it forgets everything, so that numbers that
// hardly ever come twice take bounded memory.
class CoefficientMemo {
 public:
  static constexpr std::int64_t kLargestNumber = (std::int64_t{1} << 48) - 1;

  CoefficientMemo() : entries_(kFirstPlaces), shift_(kWordBits - kFirstBits) {}

  // Null when it is not known. Precondition: 0 ≤ number ≤ kLargestNumber.
  const std::int64_t* Find(std::uint16_t context, std::int64_t number) const {
    const std::uint64_t key = KeyOf(context, number);
    for (std::size_t at = PlaceOf(key);; at = (at + 1) & (entries_.size() - 1)) {
      if (entries_[at].key == key) return &entries_[at].coefficient;
      if (entries_[at].key == kFree) return nullptr;
    }
  }

  // Precondition: it is not known.
  void Keep(std::uint16_t context, std::int64_t number, std::int64_t coefficient) {
    if (size_ * 2 >= entries_.size()) MakeRoom();
    Put({KeyOf(context, number), coefficient});
    ++size_;
  }

 private:
  struct Entry {
    std::uint64_t key = kFree;
    std::int64_t coefficient = 0;
  };
  static constexpr std::uint64_t kFree = 0;
  static constexpr int kWordBits = 64, kNumberBits = 48, kFirstBits = 10;
  static constexpr std::size_t kFirstPlaces = std::size_t{1} << kFirstBits;
  static constexpr std::size_t kMostPlaces = std::size_t{1} << 17;

  static std::uint64_t KeyOf(std::uint16_t context, std::int64_t number) {
    return (std::uint64_t{context} + 1) << kNumberBits | static_cast<std::uint64_t>(number);
  }
  std::size_t PlaceOf(std::uint64_t key) const {
    return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> shift_);
  }
  void Put(const Entry& entry) {
    std::size_t at = PlaceOf(entry.key);
    while (entries_[at].key != kFree) at = (at + 1) & (entries_.size() - 1);
    entries_[at] = entry;
  }
  void MakeRoom() {
    if (entries_.size() >= kMostPlaces) {
      std::ranges::fill(entries_, Entry());
      size_ = 0;
      return;
    }
    std::vector<Entry> old(entries_.size() * 2);
    old.swap(entries_);
    --shift_;
    for (const Entry& entry : old) {
      if (entry.key != kFree) Put(entry);
    }
  }

  std::vector<Entry> entries_;  // by place, open addressing
  int shift_;
  std::size_t size_ = 0;
};

}  // namespace dijia
