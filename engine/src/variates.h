// Random variates of a counter-based stream (philox.h): every replicate of a simulation has its
// own, so results have the same bits for every thread count. Made with the portable log and exp.
#pragma once

#include <cmath>
#include <cstdint>

#include "dijia/philox.h"
#include "vector_math.h"

namespace dijia {

class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::uint32_t replicate) : words_(seed, replicate) {}

  // In (0, 1).
  double Uniform() { return words_.NextUniform(); }

  // In [0, count), count > 0; unbiased to count · 2^-32.
  std::uint32_t Below(std::uint32_t count) {
    return static_cast<std::uint32_t>((std::uint64_t{words_.NextWord()} * count) >> 32);
  }

  // Standard normal, by Marsaglia's polar method.
  double Normal() {
    if (has_spare_) {
      has_spare_ = false;
      return spare_;
    }
    double u = 0.0, v = 0.0, square = 2.0;
    while (square >= 1.0 || square == 0.0) {
      u = 2.0 * Uniform() - 1.0;
      v = 2.0 * Uniform() - 1.0;
      square = u * u + v * v;
    }
    const double factor = std::sqrt(-2.0 * LogOne(square) / square);
    spare_ = v * factor;
    has_spare_ = true;
    return u * factor;
  }

  // χ² with `freedom` > 0 degrees of freedom, by Marsaglia & Tsang (2000, ACM TOMS 26).
  double ChiSquare(double freedom) {
    const double shape = 0.5 * freedom;
    if (shape < 1.0) return ChiSquare(freedom + 2.0) * ExpOne(LogOne(Uniform()) / shape);
    const double d = shape - 1.0 / 3.0;
    const double c = 1.0 / std::sqrt(9.0 * d);
    for (;;) {
      const double x = Normal();
      const double root = 1.0 + c * x;
      if (root <= 0.0) continue;
      const double cube = root * root * root;
      if (LogOne(Uniform()) < 0.5 * x * x + d - d * cube + d * LogOne(cube)) return 2.0 * d * cube;
    }
  }

 private:
  PhiloxStream words_;
  double spare_ = 0.0;
  bool has_spare_ = false;
};

}  // namespace dijia
