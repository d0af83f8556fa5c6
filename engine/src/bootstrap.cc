#include "dijia/bootstrap.h"

#include <algorithm>
#include <array>
#include <boost/math/distributions/normal.hpp>
#include <cassert>
#include <cmath>
#include <limits>

#include "dijia/parallel.h"
#include "dijia/philox.h"
#include "dijia/scale.h"
#include "dijia/sum.h"
#include "replicates.h"
#include "selection.h"

namespace dijia {
namespace {

namespace bm = boost::math;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kBlock = 512;  // replicates per task; a multiple of the lanes

DrawSource SourceOf(const BootstrapOptions& options) {
  return {PhiloxKeyOf(options.seed), options.stream};
}

// Quantiles of unsorted values at two probabilities, the first not above the second.
std::array<double, 2> TwoQuantiles(std::span<const double> values, double low, double high,
                                   QuantileType type) {
  const QuantilePosition a = PositionOfQuantile(values.size(), low, type);
  const QuantilePosition b = PositionOfQuantile(values.size(), high, type);
  std::array<std::size_t, 4> ranks = {a.lower, a.upper, b.lower, b.upper};
  std::sort(ranks.begin(), ranks.end());
  std::array<double, 4> found;
  OrderStatistics().Select(values, ranks, found);
  const auto value = [&](std::size_t rank) {
    return found[static_cast<std::size_t>(std::find(ranks.begin(), ranks.end(), rank) -
                                          ranks.begin())];
  };
  return {ValueAt(a, value(a.lower), value(a.upper)), ValueAt(b, value(b.lower), value(b.upper))};
}

// The estimate without value i, for every i.
std::vector<double> LeaveOneOut(const ResampledCell& cell) {
  const std::size_t n = cell.sorted.size();
  std::vector<double> values(cell.sorted.begin() + 1, cell.sorted.end());
  std::vector<double> weights;
  if (!cell.weights.empty()) weights.assign(cell.weights.begin() + 1, cell.weights.end());
  std::vector<double> estimates(n);
  for (std::size_t i = 0; i < n; ++i) {
    estimates[i] = Estimate(cell.estimator, values, weights, cell.options);
    if (i + 1 == n) break;
    values[i] = cell.sorted[i];  // the next sample has value i back and lacks value i + 1
    if (!weights.empty()) weights[i] = cell.weights[i];
  }
  return estimates;
}

// a = Σ l³ / (6 (Σ l²)^1.5) with the jackknife's empirical influence l = (n − 1) (t − t₍ᵢ₎), taken
// from the estimate t as Efron does and boot::empinf after him.
double AccelerationOf(const ResampledCell& cell, double estimate) {
  const std::size_t n = cell.sorted.size();
  if (n < 3) return 0;
  std::vector<double> influence(n);
  if (cell.estimator == Estimator::kMean) {
    for (std::size_t i = 0; i < n; ++i) influence[i] = cell.sorted[i] - estimate;
  } else {
    influence = LeaveOneOut(cell);
    const double factor = static_cast<double>(n - 1);
    for (double& l : influence) l = factor * (estimate - l);
  }
  double squares = 0;
  double cubes = 0;
  for (const double l : influence) {
    squares += l * l;
    cubes += l * l * l;
  }
  return squares > 0 ? cubes / (6 * squares * std::sqrt(squares)) : 0;
}

// z₀: the normal quantile of the share of replicates below the estimate. A share of 0 or 1 is taken
// as half a replicate, so that z₀ stays finite.
double BiasCorrectionOf(std::span<const double> replicates, double estimate, bool half_of_ties) {
  double below = 0;
  double equal = 0;
  for (const double t : replicates) {
    below += t < estimate ? 1 : 0;
    equal += t == estimate ? 1 : 0;
  }
  const double count = static_cast<double>(replicates.size());
  const double counted = half_of_ties ? below + equal / 2 : below;
  return quantile(bm::normal(), std::clamp(counted, 0.5, count - 0.5) / count);
}

// The BCa probability for a nominal one.
double Adjusted(double probability, double z0, double acceleration) {
  const double z = z0 + quantile(bm::normal(), probability);
  const double denominator = 1 - acceleration * z;
  if (denominator <= 0) return z > 0 ? 1 : 0;  // beyond the last replicate
  return cdf(bm::normal(), z0 + z / denominator);
}

BootstrapResult Summarise(const ResampledCell& cell, std::span<const double> replicates,
                          const BootstrapOptions& options) {
  BootstrapResult result;
  result.estimate = Estimate(cell.estimator, cell.sorted, cell.weights, cell.options);
  result.mean = Mean(replicates);
  result.standard_deviation = replicates.size() > 1 ? StandardDeviation(replicates) : 0;
  double low = (1 - options.coverage) / 2;
  double high = 1 - low;
  if (options.interval == BootstrapInterval::kBca && result.standard_deviation > 0) {
    result.bias_correction = BiasCorrectionOf(replicates, result.estimate, options.half_of_ties);
    result.acceleration = AccelerationOf(cell, result.estimate);
    low = Adjusted(low, result.bias_correction, result.acceleration);
    high = Adjusted(high, result.bias_correction, result.acceleration);
  }
  const auto ends =
      TwoQuantiles(replicates, std::min(low, high), std::max(low, high), options.quantile);
  result.interval = {ends[0], ends[1], options.coverage};
  return result;
}

BootstrapResult NoResult(double coverage) {
  return {kNaN, kNaN, kNaN, {kNaN, kNaN, coverage}, 0, 0};
}

std::vector<double> ReplicatesOf(const ResampledCell& cell, const BootstrapOptions& options) {
  std::vector<double> replicates(options.replicates);
  const std::size_t blocks = (replicates.size() + kBlock - 1) / kBlock;
  ForEachIndex(blocks, options.threads, [&](std::size_t block) {
    const std::size_t first = block * kBlock;
    const std::size_t count = std::min(kBlock, replicates.size() - first);
    EstimateReplicates(cell, SourceOf(options), static_cast<std::uint32_t>(first),
                       std::span(replicates).subspan(first, count));
  });
  return replicates;
}

}  // namespace

BootstrapResult Bootstrap(Estimator estimator, std::span<const double> sorted,
                          std::span<const double> weights, const EstimateOptions& estimate_options,
                          const BootstrapOptions& options) {
  assert(options.replicates > 0 && options.coverage > 0 && options.coverage < 1);
  if (sorted.empty()) return NoResult(options.coverage);
  const ResampledCell cell{estimator, sorted, weights, estimate_options};
  return Summarise(cell, ReplicatesOf(cell, options), options);
}

std::vector<double> BootstrapReplicates(Estimator estimator, std::span<const double> sorted,
                                        std::span<const double> weights,
                                        const EstimateOptions& estimate_options,
                                        const BootstrapOptions& options) {
  if (sorted.empty()) return std::vector<double>(options.replicates, kNaN);
  return ReplicatesOf({estimator, sorted, weights, estimate_options}, options);
}

BootstrapResult BootstrapFromIndices(Estimator estimator, std::span<const double> values,
                                     std::span<const double> weights,
                                     std::span<const std::uint32_t> indices,
                                     const EstimateOptions& estimate_options,
                                     const BootstrapOptions& options) {
  const std::size_t n = values.size();
  if (n == 0 || indices.size() < n) return NoResult(options.coverage);
  // Sort the values and send every index to the new place of its value.
  std::vector<std::uint32_t> order(n), place(n);
  for (std::size_t i = 0; i < n; ++i) order[i] = static_cast<std::uint32_t>(i);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return values[a] < values[b]; });
  std::vector<double> sorted(n), sorted_weights(weights.size());
  for (std::size_t i = 0; i < n; ++i) {
    sorted[i] = values[order[i]];
    if (!weights.empty()) sorted_weights[i] = weights[order[i]];
    place[order[i]] = static_cast<std::uint32_t>(i);
  }
  const ResampledCell cell{estimator, sorted, sorted_weights, estimate_options};
  std::vector<double> replicates(indices.size() / n);
  std::vector<std::uint32_t> draws(n);
  for (std::size_t b = 0; b < replicates.size(); ++b) {
    for (std::size_t i = 0; i < n; ++i) draws[i] = place[indices[b * n + i]];
    replicates[b] = EstimateReplicate(cell, draws);
  }
  return Summarise(cell, replicates, options);
}

std::vector<BootstrapResult> BootstrapCells(Estimator estimator, std::span<const double> sorted,
                                            std::span<const double> weights,
                                            std::span<const std::size_t> offsets,
                                            const EstimateOptions& estimate_options,
                                            const BootstrapOptions& options) {
  if (offsets.size() < 2) return {};
  std::vector<BootstrapResult> results(offsets.size() - 1);
  // Threads share out whole cells, or the replicates of one cell when there are few cells.
  const bool by_cell = results.size() >= ThreadCount(options.threads);
  ForEachIndex(results.size(), by_cell ? options.threads : 1, [&](std::size_t c) {
    const std::size_t count = offsets[c + 1] - offsets[c];
    BootstrapOptions cell_options = options;
    cell_options.stream = options.stream + static_cast<std::uint32_t>(c);
    if (by_cell) cell_options.threads = 1;
    results[c] = Bootstrap(estimator, sorted.subspan(offsets[c], count),
                           weights.empty() ? weights : weights.subspan(offsets[c], count),
                           estimate_options, cell_options);
  });
  return results;
}

}  // namespace dijia
