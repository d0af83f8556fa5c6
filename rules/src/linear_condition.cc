// Comparisons of plain prices as linear conditions on the facts that differ between cases.
#include <algorithm>
#include <numeric>

#include "dijia/base/decimal.h"
#include "exact.h"

namespace dijia::rules {
namespace {

constexpr std::int64_t kPriceUnits = PowerOfTen(kPriceScale);

// Of numbers that mostly fit 64 bits: dividing those of 128 is slow.
Int128 GreatestCommonDivisor(Int128 a, Int128 b) {
  if (a < 0) a = -a;
  if (b < 0) b = -b;
  while (b != 0) {
    if (a <= UINT64_MAX && b <= UINT64_MAX) {
      return std::gcd(static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b));
    }
    const Int128 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

Fraction Reduced(const Fraction& fraction) {
  const Int128 divisor = GreatestCommonDivisor(fraction.numerator, fraction.denominator);
  return divisor > 1 ? Fraction{fraction.numerator / divisor, fraction.denominator / divisor}
                     : fraction;
}

// Sums of fractions times slots, brought to one denominator. Overflow makes it useless.
class LinearSum {
 public:
  void Add(std::int16_t slot, const Fraction& factor) {
    if (slot == kFixed || count_ == 3) {
      fits_ = false;
      return;
    }
    slots_[count_] = slot;
    factors_[count_++] = Reduced(factor);
  }
  void AddConstant(const Fraction& value) {
    Fraction sum;
    fits_ = fits_ && Subtract(constant_, {-value.numerator, value.denominator}, sum);
    if (fits_) constant_ = Reduced(sum);
  }

  // Σ + constant ≥ 0, or > 0 when `strict`.
  std::optional<LinearCondition> Condition(bool strict) const {
    Int128 common = constant_.denominator;
    for (int i = 0; fits_ && i < count_; ++i) {
      const Int128 divisor = GreatestCommonDivisor(common, factors_[i].denominator);
      if (__builtin_mul_overflow(common, factors_[i].denominator / divisor, &common)) return {};
    }
    if (!fits_) return {};
    LinearCondition condition;
    Int128 constant = 0;
    if (__builtin_mul_overflow(constant_.numerator, common / constant_.denominator, &constant)) {
      return {};
    }
    for (int i = 0; i < count_; ++i) {
      Int128 factor = 0;
      const Int128 scale = common / factors_[i].denominator;
      if (__builtin_mul_overflow(factors_[i].numerator, scale, &factor)) return {};
      // Three products of such factors and of values below 2^63 stay within 128 bits.
      constexpr Int128 kMost = Int128{1} << 61;
      if (factor > kMost || factor < -kMost) return {};
      condition.slots[i] = slots_[i];
      condition.factors[i] = static_cast<std::int64_t>(factor);
    }
    condition.least = (strict ? 1 : 0) - constant;
    return condition;
  }

 private:
  std::int16_t slots_[3] = {kFixed, kFixed, kFixed};
  Fraction factors_[3];
  int count_ = 0;
  Fraction constant_;
  bool fits_ = true;
};

}  // namespace

std::optional<LinearCondition> LinearConditionOf(const AgreedPrice& price, const PriceLimit& limit,
                                                 Meeting wanted) {
  const StatedAmount& stated = price.stated;
  if (!IsPlain(price, limit) || stated.floor_area_ratio_slot != kFixed) return {};
  const bool rent = price.side == PriceSide::kRent;
  const bool by_area = stated.area_slot != kFixed;
  StatedAmount unit = stated;
  unit.units = unit.area = 1;
  if (!by_area) unit.area = stated.area;
  const Fraction per_unit = AmountOf(unit);
  // amount − rebates − limit + tolerance, all times the area when it differs.
  LinearSum sum;
  Fraction rest{0, 1};
  const Fraction tolerance = wanted == Meeting::kMet ? Fraction{} : limit.tolerance;
  if (!Subtract(tolerance, limit.slot == kFixed ? limit.amount : Fraction{}, rest)) return {};
  if (!rent && price.rebates_slot == kFixed) {
    Fraction less;
    if (!Subtract(rest, {price.rebates, kPriceUnits}, less)) return {};
    rest = less;
  }
  if (stated.units_slot != kFixed) {
    sum.Add(stated.units_slot, per_unit);
  } else if (by_area) {
    return {};
  } else {
    sum.AddConstant(price.amount);
  }
  if (!rent && price.rebates_slot != kFixed) {
    if (by_area) return {};
    sum.Add(price.rebates_slot, {-1, kPriceUnits});
  }
  if (limit.slot != kFixed) {
    if (by_area) return {};
    sum.Add(limit.slot, {-limit.times, limit.amount.denominator});
  }
  if (by_area) {
    sum.Add(stated.area_slot, rest);
  } else {
    sum.AddConstant(rest);
  }
  return sum.Condition(tolerance.numerator > 0);
}

std::optional<std::int64_t> LeastFactAbove(const AgreedPrice& price, const PriceLimit& limit,
                                           std::int64_t other) {
  if (!IsPlain(price, limit) || limit.times <= 0) return {};
  // value × times / denominator in units of 10^-4, rounded up, is above `other` when it is so
  // before rounding.
  const Int128 factor = Int128{limit.times} * kPriceUnits;
  Int128 bound = 0;
  if (__builtin_mul_overflow(Int128{other}, limit.amount.denominator, &bound)) return {};
  const Int128 whole = bound / factor - (bound % factor < 0 ? 1 : 0);
  return static_cast<std::int64_t>(std::clamp<Int128>(whole + 1, INT64_MIN, INT64_MAX));
}

}  // namespace dijia::rules
