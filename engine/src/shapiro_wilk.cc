#include "shapiro_wilk.h"

#include <algorithm>
#include <array>
#include <boost/math/constants/constants.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>

#include "polynomial.h"

namespace dijia {
namespace {

namespace bm = boost::math;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// P(W <= w): 1 − W is nearly lognormal, by polynomials in the sample size.
double ShapiroTail(double one_minus_w, std::size_t count) {
  const double n = static_cast<double>(count);
  if (count == 3) {  // exact: 6/π (asin √w − asin √(3/4))
    const double pi = bm::constants::pi<double>();
    const double p = 6 / pi * (std::asin(std::sqrt(1 - one_minus_w)) - std::asin(std::sqrt(0.75)));
    return std::clamp(p, 0.0, 1.0);
  }
  if (count > kLargestShapiroSample) return kNaN;
  const double y = std::log(one_minus_w);
  const bm::normal normal;
  if (count <= 11) {
    const double gamma = Polynomial(std::array{-2.273, 0.459}, n);
    if (y >= gamma) return 0;
    const double mean = Polynomial(std::array{0.544, -0.39978, 0.025054, -6.714e-4}, n);
    const double log_deviation = Polynomial(std::array{1.3822, -0.77857, 0.062767, -0.0020322}, n);
    return cdf(complement(normal, (-std::log(gamma - y) - mean) / std::exp(log_deviation)));
  }
  const double log_n = std::log(n);
  const double mean = Polynomial(std::array{-1.5861, -0.31082, -0.083751, 0.0038915}, log_n);
  const double log_deviation = Polynomial(std::array{-0.4803, -0.082676, 0.0030302}, log_n);
  return cdf(complement(normal, (y - mean) / std::exp(log_deviation)));
}

}  // namespace

ShapiroWilkWeights::ShapiroWilkWeights(std::size_t count) {
  if (count < 3) return;
  const double n = static_cast<double>(count);
  const std::size_t half = count / 2;
  std::vector<double> scores(half);  // −E of the normal order statistics, largest first
  double squares = 0;
  for (std::size_t i = 0; i < half; ++i) {
    scores[i] = -quantile(bm::normal(), (static_cast<double>(i + 1) - 0.375) / (n + 0.25));
    squares += 2 * scores[i] * scores[i];
  }
  upper_.resize(half);
  if (count == 3) {
    upper_[0] = std::sqrt(0.5);
  } else {
    const double root = std::sqrt(squares);
    const double u = 1 / std::sqrt(n);
    const std::size_t fitted = count > 5 ? 2 : 1;  // the outermost weights have their own fit
    upper_[0] = Polynomial(std::array{0.0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056}, u) +
                scores[0] / root;
    if (fitted == 2) {
      upper_[1] =
          Polynomial(std::array{0.0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633}, u) +
          scores[1] / root;
    }
    double left = 1;
    for (std::size_t i = 0; i < fitted; ++i) {
      squares -= 2 * scores[i] * scores[i];
      left -= 2 * upper_[i] * upper_[i];
    }
    const double factor = std::sqrt(squares / left);
    for (std::size_t i = fitted; i < half; ++i) upper_[i] = scores[i] / factor;
  }
  norm_ = 0;
  for (const double weight : upper_) norm_ += 2 * weight * weight;
}

TestResult ShapiroWilkWeights::Test(std::span<const double> sorted, double squares) const {
  if (upper_.empty()) return {kNaN, kNaN};
  const std::size_t last = sorted.size() - 1;
  std::array<double, 4> sums{};
  for (std::size_t i = 0; i < upper_.size(); ++i) {
    sums[i % 4] += upper_[i] * (sorted[last - i] - sorted[i]);
  }
  const double contrast = sums[0] + sums[1] + (sums[2] + sums[3]);
  // 1 − W as a product, which keeps its digits when W is close to 1.
  const double root = std::sqrt(norm_ * squares);
  const double one_minus_w =
      std::max(0.0, (root - contrast) * (root + contrast) / (norm_ * squares));
  return {1 - one_minus_w, one_minus_w > 0 ? ShapiroTail(one_minus_w, sorted.size()) : 1.0};
}

}  // namespace dijia
