#include "refined_qr.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "double_double.h"

namespace dijia {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Index = Eigen::Index;

constexpr int kLargestNumberOfSteps = 30;
constexpr double kSmallestPivot = 1e-14;  // relative to the largest: below, the rank is not full
constexpr double kRefineAbove = 30;       // condition from which the plain inverse loses digits

// The nearest power of two to the length of a column: scaling by it loses no digit.
double PowerOfTwoNear(double length) {
  int exponent = 0;
  std::frexp(length, &exponent);
  return std::ldexp(1.0, exponent);
}

std::vector<DoubleDouble> Widened(std::span<const double> values) {
  std::vector<DoubleDouble> out(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) out[i].high = values[i];
  return out;
}

// Residuals below this part of the largest response are what twice the digits leave of zero.
constexpr double kNothing = 0x1p-95;

void ClearRounding(std::span<const double> y, std::vector<double>& residuals) {
  double largest = 0.0;
  for (const double value : y) largest = std::max(largest, std::fabs(value));
  for (double& r : residuals) {
    if (std::fabs(r) <= kNothing * largest) r = 0.0;
  }
}

std::vector<double> Rounded(const std::vector<DoubleDouble>& values) {
  std::vector<double> out(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) out[i] = values[i].high + values[i].low;
  return out;
}

}  // namespace

struct RefinedQr::Factors {
  Matrix x;      // columns scaled
  Matrix low;    // digits of x beyond double; empty for none
  Vector scale;  // x = original · diag(1 / scale)
  Eigen::ColPivHouseholderQR<Matrix> qr;

  double Condition() const {
    const auto diagonal = qr.matrixQR().diagonal().cwiseAbs();
    return diagonal(0) / diagonal(x.cols() - 1);
  }

  // One correction (db, dr) of the augmented system with right-hand sides f and g, in double.
  std::pair<Vector, Vector> Correct(const Vector& f, const Vector& g) const {
    const Index k = x.cols();
    const auto r = qr.matrixQR().topRows(k).triangularView<Eigen::Upper>();
    const Vector h = r.transpose().solve(qr.colsPermutation().transpose() * g);
    Vector c = f;
    c.applyOnTheLeft(qr.householderQ().adjoint());
    const Vector step = r.solve(c.head(k) - h);
    c.head(k) = h;
    c.applyOnTheLeft(qr.householderQ());
    return {qr.colsPermutation() * step, c};
  }

