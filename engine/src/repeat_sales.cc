#include "dijia/repeat_sales.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "index_points.h"

namespace dijia {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Index = Eigen::Index;

// All pairs with one first and one second period.
struct PairCell {
  double count = 0.0;
  double sum = 0.0;  // Σ log ratio
};

// The pairs by their two periods; everything the index needs of them. Small enough for a core's
// cache: cells of one first period follow each other, without those that no pair can have.
class PairTable {
 public:
  explicit PairTable(int periods)
      : squares_by_gap(static_cast<std::size_t>(periods)),
        periods_(static_cast<std::size_t>(periods)),
        cells_(periods_ * (periods_ - 1) / 2) {
    std::size_t before = 0;
    for (std::size_t first = 0; first < periods_; ++first) {
      // Wraps below 0 for the first rows; adding a second period > first brings it back.
      start_.push_back(before - (first + 1));
      before += periods_ - 1 - first;
    }
  }

  std::size_t periods() const { return periods_; }
  // Precondition: first < second < periods().
  PairCell& At(std::size_t first, std::size_t second) { return cells_[start_[first] + second]; }

  // Calls visit(first, second, cell) for every cell with pairs, in fixed order.
  template <class Visit>
  void ForEach(Visit&& visit) const {
    const PairCell* cell = cells_.data();
    for (std::size_t first = 0; first < periods_; ++first) {
      for (std::size_t second = first + 1; second < periods_; ++second, ++cell) {
        if (cell->count > 0.0) visit(first, second, *cell);
      }
    }
  }

  std::vector<double> squares_by_gap;  // Σ log ratio² by the time between the sales

 private:
  std::size_t periods_;
  std::vector<PairCell> cells_;
  std::vector<std::size_t> start_;
};

Error BadPair(const RepeatSales& sales) {
  for (std::size_t i = 0; i < sales.first.size(); ++i) {
    const std::int32_t first = sales.first[i];
    const std::int32_t second = sales.second[i];
    if (0 <= first && first < second && second < sales.period_count &&
        std::isfinite(sales.log_ratio[i])) {
      continue;
    }
    return Error{Code::kNumberNotAllowed,
                 "pair " + std::to_string(i + 1) + ": periods " + std::to_string(first) + " and " +
                     std::to_string(second) + ", log ratio " + std::to_string(sales.log_ratio[i])};
  }
  return Error{Code::kNumberNotAllowed, "sums of log ratios overflow"};
}

Result<PairTable> Collapse(const RepeatSales& sales) {
  const std::size_t n = sales.first.size();
  if (sales.second.size() != n || sales.log_ratio.size() != n) {
    return Error{Code::kSizesDiffer, std::to_string(n) + " first periods, " +
                                         std::to_string(sales.second.size()) + " second periods, " +
                                         std::to_string(sales.log_ratio.size()) + " log ratios"};
  }
  if (sales.period_count < 2) {
    return Error{Code::kTooFewObservations, std::to_string(sales.period_count) + " periods < 2"};
  }
  PairTable table(sales.period_count);
  const auto periods = static_cast<std::uint32_t>(sales.period_count);
  for (std::size_t i = 0; i < n; ++i) {
    const auto first = static_cast<std::uint32_t>(sales.first[i]);
    const auto second = static_cast<std::uint32_t>(sales.second[i]);
    if (first >= second || second >= periods) return BadPair(sales);
    const double ratio = sales.log_ratio[i];
    PairCell& cell = table.At(first, second);
    cell.count += 1.0;
    cell.sum += ratio;
    table.squares_by_gap[second - first] += ratio * ratio;
  }
  const auto is_finite = [](double square) { return std::isfinite(square); };
  if (!std::ranges::all_of(table.squares_by_gap, is_finite)) return BadPair(sales);
  return table;
}

// Which periods can be compared with the first, and their places among the unknowns.
struct Unknowns {
  std::vector<bool> tied;
  std::vector<Index> place;  // −1 for the base and for periods that are not tied to it
  Index count = 0;

  explicit Unknowns(const PairTable& table) : tied(table.periods()), place(table.periods(), -1) {
    PeriodGroups groups(table.periods());
    table.ForEach([&](std::size_t first, std::size_t second, const PairCell&) {
      groups.Join(first, second);
    });
    for (std::size_t t = 0; t < table.periods(); ++t) {
      tied[t] = groups.GroupOf(t) == groups.GroupOf(0);
      if (tied[t] && t > 0) place[t] = count++;
    }
  }

