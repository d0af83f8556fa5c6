#include "dijia/base/land.h"

#include <cassert>

namespace dijia {
namespace {

constexpr std::int64_t kSqmPerHectare = 10'000;
constexpr std::int64_t kYuanPerWanYuan = 10'000;
constexpr std::int64_t kYuanPerSqmPerWanYuanPerMu = 15;  // 10,000 yuan / (2000/3 m²)

// numerator / denominator as units of Q, rounded once by a plan entry given in 10^-6.
template <class Q>
std::optional<Q> Rounded(Int128 numerator, Int128 denominator, const Rounding& rounding) {
  static_assert(Q::kScale <= Rounding::kScale);
  const Int128 lift = PowerOfTen(Rounding::kScale - Q::kScale);
  assert(rounding.interval % lift == 0);
  Int128 lifted = 0;
  if (denominator <= 0 || __builtin_mul_overflow(numerator, lift, &lifted)) return std::nullopt;
  const auto micro = RoundQuotient(lifted, denominator, rounding.interval, rounding.mode);
  if (!micro) return std::nullopt;
  return Q::FromUnits(*micro / static_cast<std::int64_t>(lift));
}

}  // namespace

std::optional<Area> AreaFromMu(AreaInMu mu, const Rounding& rounding) {
  return Rounded<Area>(static_cast<Int128>(mu.units()) * 2000 * Area::kOne,
                       static_cast<Int128>(3) * AreaInMu::kOne, rounding);
}

std::optional<Area> AreaFromHectares(AreaInHectares hectares) {
  static_assert(AreaInHectares::kOne == Area::kOne * kSqmPerHectare);
  return Area::FromUnits(hectares.units());
}

std::optional<Money> MoneyFromWanYuan(MoneyInWanYuan amount) {
  static_assert(MoneyInWanYuan::kOne == Money::kOne * kYuanPerWanYuan);
  return Money::FromUnits(amount.units());
}

std::optional<UnitPrice> UnitPriceOf(PricePerMu price) {
  static_assert(PricePerMu::kScale == UnitPrice::kScale);
  std::int64_t units = 0;
  if (__builtin_mul_overflow(price.units(), kYuanPerSqmPerWanYuanPerMu, &units)) {
    return std::nullopt;
  }
  return UnitPrice::FromUnits(units);
}

std::optional<PricePerMu> PricePerMuOf(UnitPrice price, const Rounding& rounding) {
  return Rounded<PricePerMu>(static_cast<Int128>(price.units()) * PricePerMu::kOne,
                             static_cast<Int128>(UnitPrice::kOne) * kYuanPerSqmPerWanYuanPerMu,
                             rounding);
}

std::optional<UnitPrice> UnitPriceFromTotal(Money total, Area area, const Rounding& rounding) {
  if (area.units() <= 0) return std::nullopt;
  return Rounded<UnitPrice>(static_cast<Int128>(total.units()) * Area::kOne, area.units(),
                            rounding);
}

std::optional<Money> Total(UnitPrice price, Area area, const Rounding& rounding) {
  return Rounded<Money>(static_cast<Int128>(price.units()) * area.units(), Area::kOne, rounding);
}

std::optional<UnitPrice> LandPrice(FloorPrice price, FloorAreaRatio far, const Rounding& rounding) {
  return Rounded<UnitPrice>(static_cast<Int128>(price.units()) * far.units(), FloorAreaRatio::kOne,
                            rounding);
}

}  // namespace dijia