  // What is still missing: f = y − r − X b and g − Xᵀ r.
  std::pair<Vector, Vector> Defects(const std::vector<DoubleDouble>& y,
                                    const std::vector<DoubleDouble>& g,
                                    const std::vector<DoubleDouble>& b,
                                    const std::vector<DoubleDouble>& r) const {
    Vector f(x.rows());
    Vector h(x.cols());
    std::vector<DoubleDouble> rest = y;
    for (std::size_t i = 0; i < rest.size(); ++i) rest[i] = Add(rest[i], {-r[i].high, -r[i].low});
    for (Index j = 0; j < x.cols(); ++j) {
      const DoubleDouble minus{-b[static_cast<std::size_t>(j)].high,
                               -b[static_cast<std::size_t>(j)].low};
      DoubleDouble sum = g[static_cast<std::size_t>(j)];
      for (Index i = 0; i < x.rows(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        rest[at] = AddProduct(rest[at], x(i, j), minus);
        sum = AddProduct(sum, -x(i, j), r[at]);
      }
      for (Index i = 0; i < low.rows(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        rest[at] = AddProduct(rest[at], low(i, j), minus);
        sum = AddProduct(sum, -low(i, j), r[at]);
      }
      h(j) = sum.high;
    }
    for (Index i = 0; i < x.rows(); ++i) f(i) = rest[static_cast<std::size_t>(i)].high;
    return {f, h};
  }
};

RefinedQr::RefinedQr(std::unique_ptr<Factors> factors) : factors_(std::move(factors)) {}
RefinedQr::RefinedQr(RefinedQr&&) noexcept = default;
RefinedQr& RefinedQr::operator=(RefinedQr&&) noexcept = default;
RefinedQr::~RefinedQr() = default;

Result<RefinedQr> RefinedQr::Factor(const ColumnMajorView& x, std::span<const double> low) {
  auto factors = std::make_unique<Factors>();
  const auto rows = static_cast<Index>(x.rows);
  const auto columns = static_cast<Index>(x.columns);
  factors->x = Eigen::Map<const Matrix>(x.values.data(), rows, columns);
  if (!low.empty()) factors->low = Eigen::Map<const Matrix>(low.data(), rows, columns);
  factors->scale = Vector::Ones(columns);
  for (Index j = 0; j < columns; ++j) {
    const double length = factors->x.col(j).stableNorm();
    if (length == 0.0) {
      return Error{Code::kCollinearColumns, "column " + std::to_string(j + 1) + " is zero"};
    }
    factors->scale(j) = PowerOfTwoNear(length);
    factors->x.col(j) /= factors->scale(j);
    if (!low.empty()) factors->low.col(j) /= factors->scale(j);
  }
  factors->qr.compute(factors->x);
  const auto diagonal = factors->qr.matrixQR().diagonal().cwiseAbs();
  for (Index j = 0; j < columns; ++j) {
    if (diagonal(j) < kSmallestPivot * diagonal(0)) {
      const Index column = factors->qr.colsPermutation().indices()(j);
      return Error{Code::kCollinearColumns,
                   "column " + std::to_string(column + 1) + " depends on the others"};
    }
  }
  return RefinedQr(std::move(factors));
}

RefinedSolution RefinedQr::Solve(std::span<const double> y, std::span<const double> g) const {
  const Factors& factors = *factors_;
  const Vector scale = factors.scale;
  std::vector<DoubleDouble> target = Widened(y);
  std::vector<DoubleDouble> scaled_g = Widened(g);
  for (std::size_t j = 0; j < scaled_g.size(); ++j) {
    scaled_g[j].high /= scale(static_cast<Index>(j));
  }
  std::vector<DoubleDouble> b(scaled_g.size());
  std::vector<DoubleDouble> r(target.size());
  double last_step = std::numeric_limits<double>::infinity();
  for (int step = 0; step < kLargestNumberOfSteps; ++step) {
    const auto [f, h] = factors.Defects(target, scaled_g, b, r);
    const auto [db, dr] = factors.Correct(f, h);
    const double size = db.norm();
    if (!(size < last_step)) break;  // no longer shrinking: rounding of the corrections themselves
    for (std::size_t j = 0; j < b.size(); ++j) b[j] = Add(b[j], {db(static_cast<Index>(j)), 0.0});
    for (std::size_t i = 0; i < r.size(); ++i) r[i] = Add(r[i], {dr(static_cast<Index>(i)), 0.0});
    last_step = size;
    if (size == 0.0) break;
  }
  RefinedSolution out{Rounded(b), Rounded(r)};
  ClearRounding(y, out.residuals);
  for (std::size_t j = 0; j < b.size(); ++j) out.coefficients[j] /= scale(static_cast<Index>(j));
  return out;
}

std::vector<double> RefinedQr::InverseOfCrossProducts() const {
  const Factors& factors = *factors_;
  const Index k = factors.x.cols();
  Matrix inverse;
  if (factors.Condition() < kRefineAbove) {
    const Matrix root = factors.qr.matrixQR().topRows(k).triangularView<Eigen::Upper>().solve(
        Matrix::Identity(k, k));
    const Matrix permuted = factors.qr.colsPermutation() * root;
    inverse = permuted * permuted.transpose();
    inverse = factors.scale.cwiseInverse().asDiagonal() * inverse *
              factors.scale.cwiseInverse().asDiagonal();
  } else {
    // Column j solves XᵀX b = e_j: the augmented system with y = 0 and g = −e_j.
    inverse.resize(k, k);
    const std::vector<double> zero(static_cast<std::size_t>(factors.x.rows()));
    for (Index j = 0; j < k; ++j) {
      std::vector<double> g(static_cast<std::size_t>(k));
      g[static_cast<std::size_t>(j)] = -1.0;
      const std::vector<double> b = Solve(zero, g).coefficients;
      inverse.col(j) = Eigen::Map<const Vector>(b.data(), k);
    }
    inverse = (0.5 * (inverse + inverse.transpose())).eval();
  }
  return {inverse.data(), inverse.data() + inverse.size()};
}

std::vector<double> RefinedQr::Leverages() const {
  const Index rows = factors_->x.rows();
  const Index k = factors_->x.cols();
  const Matrix q = factors_->qr.householderQ() * Matrix::Identity(rows, k);
  std::vector<double> out(static_cast<std::size_t>(rows));
  for (Index i = 0; i < rows; ++i) out[static_cast<std::size_t>(i)] = q.row(i).squaredNorm();
  return out;
}

double RefinedQr::condition() const { return factors_->Condition(); }

}  // namespace dijia
