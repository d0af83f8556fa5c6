#include "precise.h"

#include <boost/multiprecision/cpp_dec_float.hpp>

#include "exact_number.h"

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

// (1+rate)^−years
Precise Discount(Rate rate, Years years) {
  const Precise yearly = 1 + Precise(rate.units()) / Rate::kOne;
  return boost::multiprecision::pow(yearly, -Precise(years.units()) / Years::kOne);
}

}  // namespace

std::optional<AppliedCoefficient> TermCoefficient(Rate rate, Years term, Years full,
                                                  const std::optional<Rounding>& rounding) {
  if (term == full) return Rounded(1, rounding);
  return Rounded((1 - Discount(rate, term)) / (1 - Discount(rate, full)), rounding);
}

std::optional<AppliedCoefficient> PowerCoefficient(Ratio base, Ratio exponent,
                                                   const std::optional<Rounding>& rounding) {
  const Precise b = Precise(base.numerator) / base.denominator;
  const Precise e = Precise(exponent.numerator) / exponent.denominator;
  if (base.numerator == base.denominator || exponent.numerator == 0) return Rounded(1, rounding);
  // Beyond this a power leaves the type; it must not run for long before it does.
  const Precise size = e * boost::multiprecision::log(b);
  if (size > 20) return std::nullopt;
  if (size < -120) return Rounded(0, rounding);
  return Rounded(boost::multiprecision::pow(b, e), rounding);
}

}  // namespace dijia
