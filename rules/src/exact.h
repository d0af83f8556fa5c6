// Exact comparison of prices with limits. Fractions of 128-bit integers where no term is restated,
// big rationals for whole years, bounded high-precision numbers for part years. A double decides
// only when it is far from the limit.
#pragma once

#include <cstdint>

#include "dijia/base/rounding.h"
#include "dijia/rules/rule_pack.h"

namespace dijia::rules {

inline constexpr int kPriceScale = 4;  // yuan per m²
inline constexpr int kYearsScale = 4;
inline constexpr int kRateScale = 6;

// numerator / denominator, denominator > 0.
struct Fraction {
  Int128 numerator = 0, denominator = 1;
};

// A price as it was agreed, in yuan per m² (per year for rents).
struct AgreedPrice {
  PriceSide side = PriceSide::kTransfer;
  Fraction amount;               // price, or annual rent
  std::int64_t rebates = 0;      // 10^-4 yuan per m²; of rents and packages, at the full term
  std::int64_t transfer = 0;     // package: the price after the lease, 10^-4 yuan per m²
  std::int64_t lease_years = 0;  // package: 10^-4 years
  std::int64_t term = 0;         // 10^-4 years
  std::int64_t rate = 0;         // 10^-6 per year
  bool advance = false;          // rent at the beginning of the year
};

// What it is held against.
struct PriceLimit {
  Fraction amount;             // yuan per m²
  bool normalised = true;      // restated between the price's own term and the full term
  std::int64_t full_term = 0;  // whole years
  Fraction tolerance;          // a deficit below it is hidden by rounding
};

enum class Meeting : std::uint8_t {
  kMet,
  kWithinRounding,  // below by less than the tolerance, or too near to be told from the limit
  kShort,
};

// Is the price at least the limit? Transfers are compared at their own term, rents and packages at
// the full term.
Meeting Compare(const AgreedPrice& price, const PriceLimit& limit);

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
