// Exact decimals with their unit in the type. Law and published prices use these; statistics use
// double; ToDouble and FromDouble are the only bridges.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dijia/base/result.h"
#include "dijia/base/rounding.h"

namespace dijia {

// 10^exponent for 0 ≤ exponent ≤ 18.
constexpr std::int64_t PowerOfTen(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// Reads a decimal such as `84.5`, `-0.25` or `1e3` (exponents between -18 and 18) as an integer
// count of 10^-scale. Errors: kNotANumber, kTooManyDecimals (never rounded), kNumberTooLarge.
// Surrounding blanks, thousands separators, NaN and infinities are refused.
Result<std::int64_t> ParseDecimal(std::string_view text, int scale);

// The shortest exact text: 840000 at scale 4 is "84"; 845000 is "84.5".
std::string FormatDecimal(std::int64_t units, int scale);

// The text with exactly `decimals` places, rounded half away from zero for display only.
std::string FormatFixed(std::int64_t units, int scale, int decimals);

// An exact amount of a Unit, stored as a count of 10^-Scale of it. Amounts of one unit add and
// compare; amounts of different units do not mix, which tests/compile_fail proves.
template <class Unit, int Scale>
class Quantity {
 public:
  static constexpr int kScale = Scale;
  static constexpr std::int64_t kOne = PowerOfTen(Scale);

  constexpr Quantity() = default;
  static constexpr Quantity FromUnits(std::int64_t units) {
    Quantity quantity;
    quantity.units_ = units;
    return quantity;
  }
  static constexpr Quantity Of(std::int64_t whole) { return FromUnits(whole * kOne); }
  static Result<Quantity> Parse(std::string_view text) {
    const Result<std::int64_t> units = ParseDecimal(text, Scale);
    if (!units) return units.error();
    return FromUnits(*units);
  }

  constexpr std::int64_t units() const { return units_; }
  std::string ToString() const { return FormatDecimal(units_, Scale); }

  friend constexpr auto operator<=>(Quantity, Quantity) = default;
  // Sums overflow only beyond 9.2e18 units, which no reader lets in.
  friend constexpr Quantity operator+(Quantity a, Quantity b) {
    return FromUnits(a.units_ + b.units_);
  }
  friend constexpr Quantity operator-(Quantity a, Quantity b) {
    return FromUnits(a.units_ - b.units_);
  }
  friend constexpr Quantity operator-(Quantity a) { return FromUnits(-a.units_); }

 private:
  std::int64_t units_ = 0;
};

// The double nearest to the quantity.
template <class Unit, int Scale>
constexpr double ToDouble(Quantity<Unit, Scale> quantity) {
  return static_cast<double>(quantity.units()) / static_cast<double>(PowerOfTen(Scale));
}

// The count of 10^-scale nearest to `value` under `rounding`, taking the double at its exact binary
// value. Errors: kNotANumber for NaN and infinities, kNumberTooLarge. Precondition: the interval is
// a multiple of 10^-scale.
Result<std::int64_t> RoundDouble(double value, int scale, const Rounding& rounding);

// The way from statistics to published numbers.
template <class Q>
Result<Q> FromDouble(double value, const Rounding& rounding) {
  const Result<std::int64_t> units = RoundDouble(value, Q::kScale, rounding);
  if (!units) return units.error();
  return Q::FromUnits(*units);
}

}  // namespace dijia
