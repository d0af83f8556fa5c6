// Whole numbers of up to 256 bits, for exact products of published numbers without allocation;
// private to the engine. ExactNumber has no limit and is what decides when these do not suffice.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>

#include "dijia/base/decimal.h"

namespace dijia {

__extension__ using Uint128 = unsigned __int128;

class WideNumber {
 public:
  static constexpr std::size_t kLimbs = 4;

  constexpr WideNumber() = default;
  constexpr explicit WideNumber(std::uint64_t value) : limbs_{value}, size_(value == 0 ? 0 : 1) {}

  bool is_zero() const { return size_ == 0; }
  // Whether the last product or sum went beyond 256 bits; its value means nothing then.
  bool overflows() const { return overflows_; }
  // Precondition: below 2^64.
  std::uint64_t low() const { return limbs_[0]; }
  bool IsSmall() const { return size_ <= 1; }

  void Multiply(std::uint64_t by) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      const Uint128 product = Uint128{limbs_[i]} * by + carry;
      limbs_[i] = static_cast<std::uint64_t>(product);
      carry = static_cast<std::uint64_t>(product >> 64);
    }
    if (carry != 0) Push(carry);
    if (by == 0) *this = WideNumber();
  }

  void MultiplyByPowerOfTen(int exponent) {
    for (; exponent > kStep; exponent -= kStep) Multiply(kStepPower);
    Multiply(static_cast<std::uint64_t>(PowerOfTen(exponent)));
  }

  void Add(const WideNumber& other) {
    std::uint64_t carry = 0;
    const std::size_t size = size_ > other.size_ ? size_ : other.size_;
    for (std::size_t i = 0; i < size; ++i) {
      const Uint128 sum = Uint128{limbs_[i]} + other.limbs_[i] + carry;
      limbs_[i] = static_cast<std::uint64_t>(sum);
      carry = static_cast<std::uint64_t>(sum >> 64);
    }
    size_ = size;
    if (carry != 0) Push(carry);
  }

  // Precondition: other ≤ this.
  void Subtract(const WideNumber& other) {
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      const Uint128 difference = Uint128{limbs_[i]} - other.limbs_[i] - borrow;
      limbs_[i] = static_cast<std::uint64_t>(difference);
      borrow = static_cast<std::uint64_t>(difference >> 64) & 1U;
    }
    Trim();
  }

  // Divides, rounding down, and answers the remainder. Precondition: by > 0.
  std::uint64_t Divide(std::uint64_t by) {
    std::uint64_t rest = 0;
    for (std::size_t i = size_; i-- > 0;) {
      rest = DivideStep(rest, limbs_[i], by);
    }
    Trim();
    return rest;
  }

  friend std::strong_ordering operator<=>(const WideNumber& a, const WideNumber& b) {
    if (a.size_ != b.size_) return a.size_ <=> b.size_;
    for (std::size_t i = a.size_; i-- > 0;) {
      if (a.limbs_[i] != b.limbs_[i]) return a.limbs_[i] <=> b.limbs_[i];
    }
    return std::strong_ordering::equal;
  }
  friend bool operator==(const WideNumber& a, const WideNumber& b) { return (a <=> b) == 0; }

 private:
  static constexpr int kStep = 18;
  static constexpr auto kStepPower = static_cast<std::uint64_t>(PowerOfTen(kStep));

  // Replaces `limb` by (high · 2^64 + limb) / by and answers the remainder. Precondition: high <
  // by.
  static std::uint64_t DivideStep(std::uint64_t high, std::uint64_t& limb, std::uint64_t by) {
    std::uint64_t rest = 0;
    if (high == 0) {
      rest = limb % by;
      limb /= by;
      return rest;
    }
#if defined(__x86_64__)
    // Compilers call a general division, although this one cannot overflow.
    asm("divq %2" : "+a"(limb), "=d"(rest) : "r"(by), "1"(high) : "cc");
#else
    const Uint128 part = (Uint128{high} << 64) | limb;
    limb = static_cast<std::uint64_t>(part / by);
    rest = static_cast<std::uint64_t>(part % by);
#endif
    return rest;
  }

  void Push(std::uint64_t limb) {
    if (size_ == kLimbs) {
      overflows_ = true;
      return;
    }
    limbs_[size_++] = limb;
  }
  void Trim() {
    while (size_ > 0 && limbs_[size_ - 1] == 0) --size_;
  }

  std::array<std::uint64_t, kLimbs> limbs_{};  // from the lowest; 0 from size_ on
  std::size_t size_ = 0;
  bool overflows_ = false;
};

}  // namespace dijia
