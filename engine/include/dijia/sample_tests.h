// Do samples differ, and does one value lie outside the others? Values are finite, in any order.
// Statistics are NaN when a sample has too few values or all values are equal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dijia/test_result.h"

namespace dijia {

enum class Alternative : std::uint8_t { kTwoSided, kLess, kGreater };

// Wilcoxon's rank sum of the first sample less its least possible value: the number of pairs in
// which the first is larger, ties as half. Exact without ties and with at most 50 values in each
// sample, else by the normal distribution with corrections for ties and continuity (Hollander and
// Wolfe, Nonparametric Statistical Methods, 2nd ed. 1999, §4.1). `kGreater`: the first sample lies
// higher. 1 value or more in each.
TestResult WilcoxonRankSum(std::span<const double> first, std::span<const double> second,
                           Alternative alternative = Alternative::kTwoSided);

struct WelchResult {
  double statistic = 0;  // t
  double freedom = 0;    // Satterthwaite's degrees of freedom
  double p_value = 1;
};

// Difference of two means without assuming equal variances (Welch, Biometrika 34 (1947) 28-35).
// 2 values or more in each.
WelchResult WelchT(std::span<const double> first, std::span<const double> second,
                   Alternative alternative = Alternative::kTwoSided);

// Ratio of the variances of the first to the second sample, Fisher's F, two-sided. 2 values or more
// in each. Sensitive to departures from normality: LeveneMedian is not.
TestResult VarianceRatio(std::span<const double> first, std::span<const double> second);

using Samples = std::span<const std::span<const double>>;

// Equal variances of normal samples (Bartlett, Proceedings of the Royal Society A 160 (1937)
// 268-282), χ² with k − 1 degrees of freedom. 2 samples or more, 2 values or more in each.
TestResult Bartlett(Samples samples);

// Equal spread: one-way F of |x − median| (Brown and Forsythe, Journal of the American Statistical
// Association 69 (1974) 364-367). 2 samples or more, 1 value or more in each.
TestResult LeveneMedian(Samples samples);

// Equal means of normal samples with equal variances: one-way analysis of variance. 2 samples or
// more, 1 value or more in each, more values than samples.
TestResult OneWayF(Samples samples);

// Equal location: H of the average ranks, corrected for ties, χ² with k − 1 degrees of freedom
// (Kruskal and Wallis, Journal of the American Statistical Association 47 (1952) 583-621).
TestResult KruskalWallis(Samples samples);

struct GrubbsResult {
  double statistic = 0;   // largest |x − mean| / s
  double p_value = 1;     // Bonferroni's bound, exact when small
  std::size_t index = 0;  // of the value that is furthest; the first of several
};

// Is the furthest value of a normal sample an outlier? (Grubbs, Technometrics 11 (1969) 1-21),
// two-sided. 3 values or more.
GrubbsResult Grubbs(std::span<const double> values);

// The statistic that the furthest of `count` >= 3 values exceeds with probability `significance`.
double GrubbsCritical(std::size_t count, double significance);

// Ranks from 1; equal values share the mean of their ranks.
std::vector<double> AverageRanks(std::span<const double> values);

}  // namespace dijia
