#include "dijia/hedonic_index.h"

#include <Eigen/Dense>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "group_moments.h"
#include "index_points.h"
#include "scaled_factor.h"
#include "tail.h"

namespace dijia {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Index = Eigen::Index;

// Cross products up to this condition leave at least twelve digits; beyond, QR of the rows.
constexpr double kLargestCondition = 1e4;

std::optional<Error> Check(const HedonicSales& sales) {
  const ColumnMajorView& x = sales.characteristics;
  if (x.values.size() != x.rows * x.columns || sales.log_prices.size() != x.rows ||
      sales.periods.size() != x.rows) {
    return Error{Code::kSizesDiffer, std::to_string(x.rows) + " rows, " +
                                         std::to_string(sales.log_prices.size()) + " log prices, " +
                                         std::to_string(sales.periods.size()) + " periods"};
  }
  if (sales.period_count < 1 || x.rows == 0) {
    return Error{Code::kTooFewObservations, std::to_string(x.rows) + " sales in " +
                                                std::to_string(sales.period_count) + " periods"};
  }
  return CheckIds(sales.periods, sales.period_count, "period");
}

std::vector<GroupMoments> MomentsByPeriod(const HedonicSales& sales, unsigned threads) {
  return MomentsByGroup(sales.characteristics, sales.log_prices, sales.periods,
                        static_cast<std::size_t>(sales.period_count),
                        Work{threads, BestSimdLevel()});
}

std::vector<IndexPoint> EmptyPoints(const std::vector<GroupMoments>& moments) {
  std::vector<IndexPoint> points(moments.size());
  for (std::size_t t = 0; t < points.size(); ++t) {
    points[t].sales = static_cast<std::size_t>(moments[t].count);
  }
  return points;
}

// Slopes of rows whose means have been taken out, and how sure they are.
struct Slopes {
  Vector values;
  Matrix unscaled;  // (Σ (x − mean)(x − mean)ᵀ)⁻¹
  double residual_squares = 0.0;
};

Slopes FromFit(const LeastSquaresFit& fit) {
  const auto k = static_cast<Index>(fit.terms.size());
  const Index first = fit.intercept ? 1 : 0;
  Slopes out;
  out.values = Vector(k - first);
  for (Index j = first; j < k; ++j) {
    out.values(j - first) = fit.terms[static_cast<std::size_t>(j)].value;
  }
  out.unscaled = Eigen::Map<const Matrix>(fit.unscaled_covariance.data(), k, k)
                     .bottomRightCorner(k - first, k - first);
  out.residual_squares = fit.residual_sum_of_squares;
  return out;
}

std::optional<Slopes> FromMoments(const Matrix& xx, const Vector& xy, double yy) {
  const std::optional<ScaledFactor> factor = ScaledFactor::Of(xx, kLargestCondition);
  if (!factor || !xy.allFinite() || !std::isfinite(yy)) return std::nullopt;
  Slopes out;
  out.unscaled = xx.rows() > 0 ? factor->inverse : Matrix(0, 0);
  out.values = out.unscaled * xy;
  out.residual_squares = yy - xy.dot(out.values);
  return out;
}

// Slopes of all rows after taking out the means of their periods, by QR.
Result<Slopes> WithinSlopesByQr(const HedonicSales& sales,
                                const std::vector<GroupMoments>& moments) {
  const ColumnMajorView& x = sales.characteristics;
  std::vector<double> columns(x.values.begin(), x.values.end());
  std::vector<double> y(sales.log_prices.begin(), sales.log_prices.end());
  for (std::size_t i = 0; i < x.rows; ++i) {
    const GroupMoments& period = moments[static_cast<std::size_t>(sales.periods[i])];
    y[i] -= period.y_mean;
    for (std::size_t j = 0; j < x.columns; ++j) {
      columns[j * x.rows + i] -= period.means(static_cast<Index>(j));
    }
  }
  LeastSquaresOptions options;
  options.intercept = false;
  const Result<LeastSquaresFit> fit = FitLeastSquares({columns, x.rows, x.columns}, y, options);
  if (!fit) return fit.error();
  return FromFit(*fit);
}

// Slopes of the rows of one period, by QR.
Result<Slopes> PeriodSlopesByQr(const HedonicSales& sales, std::size_t period) {
  const ColumnMajorView& x = sales.characteristics;
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < x.rows; ++i) {
    if (static_cast<std::size_t>(sales.periods[i]) == period) rows.push_back(i);
  }
  std::vector<double> columns;
  std::vector<double> y;
  for (std::size_t j = 0; j < x.columns; ++j) {
    for (const std::size_t row : rows) columns.push_back(x.At(row, j));
  }
  for (const std::size_t row : rows) y.push_back(sales.log_prices[row]);
  const Result<LeastSquaresFit> fit = FitLeastSquares({columns, rows.size(), x.columns}, y);
  if (!fit) {
    return Error{fit.error().code, "period " + std::to_string(period) + ": " + fit.error().detail};
  }
  return FromFit(*fit);
}

// One regression per period.
struct PeriodModel {
  Slopes slopes;
  double variance = 0.0;  // s²
};

