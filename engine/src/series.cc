#include "series.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/monotone.h"

namespace dijia {
namespace {

bool HasEstimate(const CellEstimate& cell) { return !std::isnan(cell.cell.estimate); }

bool IsOneSeries(const CellKey& a, const CellKey& b) {
  return a.county == b.county && a.area == b.area && a.use == b.use && a.sub_use == b.sub_use;
}

std::vector<CellEstimate*> WithEstimates(std::span<CellEstimate> cells) {
  std::vector<CellEstimate*> found;
  for (CellEstimate& cell : cells) {
    if (HasEstimate(cell)) found.push_back(&cell);
  }
  return found;
}

// The two neighbouring grades whose order is furthest from what their errors allow.
std::pair<const CellEstimate*, const CellEstimate*> WorstPair(
    std::span<CellEstimate* const> cells) {
  std::pair<const CellEstimate*, const CellEstimate*> worst{cells[0], cells[1]};
  double most = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
    const double excess = (cells[i + 1]->cell.estimate - cells[i]->cell.estimate) /
                          std::sqrt(cells[i]->variance + cells[i + 1]->variance);
    if (excess > most) {
      most = excess;
      worst = {cells[i], cells[i + 1]};
    }
  }
  return worst;
}

Diagnostic OrderNote(Code code, std::span<CellEstimate* const> cells, double p_value) {
  const auto [better, worse] = WorstPair(cells);
  std::vector<std::string> arguments;
  for (const CellEstimate* cell : {better, worse}) {
    arguments.push_back(std::to_string(cell->cell.key.grade));
    arguments.push_back(FigureText(cell->cell.estimate));
    arguments.push_back(std::to_string(cell->cell.used));
  }
  arguments.push_back(p_value < 0.0001 ? "< 0.0001" : "= " + FigureText(p_value));
  return {code, {}, std::move(arguments)};
}

void TestSeries(std::span<CellEstimate* const> cells, Series& series, std::uint64_t seed) {
  std::vector<OrderedEstimate> estimates;
  for (const CellEstimate* cell : cells) {
    estimates.push_back({.value = cell->cell.estimate,
                         .variance = cell->variance,
                         .degrees_of_freedom = cell->degrees_of_freedom});
  }
  OrderTestOptions options;
  options.seed = seed;
  const Result<OrderTest> test = TestOrder(estimates, options);
  if (!test) return;
  series.order.statistic = test->statistic;
  series.order.p_value = test->p_value;
  series.order.in_order = test->statistic == 0.0;
  series.order.significant = test->p_value < series.use->order.significance;
  for (std::size_t i = 0; i < cells.size(); ++i) cells[i]->cell.monotone = test->fitted[i];
}

void PublishOwn(CellEstimate& estimate, const UsePlan& use, const ComputePlan& plan) {
  GradePrice& cell = estimate.cell;
  if (use.order.policy == MonotonePolicy::kIsotonic && cell.monotone != cell.estimate) {
    cell.method = "isotonic:" + cell.method;
    cell.notes.push_back(
        {Code::kIsotonicPublished, {}, {FigureText(cell.monotone), FigureText(cell.estimate)}});
  }
  const bool thin = cell.used < use.estimation.good_samples;
  if (thin) {
    cell.notes.push_back(
        {Code::kThinCell,
         {},
         {std::to_string(cell.used), std::to_string(use.estimation.good_samples)}});
  }
  Publish(cell, ValueOf(estimate, use), thin ? CellStatus::kThin : CellStatus::kComputed, plan);
}

}  // namespace

double ValueOf(const CellEstimate& cell, const UsePlan& use) {
  return use.order.policy == MonotonePolicy::kIsotonic ? cell.cell.monotone : cell.cell.estimate;
}

bool Publish(GradePrice& cell, double value, CellStatus status, const ComputePlan& plan) {
  const Result<UnitPrice> price = FromDouble<UnitPrice>(value, *plan.rounding.unit_price);
  if (!price || *price <= UnitPrice()) {
    cell.notes.push_back({Code::kPriceRoundsToNothing, {}, {FigureText(value)}});
    return false;
  }
  cell.price = *price;
  cell.status = status;
  return true;
}

std::vector<Series> SeriesOf(std::span<const CellEstimate> cells, const ComputePlan& plan) {
  std::vector<Series> all;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const CellKey& key = cells[i].cell.key;
    if (all.empty() || !IsOneSeries(cells[all.back().first].cell.key, key)) {
      const auto use = std::find_if(plan.uses.begin(), plan.uses.end(),
                                    [&](const UsePlan& section) { return section.use == key.use; });
      Series series{.first = i, .last = i, .use = &*use, .order = {}};
      series.order.series = key;
      series.order.series.grade = 0;
      all.push_back(series);
    }
    all.back().last = i + 1;
  }
  return all;
}

void PublishInOrder(std::span<CellEstimate> cells, Series& series, const ComputePlan& plan,
                    std::uint32_t stream) {
  const auto own = cells.subspan(series.first, series.last - series.first);
  const std::vector<CellEstimate*> estimated = WithEstimates(own);
  series.order.grades = estimated.size();
  if (estimated.size() >= 2) TestSeries(estimated, series, plan.seed ^ stream);
  if (series.order.significant) {
    const Diagnostic reason =
        OrderNote(Code::kGradeOrderContradicted, estimated, series.order.p_value);
    for (CellEstimate& cell : own) {
      cell.cell.status = CellStatus::kWithheld;
      cell.cell.notes.push_back(reason);
    }
    return;
  }
  if (!series.order.in_order) {
    const Diagnostic note = OrderNote(Code::kGradeOrderByChance, estimated, series.order.p_value);
    for (CellEstimate* cell : estimated) {
      if (cell->cell.monotone != cell->cell.estimate) cell->cell.notes.push_back(note);
    }
  }
  for (CellEstimate* cell : estimated) PublishOwn(*cell, *series.use, plan);
}

}  // namespace dijia
