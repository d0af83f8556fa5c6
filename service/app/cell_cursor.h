// Cells of CSV rows written where there is surely room: what rows of millions are made with. Every
// Put… may scribble over kSlack bytes beyond what it writes.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "dijia/base/digits.h"

namespace dijia::app {

// A text of up to 31 bytes that is copied as a whole: one move instead of a loop.
class ShortText {
 public:
  static constexpr std::size_t kLongest = 31;

  ShortText() = default;
  // Precondition: at most kLongest bytes in all.
  explicit ShortText(std::string_view before, std::string_view text = {},
                     std::string_view after = {}) {
    for (const std::string_view part : {before, text, after}) {
      if (!part.empty()) std::memcpy(bytes_.data() + size_, part.data(), part.size());
      size_ = static_cast<std::uint8_t>(size_ + part.size());
    }
  }

 private:
  friend class CellCursor;
  std::array<char, kLongest> bytes_{};
  std::uint8_t size_ = 0;
};
static_assert(sizeof(ShortText) == 32);

class CellCursor {
 public:
  static constexpr std::size_t kSlack = 32;
  static constexpr std::size_t kLongestNumber = 28;

  explicit CellCursor(char* at) : at_(at) {}
  char* at() const { return at_; }

  void Put(char c) { *at_++ = c; }
  void Put(std::string_view text) {
    if (!text.empty()) std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  void Put(const ShortText& text) {
    std::memcpy(at_, &text, sizeof text);
    at_ += text.size_;
  }

  void PutUnsigned(std::uint64_t number) {
    if (number < kEightDigits) return PutHead(number);
    if (number < kEightDigits * kEightDigits) {
      PutHead(number / kEightDigits);
    } else {
      PutHead(number / kEightDigits / kEightDigits);
      PutDigits<8>(number / kEightDigits % kEightDigits);
    }
    PutDigits<8>(number % kEightDigits);
  }

  // The value rounded half away from zero to 1 to 7 places; nothing for NaN, infinities and what
  // leaves int64: the cells of CsvText::PutRounded.
  template <int kDecimals>
  void PutRounded(double value) {
    static_assert(kDecimals >= 1 && kDecimals <= 7);
    constexpr std::uint64_t kOne = [] {
      std::uint64_t one = 1;
      for (int i = 0; i < kDecimals; ++i) one *= 10;
      return one;
    }();
    constexpr double kLargest = 9e18;
    const double scaled = std::abs(value) * static_cast<double>(kOne) + 0.5;
    if (!(scaled < kLargest)) return;
    const auto units = static_cast<std::uint64_t>(scaled);
    *at_ = '-';
    at_ += value < 0.0 && units > 0 ? 1 : 0;
    if (units < kEightDigits) return PutPoint<kDecimals>(units);
    PutUnsigned(units / kOne);
    Put('.');
    PutDigits<kDecimals>(units % kOne);
  }

 private:
  void PutWord(std::uint64_t word) { std::memcpy(at_, &word, sizeof word); }

  // Below 10^8, without leading zeros.
  void PutHead(std::uint64_t number) {
    const std::uint64_t digits = DigitsOf(number);
    // 0 has one digit, its last.
    const int zeros = std::countr_zero(digits | std::uint64_t{1} << 56) / 8;
    PutWord((digits | kZeroDigits) >> (8 * zeros));
    at_ += 8 - zeros;
  }

  // The last kDigits digits of a number below 10^8.
  template <int kDigits>
  void PutDigits(std::uint64_t number) {
    PutWord((DigitsOf(number) | kZeroDigits) >> (8 * (8 - kDigits)));
    at_ += kDigits;
  }

  // A number below 10^8 as a count of 10^-kDecimals.
  template <int kDecimals>
  void PutPoint(std::uint64_t units) {
    constexpr int kWhole = 8 - kDecimals;
    const std::uint64_t digits = DigitsOf(units);
    // The last digit before the point stands even when it is 0.
    const int zeros = std::countr_zero(digits | std::uint64_t{1} << (8 * kWhole - 8)) / 8;
    const std::uint64_t text = digits | kZeroDigits;
    PutWord(text >> (8 * zeros));
    at_ += kWhole - zeros;
    Put('.');
    PutWord(text >> (8 * kWhole));
    at_ += kDecimals;
  }

  char* at_;
};

}  // namespace dijia::app
