#include "dijia/base/land.h"

#include <gtest/gtest.h>

namespace dijia {
namespace {

constexpr Rounding kTenThousandth{RoundingMode::kHalfUp, 100};
constexpr Rounding kHundredth{RoundingMode::kHalfUp, 10'000};
constexpr Rounding kWhole{RoundingMode::kHalfUp, 1'000'000};

// 1 mu = 2000/3 m² exactly: 3 mu are 2,000 m², not 3 × 666.67.
TEST(Area, OfThreeMuIsTwoThousandSquareMetres) {
  EXPECT_EQ(AreaFromMu(AreaInMu::Of(3), kTenThousandth)->ToString(), "2000");
  EXPECT_EQ(AreaFromMu(AreaInMu::Of(1), kTenThousandth)->ToString(), "666.6667");
  EXPECT_EQ(AreaFromMu(AreaInMu::Of(15), kTenThousandth), Area::Of(10'000));
}

TEST(Area, OfHectaresIsExact) {
  EXPECT_EQ(AreaFromHectares(*AreaInHectares::Parse("15.616520"))->ToString(), "156165.2");
  EXPECT_EQ(AreaFromHectares(*AreaInHectares::Parse("0.00000001"))->ToString(), "0.0001");
}

TEST(Money, OfWanYuanIsExact) {
  EXPECT_EQ(MoneyFromWanYuan(*MoneyInWanYuan::Parse("1164.7972"))->ToString(), "11647972");
}

// 三政发〔2025〕11号: 1590 yuan per m² is printed as 106 万元/亩, and 437 as 29.13.
TEST(UnitPrice, IsFifteenTimesWanYuanPerMu) {
  EXPECT_EQ(UnitPriceOf(PricePerMu::Of(106)), UnitPrice::Of(1590));
  EXPECT_EQ(PricePerMuOf(UnitPrice::Of(1590), kHundredth)->ToString(), "106");
  EXPECT_EQ(PricePerMuOf(UnitPrice::Of(437), kHundredth)->ToString(), "29.13");
  EXPECT_EQ(UnitPriceOf(*PricePerMu::Parse("29.13"))->ToString(), "436.95");
  // The industrial minimum of class 15: 4.0 万元/亩 is 60 yuan per m² exactly.
  EXPECT_EQ(UnitPriceOf(PricePerMu::Of(4)), UnitPrice::Of(60));
}

// 2012-00001 of the land-market notices: 1164.7972 万元 for 15.616520 ha, derived 74.5875.
TEST(UnitPrice, OfATotalIsRoundedOnce) {
  const auto total = *MoneyFromWanYuan(*MoneyInWanYuan::Parse("1164.7972"));
  const auto area = *AreaFromHectares(*AreaInHectares::Parse("15.616520"));
  EXPECT_EQ(UnitPriceFromTotal(total, area, kTenThousandth)->ToString(), "74.5875");
  EXPECT_FALSE(UnitPriceFromTotal(total, Area{}, kTenThousandth).has_value());
}

TEST(Total, IsRoundedOnce) {
  EXPECT_EQ(Total(*UnitPrice::Parse("1144.6"), *Area::Parse("19.02"), kWhole)->ToString(), "21770");
}

TEST(Total, SaysNothingOnOverflow) {
  EXPECT_FALSE(Total(UnitPrice::Of(900'000'000'000), Area::Of(900'000'000), kWhole).has_value());
}

// 2008 national exam item: 580 yuan per m² of floor at a floor area ratio of 4.
TEST(LandPrice, IsFloorPriceTimesFloorAreaRatio) {
  EXPECT_EQ(LandPrice(FloorPrice::Of(580), FloorAreaRatio::Of(4), kWhole), UnitPrice::Of(2320));
}

TEST(AssignmentMethod, OnlyOpenSalesAreMarketSales) {
  int open = 0;
  for (const auto& row : EnumTableOf<AssignmentMethod>::kRows) open += IsMarketSale(row.value);
  EXPECT_EQ(open, 3);
  EXPECT_TRUE(IsMarketSale(AssignmentMethod::kListing));
  EXPECT_FALSE(IsMarketSale(AssignmentMethod::kAgreement));
}

template <class Enum>
void EveryCodeReadsBack() {
  for (const EnumRow<Enum>& row : EnumTableOf<Enum>::kRows) {
    EXPECT_EQ(FromCode<Enum>(CodeOf(row.value)), row.value);
  }
  EXPECT_FALSE(FromCode<Enum>("no such code").has_value());
  EXPECT_FALSE(FromCode<Enum>("").has_value());
}

TEST(EnumTable, BothDirectionsComeFromOneTable) {
  EveryCodeReadsBack<LandUse>();
  EveryCodeReadsBack<AssignmentMethod>();
  EveryCodeReadsBack<PriceUnit>();
  EveryCodeReadsBack<RoundingMode>();
}

}  // namespace
}  // namespace dijia
