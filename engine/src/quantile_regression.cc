#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/philox.h"
#include "dijia/robust_regression.h"
#include "regression_core.h"

namespace dijia {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Index = Eigen::Index;

constexpr Index kPartRows = 1000;  // tables of more rows start from the fit of a part of them
constexpr int kStepsPerRow = 20;   // far more than the method ever needs

// A vertex of the problem: as many rows fitted exactly as there are terms, every other row above
// (sign 1) or below (−1). Each step moves along the edge that lowers the loss fastest, past all
// rows whose crossing still lowers it.
class Simplex {
 public:
  // `y` may differ from the response of the problem by a perturbation that breaks ties.
  Simplex(const Matrix& design, Vector y, double quantile, std::vector<Index> basis)
      : design_(design), y_(std::move(y)), quantile_(quantile), basis_(std::move(basis)) {
    Rebuild();
  }

  // True when the best vertex was reached.
  bool Run() {
    const auto limit =
        static_cast<int>(std::min<Index>(kStepsPerRow * design_.rows() + 1000, 10'000'000));
    for (int step = 0; step < limit; ++step) {
      if (step % 64 == 63) Rebuild();  // forget rounding
      const std::optional<Edge> edge = SteepestEdge();
      if (!edge) return true;
      if (!MoveAlong(*edge)) return false;
    }
    return false;
  }

  const std::vector<Index>& basis() const { return basis_; }
  const std::vector<signed char>& signs() const { return signs_; }

 private:
  struct Edge {
    Index leaving = 0;       // place in the basis
    double direction = 1.0;  // the row that leaves will lie below (1) or above (−1)
    double slope = 0.0;      // of the loss, < 0
  };
  struct Crossing {
    double at = 0.0;
    double size = 0.0;  // by how much the slope of the loss grows
    Index row = 0;
  };

  double Pull(Index row) const {  // derivative of the loss by the residual
    const signed char sign = signs_[static_cast<std::size_t>(row)];
    return sign > 0 ? quantile_ : quantile_ - 1.0;
  }

  void Invert() {
    Matrix rows(design_.cols(), design_.cols());
    for (Index i = 0; i < rows.rows(); ++i) {
      rows.row(i) = design_.row(basis_[static_cast<std::size_t>(i)]);
    }
    inverse_ = rows.partialPivLu().inverse();
  }

  void Rebuild() {
    Invert();
    Vector fitted(design_.cols());
    for (Index i = 0; i < fitted.size(); ++i) fitted(i) = y_(basis_[static_cast<std::size_t>(i)]);
    residuals_ = y_ - design_ * (inverse_ * fitted);
    const bool first = signs_.empty();
    signs_.resize(static_cast<std::size_t>(design_.rows()), 1);
    for (const Index row : basis_) residuals_(row) = 0.0;
    Vector pulls(design_.rows());
    for (Index i = 0; i < design_.rows(); ++i) {
      const auto at = static_cast<std::size_t>(i);
      if (first || residuals_(i) != 0.0) signs_[at] = residuals_(i) < 0.0 ? -1 : 1;
      pulls(i) = Pull(i);
    }
    for (const Index row : basis_) pulls(row) = 0.0;
    pull_sum_ = design_.transpose() * pulls;
  }

  std::optional<Edge> SteepestEdge() const {
    constexpr double kFlat = 1e-10;  // slopes are sums of numbers of size 1
    const Vector gradient = inverse_.transpose() * pull_sum_;
    Edge best;
    best.slope = -kFlat;
    bool found = false;
    for (Index k = 0; k < gradient.size(); ++k) {
      const double below = 1.0 - quantile_ - gradient(k);
      const double above = quantile_ + gradient(k);
      if (std::min(below, above) >= best.slope) continue;
      best = {k, below < above ? 1.0 : -1.0, std::min(below, above)};
      found = true;
    }
    if (!found) return std::nullopt;
    return best;
  }

