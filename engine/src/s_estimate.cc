#include "s_estimate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "robust_weights.h"
#include "variates.h"

namespace dijia {
namespace {

using Vector = Eigen::VectorXd;
using Index = Eigen::Index;

constexpr double kTuning = 1.54764;
constexpr double kExhaustive = 10'000;  // number of subsets up to which all are tried
constexpr int kDraws = 1'000;
constexpr Index kDrawnRows = 1'000;
constexpr std::size_t kKept = 20;  // candidates refined to the end
constexpr int kFirstSteps = 2;
constexpr int kLargestNumberOfSteps = 500;

struct Candidate {
  Vector coefficients;
  double scale = std::numeric_limits<double>::infinity();
};

// n over k, in doubles; only compared with kExhaustive.
double Combinations(Index n, Index k) {
  double out = 1.0;
  for (Index i = 0; i < k; ++i) out *= static_cast<double>(n - i) / static_cast<double>(i + 1);
  return out;
}

// The loss that the M-scale gives the residuals.
double TargetLoss(std::size_t rows, Index terms) {
  return 0.5 * (static_cast<double>(rows) - static_cast<double>(terms));
}

// The exact fit of as many rows as terms; nothing useful (not finite) when they are dependent.
Vector ExactFit(const WeightedSolver& solver, const std::vector<Index>& rows) {
  const Index k = solver.terms();
  Eigen::MatrixXd square(k, k);
  Vector right(k);
  for (Index i = 0; i < k; ++i) {
    square.row(i) = solver.design().row(rows[static_cast<std::size_t>(i)]);
    right(i) = solver.response()(rows[static_cast<std::size_t>(i)]);
  }
  const Eigen::FullPivLU<Eigen::MatrixXd> lu(square);
  if (!lu.isInvertible()) return Vector::Constant(k, std::numeric_limits<double>::quiet_NaN());
  return lu.solve(right);
}

std::vector<double> WeightsAt(const std::vector<double>& residuals, double scale) {
  std::vector<double> weights(residuals.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    weights[i] = BisquareWeight(residuals[i] / scale, kTuning);
  }
  return weights;
}

// Steps of repeated weighting, the scale brought up to date in each: it can only fall.
Candidate Refine(const WeightedSolver& solver, Vector start, int steps) {
  Candidate out{std::move(start)};
  std::vector<double> residuals = solver.Residuals(out.coefficients);
  out.scale = MScale(residuals, solver.terms(), 0.0);
  for (int step = 0; step < steps && out.scale > 0.0; ++step) {
    const Vector next = solver.Solve(WeightsAt(residuals, out.scale));
    if (!next.allFinite()) break;
    std::vector<double> moved = solver.Residuals(next);
    const double scale = MScale(moved, solver.terms(), out.scale);
    if (!(scale < out.scale)) break;
    const double gain = (out.scale - scale) / out.scale;
    out.coefficients = next;
    out.scale = scale;
    residuals = std::move(moved);
    if (gain < 1e-15) break;
  }
  return out;
}

// The kKept candidates of smallest scale, in order.
class Best {
 public:
  void Offer(Candidate candidate) {
    const auto place =
        std::upper_bound(kept_.begin(), kept_.end(), candidate,
                         [](const Candidate& a, const Candidate& b) { return a.scale < b.scale; });
    if (kept_.size() == kKept && place == kept_.end()) return;
    kept_.insert(place, std::move(candidate));
    if (kept_.size() > kKept) kept_.pop_back();
  }
  const std::vector<Candidate>& kept() const { return kept_; }

  // The scale a candidate has to beat.
  double Limit() const {
    return kept_.size() < kKept ? std::numeric_limits<double>::infinity() : kept_.back().scale;
  }

