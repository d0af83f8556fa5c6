// Random numbers that depend only on (seed, stream): every replicate of a simulation has a stream
// of its own, so results have the same bits for every thread count and order of work. The generator
// is SplitMix64 (Steele, Lea & Flood 2014, OOPSLA); variates use the portable log and exp.
#pragma once

#include <cmath>
#include <cstdint>

#include "vector_math.h"

namespace dijia {

class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::uint64_t stream)
      : state_(Mix(seed + 0x9e3779b97f4a7c15) ^ Mix(stream * 0xd1342543de82ef95 + 1)) {}

  std::uint64_t Next() { return Mix(state_ += 0x9e3779b97f4a7c15); }

  // In (0, 1), 53 bits.
  double Uniform() { return (static_cast<double>(Next() >> 11) + 0.5) * 0x1p-53; }

  // In [0, count), count > 0; unbiased to 2^-64 · count.
  std::uint64_t Below(std::uint64_t count) {
    return static_cast<std::uint64_t>((static_cast<Wide>(Next()) * count) >> 64);
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
  __extension__ using Wide = unsigned __int128;

  static std::uint64_t Mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  std::uint64_t state_;
  double spare_ = 0.0;
  bool has_spare_ = false;
};

}  // namespace dijia
