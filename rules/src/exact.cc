#include "exact.h"

#include <algorithm>
#include <boost/multiprecision/cpp_dec_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <map>
#include <utility>

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

// growth^-years for part years. A hundred digits are dear, and a search for the amount at which a
// limit is met asks for the same power again and again.
const Precise& PartYearDiscount(const Precise& growth, std::int64_t rate, std::int64_t years) {
  constexpr std::size_t kMostKnown = 256;
  thread_local std::map<std::pair<std::int64_t, std::int64_t>, Precise> known;
  if (known.size() >= kMostKnown) known.clear();
  const auto [at, is_new] = known.try_emplace({rate, years});
  if (is_new) at->second = pow(growth, -Ratio<Precise>(years, kYearUnits));
  return at->second;
}

// (1 + r)^-years.
template <class T>
T Discount(std::int64_t rate, std::int64_t years) {
  const T growth = T(1) + Ratio<T>(rate, kRateUnits);
  if (years % kYearUnits == 0) return T(1) / WholePower<T>(growth, years / kYearUnits);
  if constexpr (std::is_same_v<T, Rational>) {
    return T(0);  // part years are never compared as rationals
  } else if constexpr (std::is_same_v<T, Precise>) {
    return PartYearDiscount(growth, rate, years);
  } else {
    return std::pow(growth, -Ratio<T>(years, kYearUnits));
  }
}

// 1 - (1 + r)^-years, without losing digits where the two are close.
template <class T>
T OneLessDiscount(std::int64_t rate, std::int64_t years) {
  if constexpr (std::is_same_v<T, double>) {
    return -std::expm1(-Ratio<T>(years, kYearUnits) * std::log1p(Ratio<T>(rate, kRateUnits)));
  } else {
    return T(1) - Discount<T>(rate, years);
  }
}

// The present value of one yuan a year.
template <class T>
T RentFactor(std::int64_t rate, std::int64_t years, bool advance) {
  if (rate == 0) return Ratio<T>(years, kYearUnits);
  const T r = Ratio<T>(rate, kRateUnits);
  const T arrears = OneLessDiscount<T>(rate, years) / r;
  return advance ? T(arrears * (T(1) + r)) : arrears;
}

// K(n): what a right of n years is worth of one of the full term (GB/T 18508).
template <class T>
T TermFactor(std::int64_t rate, std::int64_t years, std::int64_t full_years) {
  if (years == full_years) return T(1);
  if (rate == 0) return Ratio<T>(years, full_years);
  return OneLessDiscount<T>(rate, years) / OneLessDiscount<T>(rate, full_years);
}

// Both sides where they are compared, and the factor from there to the price's own terms.
template <class T>
struct Sides {
  T price, limit, to_own_terms;
  double size = 0;  // of doubles: the magnitudes that were added up, for bounding their error
};

template <class T>
Sides<T> Summed(const T& gross, const T& rebates, const T& limit, const T& to_own_terms) {
  Sides<T> sides{T(gross - rebates), limit, to_own_terms, 0};
  if constexpr (std::is_same_v<T, double>) sides.size = gross + rebates + limit;
  return sides;
}

