#include "dijia/market_index.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/hedonic_index.h"
#include "dijia/repeat_sales.h"
#include "index_points.h"
#include "vector_math.h"

namespace dijia {
namespace {

struct Estimate {
  std::vector<IndexPoint> points;
  std::size_t used = 0;
};

// Columns of the regression, one after the other.
class Characteristics {
 public:
  explicit Characteristics(std::size_t rows) : rows_(rows) {}

  // Columns that do not vary say nothing.
  void Add(const std::vector<double>& column) {
    const auto [low, high] = std::ranges::minmax_element(column);
    if (low == column.end() || *low == *high) return;
    values_.insert(values_.end(), column.begin(), column.end());
  }
  ColumnMajorView view() const {
    return {.values = values_, .rows = rows_, .columns = rows_ == 0 ? 0 : values_.size() / rows_};
  }

 private:
  std::size_t rows_;
  std::vector<double> values_;
};

template <class Property>
std::vector<double> ColumnOf(std::span<const MarketSale> sales, Property property) {
  std::vector<double> column;
  column.reserve(sales.size());
  for (const MarketSale& sale : sales) column.push_back(property(sale));
  return column;
}

// Every stratum but the first has a column of its own.
void AddStrata(std::span<const MarketSale> sales, Characteristics& columns) {
  std::vector<std::int32_t> strata;
  for (const MarketSale& sale : sales) strata.push_back(sale.stratum);
  std::ranges::sort(strata);
  strata.erase(std::unique(strata.begin(), strata.end()), strata.end());
  for (std::size_t i = 1; i < strata.size(); ++i) {
    columns.Add(ColumnOf(
        sales, [&](const MarketSale& sale) { return sale.stratum == strata[i] ? 1.0 : 0.0; }));
  }
}

Result<Estimate> Hedonic(std::span<const MarketSale> sales, int period_count, unsigned threads) {
  Characteristics columns(sales.size());
  AddStrata(sales, columns);
  columns.Add(ColumnOf(sales, [](const MarketSale& sale) { return LogOne(sale.area); }));
  if (std::ranges::all_of(sales, [](const MarketSale& sale) { return sale.far > 0.0; })) {
    columns.Add(ColumnOf(sales, [](const MarketSale& sale) { return LogOne(sale.far); }));
  }
  const auto log_prices =
      ColumnOf(sales, [](const MarketSale& sale) { return LogOne(sale.price); });
  std::vector<std::int32_t> periods;
  for (const MarketSale& sale : sales) periods.push_back(sale.period);
  auto index = EstimateTimeDummyIndex({.characteristics = columns.view(),
                                       .log_prices = log_prices,
                                       .periods = periods,
                                       .period_count = period_count},
                                      threads);
  if (!index) return index.error();
  return Estimate{std::move(index->points), sales.size()};
}

// Consecutive sales of one parcel in different periods.
Result<Estimate> RepeatSalesOf(std::span<const MarketSale> sales, int period_count) {
  std::vector<MarketSale> known(sales.begin(), sales.end());
  std::erase_if(known, [](const MarketSale& sale) { return sale.parcel < 0; });
  std::ranges::sort(known, {}, [](const MarketSale& sale) {
    return std::tuple(sale.parcel, sale.period, sale.price, sale.area);
  });
  std::vector<std::int32_t> first, second;
  std::vector<double> log_ratio;
  for (std::size_t i = 1; i < known.size(); ++i) {
    const MarketSale &before = known[i - 1], &after = known[i];
    if (before.parcel != after.parcel || before.period == after.period) continue;
    first.push_back(before.period);
    second.push_back(after.period);
    log_ratio.push_back(LogOne(after.price / before.price));
  }
  RepeatSalesOptions options;
  options.negative_variance = NegativeVariancePolicy::kUnweighted;
  auto index = FitRepeatSales(
      {.first = first, .second = second, .log_ratio = log_ratio, .period_count = period_count},
      options);
  if (!index) return index.error();
  return Estimate{std::move(index->points), index->pairs};
}

// Area sold and what was paid for it.
struct Turnover {
  double area = 0.0, yuan = 0.0;
};
using StratumTurnover = std::map<std::int32_t, Turnover>;

// The step between two periods over the strata sold in both; nothing when there is none.
std::optional<double> FisherStep(const StratumTurnover& before, const StratumTurnover& after) {
  std::vector<double> p0, q0, p1, q1;
  for (const auto& [stratum, early] : before) {
    const auto late = after.find(stratum);
    if (late == after.end()) continue;
    p0.push_back(early.yuan / early.area);
    q0.push_back(early.area);
    p1.push_back(late->second.yuan / late->second.area);
    q1.push_back(late->second.area);
  }
  const auto step = BilateralIndex(IndexFormula::kFisher, {.prices = p0, .quantities = q0},
                                   {.prices = p1, .quantities = q1});
  return step ? std::optional(LogOne(*step)) : std::nullopt;
}

Result<Estimate> Fisher(std::span<const MarketSale> sales, int period_count) {
  std::vector<StratumTurnover> turnover(static_cast<std::size_t>(period_count));
  std::vector<IndexPoint> points(turnover.size());
  for (const MarketSale& sale : sales) {
    const auto period = static_cast<std::size_t>(sale.period);
    Turnover& own = turnover[period][sale.stratum];
    own.area += sale.area;
    own.yuan += sale.price * sale.area;
    ++points[period].sales;
  }
  if (turnover.front().empty()) {
    return Error{Code::kTooFewObservations, "no sale in the first period"};
  }
  std::vector<bool> estimated(turnover.size(), false);
  estimated.front() = true;
  for (std::size_t t = 1; t < turnover.size(); ++t) {
    // The latest period that shares a stratum; most often the one before.
    for (std::size_t s = t; s-- > 0 && !estimated[t];) {
      if (!estimated[s]) continue;
      if (const auto step = FisherStep(turnover[s], turnover[t])) {
        points[t].log_index = points[s].log_index + *step;
        points[t].standard_error = std::numeric_limits<double>::quiet_NaN();
        estimated[t] = true;
      }
    }
  }
  FillGaps(estimated, points);
  return Estimate{std::move(points), sales.size()};
}

Result<Estimate> EstimateBy(MarketIndexMethod method, std::span<const MarketSale> sales,
                            int period_count, unsigned threads) {
  Result<Estimate> estimate = Error{};
  switch (method) {
    case MarketIndexMethod::kHedonic:
      estimate = Hedonic(sales, period_count, threads);
      break;
    case MarketIndexMethod::kRepeatSales:
      estimate = RepeatSalesOf(sales, period_count);
      break;
    case MarketIndexMethod::kStratifiedFisher:
      estimate = Fisher(sales, period_count);
      break;
  }
  if (!estimate) return estimate;
  const double base = estimate->points.front().log_index;
  for (IndexPoint& point : estimate->points) point.log_index -= base;
  return estimate;
}

IndexRevision RevisionOf(const std::vector<IndexPoint>& earlier,
                         const std::vector<IndexPoint>& later) {
  IndexRevision revision;
  double squares = 0.0;
  for (std::size_t t = 1; t < earlier.size(); ++t) {
    const double change = std::fabs(later[t].log_index - earlier[t].log_index);
    revision.largest = std::max(revision.largest, change);
    squares += change * change;
    ++revision.periods;
  }
  if (revision.periods > 0) {
    revision.root_mean_square = std::sqrt(squares / static_cast<double>(revision.periods));
  }
  return revision;
}

std::optional<Error> FaultOf(std::span<const MarketSale> sales, int period_count) {
  constexpr int kFewestPeriods = 3;
  if (period_count < kFewestPeriods) {
    return Error{Code::kNumberNotAllowed, std::to_string(period_count) + " periods, at least 3"};
  }
  for (const MarketSale& sale : sales) {
    const bool fits = sale.period >= 0 && sale.period < period_count && sale.stratum >= 0 &&
                      sale.price > 0.0 && std::isfinite(sale.price) && sale.area > 0.0 &&
                      std::isfinite(sale.area) && sale.far >= 0.0 && std::isfinite(sale.far);
    if (!fits) return Error{Code::kNumberNotAllowed, "a sale out of range"};
  }
  return std::nullopt;
}

}  // namespace

std::vector<MarketIndexMethod> AllMarketIndexMethods() {
  std::vector<MarketIndexMethod> methods;
  for (const EnumRow<MarketIndexMethod>& row : EnumTableOf<MarketIndexMethod>::kRows) {
    methods.push_back(row.value);
  }
  return methods;
}

Result<MarketIndex> EstimateMarketIndex(std::span<const MarketSale> sales, int period_count,
                                        MarketIndexMethod method, unsigned threads) {
  if (auto fault = FaultOf(sales, period_count)) return *std::move(fault);
  std::vector<MarketSale> sorted(sales.begin(), sales.end());
  std::ranges::sort(sorted, [](const MarketSale& a, const MarketSale& b) { return (a <=> b) < 0; });
  const auto last = std::ranges::lower_bound(sorted, period_count - 1, {}, &MarketSale::period);
  const std::span earlier_sales(sorted.begin(), last);
  auto all = EstimateBy(method, sorted, period_count, threads);
  if (!all) return all.error();
  const auto earlier = EstimateBy(method, earlier_sales, period_count - 1, threads);
  if (!earlier) return earlier.error();
  MarketIndex index;
  index.revision = RevisionOf(earlier->points, all->points);
  index.points = std::move(all->points);
  index.used = all->used;
  return index;
}

}  // namespace dijia
