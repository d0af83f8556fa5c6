// Texts of one column that were read before: most columns of a table repeat a few.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace dijia::io {

// Remembers texts with a number of theirs and a value. A text that is found has what it was kept
// with.
class CellMemo {
 public:
  struct Entry {
    std::uint64_t first = 0, last = 0;     // eight bytes at either end
    std::int64_t value = 0;                // as kept
    std::uint32_t length = kFree, id = 0;  // as kept
    std::uint32_t text = 0;                // of a longer one than both ends show: where it is
  };

  CellMemo() : entries_(kFirstPlaces), shift_(kWordBits - kFirstBits) {}

  std::size_t size() const { return size_; }

  // Whether it is this text that an entry was kept for; false for a long one.
  static bool Is(const Entry& entry, const char* text, std::uint32_t length) {
    const Entry key = KeyOf(text, length);
    return entry.length == length && entry.first == key.first && entry.last == key.last &&
           length <= kBothEnds;
  }

  // Null when the text is not known. Eight bytes from the beginning of the text must be readable.
  const Entry* Find(const char* text, std::uint32_t length) const {
    const Entry key = KeyOf(text, length);
    for (std::size_t at = PlaceOf(key);; at = (at + 1) & (entries_.size() - 1)) {
      const Entry& entry = entries_[at];
      if (entry.first == key.first && entry.last == key.last && entry.length == length &&
          (length <= kBothEnds || std::memcmp(long_texts_.data() + entry.text, text, length) == 0))
        return &entry;
      if (entry.length == kFree) return nullptr;
    }
  }

  // Keeps a text that is not known. The same bytes must be readable.
  const Entry& Keep(const char* text, std::uint32_t length, std::uint32_t id, std::int64_t value) {
    if (size_ * 2 >= entries_.size()) Grow();
    Entry entry = KeyOf(text, length);
    entry.length = length;
    entry.id = id;
    entry.value = value;
    entry.text = static_cast<std::uint32_t>(long_texts_.size());
    if (length > kBothEnds) long_texts_.append(text, length);
    ++size_;
    return Put(entry);
  }

 private:
  static constexpr std::uint32_t kFree = UINT32_MAX, kBothEnds = 16;
  static constexpr int kWordBits = 64, kFirstBits = 6;
  static constexpr std::size_t kFirstPlaces = std::size_t{1} << kFirstBits;

  static Entry KeyOf(const char* text, std::uint32_t length) {
    Entry key;
    std::memcpy(&key.first, text, sizeof key.first);
    if (length < sizeof key.first) {
      key.first &= (std::uint64_t{1} << (8 * length)) - 1;
    } else {
      std::memcpy(&key.last, text + length - sizeof key.last, sizeof key.last);
    }
    return key;
  }
  std::size_t PlaceOf(const Entry& key) const {
    const std::uint64_t mixed = key.first ^ (key.last * 0xD6E8FEB86659FD93U);
    return static_cast<std::size_t>((mixed * 0x9E3779B97F4A7C15U) >> shift_);
  }
  const Entry& Put(const Entry& entry) {
    std::size_t at = PlaceOf(entry);
    while (entries_[at].length != kFree) at = (at + 1) & (entries_.size() - 1);
    entries_[at] = entry;
    return entries_[at];
  }
  void Grow() {
    std::vector<Entry> old(entries_.size() * 2);
    old.swap(entries_);
    --shift_;
    for (const Entry& entry : old) {
      if (entry.length != kFree) Put(entry);
    }
  }

  std::vector<Entry> entries_;  // by place, open addressing
  int shift_;
  std::size_t size_ = 0;
  std::string long_texts_;
};

}  // namespace dijia::io
