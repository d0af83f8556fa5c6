#include "dijia/price_index.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/sum.h"
#include "index_points.h"
#include "vector_math.h"

namespace dijia {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool NeedsQuantities(IndexFormula formula) {
  return formula != IndexFormula::kJevons && formula != IndexFormula::kCarli &&
         formula != IndexFormula::kDutot;
}

std::optional<Error> CheckGoods(IndexFormula formula, const PeriodGoods& goods, std::size_t count) {
  if (goods.prices.size() != count ||
      (NeedsQuantities(formula) || !goods.quantities.empty() ? goods.quantities.size() != count
                                                             : false)) {
    return Error{Code::kSizesDiffer, std::to_string(count) + " goods, " +
                                         std::to_string(goods.prices.size()) + " prices, " +
                                         std::to_string(goods.quantities.size()) + " quantities"};
  }
  if (count == 0) return Error{Code::kTooFewObservations, "no goods"};
  for (const double price : goods.prices) {
    if (std::isfinite(price) && price > 0.0) continue;
    return Error{Code::kNumberNotAllowed,
                 "price " + std::to_string(price) + ", finite and above 0 is allowed"};
  }
  double total = 0.0;
  for (const double quantity : goods.quantities) {
    total += quantity;
    if (std::isfinite(quantity) && quantity >= 0.0) continue;
    return Error{Code::kNumberNotAllowed,
                 "quantity " + std::to_string(quantity) + ", finite and not below 0 is allowed"};
  }
  if (!goods.quantities.empty() && total == 0.0) {
    return Error{Code::kNumberNotAllowed, "every quantity is 0"};
  }
  return std::nullopt;
}

// Σ p1 w / Σ p0 w.
double RatioOfValues(std::span<const double> p0, std::span<const double> p1,
                     std::span<const double> weights) {
  return WeightedSum(p1, weights) / WeightedSum(p0, weights);
}

std::vector<double> Shares(const PeriodGoods& goods) {
  const double total = WeightedSum(goods.prices, goods.quantities);
  std::vector<double> shares(goods.prices.size());
  for (std::size_t i = 0; i < shares.size(); ++i) {
    shares[i] = goods.prices[i] * goods.quantities[i] / total;
  }
  return shares;
}

// Π (p1 / p0)^weight.
double GeometricMean(std::span<const double> p0, std::span<const double> p1,
                     std::span<const double> weights) {
  std::vector<double> logs(p0.size());
  for (std::size_t i = 0; i < logs.size(); ++i) logs[i] = LogOne(p1[i] / p0[i]);
  return ExpOne(WeightedSum(logs, weights));
}

double Walsh(const PeriodGoods& base, const PeriodGoods& current) {
  std::vector<double> roots(base.prices.size());
  for (std::size_t i = 0; i < roots.size(); ++i) {
    roots[i] = std::sqrt(base.quantities[i] * current.quantities[i]);
  }
  return RatioOfValues(base.prices, current.prices, roots);
}

double Tornqvist(const PeriodGoods& base, const PeriodGoods& current) {
  std::vector<double> shares = Shares(base);
  const std::vector<double> current_shares = Shares(current);
  for (std::size_t i = 0; i < shares.size(); ++i) shares[i] = 0.5 * (shares[i] + current_shares[i]);
  return GeometricMean(base.prices, current.prices, shares);
}

double Carli(std::span<const double> p0, std::span<const double> p1) {
  std::vector<double> ratios(p0.size());
  for (std::size_t i = 0; i < ratios.size(); ++i) ratios[i] = p1[i] / p0[i];
  return Sum(ratios) / static_cast<double>(ratios.size());
}

double ValueOf(IndexFormula formula, const PeriodGoods& base, const PeriodGoods& current) {
  const std::span<const double> p0 = base.prices;
  const std::span<const double> p1 = current.prices;
  switch (formula) {
    case IndexFormula::kLaspeyres:
      return RatioOfValues(p0, p1, base.quantities);
    case IndexFormula::kPaasche:
      return RatioOfValues(p0, p1, current.quantities);
    case IndexFormula::kFisher:
      return std::sqrt(RatioOfValues(p0, p1, base.quantities) *
                       RatioOfValues(p0, p1, current.quantities));
    case IndexFormula::kTornqvist:
      return Tornqvist(base, current);
    case IndexFormula::kWalsh:
      return Walsh(base, current);
    case IndexFormula::kJevons:
      return GeometricMean(p0, p1,
                           std::vector<double>(p0.size(), 1.0 / static_cast<double>(p0.size())));
    case IndexFormula::kCarli:
      return Carli(p0, p1);
    case IndexFormula::kDutot:
      return Sum(p1) / Sum(p0);
    case IndexFormula::kGeometricLaspeyres:
      return GeometricMean(p0, p1, Shares(base));
  }
  return kNaN;
}

// The middle of a stratum in a period, in logs.
struct LogMedian {
  double value = 0.0;
  double variance = 0.0;  // NaN for one sale
};

LogMedian LogMedianOf(std::vector<double>& logs) {
  std::sort(logs.begin(), logs.end());
  const std::size_t n = logs.size();
  LogMedian out;
  out.value = 0.5 * (logs[(n - 1) / 2] + logs[n / 2]);
  out.variance = kNaN;
  if (n < 2) return out;
  constexpr double kReach = 1.959963984540054;  // of 95 %
  const double depth = std::round(0.5 * (static_cast<double>(n) + 1.0) -
                                  kReach * std::sqrt(0.25 * static_cast<double>(n)));
  const auto rank = static_cast<std::size_t>(std::max(1.0, depth));
  const double error = (logs[n - rank] - logs[rank - 1]) / (2.0 * kReach);
  out.variance = error * error;
  return out;
}

using MedianTable = std::vector<std::vector<std::optional<LogMedian>>>;  // [period][stratum]

MedianTable MediansOf(const StratifiedMedianSales& sales) {
  std::map<std::pair<std::int32_t, std::int32_t>, std::vector<double>> groups;
  for (std::size_t i = 0; i < sales.prices.size(); ++i) {
    groups[{sales.periods[i], sales.strata[i]}].push_back(LogOne(sales.prices[i]));
  }
  MedianTable table(static_cast<std::size_t>(sales.period_count),
                    std::vector<std::optional<LogMedian>>(sales.weights.size()));
  for (auto& [key, logs] : groups) {
    table[static_cast<std::size_t>(key.first)][static_cast<std::size_t>(key.second)] =
        LogMedianOf(logs);
  }
  return table;
}

std::optional<Error> CheckSales(const StratifiedMedianSales& sales, int base_period) {
  const std::size_t n = sales.prices.size();
  if (sales.periods.size() != n || sales.strata.size() != n) {
    return Error{Code::kSizesDiffer, std::to_string(n) + " prices, " +
                                         std::to_string(sales.periods.size()) + " periods, " +
                                         std::to_string(sales.strata.size()) + " strata"};
  }
  for (const double price : sales.prices) {
    if (!std::isfinite(price) || price <= 0.0) {
      return Error{Code::kNumberNotAllowed, "price " + std::to_string(price)};
    }
  }
  for (const double weight : sales.weights) {
    if (!std::isfinite(weight) || weight <= 0.0) {
      return Error{Code::kNumberNotAllowed, "weight " + std::to_string(weight)};
    }
  }
  if (auto error = CheckIds(sales.periods, sales.period_count, "period")) return error;
  if (auto error = CheckIds(sales.strata, static_cast<int>(sales.weights.size()), "stratum")) {
    return error;
  }
  const std::int32_t base[] = {base_period};
  return CheckIds(base, sales.period_count, "base period");
}

}  // namespace

