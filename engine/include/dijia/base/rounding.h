// Rounding plans: which named result is rounded how. A publication carries its own plan as data,
// each named result is rounded once, from exact inputs, and there is no default mode (GB/T 8170 and
// local custom differ).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "dijia/base/enum_table.h"

namespace dijia {

__extension__ using Int128 = __int128;  // products of two int64 fit

enum class RoundingMode : std::uint8_t { kHalfUp, kHalfEven, kUp, kDown };

template <>
struct EnumTableOf<RoundingMode> {
  static constexpr std::array<EnumRow<RoundingMode>, 4> kRows{{
      {RoundingMode::kHalfUp, "half_up"},      // half away from zero
      {RoundingMode::kHalfEven, "half_even"},  // GB/T 8170-2008
      {RoundingMode::kUp, "up"},               // away from zero
      {RoundingMode::kDown, "down"},           // towards zero
  }};
};
static_assert(EnumTableIsComplete<RoundingMode>(4));

// Round to a multiple of `interval`, an exact decimal > 0 with six places: 5 yuan is 5'000'000.
struct Rounding {
  static constexpr int kScale = 6;
  RoundingMode mode = RoundingMode::kHalfUp;
  std::int64_t interval = 1'000'000;

  friend bool operator==(const Rounding&, const Rounding&) = default;
};

// What a publication rounds. An empty entry keeps the exact value.
struct RoundingPlan {
  std::optional<Rounding> coefficient, factor_sum, months, unit_price, floor_price, total;

  friend bool operator==(const RoundingPlan&, const RoundingPlan&) = default;
};

// numerator / denominator rounded to a multiple of interval, in units of the numerator's scale:
// the exact quotient is rounded once. `interval` is in the same units, > 0; denominator > 0.
// Returns nothing when the result leaves int64.
std::optional<std::int64_t> RoundQuotient(Int128 numerator, Int128 denominator,
                                          std::int64_t interval, RoundingMode mode);

}  // namespace dijia
