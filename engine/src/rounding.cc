#include "dijia/base/rounding.h"

#include <compare>
#include <limits>

#include "rounds_away.h"

namespace dijia {
namespace {

constexpr Int128 kLargest = std::numeric_limits<std::int64_t>::max();

// magnitude / divisor as a whole number of steps.
template <class Integer>
Integer StepsOf(Integer magnitude, Integer divisor, RoundingMode mode) {
  const Integer steps = magnitude / divisor;
  const Integer rest = magnitude % divisor;
  // 2 × rest against the divisor, which could overflow.
  const bool away = rest != 0 && RoundsAway(rest <=> divisor - rest, steps % 2 != 0, mode);
  return steps + (away ? 1 : 0);
}

}  // namespace

std::optional<std::int64_t> RoundQuotient(Int128 numerator, Int128 denominator,
                                          std::int64_t interval, RoundingMode mode) {
  Int128 divisor = 0;
  if (__builtin_mul_overflow(denominator, static_cast<Int128>(interval), &divisor)) {
    return std::nullopt;
  }
  const bool negative = numerator < 0;
  const Int128 magnitude = negative ? -numerator : numerator;
  // Divisions of 128 bits are several times slower.
  const bool small = magnitude <= kLargest && divisor <= kLargest;
  const Int128 steps = small ? StepsOf(static_cast<std::int64_t>(magnitude),
                                       static_cast<std::int64_t>(divisor), mode)
                             : StepsOf(magnitude, divisor, mode);
  Int128 rounded = 0;
  if (__builtin_mul_overflow(steps, static_cast<Int128>(interval), &rounded) ||
      rounded > kLargest) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(negative ? -rounded : rounded);
}

}  // namespace dijia