Result<std::vector<PeriodModel>> FitPeriods(const HedonicSales& sales,
                                            const std::vector<GroupMoments>& moments) {
  const double terms = static_cast<double>(sales.characteristics.columns) + 1.0;
  std::vector<PeriodModel> models;
  for (std::size_t t = 0; t < moments.size(); ++t) {
    const GroupMoments& period = moments[t];
    if (period.count <= terms) {
      return Error{Code::kTooFewObservations,
                   "period " + std::to_string(t) + " has " +
                       std::to_string(static_cast<std::size_t>(period.count)) + " sales for " +
                       std::to_string(static_cast<std::size_t>(terms)) + " terms"};
    }
    std::optional<Slopes> slopes = FromMoments(period.xx, period.xy, period.yy);
    if (!slopes) {
      Result<Slopes> by_qr = PeriodSlopesByQr(sales, t);
      if (!by_qr) return by_qr.error();
      slopes = *std::move(by_qr);
    }
    const double variance = slopes->residual_squares / (period.count - terms);
    models.push_back({*std::move(slopes), variance});
  }
  return models;
}

}  // namespace

Result<TimeDummyIndex> EstimateTimeDummyIndex(const HedonicSales& sales, unsigned threads) {
  if (std::optional<Error> error = Check(sales)) return *std::move(error);
  const std::vector<GroupMoments> moments = MomentsByPeriod(sales, threads);
  const auto k = static_cast<Index>(sales.characteristics.columns);
  Matrix xx = Matrix::Zero(k, k);
  Vector xy = Vector::Zero(k);
  double yy = 0.0;
  std::vector<bool> sold(moments.size());
  std::size_t levels = 0;
  std::size_t base = moments.size();
  for (std::size_t t = moments.size(); t-- > 0;) {
    sold[t] = moments[t].count > 0.0;
    if (!sold[t]) continue;
    base = t;
    ++levels;
    xx += moments[t].xx;
    xy += moments[t].xy;
    yy += moments[t].yy;
  }
  const std::size_t rows = sales.log_prices.size();
  const std::size_t terms = levels + sales.characteristics.columns;
  if (rows <= terms) {
    return Error{Code::kTooFewObservations,
                 std::to_string(rows) + " sales for " + std::to_string(terms) + " terms"};
  }
  std::optional<Slopes> slopes = FromMoments(xx, xy, yy);
  if (!slopes) {
    Result<Slopes> by_qr = WithinSlopesByQr(sales, moments);
    if (!by_qr) return by_qr.error();
    slopes = *std::move(by_qr);
  }
  TimeDummyIndex out;
  out.degrees_of_freedom = rows - terms;
  const double freedom = static_cast<double>(out.degrees_of_freedom);
  const double variance = slopes->residual_squares / freedom;
  out.residual_deviation = std::sqrt(variance);
  for (Index j = 0; j < k; ++j) {
    const double error = std::sqrt(variance * slopes->unscaled(j, j));
    const double t = slopes->values(j) / error;
    out.slopes.push_back({slopes->values(j), error, t, TwoSidedStudentTail(t, freedom)});
  }
  out.points = EmptyPoints(moments);
  for (std::size_t t = 0; t < moments.size(); ++t) {
    if (!sold[t] || t == base) continue;
    const Vector change = moments[t].means - moments[base].means;
    out.points[t].log_index = moments[t].y_mean - moments[base].y_mean - change.dot(slopes->values);
    out.points[t].standard_error =
        std::sqrt(variance * (1.0 / moments[t].count + 1.0 / moments[base].count +
                              change.dot(slopes->unscaled * change)));
  }
  FillGaps(sold, out.points);
  return out;
}

Result<std::vector<IndexPoint>> EstimateImputationIndex(const HedonicSales& sales,
                                                        unsigned threads) {
  if (std::optional<Error> error = Check(sales)) return *std::move(error);
  const std::vector<GroupMoments> moments = MomentsByPeriod(sales, threads);
  const Result<std::vector<PeriodModel>> models = FitPeriods(sales, moments);
  if (!models) return models.error();
  std::vector<IndexPoint> points = EmptyPoints(moments);
  // log I_t = ȳ_t − ȳ_0 − Σ ½ (x̄_s − x̄_{s−1})ᵀ(β_s + β_{s−1}). Given x, means and slopes of all
  // periods are independent: β_s enters with the change before and the change after s.
  double log_index = 0.0;
  double settled = 0.0;  // variance of slopes that later steps do not touch
  Vector change_before = Vector::Zero(static_cast<Index>(sales.characteristics.columns));
  for (std::size_t t = 1; t < points.size(); ++t) {
    const PeriodModel& before = (*models)[t - 1];
    const PeriodModel& now = (*models)[t];
    const Vector change = moments[t].means - moments[t - 1].means;
    log_index += moments[t].y_mean - moments[t - 1].y_mean -
                 0.5 * change.dot(now.slopes.values + before.slopes.values);
    const Vector both = 0.5 * (change_before + change);
    settled += before.variance * both.dot(before.slopes.unscaled * both);
    const Vector last = 0.5 * change;
    const double open = now.variance * last.dot(now.slopes.unscaled * last);
    points[t].log_index = log_index;
    points[t].standard_error = std::sqrt(models->front().variance / moments.front().count +
                                         now.variance / moments[t].count + settled + open);
    change_before = change;
  }
  return points;
}

}  // namespace dijia
