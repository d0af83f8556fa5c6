// Counties against each other.
#include "dijia/county_balance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "dijia/base/codes.h"

namespace dijia {
namespace {

// A county with commercial prices of grades 1, 2, …
Publication County(const std::string& code, const std::vector<std::int64_t>& prices) {
  Publication publication;
  publication.id = code;
  publication.county = code;
  int grade = 0;
  for (const std::int64_t price : prices) {
    publication.uses[LandUse::kCommercial].grades.push_back(
        {++grade, "", UnitPrice::Of(price), std::nullopt, "", ""});
  }
  return publication;
}

BalancePlan Classes(const std::vector<std::pair<std::string, int>>& classes) {
  BalancePlan plan;
  for (const auto& [county, land_class] : classes) plan.counties[county].land_class = land_class;
  return plan;
}

// Classes 10, 12, 14 and 11 with 400; 300; 250 180; – 390. The figures are those of the normal
// equations, solved by Gauss's elimination outside this project, to seven places.
TEST(BalanceCounties, RegressesLogPricesOnClassAndGrade) {
  std::vector<Publication> counties{County("A", {400}), County("B", {300}), County("C", {250, 180}),
                                    County("D", {1, 390})};
  counties[3].uses[LandUse::kCommercial].grades[0].price.reset();
  const BalancePlan plan = Classes({{"A", 10}, {"B", 12}, {"C", 14}, {"D", 11}});
  const auto balances = BalanceCounties(counties, plan);
  ASSERT_EQ(balances.size(), 1U);
  const UseBalance& balance = balances.front();
  ASSERT_FALSE(balance.fault);
  EXPECT_EQ(balance.terms, (std::vector<std::string>{"intercept", "land_class", "grade"}));
  EXPECT_NEAR(balance.estimates[0].value, 7.8300622, 1e-7);
  EXPECT_NEAR(balance.estimates[1].value, -0.1679834, 1e-7);
  EXPECT_NEAR(balance.estimates[2].value, -0.0753592, 1e-7);
  EXPECT_NEAR(balance.r_squared, 0.8675910, 1e-7);
  ASSERT_EQ(balance.prices.size(), 5U);
  EXPECT_NEAR(balance.prices[0].expected, 434.7927067, 1e-6);
  EXPECT_NEAR(balance.prices[0].residual, -0.0800214, 1e-7);
  EXPECT_NEAR(balance.prices[0].studentized, -0.7227298, 1e-6);
  EXPECT_FALSE(balance.prices[2].is_flagged);  // 1.50
  EXPECT_NEAR(balance.prices[3].studentized, -5.5326346, 1e-5);
  EXPECT_TRUE(balance.prices[3].is_flagged);
}

// Ten counties whose prices follow 7 − 0.12 · class exactly but for the cents, and one 40 % above.
TEST(BalanceCounties, FlagsThePriceThatStandsOut) {
  std::vector<Publication> counties;
  std::vector<std::pair<std::string, int>> classes;
  for (int i = 0; i < 10; ++i) {
    const std::string code = std::to_string(150'400 + i);
    const double price = std::exp(7.0 - 0.12 * (5 + i)) * (i == 6 ? 1.4 : 1.0);
    counties.push_back(County(code, {std::llround(price)}));
    classes.emplace_back(code, 5 + i);
  }
  const auto balances = BalanceCounties(counties, Classes(classes));
  for (const BalancedPrice& price : balances.front().prices) {
    EXPECT_EQ(price.is_flagged, price.publication == 6) << price.publication;
  }
}

// The score counts only when every county has one; what does not vary is left out.
TEST(BalanceCounties, TakesTheScoreThatAllCountiesState) {
  std::vector<Publication> counties{County("A", {410}), County("B", {350}), County("C", {240}),
                                    County("D", {210})};
  BalancePlan plan = Classes({{"A", 12}, {"B", 12}, {"C", 12}, {"D", 12}});
  double score = 60.0;
  for (auto& [code, county] : plan.counties) county.score = score -= 9.0;
  EXPECT_EQ(BalanceCounties(counties, plan).front().terms,
            (std::vector<std::string>{"intercept", "score"}));
  plan.counties["C"].score.reset();
  EXPECT_EQ(BalanceCounties(counties, plan).front().terms, std::vector<std::string>{"intercept"});
}

TEST(BalanceCounties, SaysWhyThereIsNoRegression) {
  const BalancePlan plan = Classes({{"A", 10}, {"B", 12}});
  const auto few =
      BalanceCounties(std::vector{County("A", {400}), County("B", {300}), County("C", {1})}, plan);
  ASSERT_EQ(few.size(), 1U);
  EXPECT_EQ(few.front().prices.size(), 2U);  // C is not in the plan
  ASSERT_TRUE(few.front().fault);
  EXPECT_EQ(few.front().fault->code, Code::kTooFewObservations);
  EXPECT_TRUE(BalanceCounties({}, plan).empty());
}

TEST(BalanceCounties, ThePlanHasLimits) {
  BalancePlan plan = Classes({{"A", 16}});
  plan.largest_residual = 0.0;
  EXPECT_EQ(plan.Validate().errors(), 2U);
  EXPECT_EQ(BalancePlan().Validate().errors(), 1U);
}

}  // namespace
}  // namespace dijia
