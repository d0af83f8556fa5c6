#include "dijia/monotone.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "pool_adjacent.h"
#include "tail.h"
#include "variates.h"

namespace dijia {
namespace {

double SignOf(MonotoneDirection direction) {
  return direction == MonotoneDirection::kRising ? 1.0 : -1.0;
}

// The arcsine of the correlation of the differences y2 − y1 and y3 − y2.
double CorrelationAngle(double w1, double w2, double w3) {
  return std::asin(-std::sqrt(w1 * w3 / ((w1 + w2) * (w2 + w3))));
}

// P(k, k; w): the raw values are already in strict order; an orthant probability of the k − 1
// differences, of which only neighbours are correlated. k <= 4.
double AllInOrder(std::span<const double> w) {
  constexpr double kPi = std::numbers::pi;
  switch (w.size()) {
    case 1:
      return 1.0;
    case 2:
      return 0.5;
    case 3:
      return 0.25 + CorrelationAngle(w[0], w[1], w[2]) / (2.0 * kPi);
    default:
      return 0.125 + (CorrelationAngle(w[0], w[1], w[2]) + CorrelationAngle(w[1], w[2], w[3])) /
                         (4.0 * kPi);
  }
}

std::vector<double> ExactLevels(std::span<const double> w);

// P(1, k; w), the probability of a single level.
double AllInOne(std::span<const double> w) { return ExactLevels(w).front(); }

// P(l, k; w) = Σ over the divisions into l blocks of P(l, l; block weights) Π P(1, ·; block).
std::vector<double> ExactLevels(std::span<const double> w) {
  const std::size_t k = w.size();
  std::vector<double> probability(k, 0.0);
  for (unsigned cuts = 1; cuts < (1U << (k - 1)); ++cuts) {  // bit i: a block ends after i
    std::vector<double> blocks;
    double product = 1.0;
    std::size_t first = 0;
    for (std::size_t i = 0; i < k; ++i) {
      if (i + 1 < k && (cuts >> i & 1U) == 0) continue;
      const std::span<const double> block = w.subspan(first, i + 1 - first);
      double weight = 0.0;
      for (const double value : block) weight += value;
      blocks.push_back(weight);
      product *= AllInOne(block);
      first = i + 1;
    }
    probability[blocks.size() - 1] += product * AllInOrder(blocks);
  }
  double rest = 1.0;
  for (std::size_t l = 1; l < k; ++l) rest -= probability[l];
  probability[0] = rest;
  return probability;
}

// P(l, k) = P(l − 1, k − 1) / k + (k − 1) P(l, k − 1) / k for equal weights.
std::vector<double> EqualWeightLevels(std::size_t k) {
  std::vector<double> probability(k, 0.0);
  probability[0] = 1.0;
  for (std::size_t n = 2; n <= k; ++n) {
    for (std::size_t l = n; l-- > 0;) {
      const double fewer = l > 0 ? probability[l - 1] : 0.0;
      probability[l] =
          (fewer + static_cast<double>(n - 1) * probability[l]) / static_cast<double>(n);
    }
  }
  return probability;
}

bool AllEqual(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(),
                     [&](double value) { return value == values.front(); });
}

std::vector<double> SimulatedLevels(std::span<const double> w, const OrderTestOptions& options) {
  std::vector<double> count(w.size(), 0.0);
  std::vector<double> y(w.size());
  for (int replicate = 0; replicate < options.replicates; ++replicate) {
    RandomStream random(options.seed, static_cast<std::uint32_t>(replicate));
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = random.Normal() / std::sqrt(w[i]);
    count[RisingLevels(y, w, 1.0).size() - 1] += 1.0;
  }
  for (double& value : count) value /= static_cast<double>(options.replicates);
  return count;
}

double Discrepancy(std::span<const double> y, std::span<const double> w,
                   std::span<const double> fitted) {
  double sum = 0.0;
  for (std::size_t i = 0; i < y.size(); ++i) sum += w[i] * (y[i] - fitted[i]) * (y[i] - fitted[i]);
  return sum;
}

// Discrepancy of the rising fit without keeping the fit; `levels` is scratch.
double RisingDiscrepancy(std::span<const double> y, std::span<const double> w,
                         std::vector<Level>& levels) {
  levels.clear();
  for (std::size_t i = 0; i < y.size(); ++i) {
    Level level{y[i] * w[i], w[i], i + 1};
    while (!levels.empty() && levels.back().Above(level)) {
      level.sum += levels.back().sum;
      level.weight += levels.back().weight;
      levels.pop_back();
    }
    levels.push_back(level);
  }
  double sum = 0.0;
  std::size_t i = 0;
  for (const Level& level : levels) {
    const double fitted = level.sum / level.weight;
    for (; i < level.end; ++i) sum += w[i] * (y[i] - fitted) * (y[i] - fitted);
  }
  return sum;
}

// The share of replicates with all true values equal whose statistic reaches `statistic`; the
// observed one counts as a replicate, so that the result is never 0. The normal distribution is
// symmetric, so rising serves for falling.
double SimulatedTail(std::span<const OrderedEstimate> estimates, double statistic,
                     const OrderTestOptions& options) {
  const std::size_t k = estimates.size();
  std::vector<double> y(k);
  std::vector<double> w(k);
  std::vector<Level> levels;
  int reached = 1;
  for (int replicate = 0; replicate < options.replicates; ++replicate) {
    RandomStream random(options.seed, static_cast<std::uint32_t>(replicate));
    for (std::size_t i = 0; i < k; ++i) {
      const double freedom = estimates[i].degrees_of_freedom;
      y[i] = random.Normal() * std::sqrt(estimates[i].variance);
      w[i] = 1.0 / estimates[i].variance;
      if (freedom > 0.0) w[i] *= freedom / random.ChiSquare(freedom);
    }
    if (RisingDiscrepancy(y, w, levels) >= statistic) ++reached;
  }
  return static_cast<double>(reached) / (static_cast<double>(options.replicates) + 1.0);
}

double ChiBarSquareTail(std::span<const double> levels, double statistic) {
  double tail = 0.0;
  const std::size_t k = levels.size();
  for (std::size_t l = 1; l < k; ++l) {
    tail += levels[l - 1] * ChiSquareTail(statistic, static_cast<double>(k - l));
  }
  return tail;
}

Status CheckEstimates(std::span<const OrderedEstimate> estimates) {
  if (estimates.size() < 2) {
    return Error{Code::kTooFewObservations, std::to_string(estimates.size()) + " grades < 2"};
  }
  for (std::size_t i = 0; i < estimates.size(); ++i) {
    const OrderedEstimate& e = estimates[i];
    if (std::isfinite(e.value) && std::isfinite(e.variance) && e.variance > 0.0 &&
        e.degrees_of_freedom >= 0.0) {
      continue;
    }
    return Error{Code::kNumberNotAllowed, "estimate " + std::to_string(i + 1) + ": value " +
                                              std::to_string(e.value) + ", variance " +
                                              std::to_string(e.variance) + ", degrees of freedom " +
                                              std::to_string(e.degrees_of_freedom)};
  }
  return Done{};
}

}  // namespace

