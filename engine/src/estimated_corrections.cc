#include "estimated_corrections.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cell_price.h"
#include "dijia/base/codes.h"
#include "dijia/date_index.h"
#include "dijia/groups.h"
#include "dijia/parallel.h"
#include "dijia/robust_regression.h"
#include "vector_math.h"

namespace dijia {
namespace {

constexpr std::size_t kBlockRows = 65'536;
constexpr std::size_t kFewestSales = 30;       // of a (county, use), for either estimate
constexpr double kLargestExponentError = 0.2;  // standard error; beyond, the samples do not say
constexpr double kHuberTuning = 1.345;         // 95 % of the precision under normal errors
constexpr double kUnknown = -std::numeric_limits<double>::infinity();  // log ratio, sorts first

// Whole months from `day` to `base`, downwards: 0 on the base date and up to a month before it, -1
// on the day after.
int MonthsBack(Date day, Date base) {
  const int months = (static_cast<int>(base.year()) - static_cast<int>(day.year())) * 12 +
                     static_cast<int>(static_cast<unsigned>(base.month())) -
                     static_cast<int>(static_cast<unsigned>(day.month()));
  return base.day() < day.day() ? months - 1 : months;
}

int FloorDivide(int a, int b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

// The periods of a sample window, the oldest 0; the last but none after the base date ends with it.
struct Periods {
  std::vector<std::int32_t> of_day;  // by day of the window
  std::int32_t count = 0;
  std::int32_t base = 0;  // of the base date, which may lie outside the window
};

Periods PeriodsOf(const ComputePlan& plan, int months) {
  const DateRange window = SampleWindow(plan);
  const Days first = ToDays(window.from);
  const Days end = ToDays(window.until);
  const auto back = [&](Days day) {
    return FloorDivide(MonthsBack(FromDays(day), plan.base_date), months);
  };
  const int oldest = std::max(back(first), 0);
  Periods periods;
  for (Days day = first; day < end; ++day) periods.of_day.push_back(oldest - back(day));
  periods.base = oldest;
  periods.count = std::max(periods.base, periods.of_day.back()) + 1;
  return periods;
}

// The sales of one (county, use) in an order that does not depend on the rows: by cell, period, log
// price and log ratio.
struct Sales {
  std::vector<std::int32_t> cells, periods;
  std::vector<double> log_prices, log_far;  // log_far: kUnknown where not known
  std::size_t size() const { return cells.size(); }
};

// ry, rx: what is left of y and x after the levels of cells and periods, for known ratios.
struct Residuals {
  std::vector<double> x, y;
  std::size_t levels = 0;  // degrees of freedom that the levels took
};

void SubtractCellMeans(std::span<const std::int32_t> cells, std::vector<double>& values) {
  for (std::size_t first = 0; first < values.size();) {
    std::size_t last = first;
    double sum = 0.0;
    while (last < values.size() && cells[last] == cells[first]) sum += values[last++];
    const double mean = sum / static_cast<double>(last - first);
    for (; first < last; ++first) values[first] -= mean;
  }
}

std::size_t CountDistinct(std::span<const std::int32_t> ascending) {
  std::size_t count = ascending.empty() ? 0 : 1;
  for (std::size_t i = 1; i < ascending.size(); ++i) count += ascending[i] != ascending[i - 1];
  return count;
}

// One (county, use) under estimation.
class Estimation {
 public:
  Estimation(const UsePlan& use, const Periods& periods, Sales sales)
      : use_(use), periods_(periods), sales_(std::move(sales)) {}

  // The exponent k of K(f) = (f / f0)^k: the slope of log price on log ratio inside cells (and
  // periods, where dates are estimated too), by Huber's M-estimate.
  Result<EstimatedFarExponent> FarExponent() const {
    Sales known;
    for (std::size_t i = 0; i < sales_.size(); ++i) {
      if (sales_.log_far[i] == kUnknown) continue;
      known.cells.push_back(sales_.cells[i]);
      known.periods.push_back(sales_.periods[i]);
      known.log_prices.push_back(sales_.log_prices[i]);
      known.log_far.push_back(sales_.log_far[i]);
    }
    if (known.size() < kFewestSales) return TooFew(known.size());
    Result<Residuals> left = ResidualsOf(known);
    if (!left) return left.error();
    RobustOptions options;
    options.intercept = false;
    options.tuning = kHuberTuning;
    const Result<RobustFit> fit =
        FitHuber({.values = left->x, .rows = left->x.size(), .columns = 1}, left->y, options);
    if (!fit) return fit.error();
    if (known.size() <= left->levels + 1) return TooFew(known.size());
    // The fit does not know of the levels that were taken out before it.
    const double freedom = static_cast<double>(known.size() - 1) /
                           static_cast<double>(known.size() - left->levels - 1);
    EstimatedFarExponent far;
    far.use = use_.use;
    far.exponent = fit->terms[0].value;
    far.standard_error = fit->terms[0].standard_error * std::sqrt(freedom);
    far.samples = known.size();
    if (!(far.standard_error <= kLargestExponentError) || far.exponent < 0.0) {
      return Error{Code::kNoSpread,
                   FigureText(far.exponent) + " ± " + FigureText(far.standard_error)};
    }
    return far;
  }

  // Brings the log prices to one ratio.
  void CorrectFar(double exponent) {
    for (std::size_t i = 0; i < sales_.size(); ++i) {
      if (sales_.log_far[i] != kUnknown) sales_.log_prices[i] -= exponent * sales_.log_far[i];
    }
  }

  Result<DateIndex> Index() const {
    if (sales_.size() < kFewestSales) return TooFew(sales_.size());
    return EstimateDateIndex(Dated(sales_, sales_.log_prices),
                             {.base_period = periods_.base, .huber_k = kHuberTuning});
  }

 private:
  static Error TooFew(std::size_t count) {
    return {Code::kTooFewObservations,
            std::to_string(count) + " < " + std::to_string(kFewestSales)};
  }

  DatedSales Dated(const Sales& sales, std::span<const double> values) const {
    return {.periods = sales.periods,
            .log_prices = values,
            .cells = sales.cells,
            .period_count = periods_.count};
  }

  // Frisch and Waugh: the slope after all levels is the slope between what the levels leave of
  // both.
  Result<Residuals> ResidualsOf(const Sales& known) const {
    Residuals left{.x = known.log_far, .y = known.log_prices, .levels = CountDistinct(known.cells)};
    if (use_.date.kind == DateCorrectionKind::kEstimated) {
      for (std::vector<double>* values : {&left.x, &left.y}) {
        const Result<DateIndex> index = EstimateDateIndex(Dated(known, *values), {});
        if (!index) return index.error();
        for (std::size_t i = 0; i < values->size(); ++i) {
          (*values)[i] -= index->points[static_cast<std::size_t>(known.periods[i])].log_index;
        }
      }
      left.levels += static_cast<std::size_t>(periods_.count) - 1;
    }
    SubtractCellMeans(known.cells, left.x);
    SubtractCellMeans(known.cells, left.y);
    return left;
  }

  const UsePlan& use_;
  const Periods& periods_;
  Sales sales_;
};

bool IsEstimated(const UsePlan& use) {
  return use.date.kind == DateCorrectionKind::kEstimated ||
         use.far.kind == FarCorrectionKind::kEstimated;
}

// A (county, use) with its cells.
struct Market {
  std::uint16_t county = 0;
  std::size_t use = 0;  // index into the plan's
  std::vector<std::size_t> cells;
};

// What came of one market.
struct Outcome {
  std::optional<Result<EstimatedFarExponent>> far;
  std::optional<Result<DateIndex>> index;
};

// All estimates of a run.
class Estimations {
 public:
  Estimations(const CorrectionInput& input, GradePriceReport& report)
      : in_(input), report_(report), window_first_(ToDays(SampleWindow(input.plan).from)) {
    for (const CellKey& key : in_.keys) use_of_cell_.push_back(UseOf(key));
    for (const UsePlan& use : in_.plan.uses) {
      periods_.push_back(PeriodsOf(in_.plan, use.date.estimated_period_months));
      stride_ = std::max(stride_, static_cast<std::size_t>(periods_.back().count));
    }
  }

  EstimatedByCounty Run() {
    const std::vector<Market> markets = Markets();
    const GroupedValues sales = SortSales();
    std::vector<Outcome> outcomes(markets.size());
    ForEachIndex(markets.size(), in_.threads,
                 [&](std::size_t i) { outcomes[i] = Estimate(markets[i], sales); });
    EstimatedByCounty corrections;
    for (std::size_t i = 0; i < markets.size(); ++i) {
      const Market& market = markets[i];
      EstimatedCorrections& own = corrections[{market.county, in_.plan.uses[market.use].use}];
      if (outcomes[i].far) TakeFar(market, *outcomes[i].far, own);
      if (outcomes[i].index) TakeIndex(market, *outcomes[i].index, own);
    }
    return corrections;
  }

 private:
  std::size_t UseOf(const CellKey& key) const {
    const auto& uses = in_.plan.uses;
    const auto found = std::find_if(uses.begin(), uses.end(),
                                    [&](const UsePlan& use) { return use.use == key.use; });
    return static_cast<std::size_t>(found - uses.begin());
  }

  // In the order of the first of their cells.
  std::vector<Market> Markets() const {
    std::vector<Market> markets;
    std::map<std::pair<std::uint16_t, LandUse>, std::size_t> places;
    for (std::size_t cell = 0; cell < in_.keys.size(); ++cell) {
      const CellKey& key = in_.keys[cell];
      const std::size_t use = use_of_cell_[cell];
      if (!IsEstimated(in_.plan.uses[use])) continue;
      const auto [place, is_new] = places.try_emplace({key.county, key.use}, markets.size());
      if (is_new) markets.push_back({.county = key.county, .use = use, .cells = {}});
      markets[place->second].cells.push_back(cell);
    }
    return markets;
  }

  // Log prices corrected for all that is not estimated, of the cells that are estimated from, by
  // (cell, period).
  GroupedValues SortSales() const {
    ComputePlan stated = in_.plan;
    for (UsePlan& use : stated.uses) {
      if (use.date.kind == DateCorrectionKind::kEstimated)
        use.date.kind = DateCorrectionKind::kNone;
      if (use.far.kind == FarCorrectionKind::kEstimated) use.far.kind = FarCorrectionKind::kNone;
    }
    const Normalizer normalizer(in_.samples, stated, in_.keys, {in_.cell.begin(), in_.cell.end()},
                                {});
    const std::size_t rows = in_.cell.size();
    std::vector<double> log_price(rows), log_far(rows);
    std::vector<std::uint32_t> group(rows);
    ForEachIndex((rows + kBlockRows - 1) / kBlockRows, in_.threads, [&](std::size_t block) {
      const std::size_t first = block * kBlockRows;
      const std::size_t count = std::min(kBlockRows, rows - first);
      const auto prices = std::span(log_price).subspan(first, count);
      normalizer.NormalizeRows(in_.samples, first, in_.raw_price.subspan(first, count), prices);
      Log(prices, prices);
      for (std::size_t row = first; row < first + count; ++row) {
        log_far[row] = LogFarOf(row);
        group[row] = GroupOf(row);
      }
    });
    return SortGroups(log_price, log_far, group, in_.keys.size() * stride_, in_.threads);
  }

  double LogFarOf(std::size_t row) const {
    const std::int64_t far = in_.samples.far[row];
    return far > 0 ? LogOne(ToDouble(FloorAreaRatio::FromUnits(far))) : kUnknown;
  }

  std::uint32_t GroupOf(std::size_t row) const {
    const std::uint32_t cell = in_.cell[row];
    if (cell == Normalizer::kNoCell) return kNoGroup;
    const std::size_t use = use_of_cell_[cell];
    if (!IsEstimated(in_.plan.uses[use])) return kNoGroup;
    return static_cast<std::uint32_t>(cell * stride_ + PeriodOf(use, row));
  }

  std::size_t PeriodOf(std::size_t use, std::size_t row) const {
    const Days day = in_.samples.date[row] - window_first_;
    return static_cast<std::size_t>(periods_[use].of_day[static_cast<std::size_t>(day)]);
  }

  Sales SalesOf(const Market& market, const GroupedValues& grouped) const {
    Sales sales;
    for (std::size_t i = 0; i < market.cells.size(); ++i) {
      for (std::int32_t period = 0; period < periods_[market.use].count; ++period) {
        const std::size_t group = market.cells[i] * stride_ + static_cast<std::size_t>(period);
        const auto prices = grouped.Group(group);
        const auto rows = grouped.RowsOf(group);
        for (std::size_t k = 0; k < prices.size(); ++k) {
          sales.cells.push_back(static_cast<std::int32_t>(i));
          sales.periods.push_back(period);
          sales.log_prices.push_back(prices[k]);
          sales.log_far.push_back(LogFarOf(rows[k]));
        }
      }
    }
    return sales;
  }

  Outcome Estimate(const Market& market, const GroupedValues& grouped) const {
    const UsePlan& use = in_.plan.uses[market.use];
    Estimation estimation(use, periods_[market.use], SalesOf(market, grouped));
    Outcome outcome;
    if (use.far.kind == FarCorrectionKind::kEstimated) {
      outcome.far = estimation.FarExponent();
      if (*outcome.far) estimation.CorrectFar((*outcome.far)->exponent);
    }
    if (use.date.kind == DateCorrectionKind::kEstimated) outcome.index = estimation.Index();
    return outcome;
  }

  void Warn(Code code, const Market& market, const Error& error) {
    report_.diagnostics.Add(code, {},
                            {in_.samples.counties.Name(market.county),
                             std::string(CodeOf(in_.plan.uses[market.use].use)), error.detail});
  }

  void TakeFar(const Market& market, const Result<EstimatedFarExponent>& far,
               EstimatedCorrections& own) {
    if (!far) return Warn(Code::kFarExponentNotEstimated, market, far.error());
    own.far_exponent = far->exponent;
    report_.far_exponents.push_back(*far);
    report_.far_exponents.back().county = market.county;
  }

  void TakeIndex(const Market& market, const Result<DateIndex>& index, EstimatedCorrections& own) {
    if (!index) return Warn(Code::kIndexNotEstimated, market, index.error());
    const Periods& periods = periods_[market.use];
    EstimatedIndex estimated;
    estimated.use = in_.plan.uses[market.use].use;
    estimated.county = market.county;
    std::int32_t latest = -1;
    for (std::size_t day = 0; day < periods.of_day.size(); ++day) {
      const std::int32_t period = periods.of_day[day];
      const IndexPoint& point = index->points[static_cast<std::size_t>(period)];
      own.date_factors.push_back(ExpOne(-point.log_index));
      if (period == latest) continue;
      latest = period;
      estimated.points.push_back({.period_start = FromDays(window_first_ + static_cast<Days>(day)),
                                  .index = ExpOne(point.log_index),
                                  .standard_error = point.standard_error,
                                  .sales = point.sales,
                                  .interpolated = point.kind != IndexPointKind::kEstimated});
    }
    report_.indices.push_back(std::move(estimated));
  }

  const CorrectionInput& in_;
  GradePriceReport& report_;
  Days window_first_;
  std::vector<std::size_t> use_of_cell_;
  std::vector<Periods> periods_;  // by use of the plan
  std::size_t stride_ = 1;        // at least as many as any use has periods
};

}  // namespace

EstimatedByCounty EstimateCorrections(const CorrectionInput& input, GradePriceReport& report) {
  const auto& uses = input.plan.uses;
  if (std::none_of(uses.begin(), uses.end(), IsEstimated)) return {};
  return Estimations(input, report).Run();
}

}  // namespace dijia
