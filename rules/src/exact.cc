#include "exact.h"

#include <boost/multiprecision/cpp_dec_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>

#include "dijia/base/decimal.h"

namespace dijia::rules {
namespace {

using Rational = boost::multiprecision::cpp_rational;
using Precise = boost::multiprecision::cpp_dec_float_100;
using Integer = boost::multiprecision::cpp_int;

constexpr std::int64_t kYearUnits = PowerOfTen(kYearsScale);
constexpr std::int64_t kRateUnits = PowerOfTen(kRateScale);
constexpr std::int64_t kPriceUnits = PowerOfTen(kPriceScale);
// Part years: the guard around a limit within which the answer is "equal".
constexpr double kPartYearGuard = 1e-12;
// A double is trusted when it is this far from the limit, relative to the sizes compared.
constexpr double kDoubleGuard = 1e-9;

template <class T>
T Of(const Fraction& fraction) {
  return T(Integer(fraction.numerator)) / T(Integer(fraction.denominator));
}
template <>
double Of<double>(const Fraction& fraction) {
  return static_cast<double>(fraction.numerator) / static_cast<double>(fraction.denominator);
}

template <class T>
T Ratio(std::int64_t units, std::int64_t one) {
  return Of<T>({units, one});
}

// base^exponent for exponents ≥ 0 by squaring: the same bits on every machine.
template <class T>
T WholePower(T base, std::int64_t exponent) {
  T power(1);
  for (; exponent > 0; exponent >>= 1) {
    if ((exponent & 1) != 0) power *= base;
    base *= base;
  }
  return power;
}

// (1 + r)^-years.
template <class T>
T Discount(std::int64_t rate, std::int64_t years) {
  const T growth = T(1) + Ratio<T>(rate, kRateUnits);
  if (years % kYearUnits == 0) return T(1) / WholePower<T>(growth, years / kYearUnits);
  if constexpr (std::is_same_v<T, Rational>) {
    return T(0);  // part years are never compared as rationals
  } else {
    using std::pow;
    return T(pow(growth, -Ratio<T>(years, kYearUnits)));
  }
}

// The present value of one yuan a year.
template <class T>
T RentFactor(std::int64_t rate, std::int64_t years, bool advance) {
  if (rate == 0) return Ratio<T>(years, kYearUnits);
  const T r = Ratio<T>(rate, kRateUnits);
  const T arrears = (T(1) - Discount<T>(rate, years)) / r;
  return advance ? T(arrears * (T(1) + r)) : arrears;
}

// K(n): what a right of n years is worth of one of the full term (GB/T 18508).
template <class T>
T TermFactor(std::int64_t rate, std::int64_t years, std::int64_t full_years) {
  if (years == full_years) return T(1);
  if (rate == 0) return Ratio<T>(years, full_years);
  return (T(1) - Discount<T>(rate, years)) / (T(1) - Discount<T>(rate, full_years));
}

// Both sides where they are compared, and the factor from there to the price's own terms.
template <class T>
struct Sides {
  T price, limit, to_own_terms;
};

template <class T>
Sides<T> SidesOf(const AgreedPrice& price, const PriceLimit& limit) {
  const T amount = Of<T>(price.amount), wanted = Of<T>(limit.amount);
  const T rebates = Ratio<T>(price.rebates, kPriceUnits);
  const std::int64_t full = limit.full_term * kYearUnits;
  switch (price.side) {
    case PriceSide::kTransfer: {
      const T factor = limit.normalised ? TermFactor<T>(price.rate, price.term, full) : T(1);
      return {T(amount - rebates), T(wanted * factor), T(1)};
    }
    case PriceSide::kRent: {
      if (!limit.normalised) return {amount, wanted, T(1)};
      const T factor = RentFactor<T>(price.rate, full, price.advance);
      return {T(amount * factor - rebates), wanted, T(T(1) / factor)};
    }
    case PriceSide::kPackage: {
      const T rents = amount * RentFactor<T>(price.rate, price.lease_years, price.advance);
      const T rest =
          Ratio<T>(price.transfer, kPriceUnits) * Discount<T>(price.rate, price.lease_years);
      return {T(rents + rest - rebates), wanted, T(1)};
    }
  }
  return {};
}

// True when every power has a whole exponent.
bool WholeYears(const AgreedPrice& price, const PriceLimit& limit) {
  if (price.side == PriceSide::kPackage) return price.lease_years % kYearUnits == 0;
  const bool restated = price.side == PriceSide::kTransfer && limit.normalised;
  return !restated || price.term % kYearUnits == 0;
}

// Neither side is restated: plain fractions.
bool IsPlain(const AgreedPrice& price, const PriceLimit& limit) {
  if (price.side == PriceSide::kPackage) return false;
  if (!limit.normalised) return true;
  return price.side == PriceSide::kTransfer && price.term == limit.full_term * kYearUnits;
}

// a − b without overflow, or false.
bool Subtract(const Fraction& a, const Fraction& b, Fraction& difference) {
  Int128 left = 0, right = 0;
  return !__builtin_mul_overflow(a.numerator, b.denominator, &left) &&
         !__builtin_mul_overflow(b.numerator, a.denominator, &right) &&
         !__builtin_sub_overflow(left, right, &difference.numerator) &&
         !__builtin_mul_overflow(a.denominator, b.denominator, &difference.denominator);
}

// The comparison in 128 bits; false when a product leaves them.
bool ComparePlain(const AgreedPrice& price, const PriceLimit& limit, Meeting& meeting) {
  const bool rent = price.side == PriceSide::kRent;
  const Fraction rebates{rent ? 0 : price.rebates, kPriceUnits};
  Fraction effective, deficit, excess;
  if (!Subtract(price.amount, rebates, effective)) return false;
  if (!Subtract(limit.amount, effective, deficit)) return false;
  if (deficit.numerator <= 0) {
    meeting = Meeting::kMet;
    return true;
  }
  if (!Subtract(deficit, limit.tolerance, excess)) return false;
  meeting = excess.numerator < 0 ? Meeting::kWithinRounding : Meeting::kShort;
  return true;
}

template <class T>
Meeting Judge(const T& price, const T& limit, const T& tolerance, double guard) {
  const T deficit = limit - price;
  const T near = T(guard) * limit;
  if (deficit <= -near) return Meeting::kMet;
  return deficit < tolerance + near ? Meeting::kWithinRounding : Meeting::kShort;
}

template <class T>
std::int64_t RoundUp(const T& value) {
  const T units = value * T(kPriceUnits);
  if constexpr (std::is_same_v<T, Rational>) {
    const Integer n = boost::multiprecision::numerator(units);
    const Integer d = boost::multiprecision::denominator(units);
    Integer whole = n / d;
    if (whole * d < n) ++whole;
    return static_cast<std::int64_t>(whole);
  } else {
    return static_cast<std::int64_t>(boost::multiprecision::ceil(units));
  }
}

template <class T>
std::int64_t RoundHalfUp(const T& value) {
  const T half = T(1) / T(2 * kPriceUnits);
  return value < 0 ? -RoundUp<T>(-value - half) : RoundUp<T>(value - half);
}

template <class Function>
auto InEitherNumber(bool whole, Function function) {
  return whole ? function(Rational()) : function(Precise());
}

}  // namespace

Meeting Compare(const AgreedPrice& price, const PriceLimit& limit) {
  Meeting meeting = Meeting::kMet;
  if (IsPlain(price, limit) && ComparePlain(price, limit, meeting)) return meeting;
  const Sides<double> rough = SidesOf<double>(price, limit);
  const double deficit = rough.limit - rough.price;
  const double guard = kDoubleGuard * (std::abs(rough.limit) + std::abs(rough.price));
  const bool clear =
      std::abs(deficit) > guard && std::abs(deficit - Of<double>(limit.tolerance)) > guard;
  if (clear) return Judge<double>(rough.price, rough.limit, Of<double>(limit.tolerance), 0);
  if (WholeYears(price, limit)) {
    const auto sides = SidesOf<Rational>(price, limit);
    const Rational gap = sides.limit - sides.price;
    if (gap <= 0) return Meeting::kMet;
    return gap < Of<Rational>(limit.tolerance) ? Meeting::kWithinRounding : Meeting::kShort;
  }
  const auto sides = SidesOf<Precise>(price, limit);
  return Judge<Precise>(sides.price, sides.limit, Of<Precise>(limit.tolerance), kPartYearGuard);
}

std::int64_t LimitRoundedUp(const AgreedPrice& price, const PriceLimit& limit) {
  return InEitherNumber(WholeYears(price, limit), [&](auto number) {
    using T = decltype(number);
    const auto sides = SidesOf<T>(price, limit);
    return RoundUp<T>(T(sides.limit * sides.to_own_terms));
  });
}

std::int64_t DeficitRoundedUp(const AgreedPrice& price, const PriceLimit& limit) {
  return InEitherNumber(WholeYears(price, limit), [&](auto number) {
    using T = decltype(number);
    const auto sides = SidesOf<T>(price, limit);
    return RoundUp<T>(T(sides.limit - sides.price));
  });
}

std::int64_t FullTermPrice(const AgreedPrice& price, std::int64_t full_term) {
  const PriceLimit unit{{1, 1}, true, full_term, {}};
  return InEitherNumber(WholeYears(price, unit), [&](auto number) {
    using T = decltype(number);
    const auto sides = SidesOf<T>(price, unit);
    return RoundHalfUp<T>(T(sides.price / sides.limit));
  });
}

std::int64_t ShownPrice(const Fraction& amount) {
  return RoundHalfUp<Rational>(Of<Rational>(amount));
}

}  // namespace dijia::rules