Result<double> BilateralIndex(IndexFormula formula, const PeriodGoods& base,
                              const PeriodGoods& current) {
  for (const PeriodGoods* goods : {&base, &current}) {
    if (auto error = CheckGoods(formula, *goods, base.prices.size())) return *std::move(error);
  }
  return ValueOf(formula, base, current);
}

Result<std::vector<double>> PriceIndexSeries(IndexFormula formula,
                                             std::span<const PeriodGoods> periods, IndexBase base) {
  if (periods.empty()) return Error{Code::kTooFewObservations, "no periods"};
  std::vector<double> series = {1.0};
  for (std::size_t t = 1; t < periods.size(); ++t) {
    const bool chained = base == IndexBase::kChained;
    const Result<double> step = BilateralIndex(formula, periods[chained ? t - 1 : 0], periods[t]);
    if (!step) return step.error();
    series.push_back(chained ? series.back() * *step : *step);
  }
  return series;
}

double IndexPoint::Index() const { return ExpOne(log_index); }

Result<std::vector<IndexPoint>> StratifiedMedianIndex(const StratifiedMedianSales& sales,
                                                      int base_period) {
  if (auto error = CheckSales(sales, base_period)) return *std::move(error);
  const MedianTable medians = MediansOf(sales);
  const auto& base = medians[static_cast<std::size_t>(base_period)];
  if (std::none_of(base.begin(), base.end(), [](const auto& m) { return m.has_value(); })) {
    return Error{Code::kTooFewObservations,
                 "no sale in base period " + std::to_string(base_period)};
  }
  std::vector<IndexPoint> points(medians.size());
  for (const std::int32_t period : sales.periods) ++points[static_cast<std::size_t>(period)].sales;
  std::vector<bool> estimated(medians.size());
  for (std::size_t t = 0; t < medians.size(); ++t) {
    double weight = 0.0, sum = 0.0, variance = 0.0;
    for (std::size_t s = 0; s < base.size(); ++s) {
      if (!base[s] || !medians[t][s]) continue;
      const double w = sales.weights[s];
      weight += w;
      sum += w * (medians[t][s]->value - base[s]->value);
      variance += w * w * (medians[t][s]->variance + base[s]->variance);
    }
    estimated[t] = weight > 0.0;
    if (!estimated[t]) continue;
    points[t].log_index = sum / weight;
    points[t].standard_error = std::sqrt(variance) / weight;
  }
  const auto at_base = static_cast<std::size_t>(base_period);
  points[at_base].log_index = points[at_base].standard_error = 0.0;
  FillGaps(estimated, points);
  return points;
}

}  // namespace dijia