  bool AllTied() const { return static_cast<std::size_t>(count) + 1 == tied.size(); }
};

// Leaves pairs that are not tied to the base period out of the squares.
void KeepTiedSquares(const RepeatSales& sales, const Unknowns& unknowns, PairTable& table) {
  std::ranges::fill(table.squares_by_gap, 0.0);
  for (std::size_t i = 0; i < sales.first.size(); ++i) {
    const auto first = static_cast<std::size_t>(sales.first[i]);
    const auto second = static_cast<std::size_t>(sales.second[i]);
    if (!unknowns.tied[first]) continue;
    table.squares_by_gap[second - first] += sales.log_ratio[i] * sales.log_ratio[i];
  }
}

// The levels by weighted least squares, weights depending on the time between sales alone.
class Solution {
 public:
  Solution(const PairTable& table, const Unknowns& unknowns, const std::vector<double>& weights)
      : unknowns_(unknowns) {
    Matrix normal = Matrix::Zero(unknowns.count, unknowns.count);
    Vector right = Vector::Zero(unknowns.count);
    table.ForEach([&](std::size_t first, std::size_t second, const PairCell& cell) {
      if (!unknowns.tied[first]) return;
      const double w = weights[second - first];
      const Index i = unknowns.place[first];
      const Index j = unknowns.place[second];
      normal(j, j) += w * cell.count;
      right(j) += w * cell.sum;
      if (i < 0) return;
      normal(i, i) += w * cell.count;
      normal(j, i) -= w * cell.count;
      right(i) -= w * cell.sum;
    });
    factor_.compute(normal);  // reads the lower triangle
    levels_ = factor_.solve(right);
    residual_squares_by_gap_ = table.squares_by_gap;
    table.ForEach([&](std::size_t first, std::size_t second, const PairCell& cell) {
      if (!unknowns.tied[first]) return;
      const double fitted = Level(second) - Level(first);
      residual_squares_by_gap_[second - first] -= fitted * (2.0 * cell.sum - fitted * cell.count);
      pairs_ += cell.count;
    });
    for (std::size_t gap = 1; gap < weights.size(); ++gap) {
      squares_ += weights[gap] * residual_squares_by_gap_[gap];
    }
  }

  double Level(std::size_t period) const {
    return unknowns_.place[period] < 0 ? 0.0 : levels_(unknowns_.place[period]);
  }
  // By the time between the sales, not weighted.
  const std::vector<double>& residual_squares_by_gap() const { return residual_squares_by_gap_; }
  double pairs() const { return pairs_; }
  // Rounding may leave a perfect fit a little below 0.
  double Variance() const {
    return std::max(squares_, 0.0) / (pairs_ - static_cast<double>(unknowns_.count));
  }

  // Variance() times the diagonal of the inverse: squared columns of L⁻¹, in panels, because a
  // column of L⁻¹ is zero above its diagonal.
  Vector LevelVariances() const {
    constexpr Index kPanel = 32;
    Vector out(unknowns_.count);
    for (Index first = 0; first < unknowns_.count; first += kPanel) {
      const Index rest = unknowns_.count - first;
      const Index columns = std::min(kPanel, rest);
      Matrix panel = Matrix::Identity(rest, columns);
      factor_.matrixLLT()
          .bottomRightCorner(rest, rest)
          .triangularView<Eigen::Lower>()
          .solveInPlace(panel);
      out.segment(first, columns) = Variance() * panel.colwise().squaredNorm().transpose();
    }
    return out;
  }

 private:
  const Unknowns& unknowns_;
  Eigen::LLT<Matrix> factor_;
  Vector levels_;
  std::vector<double> residual_squares_by_gap_;
  double squares_ = 0.0;
  double pairs_ = 0.0;
};

// Least squares of squared residuals on the time between sales, from sums per time.
struct VarianceLine {
  double intercept = 0.0, slope = 0.0;
  std::vector<double> pairs_by_gap;

  VarianceLine(const PairTable& table, const Unknowns& unknowns, const Solution& solution)
      : pairs_by_gap(table.periods(), 0.0) {
    const std::vector<double>& squares = solution.residual_squares_by_gap();
    table.ForEach([&](std::size_t first, std::size_t second, const PairCell& cell) {
      if (unknowns.tied[first]) pairs_by_gap[second - first] += cell.count;
    });
    double count = 0.0, gap_sum = 0.0, square_sum = 0.0;
    for (std::size_t gap = 1; gap < squares.size(); ++gap) {
      count += pairs_by_gap[gap];
      gap_sum += pairs_by_gap[gap] * static_cast<double>(gap);
      square_sum += squares[gap];
    }
    const double gap_mean = gap_sum / count;
    const double square_mean = square_sum / count;
    double spread = 0.0, product = 0.0;
    for (std::size_t gap = 1; gap < squares.size(); ++gap) {
      const double d = static_cast<double>(gap) - gap_mean;
      spread += pairs_by_gap[gap] * d * d;
      product += d * squares[gap];
    }
    slope = spread > 0.0 ? product / spread : 0.0;
    intercept = square_mean - slope * gap_mean;
  }

