#include "cell_price.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

#include "cell_checks.h"
#include "dijia/base/codes.h"
#include "dijia/bootstrap.h"
#include "dijia/interval.h"
#include "dijia/location.h"
#include "dijia/scale.h"
#include "dijia/screening.h"

namespace dijia {
namespace {

constexpr double kCoverage = 0.95;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kSmallestRelativeError = 1e-6;  // of an estimate from equal prices

// The part of a cell that passed screening.
struct Kept {
  std::span<const double> prices, areas;
};

// The same where it is no run of the sorted prices.
struct KeptApart {
  std::vector<double> prices, areas;
};

// The areas of sorted prices in m², where the estimator reads them.
std::vector<double> AreasOf(const CellSamples& samples, Estimator estimator) {
  std::vector<double> areas;
  if (estimator != Estimator::kAreaWeightedMean) return areas;
  areas.reserve(samples.rows.size());
  for (const std::uint32_t row : samples.rows) {
    areas.push_back(ToDouble(Area::FromUnits(samples.areas[row])));
  }
  return areas;
}

// Tells what lies outside the kept run as rejected, or as overruled where it is to be included.
void AddRejections(const CellSamples& samples, const Screening& screening,
                   const ScreeningPlan& plan, CellEstimate& result) {
  for (std::size_t i = 0; i < samples.prices.size(); ++i) {
    if (i == screening.first) i = screening.last;
    if (i == samples.prices.size()) break;
    const RejectionFigure figure =
        FigureOf(samples.prices[i], samples.prices, screening, plan.rule);
    std::vector<Rejection>& told = samples.IsIncluded(i) ? result.overruled : result.rejected;
    told.push_back({.sample = samples.rows[i],
                    .rule = plan.rule,
                    .pass = figure.pass,
                    .figure = figure.figure,
                    .limit = LimitOf(plan)});
  }
}

// The kept run with what is to be included on both sides of it, still ascending.
KeptApart WithIncluded(const CellSamples& samples, std::span<const double> areas,
                       const Screening& screening) {
  KeptApart kept;
  for (std::size_t i = 0; i < samples.prices.size(); ++i) {
    const bool is_inside = i >= screening.first && i < screening.last;
    if (!is_inside && !samples.IsIncluded(i)) continue;
    kept.prices.push_back(samples.prices[i]);
    if (!areas.empty()) kept.areas.push_back(areas[i]);
  }
  return kept;
}

void Describe(const Kept& kept, GradePrice& cell) {
  cell.used = kept.prices.size();
  cell.mean = Mean(kept.prices);
  cell.median = Median(kept.prices);
  cell.standard_deviation = StandardDeviation(kept.prices);
  cell.cv = cell.standard_deviation / cell.mean;
}

// The coefficient of dispersion around the estimate, in per cent (IAAO, Standard on Ratio Studies).
double DispersionAround(double estimate, std::span<const double> prices) {
  double sum = 0.0;
  for (const double price : prices) sum += std::fabs(price - estimate);
  return 100.0 * sum / static_cast<double>(prices.size()) / estimate;
}

// How an interval's half width becomes a standard error.
double QuantileOf(Estimator estimator, double coverage, double degrees_of_freedom) {
  const double p = (1.0 + coverage) / 2.0;
  if (estimator == Estimator::kMedian || estimator == Estimator::kHodgesLehmann) {
    return boost::math::quantile(boost::math::normal(), p);
  }
  return boost::math::quantile(boost::math::students_t(degrees_of_freedom), p);
}

double DegreesOfFreedom(const EstimationPlan& plan, std::size_t count) {
  const auto n = static_cast<double>(count);
  if (plan.estimator != Estimator::kTrimmedMean) return n - 1.0;
  return n - 2.0 * std::floor(n * plan.trim) - 1.0;
}

struct Estimated {
  std::optional<Interval> interval;
  double standard_error = kNaN;
};

Estimated AnalyticOf(const Kept& kept, const EstimationPlan& plan) {
  const Interval interval =
      AnalyticInterval(plan.estimator, kept.prices, kept.areas, kCoverage, {.trim = plan.trim});
  if (std::isnan(interval.low) || std::isnan(interval.high)) return {};
  const double quantile =
      QuantileOf(plan.estimator, interval.coverage, DegreesOfFreedom(plan, kept.prices.size()));
  return {interval, (interval.high - interval.low) / 2.0 / quantile};
}

Estimated BootstrapOf(const Kept& kept, const EstimationPlan& plan, std::uint64_t seed,
                      std::uint32_t stream) {
  BootstrapOptions options;
  options.interval = plan.interval == IntervalMethod::kBootstrapBca
                         ? BootstrapInterval::kBca
                         : BootstrapInterval::kPercentile;
  options.coverage = kCoverage;
  options.replicates = static_cast<std::size_t>(plan.bootstrap_replicates);
  options.seed = seed;
  options.stream = stream;
  const BootstrapResult result =
      Bootstrap(plan.estimator, kept.prices, kept.areas, {.trim = plan.trim}, options);
  if (std::isnan(result.interval.low) || std::isnan(result.interval.high)) return {};
  return {result.interval, result.standard_deviation};
}

Estimated IntervalOf(const Kept& kept, const EstimationPlan& plan, std::uint64_t seed,
                     std::uint32_t stream) {
  switch (plan.interval) {
    case IntervalMethod::kAnalytic:
    case IntervalMethod::kOrderStatistic:  // the analytic one of the median
      return AnalyticOf(kept, plan);
    case IntervalMethod::kBootstrapPercentile:
    case IntervalMethod::kBootstrapBca:
      return BootstrapOf(kept, plan, seed, stream);
  }
  return {};
}

void NoteInterval(const std::optional<Interval>& interval, GradePrice& cell) {
  if (!interval) {
    cell.notes.push_back({Code::kNoInterval, {}, {std::to_string(cell.used)}});
  } else if (interval->coverage < kCoverage - 1e-9) {
    cell.notes.push_back({Code::kIntervalCoverage,
                          {},
                          {std::to_string(cell.used), FigureText(100.0 * interval->coverage)}});
  }
}

void Estimate(const Kept& kept, const UsePlan& plan, std::uint64_t seed, std::uint32_t stream,
              CellEstimate& result) {
  GradePrice& cell = result.cell;
  const EstimationPlan& estimation = plan.estimation;
  cell.estimate =
      Estimate(estimation.estimator, kept.prices, kept.areas, {.trim = estimation.trim});
  cell.monotone = cell.estimate;
  cell.method = CodeOf(estimation.estimator);
  cell.cod = DispersionAround(cell.estimate, kept.prices);
  const Estimated estimated = IntervalOf(kept, estimation, seed, stream);
  cell.interval = estimated.interval;
  NoteInterval(cell.interval, cell);
  double error = estimated.standard_error;
  if (std::isnan(error))
    error = cell.standard_deviation / std::sqrt(static_cast<double>(cell.used));
  error = std::max(error, kSmallestRelativeError * cell.estimate);
  result.variance = error * error;
  result.degrees_of_freedom = std::max(1.0, DegreesOfFreedom(estimation, cell.used));
}

}  // namespace

std::uint32_t StreamOf(const SampleTable& samples, const CellKey& key) {
  std::uint32_t hash = 2'166'136'261U;  // FNV-1a, 32 bits
  const auto add = [&](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 16'777'619U;
    hash = (hash ^ 0xffU) * 16'777'619U;  // no text holds this byte
  };
  add(samples.counties.Name(key.county));
  add(samples.areas.Name(key.area));
  add(CodeOf(key.use));
  add(samples.sub_uses.Name(key.sub_use));
  add(std::to_string(key.grade));
  return hash;
}

CellEstimate EstimateCell(const CellKey& key, const CellSamples& samples, const UsePlan& plan,
                          std::uint64_t seed, std::uint32_t stream) {
  CellEstimate result;
  GradePrice& cell = result.cell;
  cell.key = key;
  cell.samples = samples.rows.size();
  cell.mean = cell.median = cell.standard_deviation = cell.cv = cell.cod = kNaN;
  cell.estimate = cell.monotone = kNaN;
  const std::vector<double> areas = AreasOf(samples, plan.estimation.estimator);
  const Screening screening = Screen(samples.prices, plan.screening);
  AddRejections(samples, screening, plan.screening, result);
  const std::size_t count = screening.last - screening.first;
  Kept kept{.prices = samples.prices.subspan(screening.first, count), .areas = {}};
  if (!areas.empty()) kept.areas = std::span(areas).subspan(screening.first, count);
  KeptApart apart;
  if (!result.overruled.empty()) {
    apart = WithIncluded(samples, areas, screening);
    kept = {.prices = apart.prices, .areas = apart.areas};
  }
  Describe(kept, cell);
  CheckCell(kept.prices, screening, plan.screening, cell);
  if (cell.used < plan.estimation.min_samples) {
    cell.notes.push_back(
        {Code::kTooFewSamples,
         {},
         {std::to_string(cell.used), std::to_string(plan.estimation.min_samples)}});
  } else if (!cell.checks.two_populations) {
    Estimate(kept, plan, seed, stream, result);
  }
  return result;
}

std::string FigureText(double figure) {
  char buffer[340];  // holds any double
  const double magnitude = std::fabs(figure);
  const int decimals = magnitude >= 100.0 ? 0 : magnitude >= 10.0 ? 1 : magnitude >= 1.0 ? 2 : 4;
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, figure, std::chars_format::fixed, decimals).ptr;
  std::string text(buffer, end);
  if (decimals > 0 && std::isfinite(figure)) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text;
}

}  // namespace dijia
