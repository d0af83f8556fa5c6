// Texts of several neighbouring cells that were read before: most tables repeat a few of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace dijia::io {

// Numbers texts of any length from 0, in the order in which they are kept.
class RunMemo {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  std::size_t size() const { return texts_.size(); }

  // The number of a text; kNone for one that is not known.
  std::uint32_t Find(const char* text, std::size_t length) const {
    const std::uint64_t hash = HashOf(text, length);
    for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
      const Place& place = places_[at];
      if (place.number == kNone) return kNone;
      if (place.hash == hash && Is(texts_[place.number], text, length)) return place.number;
    }
  }

  // Keeps a text that is not known.
  std::uint32_t Keep(const char* text, std::size_t length) {
    const auto number = static_cast<std::uint32_t>(texts_.size());
    texts_.push_back({bytes_.size(), length});
    bytes_.append(text, length);
    Put({HashOf(text, length), number});
    if (texts_.size() * 2 > places_.size()) Grow();
    return number;
  }

 private:
  struct Place {
    std::uint64_t hash = 0;
    std::uint32_t number = kNone;
  };
  struct Text {
    std::size_t begin = 0, length = 0;
  };

  static constexpr std::size_t kFirstPlaces = 64, kStep = 16;
  __extension__ using Wide = unsigned __int128;

  static std::uint64_t Word(const char* text) {
    std::uint64_t word = 0;
    std::memcpy(&word, text, sizeof word);
    return word;
  }
  static std::uint64_t Mixed(std::uint64_t a, std::uint64_t b) {
    const auto product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }
  // Of sixteen bytes a step, the last ones again where the length is no multiple.
  static std::uint64_t HashOf(const char* text, std::size_t length) {
    constexpr std::uint64_t kFirst = 0x9E3779B97F4A7C15U, kSecond = 0xD6E8FEB86659FD93U;
    std::uint64_t hash = length * kFirst;
    if (length < kStep) {
      char padded[kStep] = {};
      std::copy_n(text, length, padded);
      return Mixed(hash ^ Word(padded) ^ kFirst, Word(padded + 8) ^ kSecond);
    }
    for (std::size_t at = 0; at + kStep <= length; at += kStep) {
      hash = Mixed(hash ^ Word(text + at) ^ kFirst, Word(text + at + 8) ^ kSecond);
    }
    const char* const last = text + length - kStep;
    return Mixed(hash ^ Word(last) ^ kFirst, Word(last + 8) ^ kSecond);
  }

  std::size_t mask() const { return places_.size() - 1; }
  bool Is(const Text& known, const char* text, std::size_t length) const {
    return known.length == length && std::memcmp(bytes_.data() + known.begin, text, length) == 0;
  }
  void Put(const Place& place) {
    std::size_t at = place.hash & mask();
    while (places_[at].number != kNone) at = (at + 1) & mask();
    places_[at] = place;
  }
  void Grow() {
    std::vector<Place> old(places_.size() * 2);
    old.swap(places_);
    for (const Place& place : old) {
      if (place.number != kNone) Put(place);
    }
  }

  std::vector<Place> places_ = std::vector<Place>(kFirstPlaces);  // open addressing
  std::vector<Text> texts_;                                       // by number
  std::string bytes_;
};

}  // namespace dijia::io