  double At(std::size_t gap) const { return intercept + slope * static_cast<double>(gap); }
};

// Weights by time between sales, or the reason why there are none.
Result<std::vector<double>> WeightsOf(const VarianceLine& line, const RepeatSalesOptions& options,
                                      RepeatSalesIndex& out) {
  std::vector<double> weights(line.pairs_by_gap.size(), 0.0);
  const bool floors = options.negative_variance == NegativeVariancePolicy::kFloor;
  const double lowest = floors ? options.variance_floor : 0.0;
  out.smallest_variance = std::numeric_limits<double>::infinity();
  std::size_t smallest_gap = 0;
  for (std::size_t gap = 1; gap < weights.size(); ++gap) {
    const auto pairs = static_cast<std::size_t>(line.pairs_by_gap[gap]);
    if (pairs == 0) continue;
    const double variance = line.At(gap);
    if (variance < out.smallest_variance) smallest_gap = gap;
    out.smallest_variance = std::min(out.smallest_variance, variance);
    if (floors && variance < lowest) out.pairs_floored += pairs;
    weights[gap] = 1.0 / std::max(variance, lowest);
  }
  if (out.smallest_variance > 0.0 || floors) return weights;
  return Error{Code::kNegativeVarianceLine, std::to_string(out.smallest_variance) + " for sales " +
                                                std::to_string(smallest_gap) + " periods apart"};
}

void FillPoints(const PairTable& table, const Unknowns& unknowns, const Solution& solution,
                std::vector<IndexPoint>& points) {
  points.resize(unknowns.tied.size());
  table.ForEach([&](std::size_t first, std::size_t second, const PairCell& cell) {
    points[first].sales += static_cast<std::size_t>(cell.count);
    points[second].sales += static_cast<std::size_t>(cell.count);
  });
  const Vector variances = solution.LevelVariances();
  for (std::size_t t = 0; t < points.size(); ++t) {
    if (unknowns.place[t] < 0) continue;
    points[t].log_index = solution.Level(t);
    points[t].standard_error = std::sqrt(variances(unknowns.place[t]));
  }
  FillGaps(unknowns.tied, points);
}

}  // namespace

Result<RepeatSalesIndex> FitRepeatSales(const RepeatSales& sales,
                                        const RepeatSalesOptions& options) {
  Result<PairTable> table = Collapse(sales);
  if (!table) return table.error();
  const Unknowns unknowns(*table);
  if (!unknowns.AllTied()) KeepTiedSquares(sales, unknowns, *table);
  if (unknowns.count == 0) return Error{Code::kTooFewObservations, "period 0 has no pairs"};
  const std::vector<double> ones(table->periods(), 1.0);
  const Solution first(*table, unknowns, ones);
  RepeatSalesIndex out;
  out.pairs = static_cast<std::size_t>(first.pairs());
  out.pairs_left_out = sales.first.size() - out.pairs;
  if (out.pairs <= static_cast<std::size_t>(unknowns.count)) {
    return Error{Code::kTooFewObservations, std::to_string(out.pairs) + " pairs for " +
                                                std::to_string(unknowns.count) + " periods"};
  }
  out.residual_deviation = std::sqrt(first.Variance());
  if (options.method == RepeatSalesMethod::kBaileyMuthNourse) {
    FillPoints(*table, unknowns, first, out.points);
    return out;
  }
  const VarianceLine line(*table, unknowns, first);
  out.variance_intercept = line.intercept;
  out.variance_slope = line.slope;
  const Result<std::vector<double>> weights = WeightsOf(line, options, out);
  if (!weights && options.negative_variance == NegativeVariancePolicy::kRefuse) {
    return weights.error();
  }
  out.weighted = weights.has_value();
  if (out.weighted) {
    FillPoints(*table, unknowns, Solution(*table, unknowns, *weights), out.points);
  } else {
    FillPoints(*table, unknowns, first, out.points);
  }
  return out;
}

}  // namespace dijia
