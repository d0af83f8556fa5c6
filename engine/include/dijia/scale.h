// How far a sample spreads. "Sorted" means ascending; values are finite.
#pragma once

#include <span>

namespace dijia {

// Variance and standard deviation with divisor n − 1, two-pass and compensated (sum.h). NaN for
// fewer than two values.
double Variance(std::span<const double> values);
double StandardDeviation(std::span<const double> values);

// Standard deviation / mean, the figure that a plan limits per cell. NaN for fewer than two values
// or a mean of 0.
double CoefficientOfVariation(std::span<const double> values);

// Makes the MAD of a normal sample estimate its standard deviation: 1 / Φ⁻¹(3/4), to the four
// digits that R and the literature use.
inline constexpr double kMadScale = 1.4826;

// kMadScale times the median of |x − median|. O(n), no copy. NaN for no values.
double MedianAbsoluteDeviation(std::span<const double> sorted);

// Rousseeuw and Croux, Alternatives to the Median Absolute Deviation, Journal of the American
// Statistical Association 88 (1993) 1273-1283: both estimate σ of a normal sample, break down at
// 50 % bad values as the MAD does, but need no centre and lose less precision (82 % and 58 %
// efficient against 37 %). With the corrections for small n of the R package robustbase. Exact,
// O(n log n). 0 for one value, NaN for none.
double Qn(std::span<const double> sorted);  // an order statistic of |x_i − x_j|
double Sn(std::span<const double> sorted);  // median over i of the median over j of |x_i − x_j|

// Brys, Hubert and Struyf, A robust measure of skewness, Journal of Computational and Graphical
// Statistics 13 (2004) 996-1017: the median of ((b − m) − (m − a)) / (b − a) over all pairs with
// a <= m <= b, m the median; from −1 (a long lower tail) to 1, 0 for a symmetric sample. Up to a
// quarter of the values may be bad. Exact, O(n log n). 0 for one value, NaN for none.
double Medcouple(std::span<const double> sorted);

// Shape of a sample by its central moments m_k = Σ (x − mean)^k / n.
struct Moments {
  double mean = 0;
  double second = 0;    // m₂
  double skewness = 0;  // g₁ = m₃ / m₂^1.5; positive with a long upper tail
  double kurtosis = 0;  // b₂ = m₄ / m₂²; 3 for a normal distribution
};

// Skewness and kurtosis are NaN when all values are equal; everything is for no values.
Moments MomentsOf(std::span<const double> values);

}  // namespace dijia
