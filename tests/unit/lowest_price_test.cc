// The lowest corrections of published tables, with figures by hand.
#include "dijia/lowest_price.h"

#include <gtest/gtest.h>

#include <string>

namespace dijia {
namespace {

UnitPrice Yuan(const std::string& text) { return UnitPrice::Parse(text).value(); }
Coefficient K(const std::string& text) { return Coefficient::Parse(text).value(); }
Percent P(const std::string& text) { return Percent::Parse(text).value(); }

// Grade 1 at 100 with factors down to −3 % and −2.5 % (and one that only raises), area down to
// 0.98, and a development level that costs 5.
PublishedUse Industrial() {
  PublishedUse use;
  use.grades = {{1, "", Yuan("100"), {}, "", ""}, {2, "", {}, {}, "withheld", ""}};
  use.zones = {{"G1", 2, Yuan("90"), {}}};
  use.routes = {{"东街", Yuan("120"), 1, {}}};
  use.formula = {"regional", {"term", "area", "far"}, {"development"}};
  Factors factors;
  factors.by = TableBy::kGrade;
  factors.tables[1] = {{"路", {{"优", P("4")}, {"劣", P("-3")}}, {}},
                       {"水", {{"优", P("1")}, {"劣", P("-2.5")}}, {}},
                       {"园", {{"优", P("2")}, {"一般", P("1")}}, {}}};
  use.coefficients.emplace("regional", factors);
  use.coefficients.emplace("term", TermFormula());
  use.coefficients.emplace("area", Levels{{{"优", K("1.02")}, {"劣", K("0.98")}}, {}});
  use.coefficients.emplace("development",
                           Additive{{{"五通一平", UnitPrice()}, {"三通一平", -Yuan("5")}}});
  return use;
}

TEST(LowestPrices, AreThePricesAfterTheWorstLevels) {
  const auto prices = LowestPrices(Industrial());
  ASSERT_EQ(prices.size(), 3U);
  // 100 × (1 − 0.055) × 0.98 − 5 = 87.61
  EXPECT_EQ(prices[0].lowest, Yuan("87.61"));
  EXPECT_EQ(prices[0].published, Yuan("100"));
  // Grade 2 has no factors: 90 × 0.98 − 5 = 83.2
  EXPECT_EQ(prices[1].lowest, Yuan("83.2"));
  EXPECT_EQ(prices[1].place, PricePlace::kZone);
  EXPECT_EQ(prices[2].lowest, Yuan("120"));  // no formula along streets
}

TEST(LowestPrices, TakeTheLowestEndOfARangeAndNoRaise) {
  PublishedUse use = Industrial();
  Levels levels{{{"优", K("1.05")}, {"一般", K("1.01")}}, {}};
  use.coefficients.insert_or_assign("area", levels);
  EXPECT_EQ(LowestPrices(use)[1].lowest, Yuan("85"));  // 90 × 1 − 5
  levels.ranges["一般"] = {K("0.9"), K("1.01")};
  use.coefficients.insert_or_assign("area", levels);
  EXPECT_EQ(LowestPrices(use)[1].lowest, Yuan("76"));  // 90 × 0.9 − 5
}

// 33.3333 × 0.98 = 32.666634 is not 32.6667: a price is never rounded up to its minimum.
TEST(LowestPrices, RoundDown) {
  PublishedUse use = Industrial();
  use.grades[0].price = Yuan("33.3333");
  use.formula = {"", {"area"}, {}};
  EXPECT_EQ(LowestPrices(use)[0].lowest, Yuan("32.6666"));
}

}  // namespace
}  // namespace dijia
