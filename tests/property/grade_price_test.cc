// What must hold for the prices of any records; the seed is printed when it does not.
#include "dijia/grade_price.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "dijia/sample_decisions.h"
#include "support/naive_twin.h"
#include "support/random_sales.h"

namespace dijia {
namespace {

using test::NaiveTwin;
using test::RandomSales;
using test::Sale;
using test::TableOf;

class GradePriceProperty : public testing::TestWithParam<std::uint64_t> {
 protected:
  GradePriceProperty() : random_(GetParam()), sales_(random_.Draw(1500)) {}
  static std::string Seed() { return "seed " + std::to_string(GetParam()); }

  RandomSales random_;
  std::vector<Sale> sales_;
};

GradePriceReport Compute(SampleTable& table, const ComputePlan& plan, unsigned threads = 1) {
  ComputeOptions options;
  options.threads = threads;
  Result<GradePriceReport> report = ComputeGradePrices(table, plan, options);
  EXPECT_TRUE(report) << (report ? "" : report.error().detail);
  return std::move(report).value();
}

void PutCell(const SampleTable& table, const GradePrice& cell, std::ostringstream& out) {
  const CellChecks& checks = cell.checks;
  out << table.counties.Name(cell.key.county) << '|' << table.areas.Name(cell.key.area) << '|'
      << CodeOf(cell.key.use) << '|' << int{cell.key.grade} << '|' << CodeOf(cell.status) << '|'
      << (cell.price ? cell.price->ToString() : "-");
  for (const std::size_t count : {cell.samples, cell.used, checks.rejected_by_mad,
                                  checks.rejected_by_two_sigma, checks.rejected_by_three_sigma}) {
    out << '|' << count;
  }
  for (const double figure :
       {cell.mean, cell.median, cell.standard_deviation, cell.cv, cell.cod, cell.estimate,
        cell.monotone, checks.normality_p, checks.log_normality_p, checks.two_population_p,
        checks.split_price, cell.interval ? cell.interval->low : 0.0,
        cell.interval ? cell.interval->high : 0.0}) {
    out << '|' << figure;
  }
  out << '|' << cell.method;
  for (const Diagnostic& note : cell.notes) out << '|' << TextOf(note, Language::kEn);
  out << '\n';
}

void PutSorted(std::multiset<std::string> lines, std::ostringstream& out) {
  for (const std::string& line : lines) out << line << '\n';
}

// Everything a report says, down to the last bit, by names and sample ids instead of places in the
// table.
std::string Canonical(const SampleTable& table, const GradePriceReport& report) {
  std::ostringstream out;
  out << std::hexfloat;
  for (const GradePrice& cell : report.cells) PutCell(table, cell, out);
  for (const OrderCheck& order : report.orders) {
    out << order.grades << '|' << order.statistic << '|' << order.p_value << '\n';
  }
  for (const EstimatedIndex& index : report.indices) {
    for (const auto& point : index.points) {
      out << point.index << '|' << point.standard_error << '|' << point.sales << '\n';
    }
  }
  for (const EstimatedFarExponent& far : report.far_exponents) {
    out << far.exponent << '|' << far.standard_error << '|' << far.samples << '\n';
  }
  std::multiset<std::string> rows, rejections;
  for (std::size_t i = 0; i < table.size(); ++i) {
    std::ostringstream row;
    row << std::hexfloat << table.sample_id[i] << '|' << CodeOf(table.fate[i]) << '|'
        << CodeOf(table.OverruledOf(i)) << '|' << report.normalized.raw_price[i] << '|'
        << report.normalized.normalized[i];
    rows.insert(row.str());
  }
  for (const Rejection& rejection : report.rejections) {
    std::ostringstream row;
    row << std::hexfloat << table.sample_id[rejection.sample] << '|' << rejection.pass << '|'
        << rejection.figure;
    rejections.insert(row.str());
  }
  PutSorted(std::move(rows), out);
  PutSorted(std::move(rejections), out);
  for (const Diagnostic& diagnostic : report.diagnostics.kept()) {
    if (diagnostic.where.row == 0) out << TextOf(diagnostic, Language::kEn) << '\n';
  }
  return out.str();
}

// Plans whose choices differ where order or threads could matter.
std::vector<ComputePlan> Plans() {
  std::vector<ComputePlan> plans(5, RandomSales::Plan());
  plans[1].uses[0].estimation.estimator = Estimator::kAreaWeightedMean;
  plans[1].uses[0].estimation.interval = IntervalMethod::kBootstrapBca;
  plans[1].uses[0].estimation.bootstrap_replicates = 199;
  plans[1].uses[1].screening.rule = OutlierRule::kTwoSigma;
  plans[1].uses[1].screening.max_passes = 3;
  plans[2].uses[0].date.kind = DateCorrectionKind::kEstimated;
  plans[2].uses[0].far.kind = FarCorrectionKind::kEstimated;
  plans[2].uses[1].far.kind = FarCorrectionKind::kEstimated;
  plans[3].uses[0].estimation.min_samples = 40;
  plans[3].uses[0].estimation.good_samples = 40;
  plans[3].uses[0].estimation.thin_cells = {ThinCellPolicy::kGradeRatio, ThinCellPolicy::kModel};
  plans[3].uses[0].estimation.ratio_use = LandUse::kCommercial;
  plans[4].uses[0].order.policy = MonotonePolicy::kIsotonic;
  plans[4].county = "152502";
  plans[4].uses[0].grades = {1, 2, 3, 4};
  return plans;
}

// Decisions on so many samples drawn at random. Facts speak against some of the inclusions.
SampleDecisions RandomDecisions(const std::vector<Sale>& sales, std::size_t count,
                                std::mt19937_64& generator) {
  std::vector<std::size_t> drawn(sales.size());
  std::iota(drawn.begin(), drawn.end(), 0);
  std::shuffle(drawn.begin(), drawn.end(), generator);
  SampleDecisions decisions;
  for (std::size_t i = 0; i < count; ++i) {
    decisions.rows.push_back(
        {.sample_id = sales[drawn[i]].id,
         .decision = generator() % 2 == 0 ? SampleDecision::kInclude : SampleDecision::kExclude});
  }
  return decisions;
}

void Put(const SampleDecisions& decisions, SampleTable& table) {
  Diagnostics diagnostics;
  Decide(decisions, table, diagnostics);
  EXPECT_EQ(diagnostics.total(), 0U);
}

// Decisions to include everything that screening leaves out, also what it leaves out only because
// something else was included.
SampleDecisions IncludeAllScreened(const std::vector<Sale>& sales, const ComputePlan& plan) {
  SampleDecisions decisions;
  while (true) {
    SampleTable table = TableOf(sales);
    Put(decisions, table);
    Compute(table, plan);
    const std::size_t before = decisions.rows.size();
    for (std::size_t i = 0; i < table.size(); ++i) {
      if (!IsScreening(table.fate[i]) || table.DecisionOn(i) != SampleDecision::kNone) continue;
      decisions.rows.push_back({.sample_id = sales[i].id, .decision = SampleDecision::kInclude});
    }
    if (decisions.rows.size() == before) return decisions;
  }
}

// What people read of a cell.
std::string Shown(const GradePrice& cell) {
  std::ostringstream out;
  out << std::hexfloat << CodeOf(cell.key.use) << '|' << int{cell.key.grade} << '|'
      << CodeOf(cell.status) << '|' << (cell.price ? cell.price->ToString() : "-") << '|'
      << cell.used << '|' << cell.estimate << '|' << cell.monotone << '|' << cell.cod << '|'
      << (cell.interval ? cell.interval->low : 0.0) << '|'
      << (cell.interval ? cell.interval->high : 0.0);
  return out.str();
}

TEST_P(GradePriceProperty, ADecisionToExcludeIsAsGoodAsRemovingTheRow) {
  SCOPED_TRACE(Seed());
  for (const ComputePlan& plan : Plans()) {
    SampleDecisions decisions = RandomDecisions(sales_, 150, random_.generator());
    std::set<std::string> excluded;
    for (AppraiserDecision& decision : decisions.rows) {
      decision.decision = SampleDecision::kExclude;
      excluded.insert(decision.sample_id);
    }
    SampleTable table = TableOf(sales_);
    Put(decisions, table);
    const GradePriceReport decided = Compute(table, plan);
    std::vector<Sale> rest;
    for (const Sale& sale : sales_) {
      if (excluded.count(sale.id) == 0) rest.push_back(sale);
    }
    SampleTable without = TableOf(rest);
    const GradePriceReport removed = Compute(without, plan);
    ASSERT_EQ(decided.cells.size(), removed.cells.size());
    for (std::size_t i = 0; i < decided.cells.size(); ++i) {
      EXPECT_EQ(Shown(decided.cells[i]), Shown(removed.cells[i]));
      EXPECT_EQ(decided.cells[i].samples, removed.cells[i].samples);
    }
    std::size_t row = 0, left_out = 0;
    for (std::size_t i = 0; i < table.size(); ++i) {
      if (excluded.count(sales_[i].id) != 0) {
        EXPECT_NE(table.fate[i], Fate::kUsed);
        left_out += table.fate[i] == Fate::kExcluded ? 1 : 0;
        continue;
      }
      EXPECT_EQ(table.fate[i], without.fate[row++]) << sales_[i].id;
    }
    EXPECT_GT(left_out, 30U);
    EXPECT_EQ(decided.fates[static_cast<std::size_t>(Fate::kExcluded)], left_out);
  }
}

TEST_P(GradePriceProperty, AllScreenedSamplesIncludedAreAPlanWithoutScreening) {
  SCOPED_TRACE(Seed());
  for (const ComputePlan& plan : Plans()) {
    const SampleDecisions decisions = IncludeAllScreened(sales_, plan);
    ASSERT_GT(decisions.rows.size(), 20U);
    SampleTable table = TableOf(sales_);
    Put(decisions, table);
    const GradePriceReport decided = Compute(table, plan);
    ComputePlan unscreened = plan;
    for (UsePlan& use : unscreened.uses) {
      use.screening.rule = OutlierRule::kNone;
      use.screening.smallest_area = Area();
      use.screening.lowest_price.reset();
      use.screening.drop_duplicates = false;
    }
    SampleTable other = TableOf(sales_);
    const GradePriceReport expected = Compute(other, unscreened);
    EXPECT_EQ(table.fate, other.fate);
    ASSERT_EQ(decided.cells.size(), expected.cells.size());
    for (std::size_t i = 0; i < decided.cells.size(); ++i) {
      EXPECT_EQ(Shown(decided.cells[i]), Shown(expected.cells[i]));
    }
  }
}

TEST_P(GradePriceProperty, AnIncludedOutlierChangesNoOtherFate) {
  SCOPED_TRACE(Seed());
  for (const ComputePlan& plan : Plans()) {
    SampleTable table = TableOf(sales_);
    Compute(table, plan);
    SampleDecisions decisions;
    for (std::size_t i = 0; i < table.size(); ++i) {
      const bool is_judged_last = table.fate[i] == Fate::kOutlier && random_.generator()() % 2 == 0;
      if (!is_judged_last) continue;
      decisions.rows.push_back({.sample_id = sales_[i].id, .decision = SampleDecision::kInclude});
    }
    SampleTable decided = TableOf(sales_);
    Put(decisions, decided);
    const GradePriceReport report = Compute(decided, plan);
    EXPECT_EQ(report.overruled.size(), decisions.rows.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
      const bool is_included = decided.DecisionOn(i) == SampleDecision::kInclude;
      EXPECT_EQ(decided.fate[i], is_included ? Fate::kUsed : table.fate[i]);
      EXPECT_EQ(decided.OverruledOf(i), is_included ? Fate::kOutlier : Fate::kUsed);
    }
  }
}

TEST_P(GradePriceProperty, OrderAndThreadsDoNotMatterWithDecisionsEither) {
  SCOPED_TRACE(Seed());
  const SampleDecisions decisions = RandomDecisions(sales_, 300, random_.generator());
  for (const ComputePlan& plan : Plans()) {
    SampleTable table = TableOf(sales_);
    Put(decisions, table);
    const std::string expected = Canonical(table, Compute(table, plan));
    std::vector<Sale> shuffled = sales_;
    std::shuffle(shuffled.begin(), shuffled.end(), random_.generator());
    SampleTable other = TableOf(shuffled);
    Put(decisions, other);
    ASSERT_EQ(Canonical(other, Compute(other, plan, 8)), expected);
  }
}

TEST_P(GradePriceProperty, TheOrderOfTheRowsDoesNotMatter) {
  SCOPED_TRACE(Seed());
  for (const ComputePlan& plan : Plans()) {
    SampleTable table = TableOf(sales_);
    const std::string expected = Canonical(table, Compute(table, plan));
    std::vector<Sale> shuffled = sales_;
    std::shuffle(shuffled.begin(), shuffled.end(), random_.generator());
    SampleTable other = TableOf(shuffled);
    ASSERT_EQ(Canonical(other, Compute(other, plan)), expected);
  }
}

TEST_P(GradePriceProperty, TheNumberOfThreadsDoesNotMatter) {
  SCOPED_TRACE(Seed());
  for (const ComputePlan& plan : Plans()) {
    SampleTable table = TableOf(sales_);
    const std::string expected = Canonical(table, Compute(table, plan, 1));
    for (const unsigned threads : {2U, 8U}) {
      SampleTable other = TableOf(sales_);
      ASSERT_EQ(Canonical(other, Compute(other, plan, threads)), expected) << threads;
    }
  }
}

TEST_P(GradePriceProperty, EveryRowHasOneFateAndTheFatesAddUp) {
  SCOPED_TRACE(Seed());
  SampleTable table = TableOf(sales_);
  const GradePriceReport report = Compute(table, RandomSales::Plan(), 2);
  const auto count = [&](Fate fate) { return report.fates[static_cast<std::size_t>(fate)]; };
  EXPECT_EQ(std::accumulate(report.fates.begin(), report.fates.end(), std::size_t{0}),
            table.size());
  std::size_t used = 0, samples = 0;
  for (const GradePrice& cell : report.cells) {
    used += cell.used;
    samples += cell.samples;
  }
  EXPECT_EQ(used, count(Fate::kUsed));
  EXPECT_EQ(samples, used + count(Fate::kOutlier));
  EXPECT_EQ(report.rejections.size(), count(Fate::kOutlier));
  EXPECT_GT(count(Fate::kOutlier), 0U);
  EXPECT_GT(count(Fate::kDuplicate), 0U);
  for (std::size_t i = 0; i < table.size(); ++i) {
    const bool priced = table.fate[i] == Fate::kUsed || table.fate[i] == Fate::kOutlier;
    ASSERT_EQ(std::isnan(report.normalized.normalized[i]), !priced) << CodeOf(table.fate[i]);
  }
}

TEST_P(GradePriceProperty, DoubledPricesGiveDoubledEstimates) {
  SCOPED_TRACE(Seed());
  ComputePlan plan = RandomSales::Plan();
  for (UsePlan& use : plan.uses) {
    use.development.cost_by_level.clear();
    use.screening.lowest_price.reset();
  }
  SampleTable table = TableOf(sales_);
  SampleTable doubled = TableOf(sales_);
  for (std::int64_t& price : doubled.price) {
    if (price != kMissing64) price *= 2;
  }
  const GradePriceReport once = Compute(table, plan);
  const GradePriceReport twice = Compute(doubled, plan);
  EXPECT_EQ(table.fate, doubled.fate);
  ASSERT_EQ(once.cells.size(), twice.cells.size());
  for (std::size_t i = 0; i < once.cells.size(); ++i) {
    EXPECT_EQ(once.cells[i].status, twice.cells[i].status);
    if (std::isnan(once.cells[i].estimate)) continue;
    EXPECT_EQ(2.0 * once.cells[i].estimate, twice.cells[i].estimate);
    EXPECT_EQ(once.cells[i].cod, twice.cells[i].cod);
  }
}

TEST_P(GradePriceProperty, AllRowsTwiceChangeNothing) {
  SCOPED_TRACE(Seed());
  std::vector<Sale> with_area;
  for (const Sale& sale : sales_) {
    if (!std::isnan(sale.area_sqm)) with_area.push_back(sale);
  }
  SampleTable table = TableOf(with_area);
  const GradePriceReport once = Compute(table, RandomSales::Plan());
  const std::vector<Sale> again = with_area;
  with_area.insert(with_area.end(), again.begin(), again.end());
  SampleTable twice_table = TableOf(with_area);
  const GradePriceReport twice = Compute(twice_table, RandomSales::Plan());
  ASSERT_EQ(once.cells.size(), twice.cells.size());
  for (std::size_t i = 0; i < once.cells.size(); ++i) {
    EXPECT_EQ(once.cells[i].price, twice.cells[i].price);
    EXPECT_EQ(once.cells[i].used, twice.cells[i].used);
  }
}

void ExpectAgreement(SampleTable& table, const ComputePlan& plan) {
  const NaiveTwin twin(table, plan);
  const GradePriceReport report = Compute(table, plan, 2);
  EXPECT_EQ(table.fate, twin.fates());
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (std::isnan(twin.normalized()[i])) continue;
    ASSERT_NEAR(report.normalized.normalized[i] / twin.normalized()[i], 1.0, 1e-13) << "row " << i;
  }
  std::size_t with_samples = 0;
  for (const GradePrice& cell : report.cells) {
    if (cell.samples == 0) continue;
    ++with_samples;
    const auto found =
        twin.cells().find({table.counties.Name(cell.key.county), table.areas.Name(cell.key.area),
                           cell.key.use, cell.key.grade});
    ASSERT_NE(found, twin.cells().end());
    EXPECT_EQ(cell.samples, found->second.samples);
    EXPECT_EQ(cell.used, found->second.used);
    EXPECT_NEAR(cell.median / found->second.median, 1.0, 1e-13);
    EXPECT_EQ(cell.price ? cell.price->ToString() : "", found->second.price);
  }
  EXPECT_EQ(with_samples, twin.cells().size());
}

TEST_P(GradePriceProperty, AgreesWithTheNaiveTwin) {
  SCOPED_TRACE(Seed());
  ComputePlan plan = RandomSales::Plan();
  for (UsePlan& use : plan.uses) {
    use.order.significance = 0.0;
    use.screening.two_population_p = 0.0;
  }
  plan.uses[1].unknown_term = UnknownPolicy::kExclude;
  plan.uses[1].far.unknown = UnknownPolicy::kExclude;
  plan.uses[1].development.unknown = UnknownPolicy::kExclude;
  plan.uses[1].grades = {1, 2, 3};
  SampleTable table = TableOf(sales_);
  ExpectAgreement(table, plan);
  SampleTable decided = TableOf(sales_);
  Put(RandomDecisions(sales_, 300, random_.generator()), decided);
  ExpectAgreement(decided, plan);
}

INSTANTIATE_TEST_SUITE_P(Seeds, GradePriceProperty, testing::Values(1, 2, 3, 20250401));

}  // namespace
}  // namespace dijia
