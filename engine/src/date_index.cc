#include "dijia/date_index.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "index_points.h"
#include "robust_weights.h"

namespace dijia {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Index = Eigen::Index;

std::optional<Error> Check(const DatedSales& sales, const DateIndexOptions& options) {
  const std::size_t n = sales.log_prices.size();
  if (sales.periods.size() != n || sales.cells.size() != n) {
    return Error{Code::kSizesDiffer, std::to_string(n) + " log prices, " +
                                         std::to_string(sales.periods.size()) + " periods, " +
                                         std::to_string(sales.cells.size()) + " cells"};
  }
  for (const double value : sales.log_prices) {
    if (!std::isfinite(value)) return Error{Code::kNumberNotAllowed, "a log price is not finite"};
  }
  for (const std::int32_t cell : sales.cells) {
    if (cell < 0) return Error{Code::kNumberNotAllowed, "cell " + std::to_string(cell) + " < 0"};
  }
  if (auto error = CheckIds(sales.periods, sales.period_count, "period")) return error;
  const std::int32_t base[] = {options.base_period};
  if (auto error = CheckIds(base, sales.period_count, "base period")) return error;
  if (!(options.huber_k >= 0.0)) {
    return Error{Code::kNumberNotAllowed, "huber_k " + std::to_string(options.huber_k)};
  }
  return std::nullopt;
}

// The sales of the comparable periods, ordered by cell and period, then by price, so that the order
// of the input rows has no influence on the sums.
struct OrderedSales {
  struct Run {  // sales of one cell in one period
    std::size_t first = 0, last = 0;
    std::size_t cell = 0;  // counted from 0 among the cells used
    Index period = 0;      // among the comparable periods
  };
  std::vector<double> log_prices;
  std::vector<Run> runs;
  std::size_t cells = 0;
  std::vector<bool> comparable;     // per period
  std::vector<std::size_t> period;  // of each unknown
};

// The rows that can say something: a single sale of a cell only fixes the level of the cell.
std::vector<std::size_t> OrderOf(const DatedSales& sales) {
  std::map<std::int32_t, std::size_t> count;
  for (const std::int32_t cell : sales.cells) ++count[cell];
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < sales.cells.size(); ++i) {
    if (count[sales.cells[i]] > 1) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (sales.cells[a] != sales.cells[b]) return sales.cells[a] < sales.cells[b];
    if (sales.periods[a] != sales.periods[b]) return sales.periods[a] < sales.periods[b];
    return sales.log_prices[a] < sales.log_prices[b];
  });
  return order;
}

// The group of periods, tied by cells sold in several of them, that holds most sales; of equally
// large ones the earliest.
std::vector<bool> LargestGroup(const DatedSales& sales, const std::vector<std::size_t>& order) {
  const auto periods = static_cast<std::size_t>(sales.period_count);
  PeriodGroups groups(periods);
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (sales.cells[order[i]] != sales.cells[order[i - 1]]) continue;
    groups.Join(static_cast<std::size_t>(sales.periods[order[i]]),
                static_cast<std::size_t>(sales.periods[order[i - 1]]));
  }
  std::vector<std::size_t> count(periods, 0);
  std::vector<bool> sold(periods, false);
  for (const std::size_t i : order) {
    const auto period = static_cast<std::size_t>(sales.periods[i]);
    ++count[groups.GroupOf(period)];
    sold[period] = true;
  }
  const auto largest =
      static_cast<std::size_t>(std::max_element(count.begin(), count.end()) - count.begin());
  for (std::size_t t = 0; t < periods; ++t) sold[t] = sold[t] && groups.GroupOf(t) == largest;
  return sold;
}

