// How often the intervals of a computation cover the true prices of the example county. Nominal is
// 95 %; over 200 seeded counties of 12 cells the share of covered cells must lie in 92–98 % (the
// binomial error of 2,400 cells is 0.45 %), and in no cell alone may it fall below 84 % (five
// binomial errors of 200 below 93 %).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "dijia/grade_price.h"
#include "support/example_samples.h"
#include "synthetic_county.h"

namespace dijia {
namespace {

constexpr int kReplications = 200;
constexpr int kSalesPerCell = 40;
constexpr std::uint64_t kFirstSeed = 1000;

// The best three grades of every use in the urban area.
std::vector<example::Cell> DrawnCells() {
  std::vector<example::Cell> cells;
  for (const example::Cell& cell : example::Cells()) {
    if (cell.area == "城区" && cell.grade <= 3) cells.push_back(cell);
  }
  return cells;
}

SampleTable DrawTable(const std::vector<example::Cell>& cells, std::uint64_t seed) {
  std::vector<example::Sale> sales;
  for (const example::Cell& cell : cells) {
    std::vector<example::Sale> drawn = example::DrawSales(cell, kSalesPerCell, {.seed = seed});
    std::move(drawn.begin(), drawn.end(), std::back_inserter(sales));
  }
  return test::TableOf(sales);
}

ComputePlan PlanWith(Estimator estimator, IntervalMethod interval) {
  ComputePlan plan = test::ExamplePlan();
  for (UsePlan& use : plan.uses) {
    use.estimation.estimator = estimator;
    use.estimation.interval = interval;
    use.estimation.bootstrap_replicates = 999;
    use.screening.two_population_p = 0.0;  // else one true cell in a hundred is withheld
  }
  return plan;
}

bool Covers(const GradePriceReport& report, const example::Cell& cell) {
  const auto found =
      std::find_if(report.cells.begin(), report.cells.end(), [&](const GradePrice& price) {
        return price.key.use == cell.use && price.key.grade == cell.grade;
      });
  if (found == report.cells.end() || !found->interval) return false;
  return found->interval->low <= cell.true_price && cell.true_price <= found->interval->high;
}

struct Method {
  Estimator estimator;
  IntervalMethod interval;
};

class CountyCoverage : public testing::TestWithParam<Method> {};

TEST_P(CountyCoverage, IsNominalOnTheExampleCounty) {
  const std::vector<example::Cell> cells = DrawnCells();
  const ComputePlan plan = PlanWith(GetParam().estimator, GetParam().interval);
  std::vector<int> covered(cells.size(), 0);
  for (int replication = 0; replication < kReplications; ++replication) {
    SampleTable table = DrawTable(cells, kFirstSeed + static_cast<std::uint64_t>(replication));
    const auto report = ComputeGradePrices(table, plan, {.threads = 1, .earlier = {}});
    ASSERT_TRUE(report.has_value()) << report.error().detail;
    for (std::size_t i = 0; i < cells.size(); ++i) covered[i] += Covers(*report, cells[i]) ? 1 : 0;
  }
  int all = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    EXPECT_GE(covered[i], 0.84 * kReplications) << CodeOf(cells[i].use) << cells[i].grade;
    all += covered[i];
  }
  const double share = all / (kReplications * static_cast<double>(cells.size()));
  std::cout << "covered: " << 100.0 * share << " %, seeds from " << kFirstSeed << '\n';
  EXPECT_GE(share, 0.92);
  EXPECT_LE(share, 0.98);
}

INSTANTIATE_TEST_SUITE_P(
    Every, CountyCoverage,
    testing::Values(Method{Estimator::kMean, IntervalMethod::kAnalytic},
                    Method{Estimator::kAreaWeightedMean, IntervalMethod::kAnalytic},
                    Method{Estimator::kTrimmedMean, IntervalMethod::kAnalytic},
                    Method{Estimator::kHodgesLehmann, IntervalMethod::kAnalytic},
                    Method{Estimator::kHuber, IntervalMethod::kAnalytic},
                    Method{Estimator::kMedian, IntervalMethod::kOrderStatistic},
                    Method{Estimator::kMedian, IntervalMethod::kBootstrapPercentile},
                    Method{Estimator::kMean, IntervalMethod::kBootstrapPercentile},
                    Method{Estimator::kMean, IntervalMethod::kBootstrapBca},
                    Method{Estimator::kMedian, IntervalMethod::kBootstrapBca}),
    [](const auto& test) {
      return std::string(CodeOf(test.param.estimator)) + "_" +
             std::string(CodeOf(test.param.interval));
    });

}  // namespace
}  // namespace dijia
