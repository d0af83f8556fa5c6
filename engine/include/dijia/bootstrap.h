// Bootstrap intervals that have the same bits for every number of threads. "Sorted" means
// ascending; values are finite.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dijia/interval.h"
#include "dijia/location.h"
#include "dijia/quantile.h"

namespace dijia {

enum class BootstrapInterval : std::uint8_t {
  kPercentile,
  kBca,  // bias-corrected and accelerated
};

struct BootstrapOptions {
  BootstrapInterval interval = BootstrapInterval::kBca;
  double coverage = 0.95;         // in (0, 1)
  std::size_t replicates = 9999;  // > 0; (replicates + 1) · (1 − coverage) / 2 whole is best
  // Quantiles of the replicates: type 6, i / (B + 1), makes the interval's ends order statistics.
  QuantileType quantile = QuantileType::kWeibull;
  // Replicates equal to the estimate count half as below it in the bias correction. Without it, as
  // Efron wrote for continuous estimates, the median of few values is shifted downwards.
  bool half_of_ties = true;
  std::uint64_t seed = 0;
  std::uint32_t stream = 0;  // cells of one run take different streams to be independent
  unsigned threads = 1;      // 0 = all cores
};

struct BootstrapResult {
  double estimate = 0;            // from the sample itself
  double mean = 0;                // of the replicates
  double standard_deviation = 0;  // of the replicates: the standard error of the estimate
  Interval interval;
  double bias_correction = 0;  // z₀ of BCa; 0 for a percentile interval
  double acceleration = 0;     // a of BCa, from the jackknife; 0 for a percentile interval
};

// Percentile and BCa intervals of Efron, Better Bootstrap Confidence Intervals, Journal of the
// American Statistical Association 82 (1987) 171-185. `weights` go with their values and are read
// by the area-weighted mean alone. Replicate b draws by the counters that begin with b (philox.h);
// draws are exactly uniform. NaN ends for no values; the point for one value or equal ones.
BootstrapResult Bootstrap(Estimator estimator, std::span<const double> sorted,
                          std::span<const double> weights, const EstimateOptions& estimate_options,
                          const BootstrapOptions& options);

// Estimates of the replicates 0, 1, …, options.replicates − 1. NaN for no values.
std::vector<double> BootstrapReplicates(Estimator estimator, std::span<const double> sorted,
                                        std::span<const double> weights,
                                        const EstimateOptions& estimate_options,
                                        const BootstrapOptions& options);

// The same from given draws: indices[b · n + i] < n is the i-th draw of replicate b, with as many
// replicates as there are whole rows; `values` in the order the indices refer to. Ignores
// options.replicates, seed and stream.
BootstrapResult BootstrapFromIndices(Estimator estimator, std::span<const double> values,
                                     std::span<const double> weights,
                                     std::span<const std::uint32_t> indices,
                                     const EstimateOptions& estimate_options,
                                     const BootstrapOptions& options);

// Bootstrap of every cell of a contiguous table: cell c holds sorted[offsets[c]] …
// sorted[offsets[c + 1] − 1] and draws from the stream options.stream + c. `weights` may be empty
// when the estimator ignores them.
std::vector<BootstrapResult> BootstrapCells(Estimator estimator, std::span<const double> sorted,
                                            std::span<const double> weights,
                                            std::span<const std::size_t> offsets,
                                            const EstimateOptions& estimate_options,
                                            const BootstrapOptions& options);

// P(median of a resample <= t), exactly: the distribution that simulated replicates approach, from
// binomial tails (Maritz and Jarrett, Journal of the American Statistical Association 73 (1978)
// 194-196; for an even count the joint distribution of the two middle values). NaN for no values.
double BootstrapMedianProbability(std::span<const double> sorted, double t);

// The percentile interval of the median from that distribution, as of infinitely many replicates:
// the least possible medians whose probability reaches (1 − coverage) / 2 and 1 − that.
Interval ExactBootstrapMedianInterval(std::span<const double> sorted, double coverage = 0.95);

}  // namespace dijia