 private:
  std::vector<Candidate> kept_;
};

double Loss(std::span<const double> residuals, double scale) {
  double loss = 0.0;
  for (const double e : residuals) loss += BisquareLoss(e / scale, kTuning);
  return loss;
}

// Two quick steps from an exact fit, each with one step of the scale; the scale itself is found
// only for candidates that beat the ones kept.
void OfferFit(const WeightedSolver& solver, const std::vector<Index>& rows, Best& best) {
  Candidate candidate{ExactFit(solver, rows)};
  if (!candidate.coefficients.allFinite()) return;
  std::vector<double> residuals = solver.Residuals(candidate.coefficients);
  const double target = TargetLoss(residuals.size(), solver.terms());
  double scale = ResidualScale(residuals);
  for (int step = 0; step < kFirstSteps && scale > 0.0; ++step) {
    scale *= std::sqrt(Loss(residuals, scale) / target);
    const Vector next = solver.Solve(WeightsAt(residuals, scale));
    if (!next.allFinite()) break;
    candidate.coefficients = next;
    residuals = solver.Residuals(next);
  }
  if (std::isfinite(best.Limit()) && Loss(residuals, best.Limit()) >= target) return;
  candidate.scale = MScale(residuals, solver.terms(), 0.0);
  best.Offer(std::move(candidate));
}

void TryAllSubsets(const WeightedSolver& solver, Best& best) {
  const Index n = solver.rows();
  const auto k = static_cast<std::size_t>(solver.terms());
  std::vector<Index> rows(k);
  std::iota(rows.begin(), rows.end(), Index{0});
  for (;;) {
    OfferFit(solver, rows, best);
    std::size_t at = k;
    while (at > 0 && rows[at - 1] == n - static_cast<Index>(k - at + 1)) --at;
    if (at == 0) return;
    ++rows[at - 1];
    for (std::size_t i = at; i < k; ++i) rows[i] = rows[i - 1] + 1;
  }
}

// `count` different rows of `total`.
std::vector<Index> DrawRows(RandomStream& random, Index total, Index count) {
  std::vector<Index> rows;
  while (static_cast<Index>(rows.size()) < count) {
    const auto row = static_cast<Index>(random.Below(static_cast<std::uint32_t>(total)));
    if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
  }
  return rows;
}

void TryDraws(const WeightedSolver& solver, std::uint64_t seed, Best& best) {
  for (std::uint32_t draw = 0; draw < kDraws; ++draw) {
    RandomStream random(seed, draw);
    OfferFit(solver, DrawRows(random, solver.rows(), solver.terms()), best);
  }
}

void TryCandidates(const WeightedSolver& solver, std::uint64_t seed, Best& best) {
  if (Combinations(solver.rows(), solver.terms()) <= kExhaustive) {
    TryAllSubsets(solver, best);
  } else {
    TryDraws(solver, seed, best);
  }
}

// kDrawnRows of the rows, to find candidates quickly.
WeightedSolver PartOf(const WeightedSolver& solver, std::uint64_t seed) {
  RandomStream random(seed, kDraws);
  const std::vector<Index> rows = DrawRows(random, solver.rows(), kDrawnRows);
  const Index k = solver.terms();
  std::vector<double> columns;
  std::vector<double> y;
  for (Index j = 0; j < k; ++j) {
    for (const Index row : rows) columns.push_back(solver.design()(row, j));
  }
  for (const Index row : rows) y.push_back(solver.response()(row));
  return {{columns, rows.size(), static_cast<std::size_t>(k)}, y, false};
}

}  // namespace

double MScale(std::span<const double> residuals, Eigen::Index terms, double start) {
  const double target = 0.5 * (static_cast<double>(residuals.size()) - static_cast<double>(terms));
  double scale = start > 0.0 ? start : ResidualScale(residuals);
  // Exactly fitted rows count nothing at any scale: with too few others there is no solution.
  const auto zeros = std::count(residuals.begin(), residuals.end(), 0.0);
  if (static_cast<double>(residuals.size()) - static_cast<double>(zeros) <= target) return 0.0;
  if (scale == 0.0) {
    for (const double e : residuals) scale = std::max(scale, std::fabs(e));
  }
  for (int step = 0; step < kLargestNumberOfSteps; ++step) {
    const double factor = std::sqrt(Loss(residuals, scale) / target);
    scale *= factor;
    if (std::fabs(factor - 1.0) < 1e-13) break;
  }
  return scale;
}

SEstimate FitS(const WeightedSolver& solver, std::uint64_t seed) {
  Best best;
  if (solver.rows() > kDrawnRows && Combinations(solver.rows(), solver.terms()) > kExhaustive) {
    TryCandidates(PartOf(solver, seed), seed, best);
  } else {
    TryCandidates(solver, seed, best);
  }
  // Least squares stands in when every subset was singular.
  Candidate winner = Refine(
      solver, solver.Solve(std::vector<double>(static_cast<std::size_t>(solver.rows()), 1.0)),
      kLargestNumberOfSteps);
  for (const Candidate& candidate : best.kept()) {
    Candidate refined = Refine(solver, candidate.coefficients, kLargestNumberOfSteps);
    if (refined.scale < winner.scale) winner = std::move(refined);
  }
  return {std::move(winner.coefficients), winner.scale};
}

}  // namespace dijia
