// Where a sample lies: the estimators a plan may ask for. "Sorted" means ascending; values are
// finite (no NaN) unless said. Functions of sorted values give the same bits for every order in
// which the values were read.
#pragma once

#include <span>

#include "dijia/estimator.h"

namespace dijia {

struct EstimateOptions {
  double trim = 0.10;    // share left out at each end by the trimmed mean, in [0, 0.5)
  double huber_k = 1.5;  // Huber's bend, in MAD units, > 0; 1.5 as in MASS and robustbase
};

// The estimate from sorted values. `weights` (areas, > 0) stand in the order of the values and
// are read by the area-weighted mean alone; others ignore them. NaN for no values.
double Estimate(Estimator estimator, std::span<const double> sorted,
                std::span<const double> weights, const EstimateOptions& options = {});

// Sum / n, from a compensated sum (sum.h). NaN for no values. Any order; the last bit may differ
// between orders.
double Mean(std::span<const double> values);

// Σ weight · value / Σ weight. The spans have equal length. NaN for no values or weights that sum
// to 0.
double WeightedMean(std::span<const double> values, std::span<const double> weights);

// The middle value, or the mean of the two in the middle. NaN for no values.
double Median(std::span<const double> sorted);

// Mean of what is left without the floor(n · trim) lowest and highest values; trim in [0, 0.5).
// NaN for no values.
double TrimmedMean(std::span<const double> sorted, double trim);

// The median of the n (n + 1) / 2 Walsh averages (x_i + x_j) / 2, i <= j (Hodges and Lehmann,
// Annals of Mathematical Statistics 34 (1963) 598-611). Exact, O(n log n). NaN for no values.
double HodgesLehmann(std::span<const double> sorted);

// The exact root μ of Σ ψ((x − μ) / s) = 0 with ψ(u) = max(−k, min(k, u)) and s the scaled MAD
// (Huber, Annals of Mathematical Statistics 35 (1964) 73-101, with the scale fixed beforehand);
// unique for k >= 0.68. The median when the MAD is 0, as half of the values are then equal. NaN for
// no values.
double HuberLocation(std::span<const double> sorted, double k = 1.5);

}  // namespace dijia
