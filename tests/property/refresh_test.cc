// Laws of a refresh, on random publications, plans and samples.
#include "dijia/refresh.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "dijia/blend.h"
#include "support/random_publication.h"

namespace dijia {
namespace {

using test::Draw;
using enum RefreshMethod;

RefreshMethod DrawFallback(Draw& draw) {
  static constexpr RefreshMethod kAllowed[] = {kCarry, kIndex, kComparison, kWithhold};
  return kAllowed[draw.Between(0, 3)];
}

UseRefreshPlan DrawUsePlan(Draw& draw, Date from, Date until) {
  UseRefreshPlan use;
  use.method = draw.Choice<RefreshMethod>();
  use.reason = "drawn";
  for (int grade = 0; grade < 6; ++grade) {
    if (draw.Coin()) use.method_by_grade[grade] = draw.Choice<RefreshMethod>();
  }
  use.fallback = DrawFallback(draw);
  use.index = {{from, Coefficient::Of(100)}, {until, Coefficient::Of(draw.Between(50, 200))}};
  use.min_samples = static_cast<int>(draw.Between(0, 20));
  use.widest_interval = draw.Maybe([&] { return Percent::Of(draw.Between(1, 50)); });
  use.index_error = Percent::Of(draw.Between(1, 30));
  use.old_error = draw.Maybe([&] { return Percent::Of(draw.Between(1, 30)); });
  use.comparable_ratio = draw.Maybe([&] { return draw.Amount<Coefficient>(2); });
  use.spot_tolerance = draw.Maybe([&] { return Percent::Of(draw.Between(1, 30)); });
  return use;
}

// A refresh that fits its publication: prices of samples near the old ones, some of them missing.
struct DrawnRefresh {
  Publication old;
  RefreshPlan plan;
  RefreshInputs inputs;
};

void DrawSamples(Draw& draw, PublishedUse& use, std::vector<ResampledGrade>& samples) {
  for (PublishedGrade& grade : use.grades) {
    ResampledGrade behind{
        grade.grade, grade.sub_use, static_cast<std::size_t>(draw.Between(0, 30)), {}, {}, {}};
    if (!grade.price || draw.Between(0, 3) == 0) {
      grade.price.reset();
    } else {
      const double centre = ToDouble(*grade.price) * draw.Real(0.6, 1.6);
      grade.price = UnitPrice::FromUnits(std::max<std::int64_t>(1, std::llround(centre * 1e4)));
      if (draw.Between(0, 4) > 0) behind.estimate = ToDouble(*grade.price);
      if (draw.Between(0, 4) > 0) {
        behind.interval = Interval{centre * draw.Real(-0.1, 1.0), centre * draw.Real(1.0, 2.0)};
      }
      for (std::size_t i = 0; i < behind.used; ++i)
        behind.prices.push_back(draw.Real(0.5, 2) * centre);
    }
    samples.push_back(std::move(behind));
  }
}

DrawnRefresh DrawRefresh(Draw& draw) {
  DrawnRefresh drawn;
  drawn.old = test::DrawPublication(draw);
  drawn.old.unit_price_by_magnitude.clear();
  drawn.old.rounding.unit_price = Rounding{draw.Choice<RoundingMode>(), 100};
  drawn.plan.id = "next";
  drawn.plan.base_date = FromDays(ToDays(drawn.old.base_date) + 730);
  drawn.plan.keep_order = draw.Coin();
  drawn.plan.largest_rise = draw.Maybe([&] { return Percent::Of(draw.Between(1, 50)); });
  drawn.plan.largest_fall = draw.Maybe([&] { return Percent::Of(draw.Between(1, 50)); });
  drawn.inputs.resampled = drawn.inputs.comparable = drawn.old;
  drawn.inputs.resampled->base_date = drawn.plan.base_date;
  for (auto& [use, published] : drawn.inputs.resampled->uses) {
    DrawSamples(draw, published, drawn.inputs.samples[use]);
    const bool is_left_out = !drawn.plan.uses.empty() && draw.Between(0, 4) == 0;
    if (is_left_out) continue;
    drawn.plan.uses[use] = DrawUsePlan(draw, drawn.old.base_date, drawn.plan.base_date);
  }
  return drawn;
}

std::optional<RefreshedPublication> Refresh(const DrawnRefresh& drawn) {
  Diagnostics diagnostics;
  return RefreshPublication(drawn.old, drawn.plan, drawn.inputs, diagnostics);
}

void CheckRecord(const DrawnRefresh& drawn, const RefreshedPrice& price) {
  EXPECT_EQ(price.method == kWithhold, !price.price);
  EXPECT_EQ(price.method == kWithhold, !price.proposed);
  if (price.method == kCarry) {
    EXPECT_EQ(price.proposed, price.before);
  }
  if (price.method == kResample && price.place == PricePlace::kGrade) {
    EXPECT_EQ(price.proposed, price.grounds.resampled);
  }
  const bool is_as_planned = price.why == RefreshWhy::kPlanned;
  if (is_as_planned) {
    EXPECT_EQ(price.method, price.planned);
  }
  if (price.before && price.price && drawn.plan.largest_rise) {
    EXPECT_LE(*ChangePercent(*price.before, *price.price),
              *drawn.plan.largest_rise + Percent::FromUnits(10'000));
  }
  if (!price.grounds.resampled_weight) return;
  // A blend lies between what it is of, within the half step that rounding moves it by.
  const double low = std::min(*price.grounds.estimate, *price.grounds.indexed);
  const double high = std::max(*price.grounds.estimate, *price.grounds.indexed);
  constexpr double kStep = 1.0001e-4;  // the interval of the rounding, 0.0001 yuan
  EXPECT_GE(ToDouble(*price.proposed), low - kStep);
  EXPECT_LE(ToDouble(*price.proposed), high + kStep);
}

TEST(RefreshLaws, EveryPriceHasARecordThatAccountsForIt) {
  std::size_t blends = 0, detours = 0, records = 0;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const DrawnRefresh drawn = DrawRefresh(draw);
    if (drawn.old.uses.empty()) continue;
    ASSERT_FALSE(drawn.plan.Validate().has_errors());
    const auto refreshed = Refresh(drawn);
    if (!refreshed) continue;  // a price too small or too large for its type
    std::size_t published = 0;
    for (const auto& [use, table] : refreshed->draft.uses) {
      published += static_cast<std::size_t>(std::ranges::count_if(
          table.grades, [](const PublishedGrade& grade) { return grade.price.has_value(); }));
      published += static_cast<std::size_t>(std::ranges::count_if(
          table.zones, [](const PublishedZone& zone) { return zone.price.has_value(); }));
      published += table.routes.size();
    }
    std::size_t recorded = 0;
    for (const RefreshedPrice& price : refreshed->prices) {
      CheckRecord(drawn, price);
      recorded += price.price ? 1 : 0;
      blends += price.grounds.resampled_weight ? 1 : 0;
      detours += price.method == price.planned ? 0 : 1;
    }
    EXPECT_EQ(recorded, published);
    records += recorded;
  }
  EXPECT_GT(records, 2000U);
  EXPECT_GT(detours, 200U);
  EXPECT_GT(blends, 50U);
}

TEST(RefreshLaws, SamplesThatAgreeWithTheOldPricesChangeNothing) {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    DrawnRefresh drawn = DrawRefresh(draw);
    drawn.inputs.resampled = drawn.old;
    drawn.inputs.resampled->base_date = drawn.plan.base_date;
    drawn.plan.uses.clear();
    for (const auto& entry : drawn.old.uses) {
      UseRefreshPlan& use = drawn.plan.uses[entry.first];
      use.method = kResample;
      use.reason = "drawn";
      use.fallback = kCarry;
    }
    const auto refreshed = Refresh(drawn);
    ASSERT_TRUE(refreshed);
    for (const RefreshedPrice& price : refreshed->prices) EXPECT_EQ(price.price, price.before);
  }
}

// Swapping the estimates swaps the weights; scaling both scales the price; more variance of one
// moves the price towards the other.
TEST(BlendLaws, SymmetryScaleAndMonotonicity) {
  for (std::uint64_t seed = 1; seed <= 5000; ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const LogEstimate first{draw.Real(1, 5000), draw.Real(1e-6, 0.5)};
    const LogEstimate second{draw.Real(1, 5000), draw.Real(1e-6, 0.5)};
    const Blend blend = BlendPrices(first, second);
    const Blend swapped = BlendPrices(second, first);
    const double tolerance = 1e-13 * blend.estimate.price;  // some ulps of logs below 9
    EXPECT_NEAR(blend.estimate.price, swapped.estimate.price, tolerance);
    EXPECT_NEAR(blend.first_weight, 1.0 - swapped.first_weight, 1e-15);
    EXPECT_LE(blend.estimate.log_variance, std::min(first.log_variance, second.log_variance));
    const Blend scaled =
        BlendPrices({8 * first.price, first.log_variance}, {8 * second.price, second.log_variance});
    EXPECT_NEAR(scaled.estimate.price, 8 * blend.estimate.price, 8 * tolerance);
    const Blend looser = BlendPrices({first.price, 2 * first.log_variance}, second);
    EXPECT_LE(std::fabs(std::log(looser.estimate.price / second.price)),
              std::fabs(std::log(blend.estimate.price / second.price)) + 1e-13);
  }
}

}  // namespace
}  // namespace dijia
