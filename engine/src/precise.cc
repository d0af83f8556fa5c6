#include "precise.h"

#include <algorithm>
#include <boost/multiprecision/cpp_dec_float.hpp>
#include <cmath>

#include "exact_number.h"
#include "vector_math.h"

namespace dijia {
namespace {

using Precise = boost::multiprecision::cpp_dec_float_50;

constexpr int kKept = 40;  // places behind the point; fifty digits leave a margin of a billion

std::optional<AppliedCoefficient> Rounded(const Precise& value,
                                          const std::optional<Rounding>& rounding) {
  if (value > Precise("9000000") || value < -Precise("9000000")) return std::nullopt;
  const Precise lifted = value * boost::multiprecision::pow(Precise(10), kKept);
  const ExactNumber kept(boost::multiprecision::round(lifted).convert_to<ExactNumber::Integer>(),
                         kKept);
  const auto units = kept.Round(AppliedCoefficient::kScale, rounding);
  if (!units) return std::nullopt;
  return AppliedCoefficient::FromUnits(*units);
}

// A double that is wrong by less than 1e-10 rounds as the exact value does unless a boundary of the
// rounding lies that near; nothing where one does, and fifty digits must decide.
std::optional<AppliedCoefficient> SurelyRounded(double value,
                                                const std::optional<Rounding>& rounding) {
  constexpr double kWrong = 1e-10, kLargest = 1000.0;
  if (!rounding || !(value > 0.0 && value < kLargest)) return std::nullopt;
  const double interval = static_cast<double>(rounding->interval) / 1e6;
  const double steps = value / interval;  // below 10^9: its own error is below 1e-6
  const double whole = std::floor(steps), part = steps - whole;
  const double margin = kWrong / interval + 1e-6;
  bool up = part > 0.5;
  double from_boundary = std::fabs(part - 0.5);
  if (rounding->mode == RoundingMode::kUp || rounding->mode == RoundingMode::kDown) {
    up = rounding->mode == RoundingMode::kUp;
    from_boundary = std::min(part, 1.0 - part);
  }
  if (from_boundary < margin) return std::nullopt;
  constexpr int kPlaces = AppliedCoefficient::kScale - Rounding::kScale;
  return AppliedCoefficient::FromUnits((static_cast<std::int64_t>(whole) + (up ? 1 : 0)) *
                                       rounding->interval * PowerOfTen(kPlaces));
}

// In doubles, for what SurelyRounded needs: 1 − (1+rate)^−years is wrong by a few ulp of 1, and by
// no more than 1e-11 of itself above 1e-3.
double TermInDoubles(Rate rate, Years term, Years full) {
  constexpr double kSmallest = 1e-3;
  const double growth = LogOne(1.0 + ToDouble(rate));
  const double of_full = 1.0 - ExpOne(-ToDouble(full) * growth);
  return of_full < kSmallest ? 0.0 : (1.0 - ExpOne(-ToDouble(term) * growth)) / of_full;
}

// 0 where the exponent or its logarithm is too large to be sure.
double PowerInDoubles(Ratio base, Ratio exponent) {
  constexpr double kLargestExponent = 1000.0, kLargestLogarithm = 2.0;
  const double e =
      static_cast<double>(exponent.numerator) / static_cast<double>(exponent.denominator);
  const double size =
      e * LogOne(static_cast<double>(base.numerator) / static_cast<double>(base.denominator));
  const bool sure = std::fabs(e) <= kLargestExponent && std::fabs(size) <= kLargestLogarithm;
  return sure ? ExpOne(size) : 0.0;
}

// (1+rate)^−years
Precise Discount(Rate rate, Years years) {
  const Precise yearly = 1 + Precise(rate.units()) / Rate::kOne;
  return boost::multiprecision::pow(yearly, -Precise(years.units()) / Years::kOne);
}

}  // namespace

std::optional<AppliedCoefficient> TermCoefficient(Rate rate, Years term, Years full,
                                                  const std::optional<Rounding>& rounding) {
  if (term == full) return Rounded(1, rounding);
  if (const auto sure = SurelyRounded(TermInDoubles(rate, term, full), rounding)) return sure;
  return Rounded((1 - Discount(rate, term)) / (1 - Discount(rate, full)), rounding);
}

std::optional<AppliedCoefficient> PowerCoefficient(Ratio base, Ratio exponent,
                                                   const std::optional<Rounding>& rounding) {
  if (base.numerator == base.denominator || exponent.numerator == 0) return Rounded(1, rounding);
  if (const auto sure = SurelyRounded(PowerInDoubles(base, exponent), rounding)) return sure;
  const Precise b = Precise(base.numerator) / base.denominator;
  const Precise e = Precise(exponent.numerator) / exponent.denominator;
  // Beyond this a power leaves the type; it must not run for long before it does.
  const Precise size = e * boost::multiprecision::log(b);
  if (size > 20) return std::nullopt;
  if (size < -120) return Rounded(0, rounding);
  return Rounded(boost::multiprecision::pow(b, e), rounding);
}

}  // namespace dijia
