// Resampling, blending and comparing in a refresh, with figures by hand.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/blend.h"
#include "dijia/refresh.h"
#include "support/refresh_round.h"

namespace dijia {
namespace {

using test::Day;
using test::IndexPlan;
using test::K;
using test::Prices;
using test::Round2025;
using test::Yuan;
using enum RefreshMethod;

// Round2025 computed anew: grade 1 at 330 from 20 samples, 2 at 230 from 6 that tell little, 3 not
// at all, 4 at 150 for the first time.
RefreshInputs Resampled() {
  RefreshInputs inputs;
  Publication draft = Round2025();
  draft.base_date = Day("2027-01-01");
  PublishedUse& use = draft.uses[LandUse::kIndustrial];
  use.grades = {{1, "", Yuan("330"), std::nullopt, "computed", "median"},
                {2, "", Yuan("230"), std::nullopt, "thin", "median"},
                {3, "", std::nullopt, std::nullopt, "withheld", ""},
                {4, "", Yuan("150"), std::nullopt, "computed", "median"}};
  use.zones.clear();
  inputs.resampled = draft;
  inputs.samples[LandUse::kIndustrial] = {
      {1, "", 20, 330.2, Interval{320.0, 340.0, 0.95}, {330.0, 363.0, 297.0}},
      {2, "", 6, 230.0, IntervalOf({230.0, 0.005}), {220.0, 242.0}},
      {3, "", 2, std::nullopt, std::nullopt, {}},
      {4, "", 20, 150.0, Interval{140.0, 160.0, 0.95}, {}}};
  return inputs;
}

// An index of + 10 %, used where the samples give nothing.
RefreshPlan ResamplePlan() {
  RefreshPlan plan = IndexPlan("110");
  UseRefreshPlan& use = plan.uses[LandUse::kIndustrial];
  use.method = kResample;
  use.fallback = kIndex;
  return plan;
}

UseRefreshPlan& Use(RefreshPlan& plan) { return plan.uses[LandUse::kIndustrial]; }

RefreshedPublication Refresh(const RefreshPlan& plan, const RefreshInputs& inputs,
                             const std::vector<Code>& warnings = {},
                             const Publication& publication = Round2025()) {
  const Diagnostics faults = plan.Validate();
  for (const Diagnostic& fault : faults.kept()) ADD_FAILURE() << Describe(fault, Language::kEn);
  Diagnostics diagnostics;
  auto refreshed = RefreshPublication(publication, plan, inputs, diagnostics);
  std::vector<Code> found;
  for (const Diagnostic& told : diagnostics.kept()) found.push_back(told.code);
  EXPECT_EQ(found, warnings);
  return refreshed.value();
}

// `method why` of every record.
std::string Ways(const RefreshedPublication& refreshed) {
  std::string text;
  for (const RefreshedPrice& price : refreshed.prices) {
    text += std::string(CodeOf(price.method)) + " " + std::string(CodeOf(price.why)) + "; ";
  }
  return text;
}

TEST(RefreshByResampling, TakesThePricesThatTheSamplesGive) {
  // Grade 3 by the index: 190 × 1.1 = 209. The zone keeps its distance to grade 2: 210 × 230 / 200
  // = 241.5 → 242.
  const RefreshedPublication refreshed = Refresh(ResamplePlan(), Resampled());
  EXPECT_EQ(Prices(refreshed.draft), "330 230 209 150 242 ");
  EXPECT_EQ(Ways(refreshed),
            "resample planned; resample planned; index not_resampled; resample planned; "
            "resample follows_grade; ");
  const auto& grades = refreshed.draft.uses.at(LandUse::kIndustrial).grades;
  EXPECT_EQ(grades[0].status + " " + grades[0].method, "computed median");
  EXPECT_EQ(grades[1].status + " " + grades[1].method, "thin median");
  EXPECT_EQ(grades[2].status + " " + grades[2].method, "modelled index");
  EXPECT_FALSE(refreshed.prices[3].before);
  EXPECT_EQ(refreshed.prices[0].grounds.interval->low, 320.0);
}

// A price that a cap or the order has moved is no median of its samples any more.
TEST(RefreshByResampling, MovedPricesAreNotCalledComputed) {
  RefreshPlan plan = ResamplePlan();
  plan.largest_rise = Percent::Of(8);  // 300 → 324, 200 → 216, 190 → 205
  const RefreshedPublication capped = Refresh(plan, Resampled());
  const PublishedGrade& first = capped.draft.uses.at(LandUse::kIndustrial).grades[0];
  EXPECT_EQ(first.price->ToString() + " " + first.status + " " + first.method,
            "324 modelled capped:median");
  plan.largest_rise.reset();
  RefreshInputs inputs = Resampled();
  inputs.resampled->uses[LandUse::kIndustrial].grades[1].price = Yuan("340");
  const RefreshedPublication ordered = Refresh(plan, inputs);  // 330 and 340 → 335
  const PublishedGrade& second = ordered.draft.uses.at(LandUse::kIndustrial).grades[1];
  EXPECT_EQ(second.price->ToString() + " " + second.status + " " + second.method,
            "335 modelled isotonic:median");
}

TEST(RefreshByResampling, ThinPricesGiveWayToTheFallback) {
  RefreshPlan plan = ResamplePlan();
  Use(plan).min_samples = 7;
  // Grade 2 and its zone by the index: 220 and 231.
  const RefreshedPublication few = Refresh(plan, Resampled());
  EXPECT_EQ(Prices(few.draft), "330 220 209 150 231 ");
  EXPECT_EQ(few.prices[1].why, RefreshWhy::kTooFewSamples);
  EXPECT_EQ(few.prices[1].grounds.resampled, Yuan("230"));
  // Half of 200.2… to 264.2… is 13.9 % of 230.
  Use(plan).min_samples.reset();
  Use(plan).widest_interval = Percent::Parse("13.8").value();
  Use(plan).fallback = kCarry;
  const RefreshedPublication wide = Refresh(plan, Resampled());
  EXPECT_EQ(Prices(wide.draft), "330 200 190 150 210 ");
  EXPECT_EQ(wide.prices[1].why, RefreshWhy::kIntervalTooWide);
  Use(plan).widest_interval = Percent::Of(14);
  EXPECT_EQ(Refresh(plan, Resampled()).prices[1].method, kResample);
}

TEST(RefreshByResampling, WithoutAFallbackPricesAreWithheld) {
  RefreshPlan plan = ResamplePlan();
  Use(plan).min_samples = 7;
  Use(plan).fallback = kWithhold;
  Publication publication = Round2025();
  publication.uses[LandUse::kIndustrial].routes = {
      {"东街", Yuan("400"), 1, {}}, {"西街", Yuan("380"), 2, {}}, {"南街", Yuan("390"), 0, {}}};
  const RefreshedPublication refreshed = Refresh(plan, Resampled(), {}, publication);
  EXPECT_EQ(Prices(refreshed.draft), "330 - - 150 - ");
  const PublishedUse& use = refreshed.draft.uses.at(LandUse::kIndustrial);
  EXPECT_EQ(use.grades[1].status + use.grades[1].method, "withheld");
  // Streets have no row without a price: 400 × 330 / 300 = 440 stays.
  ASSERT_EQ(use.routes.size(), 1U);
  EXPECT_EQ(use.routes[0].price, Yuan("440"));
  ASSERT_EQ(refreshed.prices.size(), 8U);
  EXPECT_EQ(refreshed.prices[6].why, RefreshWhy::kTooFewSamples);
  EXPECT_EQ(refreshed.prices[7].why, RefreshWhy::kNoGradeRatio);
  EXPECT_FALSE(refreshed.prices[7].price);
}

TEST(RefreshByResampling, AddsGradesThatThePublicationDoesNotList) {
  Publication publication = Round2025();
  std::erase_if(publication.uses[LandUse::kIndustrial].grades,
                [](const PublishedGrade& grade) { return grade.grade == 2; });
  const RefreshedPublication refreshed = Refresh(ResamplePlan(), Resampled(), {}, publication);
  const auto& grades = refreshed.draft.uses.at(LandUse::kIndustrial).grades;
  ASSERT_EQ(grades.size(), 4U);
  EXPECT_EQ(grades[1].grade, 2);
  EXPECT_EQ(grades[1].price, Yuan("230"));
  // A price of the use as a whole is none beside prices of its sub-uses.
  for (PublishedGrade& grade : publication.uses[LandUse::kIndustrial].grades) grade.sub_use = "一";
  EXPECT_EQ(Refresh(ResamplePlan(), Resampled(), {}, publication)
                .draft.uses.begin()
                ->second.grades.size(),
            3U);
}

// Variances 0.005 of the samples, 0.1² + 0.05² = 0.0125 of the indexed 220: weights 5/7 and 2/7,
// 230^(5/7) · 220^(2/7) = 227.0974.
TEST(RefreshByBlending, WeighsThinSamplesAgainstTheIndex) {
  RefreshPlan plan = ResamplePlan();
  Use(plan).method = kBlend;
  Use(plan).min_samples = 10;
  Use(plan).index_error = Percent::Of(10);
  Use(plan).old_error = Percent::Of(5);
  const RefreshedPublication refreshed = Refresh(plan, Resampled());
  EXPECT_EQ(Prices(refreshed.draft), "330 227 209 150 238 ");  // 210 × 227 / 200 = 238.35
  EXPECT_EQ(Ways(refreshed),
            "resample enough_samples; blend too_few_samples; index not_resampled; "
            "resample enough_samples; blend follows_grade; ");
  const RefreshGrounds& grounds = refreshed.prices[1].grounds;
  EXPECT_NEAR(*grounds.resampled_weight, 5.0 / 7.0, 1e-12);
  EXPECT_EQ(*grounds.indexed, 220.0);
  EXPECT_NEAR(*grounds.resampled_variance, 0.005, 1e-12);
  EXPECT_NEAR(*grounds.indexed_variance, 0.0125, 1e-12);
  // 227.0974 · e^(∓ 1.96 · √(0.005 · 0.0125 / 0.0175)) with √0.0035714… = 0.0597614
  EXPECT_NEAR(grounds.interval->low, 201.995, 0.005);
  EXPECT_NEAR(grounds.interval->high, 255.319, 0.005);
  Use(plan).old_error_by_grade[2] = Percent::Of(80);  // v₂ = 0.65: the samples nearly alone
  EXPECT_EQ(*Refresh(plan, Resampled()).prices[1].price, Yuan("230"));
  // Without any error of the old price v₂ = 0.01: 230^(2/3) · 220^(1/3) = 226.617.
  Use(plan).old_error.reset();
  Use(plan).old_error_by_grade.clear();
  EXPECT_NEAR(*Refresh(plan, Resampled()).prices[1].grounds.resampled_weight, 2.0 / 3.0, 1e-12);
}

TEST(RefreshByBlending, NeedsAnIntervalAndAnOldPrice) {
  RefreshPlan plan = ResamplePlan();
  Use(plan).method = kBlend;
  Use(plan).min_samples = 100;
  Use(plan).index_error = Percent::Of(10);
  RefreshInputs inputs = Resampled();
  inputs.samples[LandUse::kIndustrial][0].interval.reset();
  inputs.samples[LandUse::kIndustrial][1].interval->low = -1.0;
  const RefreshedPublication refreshed = Refresh(plan, inputs);
  // Grade 4 has no old price, neither to blend with nor to index.
  EXPECT_EQ(Prices(refreshed.draft), "330 220 209 - 231 ");
  EXPECT_EQ(Ways(refreshed),
            "index no_interval; index no_interval; index not_resampled; withhold no_old_price; "
            "index no_interval; ");
}

Publication Neighbour() {
  Publication neighbour = Round2025();
  neighbour.id = "neighbour-2027";
  neighbour.base_date = Day("2027-01-01");
  auto& grades = neighbour.uses[LandUse::kIndustrial].grades;
  grades[0].price = Yuan("350");
  grades[1].price = Yuan("260");
  grades[2].price = Yuan("210");
  return neighbour;
}

TEST(RefreshByComparison, MultipliesByTheStatedRatio) {
  RefreshPlan plan = IndexPlan("100");
  Use(plan).method = kComparison;
  Use(plan).comparable_ratio = K("0.92");
  RefreshInputs inputs;
  inputs.comparable = Neighbour();
  // 350 × 0.92 = 322; 239.2 → 239; 193.2 → 193; no grade 4 there; 210 × 239 / 200 = 250.95 → 251
  const RefreshedPublication refreshed = Refresh(plan, inputs);
  EXPECT_EQ(Prices(refreshed.draft), "322 239 193 - 251 ");
  EXPECT_EQ(refreshed.prices[3].why, RefreshWhy::kNoComparable);
  EXPECT_EQ(refreshed.draft.uses.at(LandUse::kIndustrial).grades[0].method, "comparison");
  EXPECT_EQ(refreshed.prices[0].grounds.comparable, Yuan("350"));
}

TEST(RefreshByComparison, DerivesTheRatioFromTheCommonGrades) {
  RefreshPlan plan = ResamplePlan();
  Use(plan).method_by_grade[3] = kComparison;
  RefreshInputs inputs = Resampled();
  inputs.comparable = Neighbour();
  // The median of 330/350 = 0.942857 and 230/260 = 0.884615 is 0.913736; × 210 = 191.88 → 192
  const RefreshedPublication refreshed = Refresh(plan, inputs);
  EXPECT_EQ(refreshed.prices[2].price, Yuan("192"));
  EXPECT_EQ(refreshed.prices[2].grounds.ratio, K("0.913736"));
}

TEST(RefreshByComparison, WarnsOfOtherConditionsAndOfNoRatio) {
  RefreshPlan plan = ResamplePlan();
  Use(plan).method = kComparison;
  RefreshInputs inputs = Resampled();
  for (ResampledGrade& grade : inputs.samples[LandUse::kIndustrial]) grade.estimate.reset();
  inputs.comparable = Neighbour();
  inputs.comparable->base_date = Day("2026-01-01");
  inputs.comparable->uses[LandUse::kIndustrial].development_level = "六通一平";
  Publication publication = Round2025();
  publication.uses[LandUse::kIndustrial].development_level = "五通一平";
  inputs.resampled->uses[LandUse::kIndustrial].development_level = "五通一平";
  const RefreshedPublication refreshed = Refresh(
      plan, inputs, {Code::kComparableDiffers, Code::kComparableDiffers, Code::kNoComparableRatio},
      publication);
  EXPECT_EQ(Prices(refreshed.draft), "330 220 209 - 231 ");  // all by the index
}

TEST(RefreshByResampling, RefusesSamplesOfOtherConditions) {
  const auto fault = [](const std::function<void(Publication&)>& change,
                        Code code = Code::kResampledConditionsDiffer) {
    RefreshInputs inputs = Resampled();
    change(*inputs.resampled);
    Diagnostics diagnostics;
    EXPECT_FALSE(RefreshPublication(Round2025(), ResamplePlan(), inputs, diagnostics));
    EXPECT_EQ(diagnostics.total(), 1U);
    EXPECT_EQ(diagnostics.kept().front().code, code);
    return diagnostics.kept().front().where.field;
  };
  const auto use = [](Publication& draft) -> PublishedUse& {
    return draft.uses.at(LandUse::kIndustrial);
  };
  EXPECT_EQ(fault([](Publication& draft) { draft.base_date = Day("2026-12-31"); },
                  Code::kPlanValueNotAllowed),
            "sources.compute_plan");
  EXPECT_EQ(fault([](Publication& draft) { draft.rounding.unit_price->interval = 5'000'000; }),
            "rounding.unit_price");
  EXPECT_EQ(fault([&](Publication& draft) { use(draft).term = Years::Of(40); }),
            "uses.industrial.term_years");
  EXPECT_EQ(fault([&](Publication& draft) {
              use(draft).capitalization_rate = Rate::Parse("0.05").value();
            }),
            "uses.industrial.capitalization_rate");
}

TEST(RefreshSpotCheck, ComparesSamplesWithIndexedPrices) {
  RefreshPlan plan = IndexPlan("110");
  Use(plan).spot_tolerance = Percent::Of(10);
  // 330, 363, 297 of grade 1 at 330 and 220, 242 of grade 2 at 220: 0.9, 1, 1, 1.1, 1.1
  const RefreshedPublication within = Refresh(plan, Resampled());
  ASSERT_EQ(within.spot_checks.size(), 1U);
  const SpotCheck& check = within.spot_checks.front();
  EXPECT_EQ(check.samples, 5U);
  EXPECT_NEAR(check.ratio, 1.0, 1e-15);
  EXPECT_NEAR(check.interval.low, 0.9, 1e-15);
  EXPECT_NEAR(check.interval.high, 1.1, 1e-15);
  EXPECT_NEAR(check.interval.coverage, 0.9375, 1e-12);  // 1 − 2 / 2⁵
  EXPECT_EQ(check.outcome, SpotOutcome::kWithin);
  EXPECT_EQ(Prices(within.draft), "330 220 209 - 231 ");

  Use(plan).index[1].index = K("96");  // the samples stand at 1.1 / 0.96 = 1.1458 of it
  EXPECT_EQ(Refresh(plan, Resampled(), {Code::kIndexOffSpotPrices}).spot_checks.front().outcome,
            SpotOutcome::kOutside);
  Use(plan).spot_samples = 6;
  EXPECT_EQ(Refresh(plan, Resampled(), {Code::kSpotSamplesFew}).spot_checks.front().outcome,
            SpotOutcome::kTooFew);
}

TEST(RefreshPlanLimits, MethodsNameWhatTheyNeed) {
  const auto faults = [](const std::function<void(UseRefreshPlan&)>& change) {
    RefreshPlan plan = ResamplePlan();
    change(Use(plan));
    std::string fields;
    const Diagnostics found = plan.Validate();
    for (const Diagnostic& fault : found.kept()) fields += fault.where.field + " ";
    return fields;
  };
  EXPECT_EQ(faults([](UseRefreshPlan&) {}), "");
  EXPECT_EQ(faults([](UseRefreshPlan& use) { use.index.clear(); }), "uses.industrial.index ");
  EXPECT_EQ(faults([](UseRefreshPlan& use) { use.fallback = kBlend; }),
            "uses.industrial.fallback uses.industrial.index_error_percent "
            "uses.industrial.min_samples ");
  EXPECT_EQ(faults([](UseRefreshPlan& use) { use.spot_tolerance = Percent(); }),
            "uses.industrial.spot_tolerance_percent ");
  EXPECT_EQ(faults([](UseRefreshPlan& use) { use.comparable_ratio = K("0"); }),
            "uses.industrial.comparable_ratio ");
  EXPECT_EQ(faults([](UseRefreshPlan& use) { use.spot_samples = 0; }),
            "uses.industrial.spot_samples ");
}

TEST(RefreshPlanLimits, KnowsWhichFilesItNeeds) {
  RefreshPlan plan = IndexPlan("110");
  EXPECT_FALSE(NeedsSamples(plan) || NeedsComparable(plan));
  Use(plan).fallback = kComparison;  // never asked: an index always gives a price
  EXPECT_FALSE(NeedsSamples(plan) || NeedsComparable(plan));
  Use(plan).spot_tolerance = Percent::Of(5);
  EXPECT_TRUE(NeedsSamples(plan) && !NeedsComparable(plan));
  Use(plan).spot_tolerance.reset();
  Use(plan).method_by_grade[2] = kComparison;
  EXPECT_TRUE(NeedsSamples(plan) && NeedsComparable(plan));
  Use(plan).comparable_ratio = K("1");
  EXPECT_TRUE(!NeedsSamples(plan) && NeedsComparable(plan));
}

}  // namespace
}  // namespace dijia
