// The next publication from the current one, with figures by hand.
#include "dijia/refresh.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "support/random_publication.h"
#include "support/refresh_round.h"

namespace dijia {
namespace {

using test::Day;
using test::IndexPlan;
using test::K;
using test::Prices;
using test::Round2025;
using test::Yuan;

RefreshedPublication Refresh(const Publication& publication, const RefreshPlan& plan) {
  EXPECT_FALSE(plan.Validate().has_errors());
  Diagnostics diagnostics;
  auto refreshed = RefreshPublication(publication, plan, {}, diagnostics);
  EXPECT_EQ(diagnostics.total(), 0U);
  return refreshed.value();
}

TEST(RefreshPublication, PricesFollowTheIndex) {
  // 300 × 1.045 = 313.5 → 314; 200 → 209; 190 → 198.55 → 199; 210 → 219.45 → 219
  const RefreshedPublication refreshed = Refresh(Round2025(), IndexPlan("104.5"));
  EXPECT_EQ(Prices(refreshed.draft), "314 209 199 - 219 ");
  EXPECT_EQ(refreshed.draft.id, "demo-2027");
  EXPECT_EQ(refreshed.draft.status, PublicationStatus::kDraft);
  EXPECT_FALSE(refreshed.draft.effective_until);
  const PublishedGrade& grade = refreshed.draft.uses.at(LandUse::kIndustrial).grades[0];
  EXPECT_EQ(grade.status + " " + grade.method, "modelled index");
  EXPECT_EQ(refreshed.prices.size(), 4U);
}

TEST(RefreshPublication, IndexIsLinearInDaysBetweenItsPoints) {
  RefreshPlan plan = IndexPlan("110");
  plan.base_date = Day("2026-01-01");  // 365 of 730 days: 105
  EXPECT_EQ(Prices(Refresh(Round2025(), plan).draft), "315 210 200 - 221 ");
}

TEST(RefreshPublication, GradesMayGoTheirOwnWay) {
  RefreshPlan plan = IndexPlan("110");
  UseRefreshPlan& use = plan.uses[LandUse::kIndustrial];
  use.method_by_grade[2] = RefreshMethod::kCarry;
  use.index_by_grade[3] = {{Day("2025-01-01"), K("1")}, {Day("2027-01-01"), K("0.9")}};
  const RefreshedPublication refreshed = Refresh(Round2025(), plan);
  EXPECT_EQ(Prices(refreshed.draft), "330 200 171 - 210 ");
  EXPECT_EQ(refreshed.draft.uses.at(LandUse::kIndustrial).grades[1].status, "carried_forward");
}

TEST(RefreshPublication, CapsBindTowardsTheOldPrice) {
  RefreshPlan plan = IndexPlan("110");
  plan.largest_rise = Percent::Parse("4.7").value();
  // 300 × 1.047 = 314.1 → 314; 200 → 209.4 → 209; 190 → 198.93 → 198; 210 → 219.87 → 219
  const RefreshedPublication rise = Refresh(Round2025(), plan);
  EXPECT_EQ(Prices(rise.draft), "314 209 198 - 219 ");
  EXPECT_EQ(rise.prices[0].proposed, Yuan("330"));
  EXPECT_EQ(rise.prices[0].cap, RefreshCap::kRise);
  plan = IndexPlan("90");
  plan.largest_fall = Percent::Parse("4.7").value();
  // 300 × 0.953 = 285.9 → 286; 200 → 190.6 → 191; 190 → 181.07 → 182; 210 → 200.13 → 201
  const RefreshedPublication fall = Refresh(Round2025(), plan);
  EXPECT_EQ(Prices(fall.draft), "286 191 182 - 201 ");
  EXPECT_EQ(fall.prices[0].cap, RefreshCap::kFall);
}

TEST(RefreshPublication, GradesStayInOrder) {
  RefreshPlan plan = IndexPlan("100");
  plan.uses[LandUse::kIndustrial].index_by_grade[3] = {{Day("2025-01-01"), K("1")},
                                                       {Day("2027-01-01"), K("1.2")}};
  // 190 × 1.2 = 228 above 200: both get (200 + 228) / 2.
  const RefreshedPublication refreshed = Refresh(Round2025(), plan);
  EXPECT_EQ(Prices(refreshed.draft), "300 214 214 - 210 ");
  EXPECT_EQ(refreshed.prices[1].fitted, refreshed.prices[1].price);
  EXPECT_EQ(refreshed.prices[0].fitted, std::nullopt);
  plan.keep_order = false;
  EXPECT_EQ(Prices(Refresh(Round2025(), plan).draft), "300 200 228 - 210 ");
}

// Whatever index and cap: grades that fell still fall, and no price passes its cap.
TEST(RefreshLaws, CapsHoldAndKeepTheOrder) {
  int ordered = 0, capped = 0;
  for (int second = 60; second <= 180; second += 5) {
    for (int third = 60; third <= 180; third += 5) {
      SCOPED_TRACE(std::to_string(second) + " " + std::to_string(third));
      RefreshPlan plan = IndexPlan("100");
      plan.largest_rise = Percent::Parse("10").value();
      plan.largest_fall = Percent::Parse("7.5").value();
      auto& own = plan.uses[LandUse::kIndustrial].index_by_grade;
      own[2] = {{Day("2025-01-01"), K("100")}, {Day("2027-01-01"), K(std::to_string(second))}};
      own[3] = {{Day("2025-01-01"), K("100")}, {Day("2027-01-01"), K(std::to_string(third))}};
      const RefreshedPublication refreshed = Refresh(Round2025(), plan);
      const auto& prices = refreshed.prices;
      EXPECT_GE(prices[0].price, prices[1].price);
      EXPECT_GE(prices[1].price, prices[2].price);
      for (const RefreshedPrice& price : prices) {
        const Percent change = ChangePercent(*price.before, *price.price).value();
        EXPECT_LE(change, *plan.largest_rise);
        EXPECT_GE(change, -*plan.largest_fall);
        ordered += price.fitted ? 1 : 0;
        capped += price.cap == RefreshCap::kNone ? 0 : 1;
      }
    }
  }
  EXPECT_GT(ordered, 100);
  EXPECT_GT(capped, 100);
}

TEST(RefreshPublication, WhatDoesNotFitThePublication) {
  const auto codes = [](const RefreshPlan& plan) {
    Diagnostics diagnostics;
    EXPECT_FALSE(RefreshPublication(Round2025(), plan, {}, diagnostics));
    std::vector<Code> found;
    for (const Diagnostic& problem : diagnostics.kept()) found.push_back(problem.code);
    return found;
  };
  RefreshPlan plan = IndexPlan("110");
  plan.base_date = Day("2025-01-01");
  plan.uses[LandUse::kStorage].reason = "x";
  EXPECT_EQ(codes(plan), (std::vector{Code::kPlanValueNotAllowed, Code::kPlanValueNotAllowed}));
  plan = IndexPlan("110");
  plan.base_date = Day("2028-01-01");
  EXPECT_EQ(codes(plan), std::vector(4, Code::kPlanIndexMissesBaseDate));
  plan = IndexPlan("110");
  UseRefreshPlan& use = plan.uses[LandUse::kIndustrial];
  use.index_by_grade[1] = std::exchange(use.index, {});
  EXPECT_EQ(codes(plan), std::vector(3, Code::kPlanValueMissing));
}

TEST(RefreshLaws, AnIndexThatStandsAndCarryingChangeNothing) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    test::Draw draw(seed);
    Publication publication = test::DrawPublication(draw);
    publication.rounding.unit_price.reset();
    publication.unit_price_by_magnitude.clear();
    RefreshPlan plan = IndexPlan("100");
    plan.base_date = FromDays(ToDays(publication.base_date) + 1);
    const UseRefreshPlan how = plan.uses[LandUse::kIndustrial];
    plan.uses.clear();
    for (const auto& entry : publication.uses) {
      UseRefreshPlan& own = plan.uses[entry.first] = how;
      own.index = {{publication.base_date, draw.Amount<Coefficient>(300)}, {plan.base_date, {}}};
      own.index[1].index = own.index[0].index;
      if (draw.Coin()) own.method = RefreshMethod::kCarry;
    }
    const RefreshedPublication refreshed = Refresh(publication, plan);
    for (const RefreshedPrice& price : refreshed.prices) {
      EXPECT_EQ(price.price, price.before);
      EXPECT_EQ(price.cap, RefreshCap::kNone);
    }
    EXPECT_EQ(Prices(refreshed.draft), Prices(publication));
  }
}

}  // namespace
}  // namespace dijia
