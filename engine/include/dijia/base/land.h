// The field's units and closed lists (contract.md §0 and §2).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "dijia/base/decimal.h"
#include "dijia/base/enum_table.h"

namespace dijia {

using UnitPrice = Quantity<struct YuanPerSquareMetreOfLand, 4>;    // 地面地价
using FloorPrice = Quantity<struct YuanPerSquareMetreOfFloor, 4>;  // 楼面地价
using PricePerMu = Quantity<struct WanYuanPerMu, 4>;               // 万元/亩
using Money = Quantity<struct Yuan, 4>;
using Area = Quantity<struct SquareMetre, 4>;
using FloorAreaRatio = Quantity<struct FloorAreaRatioTag, 6>;  // 容积率
using Coefficient = Quantity<struct CoefficientTag, 6>;
using Rate = Quantity<struct RatePerYear, 6>;
using Years = Quantity<struct Year, 4>;
using AreaInMu = Quantity<struct Mu, 6>;                     // 亩, only at the edges
using AreaInHectares = Quantity<struct Hectare, 8>;          // 公顷, only at the edges
using MoneyInWanYuan = Quantity<struct TenThousandYuan, 8>;  // 万元, only at the edges

enum class LandUse : std::uint8_t {
  kCommercial,     // 商业服务业
  kResidential,    // 居住
  kIndustrial,     // 工矿 / 工业
  kStorage,        // 仓储
  kPublicService,  // 公共管理与公共服务
  kPublicUtility,  // 公用设施
  kTransport,      // 交通运输
  kOther,
};
inline constexpr std::size_t kLandUseCount = 8;

template <>
struct EnumTableOf<LandUse> {
  static constexpr std::array<EnumRow<LandUse>, 8> kRows{{
      {LandUse::kCommercial, "commercial"},
      {LandUse::kResidential, "residential"},
      {LandUse::kIndustrial, "industrial"},
      {LandUse::kStorage, "storage"},
      {LandUse::kPublicService, "public_service"},
      {LandUse::kPublicUtility, "public_utility"},
      {LandUse::kTransport, "transport"},
      {LandUse::kOther, "other"},
  }};
};
static_assert(EnumTableIsComplete<LandUse>(kLandUseCount));

enum class AssignmentMethod : std::uint8_t {
  kBidding,              // 招标
  kAuction,              // 拍卖
  kListing,              // 挂牌
  kAgreement,            // 协议
  kLease,                // 租赁
  kLeaseThenTransfer,    // 先租后让
  kCapitalContribution,  // 作价出资（入股）
  kAllocation,           // 划拨
};

template <>
struct EnumTableOf<AssignmentMethod> {
  static constexpr std::array<EnumRow<AssignmentMethod>, 8> kRows{{
      {AssignmentMethod::kBidding, "bidding"},
      {AssignmentMethod::kAuction, "auction"},
      {AssignmentMethod::kListing, "listing"},
      {AssignmentMethod::kAgreement, "agreement"},
      {AssignmentMethod::kLease, "lease"},
      {AssignmentMethod::kLeaseThenTransfer, "lease_then_transfer"},
      {AssignmentMethod::kCapitalContribution, "capital_contribution"},
      {AssignmentMethod::kAllocation, "allocation"},
  }};
};
static_assert(EnumTableIsComplete<AssignmentMethod>(8));

// Bidding, auction and listing are open sales: their prices are market prices.
constexpr bool IsMarketSale(AssignmentMethod method) {
  return method == AssignmentMethod::kBidding || method == AssignmentMethod::kAuction ||
         method == AssignmentMethod::kListing;
}

enum class PriceUnit : std::uint8_t {
  kYuanPerSqm,
  kWanYuanPerMu,
  kYuanTotal,
  kWanYuanTotal,
  kYuanPerSqmFloor,  // × floor area ratio gives the price of land
  kYuanPerSqmYear,   // rents
  kYuanPerMuYear,
};

template <>
struct EnumTableOf<PriceUnit> {
  static constexpr std::array<EnumRow<PriceUnit>, 7> kRows{{
      {PriceUnit::kYuanPerSqm, "yuan_per_sqm"},
      {PriceUnit::kWanYuanPerMu, "wan_yuan_per_mu"},
      {PriceUnit::kYuanTotal, "yuan_total"},
      {PriceUnit::kWanYuanTotal, "wan_yuan_total"},
      {PriceUnit::kYuanPerSqmFloor, "yuan_per_sqm_floor"},
      {PriceUnit::kYuanPerSqmYear, "yuan_per_sqm_year"},
      {PriceUnit::kYuanPerMuYear, "yuan_per_mu_year"},
  }};
};
static_assert(EnumTableIsComplete<PriceUnit>(7));

// Land grade inside one grading area, 1 = best (土地级别); 0 = not given.
struct Grade {
  std::uint8_t value = 0;
  friend auto operator<=>(const Grade&, const Grade&) = default;
};

// National land class of a county, 1–15 (土地等别); 0 = not given. Never a grade.
struct LandClass {
  std::uint8_t value = 0;
  friend auto operator<=>(const LandClass&, const LandClass&) = default;
};

// 1 mu = 2000/3 m² exactly, 1 ha = 10,000 m², 1 万元 = 10,000 yuan. Conversions are exact or
// rounded once as asked; empty when the result leaves the type.
std::optional<Area> AreaFromMu(AreaInMu mu, const Rounding& rounding);
std::optional<Area> AreaFromHectares(AreaInHectares hectares);
std::optional<Money> MoneyFromWanYuan(MoneyInWanYuan amount);

// 1 万元/亩 = 15 yuan per m² exactly, so this direction never rounds.
std::optional<UnitPrice> UnitPriceOf(PricePerMu price);
std::optional<PricePerMu> PricePerMuOf(UnitPrice price, const Rounding& rounding);

// total / area and price × area, rounded once; empty for an area ≤ 0 or an overflow.
std::optional<UnitPrice> UnitPriceFromTotal(Money total, Area area, const Rounding& rounding);
std::optional<Money> Total(UnitPrice price, Area area, const Rounding& rounding);

// floor price × floor area ratio = price of land.
std::optional<UnitPrice> LandPrice(FloorPrice price, FloorAreaRatio far, const Rounding& rounding);

}  // namespace dijia
