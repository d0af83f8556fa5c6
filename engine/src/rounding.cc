#include "dijia/base/rounding.h"

#include <compare>
#include <limits>

#include "rounds_away.h"

namespace dijia {
std::optional<std::int64_t> RoundQuotient(Int128 numerator, Int128 denominator,
                                          std::int64_t interval, RoundingMode mode) {
  Int128 divisor = 0;
  if (__builtin_mul_overflow(denominator, static_cast<Int128>(interval), &divisor)) {
    return std::nullopt;
  }
  const bool negative = numerator < 0;
  const Int128 magnitude = negative ? -numerator : numerator;
  Int128 steps = magnitude / divisor;
  const Int128 rest = magnitude % divisor;
  // 2 × rest against the divisor, which could overflow.
  if (rest != 0 && RoundsAway(rest <=> divisor - rest, steps % 2 != 0, mode)) ++steps;
  Int128 rounded = 0;
  if (__builtin_mul_overflow(steps, static_cast<Int128>(interval), &rounded) ||
      rounded > std::numeric_limits<std::int64_t>::max()) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(negative ? -rounded : rounded);
}

}  // namespace dijia