std::vector<double> IsotonicFit(std::span<const double> y, std::span<const double> weights,
                                MonotoneDirection direction) {
  assert(weights.empty() || weights.size() == y.size());
  const double sign = SignOf(direction);
  std::vector<double> fitted(y.size());
  std::size_t first = 0;
  for (const Level& level : RisingLevels(y, weights, sign)) {
    std::fill(fitted.begin() + static_cast<std::ptrdiff_t>(first),
              fitted.begin() + static_cast<std::ptrdiff_t>(level.end),
              sign * level.sum / level.weight);
    first = level.end;
  }
  return fitted;
}

std::vector<double> LevelProbabilities(std::span<const double> weights,
                                       const OrderTestOptions& options) {
  if (weights.empty()) return {};
  if (AllEqual(weights)) return EqualWeightLevels(weights.size());
  return weights.size() <= 4 ? ExactLevels(weights) : SimulatedLevels(weights, options);
}

Result<OrderTest> TestOrder(std::span<const OrderedEstimate> estimates,
                            const OrderTestOptions& options) {
  if (Status status = CheckEstimates(estimates); !status) return status.error();
  std::vector<double> y;
  std::vector<double> w;
  bool known = true;
  for (const OrderedEstimate& estimate : estimates) {
    y.push_back(estimate.value);
    w.push_back(1.0 / estimate.variance);
    known = known && estimate.degrees_of_freedom == 0.0;
  }
  OrderTest test;
  test.fitted = IsotonicFit(y, w, options.direction);
  test.statistic = Discrepancy(y, w, test.fitted);
  if (!known) {
    test.method = OrderTestMethod::kSimulatedStatistic;
  } else if (y.size() > 4 && !AllEqual(w)) {
    test.method = OrderTestMethod::kSimulatedLevelProbabilities;
  }
  // Already in order: pooling nothing leaves rounding of the division at most.
  if (std::is_sorted(y.begin(), y.end(), [&](double a, double b) {
        return options.direction == MonotoneDirection::kRising ? a < b : a > b;
      })) {
    test.fitted = std::move(y);
    test.statistic = 0.0;
    return test;
  }
  if (!known) {
    test.p_value = SimulatedTail(estimates, test.statistic, options);
    return test;
  }
  // Falling values are rising ones read from the last.
  if (options.direction == MonotoneDirection::kFalling) std::reverse(w.begin(), w.end());
  test.p_value = ChiBarSquareTail(LevelProbabilities(w, options), test.statistic);
  return test;
}

}  // namespace dijia
