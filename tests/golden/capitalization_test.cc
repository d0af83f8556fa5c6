// Capitalization rates and development differences by hand and from published figures.
#include "dijia/capitalization.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/development.h"

namespace dijia {
namespace {

Rate R(const char* text) { return Rate::Parse(text).value(); }
Coefficient W(const char* text) { return Coefficient::Parse(text).value(); }
UnitPrice Yuan(const char* text) { return UnitPrice::Parse(text).value(); }

constexpr Rounding kHalfATenth{RoundingMode::kHalfUp, 500};  // 0.05 points
constexpr Rounding kSixPlaces{RoundingMode::kHalfUp, 1};

// 通道 (real-cases.md §1.1): 0.6 × 7.38 % + 0.4 × 8.17 % = 7.696 % → 7.70 %,
// 0.6 × 6.80 % + 0.4 × 6.67 % = 6.748 % → 6.75 %.
TEST(TongdaoRates, AreTheWeightedMethodsToFiveHundredths) {
  const auto mixed = [](const char* rents, const char* returns) {
    return WeightedSum(Rate(),
                       std::vector<WeightedRate>{{W("0.6"), R(rents)}, {W("0.4"), R(returns)}},
                       kHalfATenth);
  };
  EXPECT_EQ(mixed("0.0738", "0.0817"), R("0.0770"));
  EXPECT_EQ(mixed("0.0680", "0.0667"), R("0.0675"));
}

// Ties are decided on the exact sum: 0.5 × 7.00 % + 0.5 × 7.05 % = 7.025 % → 7.05 %.
TEST(WeightedRates, AreExactBeforeTheyAreRounded) {
  EXPECT_EQ(
      WeightedSum(Rate(), std::vector<WeightedRate>{{W("0.5"), R("0.07")}, {W("0.5"), R("0.0705")}},
                  kHalfATenth),
      R("0.0705"));
  EXPECT_EQ(WeightedSum(R("0.015"), {}, kHalfATenth), R("0.015"));
  // 1.5 % + 0.3 × 6 % + 0.7 × 5 % = 6.8 %
  EXPECT_EQ(WeightedSum(R("0.015"),
                        std::vector<WeightedRate>{{W("0.3"), R("0.06")}, {W("0.7"), R("0.05")}},
                        kSixPlaces),
            R("0.068"));
}

TEST(RentRates, AreRentOverPriceWithoutATerm) {
  EXPECT_DOUBLE_EQ(RateOf({Yuan("68"), Yuan("1000"), {}}).value(), 0.068);
}

// The price of the rents of a term gives the rate back.
TEST(RentRates, InvertThePresentValue) {
  constexpr unsigned kSeed = 20261126;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  std::uniform_real_distribution<double> rates(0.01, 0.2), terms(2.0, 70.0);
  for (int i = 0; i < 500; ++i) {
    const double rate = rates(random), term = std::floor(terms(random));
    const double price = 1000.0 / rate * (1.0 - std::pow(1.0 + rate, -term));
    RentCase rent{Yuan("1000"), FromDouble<UnitPrice>(price, {RoundingMode::kHalfUp, 100}).value(),
                  Years::Of(static_cast<std::int64_t>(term))};
    const auto found = RateOf(rent);
    ASSERT_TRUE(found);
    EXPECT_NEAR(*found, rate, 1e-6) << rate << " " << term;
  }
}

TEST(RentRates, AreRefusedWhereNoneFits) {
  EXPECT_FALSE(RateOf({Yuan("0"), Yuan("1000"), {}}));
  EXPECT_FALSE(RateOf({Yuan("10"), Yuan("0"), {}}));
  EXPECT_FALSE(RateOf({Yuan("10"), Yuan("1000"), Years::Of(50)}));  // rents of 500 for 1000
  EXPECT_FALSE(RateOf({Yuan("10"), Yuan("100"), Years()}));
  EXPECT_EQ(RateFromRents({}).error().code, Code::kTooFewObservations);
  const std::vector<RentCase> cases{{Yuan("70"), Yuan("1000"), {}}, {Yuan("0"), Yuan("1000"), {}}};
  EXPECT_EQ(RateFromRents(cases).error().code, Code::kNumberNotAllowed);
  EXPECT_EQ(RateFromRents(cases).error().detail, "2");
}

TEST(RentRates, OfSeveralCasesAreTheirMedian) {
  const std::vector<RentCase> cases{{Yuan("80"), Yuan("1000"), {}},
                                    {Yuan("60"), Yuan("1000"), {}},
                                    {Yuan("500"), Yuan("1000"), {}}};
  EXPECT_DOUBLE_EQ(RateFromRents(cases).value(), 0.08);
}

const std::map<std::string, UnitPrice> kCosts{
    {"通路", Yuan("30")},     {"通电", Yuan("12.5")}, {"通讯", Yuan("8")},  {"通上水", Yuan("15")},
    {"通下水", Yuan("14.5")}, {"平整", Yuan("10")},   {"通气", Yuan("25")}, {"通暖", Yuan("40")}};

// 五通一平 costs 90; 三通一平 67.5.
TEST(Development, IsTheDifferenceOfTheItems) {
  const DevelopmentLevels levels{
      {"五通一平", {"通路", "通电", "通讯", "通上水", "通下水", "平整"}},
      {"三通一平", {"通路", "通电", "通上水", "平整"}},
      {"六通一平（气）", {"通路", "通电", "通讯", "通上水", "通下水", "通气", "平整"}},
      {"六通一平（暖）", {"通路", "通电", "通讯", "通上水", "通下水", "通暖", "平整"}},
      {"生地", {}}};
  const auto table = DevelopmentDifferences(levels, kCosts, "五通一平");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->levels.at("五通一平"), UnitPrice());
  EXPECT_EQ(table->levels.at("三通一平"), Yuan("-22.5"));
  EXPECT_EQ(table->levels.at("六通一平（气）"), Yuan("25"));
  EXPECT_EQ(table->levels.at("六通一平（暖）"), Yuan("40"));
  EXPECT_EQ(table->levels.at("生地"), Yuan("-90"));
  // From another base all differences move by the same amount.
  const auto other = DevelopmentDifferences(levels, kCosts, "三通一平");
  ASSERT_TRUE(other);
  for (const auto& [level, difference] : table->levels) {
    EXPECT_EQ(other->levels.at(level) - difference, Yuan("22.5")) << level;
  }
}

TEST(Development, NeedsABaseAndACostOfEveryItem) {
  const DevelopmentLevels levels{{"五通", {"通路", "通航"}}, {"一通", {"通路"}}};
  EXPECT_FALSE(DevelopmentDifferences(levels, kCosts, "一通"));
  EXPECT_FALSE(DevelopmentDifferences(levels, kCosts, "五通"));
  EXPECT_FALSE(DevelopmentDifferences(levels, kCosts, "七通"));
}

}  // namespace
}  // namespace dijia
