// Every kind of record, with its arithmetic by hand (benchmark-price notes §2.1). Invented round
// figures unless a source is named.
#include "dijia/conversion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace dijia {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// One record whose figures are given by name.
class Record {
 public:
  explicit Record(SampleKind kind) { input_.kind = kind; }

  Record& Price(double price, PriceUnit unit) {
    input_.price = std::llround(price * 10'000);
    input_.unit = unit;
    return *this;
  }
  Record& LandArea(double sqm) {
    input_.area_sqm = std::llround(sqm * 10'000);
    return *this;
  }
  Record& Far(double far) {
    input_.far = std::llround(far * 1'000'000);
    return *this;
  }
  Record& Rate(double rate) {
    input_.rate = rate;
    return *this;
  }
  Record& Term(double years) {
    input_.term_years = years;
    return *this;
  }
  Record& With(Figure figure, double value) {
    figures_.push_back({.row = 0, .name = static_cast<std::uint16_t>(figure), .value = value});
    std::sort(figures_.begin(), figures_.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    return *this;
  }
  Record& Constants(const FigureValues& constants) {
    input_.constants = &constants;
    return *this;
  }

  LandPriceOutcome Convert() {
    input_.figures = figures_;
    return ConvertToLandPrice(input_);
  }
  double LandPrice() { return Convert().price; }
  ConversionProblem Problem() { return Convert().problem; }

 private:
  LandPriceInput input_;
  std::vector<ConversionFigure> figures_;
};

TEST(ConvertTransfer, APriceOfLandIsItself) {
  EXPECT_EQ(Record(SampleKind::kTransfer).Price(569.5, PriceUnit::kYuanPerSqm).LandPrice(), 569.5);
}

TEST(ConvertTransfer, TenThousandYuanPerMuIsFifteenYuanPerSquareMetre) {
  // 三原县: 29.13 万元/亩 × 15 = 436.95 (real-cases §5).
  EXPECT_EQ(Record(SampleKind::kTransfer).Price(29.13, PriceUnit::kWanYuanPerMu).LandPrice(),
            436.95);
}

TEST(ConvertTransfer, ATotalIsDividedByTheArea) {
  // 巴林左旗 2013-00001 of the national notices: 10,270.16 万元 / 56,402.15 m².
  Record sale(SampleKind::kTransfer);
  sale.Price(10270.16, PriceUnit::kWanYuanTotal).LandArea(56402.15);
  EXPECT_EQ(sale.LandPrice(), 102701600.0 / 56402.15);
  EXPECT_EQ(sale.Price(10270.16, PriceUnit::kYuanTotal).LandPrice(), 10270.16 / 56402.15);
}

TEST(ConvertTransfer, AFloorPriceIsMultipliedByTheFloorAreaRatio) {
  // 580 yuan per m² of floor at FAR 4 = 2,320 per m² of land (real-cases §9).
  EXPECT_EQ(
      Record(SampleKind::kTransfer).Price(580, PriceUnit::kYuanPerSqmFloor).Far(4).LandPrice(),
      2320.0);
}

TEST(ConvertTransfer, ARentIsNotAPrice) {
  EXPECT_EQ(Record(SampleKind::kTransfer).Price(30, PriceUnit::kYuanPerSqmYear).Problem(),
            ConversionProblem::kUnitNotAllowed);
}

TEST(ConvertTransfer, SaysWhatIsMissing) {
  Record sale(SampleKind::kTransfer);
  EXPECT_EQ(sale.Problem(), ConversionProblem::kPriceMissing);
  EXPECT_EQ(sale.Price(120, PriceUnit::kYuanTotal).Problem(), ConversionProblem::kAreaMissing);
  EXPECT_EQ(sale.Price(58, PriceUnit::kYuanPerSqmFloor).Problem(), ConversionProblem::kFarMissing);
}

TEST(ConvertResale, UsesTheSameUnitsAsATransfer) {
  // 1,200,000 / 2,000.
  EXPECT_EQ(
      Record(SampleKind::kResale).Price(120, PriceUnit::kWanYuanTotal).LandArea(2000).LandPrice(),
      600.0);
}

TEST(ConvertLandLease, DividesByTheRateAndNotByOneMinusTheRate) {
  // 30 / 0.06 = 500; a known program computes 30 / 0.94 = 31.9.
  EXPECT_DOUBLE_EQ(
      Record(SampleKind::kLandLease).Price(30, PriceUnit::kYuanPerSqmYear).Rate(0.06).LandPrice(),
      500.0);
}

TEST(ConvertLandLease, AFiniteTermIsWorthLess) {
  // 1 − 1.06^−20 = 1 − 1/3.207135472 = 0.688195273; × 500 = 344.0976.
  EXPECT_NEAR(Record(SampleKind::kLandLease)
                  .Price(30, PriceUnit::kYuanPerSqmYear)
                  .Rate(0.06)
                  .Term(20)
                  .LandPrice(),
              344.0976, 1e-4);
}

TEST(ConvertLandLease, ARentPerMuIsSpreadOverTwoThousandThirds) {
  // 20,000 yuan per mu and year × 3/2000 = 30 yuan per m² and year.
  EXPECT_DOUBLE_EQ(
      Record(SampleKind::kLandLease).Price(20000, PriceUnit::kYuanPerMuYear).Rate(0.06).LandPrice(),
      500.0);
}

TEST(ConvertLandLease, ARentOfTheWholeParcelIsDividedByItsArea) {
  // 60,000 / 2,000 = 30.
  EXPECT_DOUBLE_EQ(Record(SampleKind::kLandLease)
                       .With(Figure::kRentYuanPerYear, 60000)
                       .LandArea(2000)
                       .Rate(0.06)
                       .LandPrice(),
                   500.0);
}

TEST(ConvertLandLease, APriceIsNotARent) {
  EXPECT_EQ(Record(SampleKind::kLandLease).Price(30, PriceUnit::kYuanPerSqm).Rate(0.06).Problem(),
            ConversionProblem::kUnitNotAllowed);
}

// Per m² of floor and year:
//   rent                                120
//   management 120 · 2 %            =     2.4
//   repair 1000 · 2 %               =    20
//   insurance 1000 · 0.5 · 2 ‰      =     1
//   depreciation 1000 · 0.98 / 50   =    19.6
//   tax 120 · 2 %                   =     2.4
//   house net 1000 · 0.5 · 8 %      =    40
//   land net 120 − 85.4             =    34.6
Record LetHouse() {
  Record record(SampleKind::kHouseLease);
  record.Price(120, PriceUnit::kYuanPerSqmYear)
      .Rate(0.06)
      .With(Figure::kRebuildCostYuanPerSqm, 1000)
      .With(Figure::kNewnessRate, 0.5)
      .With(Figure::kManagementRate, 0.02)
      .With(Figure::kRepairRate, 0.02)
      .With(Figure::kInsuranceRate, 0.002)
      .With(Figure::kResidualRate, 0.02)
      .With(Figure::kLifeYears, 50)
      .With(Figure::kTaxRate, 0.02)
      .With(Figure::kHouseCapitalizationRate, 0.08);
  return record;
}

TEST(ConvertHouseLease, LeavesTheLandWhatTheHouseDoesNotTake) {
  // 34.6 × floor per land 300 / 200 = 51.9 per m² of land; / 0.06 = 865.
  EXPECT_NEAR(LetHouse().With(Figure::kBuildingAreaSqm, 300).LandArea(200).LandPrice(), 865.0,
              1e-10);
}

TEST(ConvertHouseLease, TakesTheFloorAreaRatioWhereTheHousesLandIsUnknown) {
  EXPECT_NEAR(LetHouse().Far(2).LandPrice(), 34.6 * 2 / 0.06, 1e-10);
}

TEST(ConvertHouseLease, TheTermOfTheRightLimitsTheIncome) {
  // 865 · (1 − 1.06^−20) = 865 · 0.688195273 = 595.2889.
  EXPECT_NEAR(LetHouse().Far(1.5).Term(20).LandPrice(), 595.2889, 1e-4);
}

TEST(ConvertHouseLease, ARentOfTheWholeHouseIsDividedByItsFloorArea) {
  // 36,000 / 300 = 120.
  Record record(SampleKind::kHouseLease);
  record.Rate(0.06).LandArea(200).With(Figure::kRentYuanPerYear, 36000);
  record.With(Figure::kBuildingAreaSqm, 300).With(Figure::kRebuildCostYuanPerSqm, 1000);
  record.With(Figure::kNewnessRate, 0.5).With(Figure::kManagementRate, 0.02);
  record.With(Figure::kRepairRate, 0.02).With(Figure::kInsuranceRate, 0.002);
  record.With(Figure::kResidualRate, 0.02).With(Figure::kLifeYears, 50);
  record.With(Figure::kTaxRate, 0.02).With(Figure::kHouseCapitalizationRate, 0.08);
  EXPECT_NEAR(record.LandPrice(), 865.0, 1e-10);
}

TEST(ConvertHouseLease, NamesTheFirstFigureThatIsMissing) {
  Record record(SampleKind::kHouseLease);
  record.Price(120, PriceUnit::kYuanPerSqmYear).Rate(0.06).Far(2);
  record.With(Figure::kRebuildCostYuanPerSqm, 1000);
  const LandPriceOutcome outcome = record.Convert();
  EXPECT_EQ(outcome.problem, ConversionProblem::kFigureMissing);
  EXPECT_EQ(CodeOf(outcome.figure), "newness_rate");
  EXPECT_TRUE(std::isnan(outcome.price));
}

TEST(ConvertHouseLease, ALifeOfZeroYearsIsNoDivisor) {
  Record record(SampleKind::kHouseLease);
  record.Price(120, PriceUnit::kYuanPerSqmYear).Rate(0.06).Far(2);
  record.With(Figure::kRebuildCostYuanPerSqm, 1000).With(Figure::kNewnessRate, 0.5);
  record.With(Figure::kManagementRate, 0.02).With(Figure::kRepairRate, 0.02);
  record.With(Figure::kInsuranceRate, 0.002).With(Figure::kResidualRate, 0.02);
  const LandPriceOutcome outcome = record.With(Figure::kLifeYears, 0).Convert();
  EXPECT_EQ(outcome.problem, ConversionProblem::kFigureImpossible);
  EXPECT_EQ(outcome.figure, Figure::kLifeYears);
}

// 3,000 per m² of floor − 1,200 · 0.75 − 3,000 · 5 % = 1,950 for the land.
Record SoldHouse() {
  Record record(SampleKind::kHouseSale);
  record.With(Figure::kRebuildCostYuanPerSqm, 1200).With(Figure::kNewnessRate, 0.75);
  return record.With(Figure::kTaxRate, 0.05);
}

TEST(ConvertHouseSale, LeavesThePriceLessTheHouseAndTheTax) {
  // 45 万元 for 150 m² is 3,000; × floor per land 150 / 60 = 2.5 → 1,950 · 2.5 = 4,875.
  Record record = SoldHouse();
  record.Price(45, PriceUnit::kWanYuanTotal).LandArea(60).With(Figure::kBuildingAreaSqm, 150);
  EXPECT_DOUBLE_EQ(record.LandPrice(), 4875.0);
  Record by_floor = SoldHouse();
  EXPECT_DOUBLE_EQ(by_floor.Price(3000, PriceUnit::kYuanPerSqmFloor).Far(2.5).LandPrice(), 4875.0);
}

TEST(ConvertHouseSale, AHouseWorthMoreThanItsPriceLeavesNothing) {
  Record record = SoldHouse();
  EXPECT_EQ(record.Price(800, PriceUnit::kYuanPerSqmFloor).Far(2).Problem(),
            ConversionProblem::kNotPositive);
}

TEST(ConvertResidual, SubtractsTheDevelopersSideFromTheSales) {
  // (3,000 − 1,500 − 300 − 165 − 75 万元) / 8,000 m² = 9,600,000 / 8,000 = 1,200.
  Record record(SampleKind::kResidual);
  record.Price(3000, PriceUnit::kWanYuanTotal).LandArea(8000);
  record.With(Figure::kBuildCostYuan, 15e6).With(Figure::kProfitYuan, 3e6);
  record.With(Figure::kTaxYuan, 1.65e6).With(Figure::kInterestYuan, 0.75e6);
  EXPECT_DOUBLE_EQ(record.LandPrice(), 1200.0);
}

TEST(ConvertResidual, TakesRatesOfTheSalesAndTheFootprintOverTheDensity) {
  // Sales 3,000 · 10,000 m² of floor = 30,000,000; profit 10 %, tax 5.5 %; a footprint of 2,000 at
  // 25 % density is 8,000 m² of land: the same 1,200.
  Record record(SampleKind::kResidual);
  record.Price(3000, PriceUnit::kYuanPerSqmFloor).With(Figure::kBuildingAreaSqm, 10000);
  record.With(Figure::kBuildCostYuan, 15e6).With(Figure::kProfitRate, 0.1);
  record.With(Figure::kTaxRate, 0.055).With(Figure::kInterestYuan, 0.75e6);
  record.With(Figure::kFootprintAreaSqm, 2000).With(Figure::kBuildingDensity, 0.25);
  EXPECT_DOUBLE_EQ(record.LandPrice(), 1200.0);
}

TEST(ConvertJointVentureProfit, CapitalisesTheLandsPartOfTheIncome) {
  // 90,000 / 3,000 m² = 30; / 0.06 = 500.
  EXPECT_DOUBLE_EQ(Record(SampleKind::kJointVentureProfit)
                       .With(Figure::kLandNetIncomeYuanPerYear, 90000)
                       .LandArea(3000)
                       .Rate(0.06)
                       .LandPrice(),
                   500.0);
}

TEST(ConvertJointVentureShare, TheShareOfTheCapitalIsTheLand) {
  // 500 万元 · 30 % / 2,500 m² = 600.
  EXPECT_DOUBLE_EQ(Record(SampleKind::kJointVentureShare)
                       .Price(500, PriceUnit::kWanYuanTotal)
                       .LandArea(2500)
                       .With(Figure::kProfitShareRate, 0.3)
                       .LandPrice(),
                   600.0);
}

TEST(ConvertJointBuilding, WhatTheOwnersFloorsCostIsThePriceOfThePartnersLand) {
  // (1,400 + 100) · 2,000 · 3 / 4,000 = 2,250. The long way: the partner pays 1,500 · 2,000 =
  // 3,000,000 for the land under 4,000 of 6,000 m² of floor; the parcel is 6,000 / 3 = 2,000 m², so
  // his part is 1,333.3 m²: 2,250 per m².
  EXPECT_DOUBLE_EQ(Record(SampleKind::kJointBuilding)
                       .Far(3)
                       .With(Figure::kBuildCostYuanPerSqm, 1400)
                       .With(Figure::kTaxYuanPerSqm, 100)
                       .With(Figure::kOwnerFloorAreaSqm, 2000)
                       .With(Figure::kPartnerFloorAreaSqm, 4000)
                       .LandPrice(),
                   2250.0);
}

TEST(ConvertLandForHouses, TheHousesReceivedPayForTheLand) {
  // 400 m² of floor · (2,000 − 100) / 950 m² of land = 800.
  EXPECT_DOUBLE_EQ(Record(SampleKind::kLandForHouses)
                       .Price(2000, PriceUnit::kYuanPerSqmFloor)
                       .LandArea(950)
                       .With(Figure::kExchangedFloorAreaSqm, 400)
                       .With(Figure::kTaxYuanPerSqm, 100)
                       .LandPrice(),
                   800.0);
}

TEST(ConvertCost, AddsTheCostsAndTheAppreciation) {
  // (150 + 80 + 46 + 14 + 30) · 1.25 = 320 · 1.25 = 400.
  EXPECT_DOUBLE_EQ(Record(SampleKind::kCost)
                       .With(Figure::kAcquisitionCostYuanPerSqm, 150)
                       .With(Figure::kDevelopmentCostYuanPerSqm, 80)
                       .With(Figure::kTaxYuanPerSqm, 46)
                       .With(Figure::kInterestYuanPerSqm, 14)
                       .With(Figure::kProfitYuanPerSqm, 30)
                       .With(Figure::kAppreciationRate, 0.25)
                       .LandPrice(),
                   400.0);
}

TEST(ConvertCounterLease, WhatTheCountersLeaveIsTheLands) {
  // (500,000 − 200,000 − 25,000 − 95,000) / 3,000 m² / 0.06 = 180,000 / 180 = 1,000.
  EXPECT_DOUBLE_EQ(Record(SampleKind::kCounterLease)
                       .LandArea(3000)
                       .Rate(0.06)
                       .With(Figure::kRentYuanPerYear, 500000)
                       .With(Figure::kOperatingCostYuanPerYear, 200000)
                       .With(Figure::kTaxRate, 0.05)
                       .With(Figure::kHouseReturnYuanPerYear, 95000)
                       .LandPrice(),
                   1000.0);
}

TEST(ConvertBusiness, ProfitBeyondTheOrdinaryReturnOnCapitalIsTheLands) {
  // (480,000 − 2,000,000 · 10 % − 40,000) / 4,000 m² / 0.06 = 240,000 / 240 = 1,000.
  for (const SampleKind kind : {SampleKind::kBusinessProfit, SampleKind::kIndustryProfit}) {
    EXPECT_DOUBLE_EQ(Record(kind)
                         .LandArea(4000)
                         .Rate(0.06)
                         .With(Figure::kProfitYuanPerYear, 480000)
                         .With(Figure::kCapitalYuan, 2000000)
                         .With(Figure::kCapitalReturnRate, 0.1)
                         .With(Figure::kHouseReturnYuanPerYear, 40000)
                         .LandPrice(),
                     1000.0)
        << CodeOf(kind);
  }
}

TEST(Conversion, AFigureOfTheRecordGoesBeforeThePlansConstant) {
  const FigureValues constants = FigureValuesOf({{"appreciation_rate", 0.25},
                                                 {"interest_yuan_per_sqm", 14},
                                                 {"profit_yuan_per_sqm", 30},
                                                 {"tax_yuan_per_sqm", 46},
                                                 {"no_such_figure", 1}});
  EXPECT_DOUBLE_EQ(Record(SampleKind::kCost)
                       .Constants(constants)
                       .With(Figure::kAcquisitionCostYuanPerSqm, 150)
                       .With(Figure::kDevelopmentCostYuanPerSqm, 80)
                       .With(Figure::kAppreciationRate, 0.5)
                       .LandPrice(),
                   480.0);  // 320 · 1.5
}

TEST(Conversion, EveryFigureHasItsOwnName) {
  const auto names = ConversionFigureNames();
  EXPECT_EQ(names.size(), kFigureCount);
  EXPECT_EQ(names[static_cast<std::size_t>(Figure::kRebuildCostYuanPerSqm)],
            "rebuild_cost_yuan_per_sqm");
}

TEST(FiniteTermFactor, OfAnUnlimitedTermIsOne) {
  EXPECT_EQ(FiniteTermFactor(0.06, kInfinity), 1.0);
}

// 巴中市主城区, commercial, n = 40, r = 8.54 %: printed at four decimals (real-cases §7).
TEST(FiniteTermFactor, MatchesAPublishedTable) {
  const std::vector<std::pair<double, double>> printed = {
      {1, 0.0818},  {2, 0.1571},  {3, 0.2265},  {4, 0.2904},  {5, 0.3494},
      {10, 0.5813}, {15, 0.7352}, {20, 0.8374}, {25, 0.9052}, {30, 0.9503},
      {35, 0.9802}, {38, 0.9930}, {39, 0.9967}, {40, 1.0}};
  for (const auto& [years, k] : printed) {
    EXPECT_NEAR(FiniteTermFactor(0.0854, years) / FiniteTermFactor(0.0854, 40), k, 5e-5) << years;
  }
}

TEST(NearestQuotient, RoundsOnceWhateverTheSize) {
  EXPECT_EQ(NearestQuotient(0, 1), 0.0);
  EXPECT_EQ(NearestQuotient(-1, 4), -0.25);
  EXPECT_EQ(NearestQuotient(1, 3), 1.0 / 3.0);
  // 2^53 + 1 lies halfway between two doubles: to even, but a remainder decides upwards.
  const Int128 halfway = (Int128{1} << 53) + 1;
  EXPECT_EQ(NearestQuotient(halfway, 1), 9007199254740992.0);
  EXPECT_EQ(NearestQuotient(halfway * 1000 + 1, 1000), 9007199254740994.0);
  // 9.2e18 · 10^4 / 10^4 needs more than 64 bits on the way.
  EXPECT_EQ(NearestQuotient(Int128{INT64_MAX} * 10'000, 10'000), 9223372036854775807.0);
}

}  // namespace
}  // namespace dijia
