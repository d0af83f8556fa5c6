#include "kolmogorov.h"

#include <algorithm>
#include <boost/math/constants/constants.hpp>
#include <cmath>
#include <vector>

namespace dijia {
namespace {

namespace bm = boost::math;

// The limit for many values, 2 Σ (−1)^(k−1) e^(−2 k² x²), x = √n d; in its other form for small x.
double KolmogorovLimitTail(double x) {
  if (x <= 0) return 1;
  const double pi = bm::constants::pi<double>();
  double sum = 0;
  if (x < 1) {
    for (int k = 1; k <= 19; k += 2) sum += std::exp(-k * k * pi * pi / (8 * x * x));
    return 1 - std::sqrt(2 * pi) / x * sum;
  }
  for (int k = 1; k <= 10; ++k) sum += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * x * x);
  return sum;
}

// A square matrix with a power of ten kept apart, for the power of a matrix that overflows.
struct ScaledMatrix {
  std::size_t size = 0;
  std::vector<double> entries;
  int exponent = 0;
};

ScaledMatrix Product(const ScaledMatrix& a, const ScaledMatrix& b) {
  ScaledMatrix c{a.size, std::vector<double>(a.entries.size()), a.exponent + b.exponent};
  for (std::size_t i = 0; i < a.size; ++i) {
    for (std::size_t k = 0; k < a.size; ++k) {
      for (std::size_t j = 0; j < a.size; ++j) {
        c.entries[i * a.size + j] += a.entries[i * a.size + k] * b.entries[k * a.size + j];
      }
    }
  }
  if (c.entries[(a.size / 2) * a.size + a.size / 2] > 1e140) {
    for (double& entry : c.entries) entry *= 1e-140;
    c.exponent += 140;
  }
  return c;
}

ScaledMatrix Power(const ScaledMatrix& base, std::size_t exponent) {
  if (exponent == 1) return base;
  const ScaledMatrix half = Power(base, exponent / 2);
  const ScaledMatrix square = Product(half, half);
  return exponent % 2 == 0 ? square : Product(square, base);
}

// The matrix H of Marsaglia, Tsang and Wang for n d = k − h, 0 <= h < 1, of size m = 2 k − 1.
ScaledMatrix KolmogorovMatrix(std::size_t k, double h) {
  const std::size_t m = 2 * k - 1;
  ScaledMatrix matrix{m, std::vector<double>(m * m), 0};
  const auto entry = [&](std::size_t i, std::size_t j) -> double& {
    return matrix.entries[i * m + j];
  };
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j <= std::min(i + 1, m - 1); ++j) entry(i, j) = 1;
  }
  for (std::size_t i = 0; i < m; ++i) {
    const double power = std::pow(h, static_cast<double>(i + 1));
    entry(i, 0) -= power;
    entry(m - 1, i) -= std::pow(h, static_cast<double>(m - i));
  }
  if (2 * h > 1) entry(m - 1, 0) += std::pow(2 * h - 1, static_cast<double>(m));
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < std::min(i + 1, m); ++j) {
      for (std::size_t g = 1; g <= i - j + 1; ++g) entry(i, j) /= static_cast<double>(g);
    }
  }
  return matrix;
}

// P(D < d) exactly: n! / n^n times the middle entry of H^n.
double KolmogorovBelow(double distance, std::size_t count) {
  const double n = static_cast<double>(count);
  const auto k = static_cast<std::size_t>(n * distance) + 1;
  const ScaledMatrix power =
      Power(KolmogorovMatrix(k, static_cast<double>(k) - n * distance), count);
  double p = power.entries[(k - 1) * power.size + k - 1];
  for (std::size_t i = 1; i <= count; ++i) p *= static_cast<double>(i) / n;
  return p * std::pow(10.0, power.exponent);
}

}  // namespace

double KolmogorovTail(double distance, std::size_t count) {
  constexpr std::size_t kLargestExact = 100;
  if (distance <= 0) return 1;
  if (distance >= 1) return 0;
  if (count <= kLargestExact) return std::clamp(1 - KolmogorovBelow(distance, count), 0.0, 1.0);
  return std::clamp(KolmogorovLimitTail(std::sqrt(static_cast<double>(count)) * distance), 0.0,
                    1.0);
}

}  // namespace dijia