OrderedSales Ordered(const DatedSales& sales) {
  const std::vector<std::size_t> order = OrderOf(sales);
  OrderedSales out;
  out.comparable = LargestGroup(sales, order);
  std::vector<Index> place(out.comparable.size(), -1);
  for (std::size_t t = 0; t < place.size(); ++t) {
    if (!out.comparable[t]) continue;
    place[t] = static_cast<Index>(out.period.size());
    out.period.push_back(t);
  }
  std::int32_t last_cell = -1;
  for (const std::size_t i : order) {
    const Index at = place[static_cast<std::size_t>(sales.periods[i])];
    if (at < 0) continue;
    const bool new_cell = sales.cells[i] != last_cell;
    if (new_cell) ++out.cells;
    last_cell = sales.cells[i];
    if (new_cell || out.runs.back().period != at) {
      out.runs.push_back({out.log_prices.size(), out.log_prices.size(), out.cells - 1, at});
    }
    out.log_prices.push_back(sales.log_prices[i]);
    ++out.runs.back().last;
  }
  return out;
}

// Weighted least squares of the levels δ, the first comparable period fixed at 0.
struct Levels {
  Vector delta;                   // per comparable period
  Matrix unscaled;                // covariance of delta for unit variance; first row and column 0
  std::vector<double> residuals;  // in the order of the sales
};

Levels Solve(const OrderedSales& sales, const std::vector<double>& weights) {
  const auto periods = static_cast<Index>(sales.period.size());
  Matrix normal = Matrix::Zero(periods, periods);
  Vector right = Vector::Zero(periods);
  std::vector<double> cell_means;
  std::vector<std::pair<Index, double>> shares;  // weight by period, of one cell
  for (std::size_t r = 0; r < sales.runs.size();) {
    shares.clear();
    double cell_weight = 0.0, cell_sum = 0.0;
    const std::size_t cell = sales.runs[r].cell;
    for (; r < sales.runs.size() && sales.runs[r].cell == cell; ++r) {
      double weight = 0.0, sum = 0.0;
      for (std::size_t i = sales.runs[r].first; i < sales.runs[r].last; ++i) {
        weight += weights[i];
        sum += weights[i] * sales.log_prices[i];
      }
      shares.emplace_back(sales.runs[r].period, weight);
      right(sales.runs[r].period) += sum;
      cell_weight += weight;
      cell_sum += sum;
    }
    cell_means.push_back(cell_sum / cell_weight);
    for (const auto& [t, weight] : shares) {
      normal(t, t) += weight;
      right(t) -= weight * cell_means.back();
      for (const auto& [u, other] : shares) normal(t, u) -= weight * other / cell_weight;
    }
  }
  Levels out;
  out.delta = Vector::Zero(periods);
  out.unscaled = Matrix::Zero(periods, periods);
  const Index free = periods - 1;
  const Eigen::LLT<Matrix> factor(normal.bottomRightCorner(free, free));
  out.delta.tail(free) = factor.solve(right.tail(free));
  out.unscaled.bottomRightCorner(free, free) = factor.solve(Matrix::Identity(free, free));
  // The level of a cell is the weighted mean of its prices less the index.
  std::vector<double> cell_levels(sales.cells, 0.0), cell_weights(sales.cells, 0.0);
  for (const OrderedSales::Run& run : sales.runs) {
    for (std::size_t i = run.first; i < run.last; ++i) {
      cell_levels[run.cell] += weights[i] * (sales.log_prices[i] - out.delta(run.period));
      cell_weights[run.cell] += weights[i];
    }
  }
  out.residuals.resize(sales.log_prices.size());
  for (const OrderedSales::Run& run : sales.runs) {
    const double level = cell_levels[run.cell] / cell_weights[run.cell];
    for (std::size_t i = run.first; i < run.last; ++i) {
      out.residuals[i] = sales.log_prices[i] - level - out.delta(run.period);
    }
  }
  return out;
}

