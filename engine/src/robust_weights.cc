#include "robust_weights.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace dijia {

double HuberWeight(double u, double k) {
  const double size = std::fabs(u);
  return size <= k ? 1.0 : k / size;
}

double BisquareWeight(double u, double c) {
  const double ratio = u / c;
  const double rest = 1.0 - ratio * ratio;
  return rest > 0.0 ? rest * rest : 0.0;
}

double HuberSlope(double u, double k) { return std::fabs(u) <= k ? 1.0 : 0.0; }

double BisquareSlope(double u, double c) {
  const double square = (u / c) * (u / c);
  return square < 1.0 ? (1.0 - square) * (1.0 - 5.0 * square) : 0.0;
}

double BisquareLoss(double u, double c) {
  const double ratio = u / c;
  const double rest = 1.0 - ratio * ratio;
  return rest > 0.0 ? 1.0 - rest * rest * rest : 1.0;
}

double ResidualScale(std::span<const double> residuals) {
  if (residuals.empty()) return 0.0;
  std::vector<double> sizes(residuals.begin(), residuals.end());
  for (double& e : sizes) e = std::fabs(e);
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  double median = *middle;
  if (sizes.size() % 2 == 0) median = 0.5 * (median + *std::max_element(sizes.begin(), middle));
  return median / 0.6745;
}

double RobustVariance(std::span<const double> residuals, double scale, Psi psi, double tuning,
                      std::size_t terms) {
  const double n = static_cast<double>(residuals.size());
  const double k = static_cast<double>(terms);
  double squares = 0.0, slope_sum = 0.0, slope_squares = 0.0;
  for (const double e : residuals) {
    const double u = e / scale;
    const bool huber = psi == Psi::kHuber;
    const double pull = e * (huber ? HuberWeight(u, tuning) : BisquareWeight(u, tuning));
    const double slope = huber ? HuberSlope(u, tuning) : BisquareSlope(u, tuning);
    squares += pull * pull;
    slope_sum += slope;
    slope_squares += slope * slope;
  }
  const double mean = slope_sum / n;
  const double variance = (slope_squares - n * mean * mean) / (n - 1.0);
  const double correction = 1.0 + k * variance / (n * mean * mean);
  return squares / (n - k) * correction * correction / (mean * mean);
}

}  // namespace dijia