  // The rows that are crossed along the edge, up to the one where the loss stops falling, in order.
  std::vector<Crossing> Crossings(const Edge& edge, const Vector& change) const {
    std::vector<Crossing> all;
    for (Index i = 0; i < change.size(); ++i) {
      const double toward = change(i) * signs_[static_cast<std::size_t>(i)];
      if (toward <= 1e-12 || InBasis(i)) continue;
      all.push_back({std::fabs(residuals_(i)) / toward, toward, i});
    }
    const auto earlier = [](const Crossing& a, const Crossing& b) {
      return a.at != b.at ? a.at < b.at : a.row < b.row;
    };
    double slope = edge.slope;
    auto first = all.begin();
    auto last = all.end();
    while (last - first > 32) {
      const auto middle = first + (last - first) / 2;
      std::nth_element(first, middle, last, earlier);
      double half = slope;
      for (auto it = first; it != middle; ++it) half += it->size;
      if (half >= 0.0) {
        last = middle;
      } else {
        slope = half;
        first = middle;
      }
    }
    std::sort(first, last, earlier);
    for (; first != last; ++first) {
      slope += first->size;
      if (slope >= 0.0) break;
    }
    if (first == last) return {};  // the loss never stops falling: impossible but for rounding
    all.erase(first + 1, all.end());
    return all;
  }

  bool InBasis(Index row) const {
    return std::find(basis_.begin(), basis_.end(), row) != basis_.end();
  }

  bool MoveAlong(const Edge& edge) {
    const Vector change = design_ * (edge.direction * inverse_.col(edge.leaving));
    const std::vector<Crossing> crossings = Crossings(edge, change);
    if (crossings.empty()) return false;
    const Crossing stop = crossings.back();
    for (const Crossing& crossing : crossings) {
      pull_sum_ -= Pull(crossing.row) * design_.row(crossing.row).transpose();
      if (crossing.row == stop.row) continue;
      auto& sign = signs_[static_cast<std::size_t>(crossing.row)];
      sign = static_cast<signed char>(-sign);
      pull_sum_ += Pull(crossing.row) * design_.row(crossing.row).transpose();
    }
    residuals_ -= stop.at * change;
    Index& place = basis_[static_cast<std::size_t>(edge.leaving)];
    signs_[static_cast<std::size_t>(place)] = edge.direction > 0.0 ? -1 : 1;
    residuals_(place) = -edge.direction * stop.at;
    pull_sum_ += Pull(place) * design_.row(place).transpose();
    place = stop.row;
    residuals_(place) = 0.0;
    Invert();
    return true;
  }

