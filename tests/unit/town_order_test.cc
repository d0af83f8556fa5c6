// The seat of a county and its towns, with figures by hand.
#include "dijia/town_order.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/order_checker.h"

namespace dijia {
namespace {

Publication Area(const std::string& area, const std::vector<std::optional<UnitPrice>>& prices) {
  Publication publication;
  publication.id = area;
  publication.area = area;
  publication.rounding.unit_price = Rounding{RoundingMode::kHalfUp, 5'000'000};
  int grade = 0;
  for (const auto& price : prices) {
    publication.uses[LandUse::kResidential].grades.push_back(
        {++grade, "", price, std::nullopt, "", ""});
  }
  return publication;
}

// 城区 800 600 –; 甲镇 620 640 300; 乙镇 – 590 310. 甲镇 grade 2 at 640 stands below 600 and 620:
// with the 600 it pools to 620, and the town's grade 1 at 620 is not below that. 310 below 300
// pools to 305.
TEST(OrderTowns, MovesWhatIsOutOfOrderAlongGradesOrTowns) {
  const auto yuan = [](std::int64_t whole) { return std::optional(UnitPrice::Of(whole)); };
  const std::vector<Publication> areas{Area("城区", {yuan(800), yuan(600), std::nullopt}),
                                       Area("甲镇", {yuan(620), yuan(640), yuan(300)}),
                                       Area("乙镇", {std::nullopt, yuan(590), yuan(310)})};
  const auto orders = OrderTowns(areas);
  ASSERT_EQ(orders.size(), 1U);
  const TownOrder& order = orders.front();
  EXPECT_FALSE(order.is_in_order());
  std::string text;
  std::vector<double> values;
  PartialOrderFit fit{{}, order.certificate};
  for (const TownPrice& price : order.prices) {
    text += std::to_string(price.publication) + std::to_string(price.grade) + ":" +
            price.ordered.ToString() + " ";
    values.push_back(ToDouble(price.price));
    fit.fitted.push_back(price.fitted);
  }
  EXPECT_EQ(text, "01:800 02:620 11:620 12:620 13:305 22:590 23:305 ");
  EXPECT_EQ(test::OrderFault(values, {}, order.pairs, fit, 1e-12), "");
}

TEST(OrderTowns, LeavesOrderedPricesAndKeepsSubUsesApart) {
  std::vector<Publication> areas{Area("城区", {UnitPrice::Parse("801.3").value()}),
                                 Area("甲镇", {UnitPrice::Of(900)})};
  areas[1].uses[LandUse::kResidential].grades[0].sub_use = "别墅";
  const auto orders = OrderTowns(areas);
  ASSERT_EQ(orders.size(), 2U);
  EXPECT_TRUE(orders[0].is_in_order() && orders[1].is_in_order());
  // No multiple of 5, but it was not moved.
  EXPECT_EQ(orders[0].prices[0].ordered, UnitPrice::Parse("801.3").value());
  EXPECT_TRUE(OrderTowns({}).empty());
}

}  // namespace
}  // namespace dijia
