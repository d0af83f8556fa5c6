// Exact comparison of prices with limits. Fractions of 128-bit integers where no term is restated,
// big rationals for whole years, bounded high-precision numbers for part years. A double decides
// only when it is far from the limit.
#pragma once

#include <cstdint>
#include <optional>

#include "dijia/base/land.h"
#include "dijia/base/rounding.h"
#include "dijia/rules/rule_pack.h"

namespace dijia::rules {

inline constexpr int kPriceScale = 4;  // yuan per m²
inline constexpr int kYearsScale = 4;
inline constexpr int kRateScale = 6;

// numerator / denominator, denominator > 0.
struct Fraction {
  Int128 numerator = 0, denominator = 1;

  friend bool operator==(const Fraction&, const Fraction&) = default;
};

// The slots of facts that differ between the cases of a profile; kFixed where a number does not.
inline constexpr std::int16_t kFixed = -1;

// A price as stated: the count of 10^-4 of its unit, with what turns it into yuan per m².
struct StatedAmount {
  PriceUnit unit = PriceUnit::kYuanPerSqm;
  std::int64_t units = 0;
  std::int64_t area = 1;              // of totals, 10^-4 m²
  std::int64_t floor_area_ratio = 0;  // of prices per floor area, 10^-6
  std::int16_t units_slot = kFixed, area_slot = kFixed, floor_area_ratio_slot = kFixed;

  friend bool operator==(const StatedAmount&, const StatedAmount&) = default;
};

// In yuan per m² of land (per year for rents).
Fraction AmountOf(const StatedAmount& amount);

// A price as it was agreed, in yuan per m² (per year for rents).
struct AgreedPrice {
  PriceSide side = PriceSide::kTransfer;
  Fraction amount;               // price, or annual rent
  StatedAmount stated;           // what `amount` comes from
  std::int64_t rebates = 0;      // 10^-4 yuan per m²; of rents and packages, at the full term
  std::int64_t transfer = 0;     // package: the price after the lease, 10^-4 yuan per m²
  std::int64_t lease_years = 0;  // package: 10^-4 years
  std::int64_t term = 0;         // 10^-4 years
  std::int64_t rate = 0;         // 10^-6 per year
  bool advance = false;          // rent at the beginning of the year
  std::int16_t rebates_slot = kFixed;

  friend bool operator==(const AgreedPrice&, const AgreedPrice&) = default;
};

// What it is held against.
struct PriceLimit {
  Fraction amount;             // yuan per m²
  bool normalised = true;      // restated between the price's own term and the full term
  std::int64_t full_term = 0;  // whole years
  Fraction tolerance;          // a deficit below it is hidden by rounding
  // Where `slot` is a fact, `times` × its value over the denominator is the amount.
  std::int64_t times = 0;
  std::int16_t slot = kFixed;

  friend bool operator==(const PriceLimit&, const PriceLimit&) = default;
};

enum class Meeting : std::uint8_t {
  kMet,
  kWithinRounding,  // below by less than the tolerance, or too near to be told from the limit
  kShort,
};

// Is the price at least the limit? Transfers are compared at their own term, rents and packages at
// the full term.
Meeting Compare(const AgreedPrice& price, const PriceLimit& limit);

// Neither side is restated: the comparison is one of plain fractions.
bool IsPlain(const AgreedPrice& price, const PriceLimit& limit);

// a − b; false when it leaves 128 bits.
bool Subtract(const Fraction& a, const Fraction& b, Fraction& difference);

// Is the outcome at least as good as `wanted` (kMet or kWithinRounding)?
inline bool Reaches(Meeting meeting, Meeting wanted) { return meeting <= wanted; }

// The least stated amount, everything else as it is, that reaches `wanted`; highest + 1 when none
// up to `highest` does. (A higher price is never worse.)
std::int64_t LeastAmount(const AgreedPrice& price, const PriceLimit& limit, Meeting wanted,
                         std::int64_t highest);

// `slots[i]` times `factors[i]`, summed, is at least `least`.
struct LinearCondition {
  std::int16_t slots[3] = {kFixed, kFixed, kFixed};
  std::int64_t factors[3] = {0, 0, 0};
  Int128 least = 0;

  friend bool operator==(const LinearCondition&, const LinearCondition&) = default;
};

// The condition under which a price reaches `wanted`; nothing when it is not linear in the facts
// that differ, or its factors do not fit.
std::optional<LinearCondition> LinearConditionOf(const AgreedPrice& price, const PriceLimit& limit,
                                                 Meeting wanted);

// The least value of the limit's fact whose rounded limit is more than `other` (10^-4 yuan);
// nothing when the limit is restated.
std::optional<std::int64_t> LeastFactAbove(const AgreedPrice& price, const PriceLimit& limit,
                                           std::int64_t other);

// The amount less the rebates, yuan per m².
Fraction NetAmount(const AgreedPrice& price);

// The limit in the price's own terms, 10^-4 yuan, rounded up.
std::int64_t LimitRoundedUp(const AgreedPrice& price, const PriceLimit& limit);

// How far the price stays below the limit where the two are compared, 10^-4 yuan, rounded up; at
// most 0 when it is met.
std::int64_t DeficitRoundedUp(const AgreedPrice& price, const PriceLimit& limit);

// The price restated to the full term, 10^-4 yuan, half up.
std::int64_t FullTermPrice(const AgreedPrice& price, std::int64_t full_term);

// The amount itself, 10^-4 yuan, half up.
std::int64_t ShownPrice(const Fraction& amount);

}  // namespace dijia::rules
