#include "dijia/grade_price.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "support/grade_sales.h"
#include "support/plans.h"
#include "support/reference_csv.h"

namespace dijia {
namespace {

using test::AddSales;
using test::Around;
using test::CellOf;
using test::Compute;
using test::Day;
using test::HasNote;
using test::NoteOf;
using test::PriceOf;
using test::Sale;
using test::SmallPlan;
using test::TwoUsePlan;

TEST(GradePrices, WithoutCorrectionsAreTheMediansOfTheRawPrices) {
  SampleTable table;
  AddSales(table, 1, Around(800, 15));
  AddSales(table, 2, Around(600.3, 16));
  const GradePriceReport report = Compute(table, SmallPlan());
  ASSERT_EQ(report.cells.size(), 2U);
  const GradePrice first = CellOf(report, 1);
  EXPECT_EQ(first.status, CellStatus::kComputed);
  EXPECT_EQ(first.estimate, 800.0);
  EXPECT_EQ(PriceOf(first), "800");
  EXPECT_EQ(first.method, "median");
  EXPECT_EQ(first.samples, 15U);
  EXPECT_EQ(first.used, 15U);
  EXPECT_EQ(first.mean, 800.0);
  EXPECT_NEAR(CellOf(report, 2).estimate, 600.3, 1e-9);
  EXPECT_EQ(PriceOf(CellOf(report, 2)), "600.3");
  EXPECT_EQ(report.orders.size(), 1U);
  EXPECT_TRUE(report.orders[0].in_order);
  EXPECT_EQ(report.orders[0].grades, 2U);
}

TEST(GradePrices, HaveTheOrderStatisticIntervalAndTheDispersionAroundTheMedian) {
  SampleTable table;
  AddSales(table, 1, Around(800, 15));  // 765, 770, …, 835
  const GradePrice cell = CellOf(Compute(table, SmallPlan()), 1);
  // Ranks 4 and 12 of 15: coverage 0.9648 (binomial).
  ASSERT_TRUE(cell.interval);
  EXPECT_EQ(cell.interval->low, 780.0);
  EXPECT_EQ(cell.interval->high, 820.0);
  EXPECT_NEAR(cell.interval->coverage, 0.96484375, 1e-12);
  // |deviations| sum to 2 · 5 · (1 + … + 7) = 280; / 15 / 800 in per cent.
  EXPECT_NEAR(cell.cod, 100.0 * 280 / 15 / 800, 1e-12);
}

TEST(GradePrices, OfFewSamplesAreThin) {
  SampleTable table;
  AddSales(table, 1, Around(800, 5));
  AddSales(table, 2, Around(600, 4));
  const GradePriceReport report = Compute(table, SmallPlan());
  const GradePrice thin = CellOf(report, 1);
  EXPECT_EQ(thin.status, CellStatus::kThin);
  EXPECT_EQ(NoteOf(thin, Code::kThinCell),
            "few usable samples: 5, fewer than 15; the price is uncertain");
  // Five values cannot give 95 %: the whole range has 1 − 2/32.
  EXPECT_NEAR(thin.interval->coverage, 0.9375, 1e-12);
  EXPECT_EQ(NoteOf(thin, Code::kIntervalCoverage),
            "with 5 samples the true confidence of the interval is 93.8%");
  const GradePrice missing = CellOf(report, 2);
  EXPECT_EQ(missing.status, CellStatus::kWithheld);
  EXPECT_EQ(PriceOf(missing), "-");
  EXPECT_EQ(NoteOf(missing, Code::kTooFewSamples),
            "too few usable samples: 4, at least 5 are needed");
  EXPECT_EQ(missing.median, 600.0);  // shown, not published
  EXPECT_TRUE(std::isnan(missing.estimate));
}

TEST(GradePrices, OfPlannedGradesWithoutSamplesAreWithheld) {
  SampleTable table;
  AddSales(table, 1, Around(800, 15));
  ComputePlan plan = SmallPlan();
  plan.uses[0].grades = {1, 2, 3};
  const GradePriceReport report = Compute(table, plan);
  ASSERT_EQ(report.cells.size(), 3U);
  EXPECT_EQ(CellOf(report, 3).status, CellStatus::kWithheld);
  EXPECT_EQ(NoteOf(CellOf(report, 3), Code::kTooFewSamples),
            "too few usable samples: 0, at least 5 are needed");
}

TEST(GradePrices, OfNoSampleAtAllAreWithheldWithAWarning) {
  SampleTable table;
  ComputePlan plan = SmallPlan();
  plan.county = "152502";
  plan.uses[0].grades = {1, 2};
  const GradePriceReport report = Compute(table, plan);
  ASSERT_EQ(report.cells.size(), 2U);
  EXPECT_EQ(table.counties.Name(report.cells[0].key.county), "152502");
  ASSERT_EQ(report.diagnostics.kept().size(), 1U);
  EXPECT_EQ(report.diagnostics.kept()[0].code, Code::kNoUsableSample);
}

TEST(GradePrices, NeedAPlanThatValidates) {
  SampleTable table;
  ComputePlan plan = SmallPlan();
  plan.rounding.unit_price.reset();
  const auto report = ComputeGradePrices(table, plan, {});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, Code::kPlanValueMissing);
}

// Whoever watches hears of every step in order, and that all parts of it are done.
TEST(GradePrices, TellHowFarTheyAre) {
  SampleTable table;
  for (int grade = 1; grade <= 3; ++grade) AddSales(table, grade, Around(900 - 100 * grade, 15));
  std::vector<std::string> told;
  ComputeOptions options;
  options.threads = 1;
  options.go_on = [&told](const ComputeProgress& now) {
    told.push_back(std::to_string(static_cast<int>(now.step)) + " " + std::to_string(now.done) +
                   "/" + std::to_string(now.total));
    return true;
  };
  ASSERT_TRUE(ComputeGradePrices(table, SmallPlan(), options));
  EXPECT_EQ(told, (std::vector<std::string>{"0 0/4", "0 1/4", "0 2/4", "0 3/4", "0 4/4", "1 0/3",
                                            "1 1/3", "1 2/3", "1 3/3", "2 0/1", "2 1/1"}));
}

TEST(GradePrices, StopWhereverTheyAreToldTo) {
  for (int calls = 0; calls < 10; ++calls) {
    SampleTable table;
    for (int grade = 1; grade <= 3; ++grade) AddSales(table, grade, Around(900 - 100 * grade, 15));
    ComputeOptions options;
    int left = calls;
    options.threads = 1;
    options.go_on = [&left](const ComputeProgress&) { return left-- > 0; };
    const auto report = ComputeGradePrices(table, SmallPlan(), options);
    ASSERT_FALSE(report) << calls;
    EXPECT_EQ(report.error().code, Code::kStopped);
    EXPECT_EQ(left, -1) << "asked again after it said no";
  }
}

TEST(GradePrices, AreRoundedAsThePlanSays) {
  SampleTable table;
  AddSales(table, 1, Around(802.4, 15));
  ComputePlan plan = SmallPlan();
  plan.rounding.unit_price = Rounding{RoundingMode::kHalfUp, 5'000'000};
  EXPECT_EQ(PriceOf(CellOf(Compute(table, plan), 1)), "800");
  plan.rounding.unit_price = Rounding{RoundingMode::kHalfUp, 15'000'000};  // whole 万元/亩
  EXPECT_EQ(PriceOf(CellOf(Compute(table, plan), 1)), "795");
}

TEST(GradePrices, ThatRoundToNothingAreNotPublished) {
  SampleTable table;
  AddSales(table, 1, Around(2, 15, 0.01));
  ComputePlan plan = SmallPlan();
  plan.rounding.unit_price = Rounding{RoundingMode::kHalfUp, 5'000'000};
  const GradePrice cell = CellOf(Compute(table, plan), 1);
  EXPECT_EQ(cell.status, CellStatus::kWithheld);
  EXPECT_EQ(NoteOf(cell, Code::kPriceRoundsToNothing),
            "the price 2 yuan/m² rounds to nothing under the plan; it is not published");
}

TEST(GradePrices, GiveEveryRowOneFateAndLogEveryRejection) {
  SampleTable table;
  std::vector<double> prices = Around(800, 15);
  prices.push_back(8000);
  AddSales(table, 1, prices);
  Sale other;
  other.use = static_cast<int>(LandUse::kStorage);
  test::Add(table, other);
  const GradePriceReport report = Compute(table, SmallPlan());
  EXPECT_EQ(std::accumulate(report.fates.begin(), report.fates.end(), std::size_t{0}),
            table.size());
  EXPECT_EQ(report.fates[static_cast<std::size_t>(Fate::kUsed)], 15U);
  EXPECT_EQ(table.fate[15], Fate::kOutlier);
  ASSERT_EQ(report.rejections.size(), 1U);
  EXPECT_EQ(report.rejections[0].sample, 15U);
  EXPECT_EQ(report.rejections[0].rule, OutlierRule::kMad);
  EXPECT_GT(report.rejections[0].figure, report.rejections[0].limit);
  EXPECT_EQ(report.rejections[0].limit, 3.5);
  const GradePrice cell = CellOf(report, 1);
  EXPECT_EQ(cell.samples, 16U);
  EXPECT_EQ(cell.used, 15U);
  EXPECT_EQ(cell.checks.rejected_by_mad, 1U);
  EXPECT_EQ(cell.estimate, 800.0);
  // The rejected row keeps its price and factors for the reader.
  EXPECT_EQ(report.normalized.normalized[15], 8000.0);
  EXPECT_EQ(FactorsOf(table, report, 15).term, 1.0);
}

TEST(GradePrices, FlagACellThatTheRuleWouldEmpty) {
  SampleTable table;
  std::vector<double> prices = Around(100, 12, 0.5);
  for (const double far_out : {300.0, 310.0, 320.0, 330.0}) prices.push_back(far_out);
  AddSales(table, 1, prices);
  ComputePlan plan = SmallPlan();
  plan.uses[0].screening.two_population_p = 0.0;
  const GradePrice cell = CellOf(Compute(table, plan), 1);
  EXPECT_TRUE(cell.checks.rejection_capped);
  EXPECT_EQ(cell.used, 16U);
  EXPECT_EQ(NoteOf(cell, Code::kRejectionCapped),
            "the mad rule would reject 4 of 16 samples, more than the 20% allowed, so none is "
            "rejected");
  EXPECT_TRUE(cell.checks.cv_above_limit);
  EXPECT_EQ(NoteOf(cell, Code::kCvAboveLimit).substr(0, 24), "coefficient of variation");
}

TEST(GradePrices, OfTwoPopulationsAreWithheld) {
  SampleTable table;
  std::vector<double> prices = Around(300, 30, 2.0);
  for (const double high : Around(900, 25, 6.0)) prices.push_back(high);
  AddSales(table, 1, prices);
  const GradePrice cell = CellOf(Compute(table, SmallPlan()), 1);
  EXPECT_EQ(cell.status, CellStatus::kWithheld);
  EXPECT_TRUE(cell.checks.two_populations);
  EXPECT_LT(cell.checks.two_population_p, 0.01);
  EXPECT_GT(cell.checks.split_price, 329.0);
  EXPECT_LT(cell.checks.split_price, 828.0);
  EXPECT_TRUE(std::isnan(cell.estimate));
  const std::string note = NoteOf(cell, Code::kTwoPopulations);
  EXPECT_EQ(note.substr(0, note.find(" (divided")),
            "the samples are two groups: 30 around 300 yuan/m² and 25 around 900 yuan/m²");
}

// Zone J301 of 横州 as it is: 15 points at 1667–5091 and 12 at 6313–11164, which the 2s, 3s and MAD
// rules all pass (real-cases §3.5).
TEST(GradePrices, OfARealZoneOfTwoClustersAreWithheld) {
  DIJIA_SKIP_WITHOUT("realdata/hengzhou");
  const auto records =
      test::ReadReferenceTable("realdata/hengzhou/hengzhou_450127_sample_points_raw_1844.csv");
  const auto zones = records.Texts("区片");
  const auto uses = records.Texts("用途");
  const auto prices = records.Numbers("样点地价");
  SampleTable table;
  for (const auto& [grade, zone] : {std::pair{1, "J301"}, std::pair{2, "J203"}}) {
    std::vector<double> of_zone;
    for (std::size_t i = 0; i < zones.size(); ++i) {
      if (zones[i] == zone && uses[i] == "住宅用地") of_zone.push_back(prices[i]);
    }
    AddSales(table, grade, of_zone);
  }
  ComputePlan plan = SmallPlan();
  plan.uses[0].order.significance = 0.0;
  const GradePriceReport report = Compute(table, plan);
  const GradePrice two_clusters = CellOf(report, 1);
  EXPECT_EQ(two_clusters.used, 27U);
  EXPECT_EQ(two_clusters.status, CellStatus::kWithheld);
  EXPECT_TRUE(two_clusters.checks.two_populations) << two_clusters.checks.two_population_p;
  EXPECT_TRUE(two_clusters.checks.cv_above_limit);
  const GradePrice one_cluster = CellOf(report, 2);
  EXPECT_GE(one_cluster.used, 32U);  // of 40: at most a fifth is rejected
  EXPECT_EQ(one_cluster.status, CellStatus::kComputed);
}

// 锡林浩特市, commercial 二级: one price repeated many times and one far sale. The repetition makes
// the dip large, but one sale is an outlier and no population.
TEST(GradePrices, WithOneFarSaleAreNotTwoPopulations) {
  SampleTable table;
  std::vector<double> prices(20, 975.0);
  for (int i = 0; i < 8; ++i) prices[static_cast<std::size_t>(i)] = 600.0 + 90.0 * i;
  prices.push_back(3331.0);
  AddSales(table, 1, prices);
  ComputePlan plan = SmallPlan();
  plan.uses[0].screening.rule = OutlierRule::kNone;
  const GradePrice cell = CellOf(Compute(table, plan), 1);
  EXPECT_FALSE(cell.checks.two_populations);
  EXPECT_EQ(PriceOf(cell), "975");
}

TEST(GradePrices, NoteThatACellIsNotNormalOnEitherScale) {
  SampleTable table;
  std::vector<double> prices = Around(100, 20, 0.1);
  for (const double high : Around(140, 10, 0.1)) prices.push_back(high);
  AddSales(table, 1, prices);
  AddSales(table, 2, Around(80, 20));
  ComputePlan plan = SmallPlan();
  plan.uses[0].screening.rule = OutlierRule::kNone;
  plan.uses[0].screening.two_population_p = 0.0;
  const GradePriceReport report = Compute(table, plan);
  EXPECT_LT(CellOf(report, 1).checks.normality_p, 0.05);
  EXPECT_LT(CellOf(report, 1).checks.log_normality_p, 0.05);
  EXPECT_TRUE(HasNote(CellOf(report, 1), Code::kNotNormal));
  EXPECT_GT(CellOf(report, 2).checks.normality_p, 0.05);
  EXPECT_FALSE(HasNote(CellOf(report, 2), Code::kNotNormal));
}

TEST(GradePrices, OfHousingAboveCommerceAreOnlyWarnedAbout) {
  SampleTable table;
  AddSales(table, 1, Around(1650, 15));
  AddSales(table, 1, Around(1590, 15), LandUse::kCommercial);
  ComputePlan plan = TwoUsePlan();
  plan.uses[0].estimation = {};
  const GradePriceReport report = Compute(table, plan);
  EXPECT_EQ(PriceOf(CellOf(report, 1)), "1650");
  ASSERT_EQ(report.diagnostics.kept().size(), 2U);
  const auto& remarks = report.diagnostics.kept();
  EXPECT_EQ(TextOf(remarks[0], Language::kEn),
            "grade 1 of 152502: residential 1650 yuan/m² is above commercial 1590 yuan/m²; worth a "
            "check (published results have it too)");
  EXPECT_EQ(remarks[0].code, Code::kResidentialAboveCommercial);
  EXPECT_EQ(remarks[1].code, Code::kTermUnknownKept);
}

TEST(GradePrices, CountWhatIsNotKnownOfTheUsedSamples) {
  SampleTable table;
  AddSales(table, 1, Around(800, 15));
  Sale known;
  known.term = 70;
  known.far = 2;
  known.development = "五通一平";
  known.price = 801;
  test::Add(table, known);
  ComputePlan plan = SmallPlan();
  UsePlan& use = plan.uses[0];
  use.conditions.far = FloorAreaRatio::Of(2);
  use.far.kind = FarCorrectionKind::kPower;
  use.far.exponent_by_grade = {{0, 0.5}};
  use.conditions.development_level = "五通一平";
  use.development.cost_by_level = {{"五通一平", UnitPrice::Of(100)}};
  use.date.kind = DateCorrectionKind::kIndex;
  use.date.points = {{Day(2025, 4, 1), Coefficient::Of(1)}, {Day(2025, 5, 1), Coefficient::Of(1)}};
  table.date[3] = ToDays(Day(2025, 3, 1));
  const GradePriceReport report = Compute(table, plan);
  EXPECT_EQ(report.normalized.far_unknown, 15U);
  EXPECT_EQ(report.normalized.term_unknown, 15U);
  EXPECT_EQ(report.normalized.development_unknown, 15U);
  EXPECT_EQ(report.normalized.date_outside_index, 1U);
  std::vector<std::string> texts;
  for (const Diagnostic& d : report.diagnostics.kept()) texts.push_back(TextOf(d, Language::kEn));
  EXPECT_EQ(texts,
            (std::vector<std::string>{
                "15 of 16 used samples have no floor area ratio and are not corrected for it",
                "15 of 16 used samples have no term and are taken to have the statutory one",
                "15 of 16 used samples have no known development level and are not corrected "
                "for it",
                "1 of 16 used samples lie outside the index and are not corrected for their "
                "date"}));
  std::vector<Code> codes;
  for (const Diagnostic& d : report.diagnostics.kept()) codes.push_back(d.code);
  EXPECT_EQ(codes, (std::vector<Code>{Code::kFarUnknownKept, Code::kTermUnknownKept,
                                      Code::kDevelopmentUnknownKept, Code::kDateOutsideIndex}));
}

// Five samples less two at each end leave one, which has no spread.
TEST(GradePrices, OfATrimmedMeanThatKeepsOneSampleHaveNoInterval) {
  SampleTable table;
  AddSales(table, 1, Around(800, 5));
  ComputePlan plan = SmallPlan();
  plan.uses[0].estimation.estimator = Estimator::kTrimmedMean;
  plan.uses[0].estimation.interval = IntervalMethod::kAnalytic;
  plan.uses[0].estimation.trim = 0.4;
  plan.uses[0].estimation.min_samples = 5;
  plan.uses[0].estimation.good_samples = 5;
  const GradePrice cell = CellOf(Compute(table, plan), 1);
  EXPECT_EQ(PriceOf(cell), "800");
  EXPECT_FALSE(cell.interval);
  EXPECT_EQ(NoteOf(cell, Code::kNoInterval), "5 samples are too few for an interval");
}

TEST(GradePrices, CountADuplicatedSaleOnce) {
  SampleTable table;
  AddSales(table, 1, Around(800, 15));
  Sale copy;
  copy.id = "S0";
  copy.price = 765;
  copy.area_sqm = 1000;
  test::Add(table, copy);
  const GradePriceReport report = Compute(table, SmallPlan());
  EXPECT_EQ(table.fate[15], Fate::kDuplicate);
  EXPECT_EQ(CellOf(report, 1).samples, 15U);
  EXPECT_TRUE(std::isnan(report.normalized.normalized[15]));
  EXPECT_EQ(report.normalized.raw_price[15], 765.0);
}

TEST(GradePrices, AreEstimatedAsThePlanSays) {
  SampleTable table;
  AddSales(table, 1, {700, 710, 720, 730, 740, 750, 760, 770, 800, 900});
  table.area_sqm[9] = Area::Of(9991).units();  // of 900
  ComputePlan plan = SmallPlan();
  plan.uses[0].screening.rule = OutlierRule::kNone;
  EstimationPlan& estimation = plan.uses[0].estimation;
  estimation.interval = IntervalMethod::kAnalytic;
  const auto estimate = [&](Estimator estimator) {
    estimation.estimator = estimator;
    return CellOf(Compute(table, plan), 1).estimate;
  };
  EXPECT_NEAR(estimate(Estimator::kMean), 758.0, 1e-9);
  EXPECT_NEAR(estimate(Estimator::kMedian), 745.0, 1e-9);
  EXPECT_NEAR(estimate(Estimator::kTrimmedMean), 747.5, 1e-9);
  // Σ area·price / Σ area with areas 1000 … 1008 and 9991.
  double sum = 0.0, areas = 0.0;
  const double prices[] = {700, 710, 720, 730, 740, 750, 760, 770, 800};
  for (int i = 0; i < 9; ++i) {
    sum += (1000 + i) * prices[i];
    areas += 1000 + i;
  }
  EXPECT_NEAR(estimate(Estimator::kAreaWeightedMean), (sum + 9991 * 900.0) / (areas + 9991), 1e-9);
  EXPECT_GT(estimate(Estimator::kHodgesLehmann), 745.0);
  EXPECT_GT(estimate(Estimator::kHuber), 740.0);
}

TEST(GradePrices, HaveTheIntervalThePlanAsksFor) {
  SampleTable table;
  AddSales(table, 1, Around(800, 21));
  ComputePlan plan = SmallPlan();
  plan.uses[0].estimation.bootstrap_replicates = 999;
  for (const IntervalMethod method :
       {IntervalMethod::kAnalytic, IntervalMethod::kOrderStatistic,
        IntervalMethod::kBootstrapPercentile, IntervalMethod::kBootstrapBca}) {
    plan.uses[0].estimation.interval = method;
    const GradePrice cell = CellOf(Compute(table, plan), 1);
    ASSERT_TRUE(cell.interval) << CodeOf(method);
    EXPECT_LT(cell.interval->low, 800.0) << CodeOf(method);
    EXPECT_GT(cell.interval->high, 800.0) << CodeOf(method);
    EXPECT_GE(cell.interval->coverage, 0.95) << CodeOf(method);
  }
}

}  // namespace
}  // namespace dijia
