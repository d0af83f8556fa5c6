// Is a sample from a normal distribution, mean and deviation unknown? Asked of prices and of their
// logarithms. "Sorted" means ascending; values are finite. Statistics are NaN when there are fewer
// values than a test needs or all values are equal.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "dijia/test_result.h"

namespace dijia {

// Royston, Remark AS R94, Applied Statistics 44 (1995) 547-551, in double precision. The most
// powerful of these tests for short samples. 3 values or more; beyond 5000 W is still right but its
// p-value is not known: NaN.
TestResult ShapiroWilk(std::span<const double> sorted);

// W' of Shapiro and Francia, p-value by Royston, Statistics in Medicine 12 (1993)
// 181-184; 5 to 5000 values, as ShapiroWilk beyond.
TestResult ShapiroFrancia(std::span<const double> sorted);

// Distances between the empirical and the fitted distribution function, p-values by D'Agostino and
// Stephens, Goodness-of-Fit Techniques (1986), tables 4.9 (Anderson-Darling, Cramér-von Mises), and
// by Dallal and Wilkinson, The American Statistician 40 (1986) 294-296, with Stephens beyond 0.1
// (Lilliefors). 8, 8 and 5 values or more. The statistic is unmodified.
TestResult AndersonDarling(std::span<const double> sorted);
TestResult CramerVonMises(std::span<const double> sorted);
TestResult Lilliefors(std::span<const double> sorted);

// n/6 (g₁² + (b₂ − 3)² / 4), χ² with 2 degrees of freedom for large n (Jarque and Bera,
// International Statistical Review 55 (1987) 163-172). 2 values or more, in any order.
TestResult JarqueBera(std::span<const double> values);

// Kolmogorov's distance to a normal distribution that was fixed beforehand, deviation > 0; p-value
// by Marsaglia, Tsang and Wang, Journal of Statistical Software 8 (2003) 18, up to 100 values, by
// the limit distribution beyond. 1 value or more.
TestResult KolmogorovSmirnov(std::span<const double> sorted, double mean, double deviation);

// The tests of ShapiroWilk, JarqueBera and AndersonDarling for each run sorted[offsets[c]] …
// sorted[offsets[c + 1] − 1]; what runs of one length share is computed once. The same results for
// every number of threads (0 = all cores).
struct RunNormality {
  TestResult shapiro_wilk;
  TestResult jarque_bera;
  TestResult anderson_darling;
};
std::vector<RunNormality> NormalityOfRuns(std::span<const double> sorted,
                                          std::span<const std::size_t> offsets, unsigned threads);

}  // namespace dijia