template <class T>
Sides<T> SidesOf(const AgreedPrice& price, const PriceLimit& limit) {
  const T amount = Of<T>(price.amount), wanted = Of<T>(limit.amount);
  const T rebates = Ratio<T>(price.rebates, kPriceUnits);
  const std::int64_t full = limit.full_term * kYearUnits;
  switch (price.side) {
    case PriceSide::kTransfer: {
      const T factor = limit.normalised ? TermFactor<T>(price.rate, price.term, full) : T(1);
      return Summed<T>(amount, rebates, T(wanted * factor), T(1));
    }
    case PriceSide::kRent: {
      if (!limit.normalised) return Summed<T>(amount, T(0), wanted, T(1));
      const T factor = RentFactor<T>(price.rate, full, price.advance);
      return Summed<T>(T(amount * factor), rebates, wanted, T(T(1) / factor));
    }
    case PriceSide::kPackage: {
      const T rents = amount * RentFactor<T>(price.rate, price.lease_years, price.advance);
      const T rest =
          Ratio<T>(price.transfer, kPriceUnits) * Discount<T>(price.rate, price.lease_years);
      return Summed<T>(T(rents + rest), rebates, wanted, T(1));
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
  // −ceil(−x) is floor(x): halves go away from zero.
  return value < 0 ? RoundUp<T>(T(value - half)) : -RoundUp<T>(T(-value - half));
}

template <class Function>
auto InEitherNumber(bool whole, Function function) {
  return whole ? function(Rational()) : function(Precise());
}

enum class Rounded : std::uint8_t { kUp, kHalfUp };

// A fraction in units of 10^-4; nothing when it leaves 128 bits.
std::optional<std::int64_t> UnitsOf(const Fraction& value, Rounded how) {
  Int128 numerator = 0;
  if (__builtin_mul_overflow(value.numerator, Int128{kPriceUnits}, &numerator)) return {};
  RoundingMode mode = RoundingMode::kHalfUp;
  if (how == Rounded::kUp) mode = numerator > 0 ? RoundingMode::kUp : RoundingMode::kDown;
  return RoundQuotient(numerator, value.denominator, 1, mode);
}

// The same of a double that is off by at most kDoubleGuard × `size`; nothing when that leaves the
// rounding open.
std::optional<std::int64_t> UnitsOf(double value, double size, Rounded how) {
  constexpr double kMost = 1e15;
  const double units = value * static_cast<double>(kPriceUnits);
  const double guard = kDoubleGuard * (1 + size * static_cast<double>(kPriceUnits));
  if (!(std::abs(units) < kMost)) return {};
  const double turn = how == Rounded::kUp ? std::round(units) : std::floor(units) + 0.5;
  if (std::abs(units - turn) <= guard) return {};
  return static_cast<std::int64_t>(how == Rounded::kUp ? std::ceil(units) : std::round(units));
}

// price − rebates where neither side is restated.
bool Effective(const AgreedPrice& price, Fraction& effective) {
  const bool rent = price.side == PriceSide::kRent;
  return Subtract(price.amount, {rent ? 0 : price.rebates, kPriceUnits}, effective);
}

// The deficit as a double; monotone in the price.
double RoughDeficit(AgreedPrice price, const PriceLimit& limit, std::int64_t units) {
  price.stated.units = units;
  price.amount = AmountOf(price.stated);
  const Sides<double> sides = SidesOf<double>(price, limit);
  return sides.limit - sides.price;
}

}  // namespace

bool IsPlain(const AgreedPrice& price, const PriceLimit& limit) {
  if (price.side == PriceSide::kPackage) return false;
  if (!limit.normalised) return true;
  return price.side == PriceSide::kTransfer && price.term == limit.full_term * kYearUnits;
}

bool Subtract(const Fraction& a, const Fraction& b, Fraction& difference) {
  Int128 left = 0, right = 0;
  return !__builtin_mul_overflow(a.numerator, b.denominator, &left) &&
         !__builtin_mul_overflow(b.numerator, a.denominator, &right) &&
         !__builtin_sub_overflow(left, right, &difference.numerator) &&
         !__builtin_mul_overflow(a.denominator, b.denominator, &difference.denominator);
}

Fraction AmountOf(const StatedAmount& amount) {
  const std::int64_t units = amount.units, one = PowerOfTen(kPriceScale);
  switch (amount.unit) {
    case PriceUnit::kYuanPerSqm:
    case PriceUnit::kYuanPerSqmYear:
      return {units, one};
    case PriceUnit::kWanYuanPerMu:  // 1 万元/亩 = 15 yuan per m² exactly
      return {Int128{units} * 15, one};
    case PriceUnit::kYuanTotal:
      return {units, amount.area};
    case PriceUnit::kWanYuanTotal:
      return {Int128{units} * 10'000, amount.area};
    case PriceUnit::kYuanPerSqmFloor:
      return {Int128{units} * amount.floor_area_ratio, Int128{one} * FloorAreaRatio::kOne};
    case PriceUnit::kYuanPerMuYear:  // 1 mu = 2000/3 m²
      return {Int128{units} * 3, Int128{one} * 2000};
  }
  return {};
}

std::int64_t LeastAmount(const AgreedPrice& price, const PriceLimit& limit, Meeting wanted,
                         std::int64_t highest) {
  const auto met = [&](std::int64_t units) {
    AgreedPrice at = price;
    at.stated.units = units;
    at.amount = AmountOf(at.stated);
    return Reaches(Compare(at, limit), wanted);
  };
  if (met(0)) return 0;
  if (!met(highest)) return highest + 1;
  // The deficit is linear in the amount: guess where it turns, then widen until it is enclosed.
  const double at_zero = RoughDeficit(price, limit, 0);
  const double at_highest = RoughDeficit(price, limit, highest);
  const double turn = (at_zero - Of<double>(limit.tolerance)) / (at_zero - at_highest);
  const double guess = std::clamp(turn, 0.0, 1.0) * static_cast<double>(highest);
  std::int64_t low = std::min(static_cast<std::int64_t>(guess), highest), high = low;
  for (std::int64_t step = 1; low > 0 && met(low); step *= 4) {
    high = low;
    low = std::max<std::int64_t>(0, low - step);
  }
  for (std::int64_t step = 1; high <= low; step *= 4) {
    const std::int64_t next = step > highest - low ? highest : low + step;
    if (met(next)) {
      high = next;
    } else {
      low = high = next;
    }
  }
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (met(middle) ? high : low) = middle;
  }
  return high;
}

Fraction NetAmount(const AgreedPrice& price) {
  return {price.amount.numerator * kPriceUnits - price.rebates * price.amount.denominator,
          price.amount.denominator * kPriceUnits};
}

Meeting Compare(const AgreedPrice& price, const PriceLimit& limit) {
  Meeting meeting = Meeting::kMet;
  if (IsPlain(price, limit) && ComparePlain(price, limit, meeting)) return meeting;
  const Sides<double> rough = SidesOf<double>(price, limit);
  const double deficit = rough.limit - rough.price;
  const double guard = kDoubleGuard * rough.size;
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
  std::optional<std::int64_t> units;
  if (IsPlain(price, limit)) {
    units = UnitsOf(limit.amount, Rounded::kUp);
  } else {
    const Sides<double> rough = SidesOf<double>(price, limit);
    const double value = rough.limit * rough.to_own_terms;
    units = UnitsOf(value, std::abs(value), Rounded::kUp);
  }
  if (units) return *units;
  return InEitherNumber(WholeYears(price, limit), [&](auto number) {
    using T = decltype(number);
    const auto sides = SidesOf<T>(price, limit);
    return RoundUp<T>(T(sides.limit * sides.to_own_terms));
  });
}

std::int64_t DeficitRoundedUp(const AgreedPrice& price, const PriceLimit& limit) {
  std::optional<std::int64_t> units;
  if (IsPlain(price, limit)) {
    Fraction effective, deficit;
    if (Effective(price, effective) && Subtract(limit.amount, effective, deficit)) {
      units = UnitsOf(deficit, Rounded::kUp);
    }
  } else {
    const Sides<double> rough = SidesOf<double>(price, limit);
    units = UnitsOf(rough.limit - rough.price, rough.size, Rounded::kUp);
  }
  if (units) return *units;
  return InEitherNumber(WholeYears(price, limit), [&](auto number) {
    using T = decltype(number);
    const auto sides = SidesOf<T>(price, limit);
    return RoundUp<T>(T(sides.limit - sides.price));
  });
}

std::int64_t FullTermPrice(const AgreedPrice& price, std::int64_t full_term) {
  PriceLimit unit;
  unit.amount = {1, 1};
  unit.full_term = full_term;
  std::optional<std::int64_t> units;
  if (IsPlain(price, unit)) {
    Fraction effective;
    if (Effective(price, effective)) units = UnitsOf(effective, Rounded::kHalfUp);
  } else {
    const Sides<double> rough = SidesOf<double>(price, unit);
    units = UnitsOf(rough.price / rough.limit, rough.size / rough.limit, Rounded::kHalfUp);
  }
  if (units) return *units;
  return InEitherNumber(WholeYears(price, unit), [&](auto number) {
    using T = decltype(number);
    const auto sides = SidesOf<T>(price, unit);
    return RoundHalfUp<T>(T(sides.price / sides.limit));
  });
}

std::int64_t ShownPrice(const Fraction& amount) {
  if (const auto units = UnitsOf(amount, Rounded::kHalfUp)) return *units;
  return RoundHalfUp<Rational>(Of<Rational>(amount));
}

}  // namespace dijia::rules
