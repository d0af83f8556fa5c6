// Confidence intervals of a location from the values alone. "Sorted" means ascending; values are
// finite. `coverage` asked for lies in (0, 1). Where there are too few values for any interval,
// both ends are NaN. Intervals by resampling are in bootstrap.h.
#pragma once

#include <cstddef>
#include <span>

#include "dijia/location.h"

namespace dijia {

struct Interval {
  double low = 0.0, high = 0.0;
  double coverage = 0.95;  // nominal, or the true one of an exact interval
};

// mean ± t · s / √n with n − 1 degrees of freedom. Needs 2 values.
Interval MeanInterval(std::span<const double> values, double coverage = 0.95);

// w ± t · sqrt(Σ (g_i (x_i − w))² / (n − 1)) / (ḡ √n) for the weighted mean w, n − 1 degrees of
// freedom: the ratio estimator Σ g x / Σ g (Cochran, Sampling Techniques, 3rd ed. 1977, §6.3), with
// which IAAO's Standard on Ratio Studies bounds a weighted mean. Needs 2 values.
Interval WeightedMeanInterval(std::span<const double> values, std::span<const double> weights,
                              double coverage = 0.95);

// An interval between two order statistics, ranks counted from 1.
struct OrderStatisticInterval {
  Interval interval;  // `coverage` is the true one: P(low <= quantile <= high), any distribution
  std::size_t low_rank = 0;
  std::size_t high_rank = 0;
};

// The shortest pair of ranks, equally deep in both tails, whose binomial coverage of the median is
// at least `coverage` (David and Nagaraja, Order Statistics, 3rd ed. 2003, §7.1). With fewer than
// six values no pair covers 95 %: then the whole range with the coverage it has, to be compared by
// the caller. Needs 1 value; ranks are 0 without.
OrderStatisticInterval MedianInterval(std::span<const double> sorted, double coverage = 0.95);

// trimmed mean ± t · sqrt(Σ winsorised squares / (h (h − 1))) with h values left and h − 1 degrees
// of freedom (Tukey and McLaughlin, Sankhyā A 25 (1963) 331-352). Needs h >= 2.
Interval TrimmedMeanInterval(std::span<const double> sorted, double trim, double coverage = 0.95);

// Two Walsh averages, by inverting the signed-rank test (Hollander and Wolfe, Nonparametric
// Statistical Methods, 2nd ed. 1999, §3.3). Up to 50 values by the exact distribution, with the
// true coverage, which is at least the one asked for; beyond by its normal approximation. With
// fewer than six values the whole range, as MedianInterval. Needs 1 value.
Interval HodgesLehmannInterval(std::span<const double> sorted, double coverage = 0.95);

// μ ± t · s · sqrt(Σ ψ² / n) / (m / n) / √(n − 1), m the number of values inside the bend: the
// asymptotic variance of an M-estimate (Huber, Robust Statistics, 1981, §6.4) with n − 1 degrees of
// freedom. The point [median, median] when the MAD is 0. Needs 2 values.
Interval HuberInterval(std::span<const double> sorted, double k = 1.5, double coverage = 0.95);

// The interval above that belongs to an estimator; the exact one for the median. `weights` as in
// Estimate.
Interval AnalyticInterval(Estimator estimator, std::span<const double> sorted,
                          std::span<const double> weights, double coverage = 0.95,
                          const EstimateOptions& options = {});

}  // namespace dijia
