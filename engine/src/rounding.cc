#include "dijia/base/rounding.h"

#include <limits>

namespace dijia {
namespace {

// -1, 0, 1 as 2 × remainder is below, at or above the divisor; both ≥ 0, remainder < divisor.
int CompareWithHalf(Int128 remainder, Int128 divisor) {
  const Int128 rest = divisor - remainder;
  return remainder < rest ? -1 : (remainder == rest ? 0 : 1);
}

bool RoundsAway(Int128 quotient, Int128 remainder, Int128 divisor, RoundingMode mode) {
  if (remainder == 0) return false;
  const int half = CompareWithHalf(remainder, divisor);
  switch (mode) {
    case RoundingMode::kHalfUp:
      return half >= 0;
    case RoundingMode::kHalfEven:
      return half > 0 || (half == 0 && quotient % 2 != 0);
    case RoundingMode::kUp:
      return true;
    case RoundingMode::kDown:
      return false;
  }
  return false;
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
  Int128 steps = magnitude / divisor;
  if (RoundsAway(steps, magnitude % divisor, divisor, mode)) ++steps;
  Int128 rounded = 0;
  if (__builtin_mul_overflow(steps, static_cast<Int128>(interval), &rounded) ||
      rounded > std::numeric_limits<std::int64_t>::max()) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(negative ? -rounded : rounded);
}

}  // namespace dijia
