#include "dijia/screening.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "support/reference_csv.h"

namespace dijia {
namespace {

ScreeningPlan Plan(OutlierRule rule, int passes = 1) {
  ScreeningPlan plan;
  plan.rule = rule;
  plan.max_passes = passes;
  return plan;
}

TEST(Screen, RejectsByDistanceOfTheLogPriceFromTheMedian) {
  // Logs of 100 … 128: median ln 112; the MAD of these is about 0.09, so 1000 is far out.
  const std::vector<double> prices = {100, 104, 108, 112, 116, 120, 1000};
  const Screening screening = Screen(prices, Plan(OutlierRule::kMad));
  EXPECT_EQ(screening.first, 0U);
  EXPECT_EQ(screening.last, 6U);
  EXPECT_EQ(screening.would_reject, 1U);
  const RejectionFigure figure = FigureOf(1000, prices, screening, OutlierRule::kMad);
  EXPECT_EQ(figure.pass, 1);
  // |ln 1000 − ln 112| / (1.4826 · median of |ln p − ln 112|): the distances in order are 0, .0351,
  // .0364, .0690, .0741, .1133, 2.189.
  EXPECT_NEAR(figure.figure, std::log(1000.0 / 112) / (1.4826 * std::log(120.0 / 112)), 1e-12);
  EXPECT_EQ(FigureOf(116, prices, screening, OutlierRule::kMad).pass, 0);
}

TEST(Screen, RejectsAtBothEnds) {
  const std::vector<double> prices = {1, 100, 104, 108, 112, 116, 120, 124, 128, 132, 1000};
  const Screening screening = Screen(prices, Plan(OutlierRule::kMad));
  EXPECT_EQ(screening.first, 1U);
  EXPECT_EQ(screening.last, 10U);
}

TEST(Screen, CountsEveryRuleOnceWhateverThePlanSays) {
  // Mean 195.6, s 283: 1000 is 2.84 s out. MAD of the logs 0.0477: 141 is 4.2 and 1000 is 32 of
  // 1.4826 times that out. The plan itself rejects nothing.
  const std::vector<double> prices = {90, 95, 100, 102, 104, 106, 108, 110, 141, 1000};
  const Screening screening = Screen(prices, Plan(OutlierRule::kNone));
  EXPECT_EQ(screening.by_two_sigma, 1U);
  EXPECT_EQ(screening.by_three_sigma, 0U);
  EXPECT_EQ(screening.by_mad, 2U);
  EXPECT_EQ(screening.would_reject, 0U);
  EXPECT_EQ(screening.last, 10U);
}

TEST(Screen, AppliesTheRuleAsOftenAsThePlanSays) {
  // 2s: the first pass removes 1000, only then 200 stands out.
  std::vector<double> prices;
  for (int i = 0; i < 30; ++i) prices.push_back(100 + i % 5);
  prices.push_back(200);
  prices.push_back(1000);
  std::sort(prices.begin(), prices.end());
  EXPECT_EQ(Screen(prices, Plan(OutlierRule::kTwoSigma, 1)).would_reject, 1U);
  const Screening twice = Screen(prices, Plan(OutlierRule::kTwoSigma, 2));
  EXPECT_EQ(twice.would_reject, 2U);
  EXPECT_EQ(FigureOf(1000, prices, twice, OutlierRule::kTwoSigma).pass, 1);
  EXPECT_EQ(FigureOf(200, prices, twice, OutlierRule::kTwoSigma).pass, 2);
}

TEST(Screen, RejectsNothingWhenItWouldRejectTooMuch) {
  ScreeningPlan plan = Plan(OutlierRule::kMad);
  plan.largest_rejected_share = 0.1;
  const std::vector<double> prices = {100, 104, 108, 112, 116, 120, 1000};
  const Screening screening = Screen(prices, plan);  // 1 of 7 is more than a tenth
  EXPECT_TRUE(screening.capped);
  EXPECT_EQ(screening.would_reject, 1U);
  EXPECT_EQ(screening.last, 7U);
  EXPECT_EQ(FigureOf(1000, prices, screening, OutlierRule::kMad).pass, 0);
}

TEST(Screen, LeavesSmallCellsAlone) {
  const std::vector<double> prices = {100, 101, 102, 100000};
  const Screening screening = Screen(prices, Plan(OutlierRule::kMad));
  EXPECT_EQ(screening.last, 4U);
  EXPECT_EQ(screening.by_mad, 0U);
  EXPECT_EQ(Screen({}, Plan(OutlierRule::kMad)).last, 0U);
}

TEST(Screen, RejectsNothingWhenHalfOfThePricesAreEqual) {
  // 96 yuan, the national minimum of a class, repeats: the MAD is 0 and says nothing.
  const std::vector<double> prices = {84, 96, 96, 96, 96, 96, 120};
  EXPECT_EQ(Screen(prices, Plan(OutlierRule::kMad)).would_reject, 0U);
}

TEST(Screen, ALimitThatKeepsNothingCapsTheCell) {
  ScreeningPlan plan = Plan(OutlierRule::kMad);
  plan.mad_limit = 1e-6;
  plan.largest_rejected_share = 1.0;
  const std::vector<double> prices = {100, 101, 102, 200, 201, 202};
  EXPECT_TRUE(Screen(prices, plan).capped);
}

// Zones of 横州 as they are (real-cases §3.5): the figures the notes compute.
struct Zone {
  std::string name, use;
  std::size_t n, two_sigma, three_sigma, iterated_two_sigma;
};

std::vector<double> PricesOf(const test::ReferenceTable& table, const Zone& zone) {
  const auto zones = table.Texts("区片");
  const auto uses = table.Texts("用途");
  const auto prices = table.Numbers("样点地价");
  std::vector<double> found;
  for (std::size_t i = 0; i < zones.size(); ++i) {
    if (zones[i] == zone.name && uses[i] == zone.use && prices[i] > 0) found.push_back(prices[i]);
  }
  std::sort(found.begin(), found.end());
  return found;
}

TEST(Screen, CountsTheOutliersOfRealZones) {
  DIJIA_SKIP_WITHOUT("realdata/hengzhou");
  const auto table =
      test::ReadReferenceTable("realdata/hengzhou/hengzhou_450127_sample_points_raw_1844.csv");
  const std::vector<Zone> zones = {
      {"J301", "住宅用地", 27, 0, 0, 0}, {"J203", "住宅用地", 40, 5, 0, 16},
      {"J202", "住宅用地", 28, 2, 0, 8}, {"J304", "住宅用地", 26, 1, 1, 8},
      {"J204", "住宅用地", 36, 2, 0, 3}, {"J102", "商业用地", 22, 0, 0, 0}};
  for (const Zone& zone : zones) {
    SCOPED_TRACE(zone.name);
    const std::vector<double> prices = PricesOf(table, zone);
    ASSERT_EQ(prices.size(), zone.n);
    const Screening once = Screen(prices, Plan(OutlierRule::kTwoSigma));
    EXPECT_EQ(once.by_two_sigma, zone.two_sigma);
    EXPECT_EQ(once.by_three_sigma, zone.three_sigma);
    EXPECT_EQ(Screen(prices, Plan(OutlierRule::kTwoSigma, 100)).would_reject,
              zone.iterated_two_sigma);
  }
}

TEST(Screen, DoesNotThrowAwayFortyPercentOfJ203) {
  DIJIA_SKIP_WITHOUT("realdata/hengzhou");
  const auto table =
      test::ReadReferenceTable("realdata/hengzhou/hengzhou_450127_sample_points_raw_1844.csv");
  const std::vector<double> prices = PricesOf(table, {"J203", "住宅用地", 40, 0, 0, 0});
  const Screening iterated = Screen(prices, Plan(OutlierRule::kTwoSigma, 100));
  EXPECT_TRUE(iterated.capped);
  EXPECT_EQ(iterated.last - iterated.first, 40U);
  const Screening standard = Screen(prices, ScreeningPlan{});
  EXPECT_GE(standard.last - standard.first, 32U);  // at most a fifth
}

}  // namespace
}  // namespace dijia