// Huber's M-estimate by repeated weighting, scale by MAD.
Result<Levels> SolveRobustly(const OrderedSales& sales, double k, std::vector<double>& weights) {
  constexpr int kLargestNumberOfSteps = 200;
  Levels levels = Solve(sales, weights);
  for (int step = 0; step < kLargestNumberOfSteps; ++step) {
    const double scale = ResidualScale(levels.residuals);
    if (scale == 0.0) return levels;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      weights[i] = HuberWeight(levels.residuals[i] / scale, k);
    }
    Levels next = Solve(sales, weights);
    const double change = (next.delta - levels.delta).cwiseAbs().maxCoeff();
    levels = std::move(next);
    if (change <= 1e-10 * scale) return levels;
  }
  return Error{Code::kNoConvergence, "Huber weights after 200 steps"};
}

// Fills the index and its errors, as contrasts to the base period.
void FillPoints(const OrderedSales& sales, const Levels& levels, double variance,
                std::size_t base_period, std::vector<IndexPoint>& points) {
  std::vector<Index> place(points.size(), -1);
  for (std::size_t i = 0; i < sales.period.size(); ++i) {
    place[sales.period[i]] = static_cast<Index>(i);
  }
  const std::vector<Neighbours> neighbours = NeighboursOf(sales.comparable);
  const auto contrast = [&](std::size_t t) {
    Vector c = Vector::Zero(levels.delta.size());
    c(place[neighbours[t].earlier]) += 1.0 - neighbours[t].share;
    c(place[neighbours[t].later]) += neighbours[t].share;
    return c;
  };
  const Vector base = contrast(base_period);
  for (std::size_t t = 0; t < points.size(); ++t) {
    points[t].kind = neighbours[t].kind;
    const Vector c = contrast(t) - base;
    points[t].log_index = c.dot(levels.delta);
    points[t].standard_error = std::sqrt(std::max(0.0, variance * c.dot(levels.unscaled * c)));
  }
}

}  // namespace

Result<DateIndex> EstimateDateIndex(const DatedSales& sales, const DateIndexOptions& options) {
  if (std::optional<Error> error = Check(sales, options)) return *std::move(error);
  if (sales.log_prices.empty()) return Error{Code::kTooFewObservations, "no sales"};
  const OrderedSales ordered = Ordered(sales);
  const std::size_t terms = ordered.cells + ordered.period.size() - 1;
  const std::size_t rows = ordered.log_prices.size();
  if (ordered.period.size() < 2) {
    return Error{Code::kTooFewObservations, "no cell was sold in two periods"};
  }
  if (rows <= terms) {
    return Error{Code::kTooFewObservations, std::to_string(rows) + " comparable sales for " +
                                                std::to_string(terms) + " levels"};
  }
  std::vector<double> weights(rows, 1.0);
  DateIndex out;
  out.degrees_of_freedom = rows - terms;
  const bool robust = options.huber_k > 0.0;
  Levels levels = Solve(ordered, weights);
  double variance = 0.0;
  for (const double e : levels.residuals) variance += e * e;
  variance /= static_cast<double>(out.degrees_of_freedom);
  double scale = std::sqrt(variance);
  if (robust) {
    const Matrix unscaled = levels.unscaled;
    Result<Levels> solved = SolveRobustly(ordered, options.huber_k, weights);
    if (!solved) return solved.error();
    levels = *std::move(solved);
    levels.unscaled = unscaled;  // Huber's variance is a multiple of the unweighted (XᵀX)⁻¹
    scale = ResidualScale(levels.residuals);
    if (scale > 0.0) {
      variance = RobustVariance(levels.residuals, scale, Psi::kHuber, options.huber_k, terms);
    }
  }
  out.residual_deviation = scale;
  out.sales_used = rows;
  out.sales_left_out = sales.log_prices.size() - rows;
  out.points.resize(static_cast<std::size_t>(sales.period_count));
  for (const std::int32_t period : sales.periods) {
    ++out.points[static_cast<std::size_t>(period)].sales;
  }
  FillPoints(ordered, levels, variance, static_cast<std::size_t>(options.base_period), out.points);
  return out;
}

}  // namespace dijia