  const Matrix& design_;
  Vector y_;
  double quantile_;
  std::vector<Index> basis_;
  Matrix inverse_;                  // of the rows of the basis
  Vector residuals_;                // 0 in the basis
  std::vector<signed char> signs_;  // of rows outside the basis
  Vector pull_sum_;                 // Σ pull · row outside the basis
};

// Breaks ties between rows: noise far below the spread of y, the same for the same row number.
Vector Perturbed(const Vector& y) {
  const double size = 0x1p-32 * (y.maxCoeff() - y.minCoeff());
  PhiloxStream noise(0x7175616e74696c65);
  Vector out = y;
  for (Index i = 0; i < y.size(); ++i) out(i) += size * (2.0 * noise.NextUniform() - 1.0);
  return out;
}

// As many independent rows as there are columns.
std::vector<Index> IndependentRows(const Matrix& design) {
  const Eigen::ColPivHouseholderQR<Matrix> qr(design.transpose());
  std::vector<Index> rows;
  for (Index i = 0; i < design.cols(); ++i) rows.push_back(qr.colsPermutation().indices()(i));
  return rows;
}

std::vector<Index> BestBasis(const Matrix& design, const Vector& y, double quantile);

// The best basis of evenly spread rows, or independent rows when those are dependent.
std::vector<Index> FirstBasis(const Matrix& design, const Vector& y, double quantile) {
  const Index n = design.rows();
  const Index part = std::max<Index>(kPartRows / 2, n / 8);
  if (n <= kPartRows) return IndependentRows(design);
  Matrix rows(part, design.cols());
  Vector responses(part);
  for (Index i = 0; i < part; ++i) {
    rows.row(i) = design.row(i * n / part);
    responses(i) = y(i * n / part);
  }
  if (Eigen::ColPivHouseholderQR<Matrix>(rows).rank() < design.cols()) {
    return IndependentRows(design);
  }
  std::vector<Index> basis = BestBasis(rows, responses, quantile);
  for (Index& row : basis) row = row * n / part;
  return basis;
}

std::vector<Index> BestBasis(const Matrix& design, const Vector& y, double quantile) {
  Simplex simplex(design, y, quantile, FirstBasis(design, y, quantile));
  simplex.Run();
  return simplex.basis();
}

// What the loss could still fall by at most: rows whose residual has not the sign that proves the
// vertex to be the best.
double Gap(const Vector& residuals, const Simplex& simplex) {
  double gap = 0.0;
  for (Index i = 0; i < residuals.size(); ++i) {
    const auto sign = static_cast<double>(simplex.signs()[static_cast<std::size_t>(i)]);
    if (residuals(i) * sign < 0.0) gap += std::fabs(residuals(i));
  }
  return gap;
}

Vector CoefficientsOf(const Matrix& design, const Vector& y, const std::vector<Index>& basis) {
  const Index k = design.cols();
  Matrix rows(k, k);
  Vector right(k);
  for (Index i = 0; i < k; ++i) {
    rows.row(i) = design.row(basis[static_cast<std::size_t>(i)]);
    right(i) = y(basis[static_cast<std::size_t>(i)]);
  }
  return rows.partialPivLu().solve(right);
}

double CheckLoss(const Vector& residuals, double quantile) {
  double loss = 0.0;
  for (Index i = 0; i < residuals.size(); ++i) {
    loss += residuals(i) * (residuals(i) >= 0.0 ? quantile : quantile - 1.0);
  }
  return loss;
}

}  // namespace

Result<QuantileFit> FitQuantile(const ColumnMajorView& x, std::span<const double> y,
                                double quantile, bool intercept) {
  if (!(quantile > 0.0 && quantile < 1.0)) {
    return Error{Code::kNumberNotAllowed,
                 "quantile " + std::to_string(quantile) + ", between 0 and 1 is allowed"};
  }
  LeastSquaresOptions options;
  options.intercept = intercept;
  const Result<LeastSquaresFit> check = FitLeastSquares(x, y, options);
  if (!check) return check.error();
  const Matrix design = DesignOf(x, options);
  const Vector response = Eigen::Map<const Vector>(y.data(), design.rows());
  const Vector perturbed = Perturbed(response);
  Simplex simplex(design, perturbed, quantile, FirstBasis(design, perturbed, quantile));
  bool done = simplex.Run();
  std::vector<Index> basis = simplex.basis();
  Vector coefficients = CoefficientsOf(design, response, basis);
  Vector residuals = response - design * coefficients;
  for (const Index row : basis) residuals(row) = 0.0;
  double loss = CheckLoss(residuals, quantile);
  if (Gap(residuals, simplex) > 1e-12 * loss + 1e-12 * response.cwiseAbs().maxCoeff()) {
    Simplex exact(design, response, quantile, basis);  // the perturbation was too large for this
    done = exact.Run();
    basis = exact.basis();
    coefficients = CoefficientsOf(design, response, basis);
    residuals = response - design * coefficients;
    loss = CheckLoss(residuals, quantile);
  }
  if (!done) return Error{Code::kNoConvergence, "simplex steps"};
  QuantileFit out;
  out.coefficients.assign(coefficients.data(), coefficients.data() + coefficients.size());
  out.check_loss = loss;
  for (const Index row : basis) out.basis.push_back(static_cast<std::size_t>(row));
  std::sort(out.basis.begin(), out.basis.end());
  return out;
}

}  // namespace dijia
