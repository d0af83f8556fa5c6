// Coefficients of numbers that occurred before; private to the engine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dijia {

// Remembers what numbers of one kind answered.
class CoefficientMemo {
 public:
  CoefficientMemo() : entries_(kFirstPlaces), shift_(kWordBits - kFirstBits) {}

  // Null when it is not known. Precondition: number ≥ 0.
  const std::int64_t* Find(std::int64_t number) const {
    for (std::size_t at = PlaceOf(number);; at = (at + 1) & (entries_.size() - 1)) {
      if (entries_[at].number == number) return &entries_[at].coefficient;
      if (entries_[at].number == kFree) return nullptr;
    }
  }

  // Preconditions: it is not known, number ≥ 0.
  void Keep(std::int64_t number, std::int64_t coefficient) {
    if (size_ * 2 >= entries_.size()) MakeRoom();
    Put({number, coefficient});
    ++size_;
  }

 private:
  static constexpr std::int64_t kFree = -1;
  struct Entry {
    std::int64_t number = kFree, coefficient = 0;
  };
  static constexpr int kWordBits = 64, kFirstBits = 5;
  static constexpr std::size_t kFirstPlaces = std::size_t{1} << kFirstBits;

  std::size_t PlaceOf(std::int64_t number) const {
    return static_cast<std::size_t>((static_cast<std::uint64_t>(number) * 0x9E3779B97F4A7C15U) >>
                                    shift_);
  }
  void Put(const Entry& entry) {
    std::size_t at = PlaceOf(entry.number);
    while (entries_[at].number != kFree) at = (at + 1) & (entries_.size() - 1);
    entries_[at] = entry;
  }
  void MakeRoom() {
    std::vector<Entry> old(entries_.size() * 2);
    old.swap(entries_);
    --shift_;
    for (const Entry& entry : old) {
      if (entry.number != kFree) Put(entry);
    }
  }

  std::vector<Entry> entries_;  // by place, open addressing
  int shift_;
  std::size_t size_ = 0;
};

}  // namespace dijia
