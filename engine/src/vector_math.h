// exp and log with the same bits on every machine and at every vector width, for hot loops. The C
// library's own versions change with its release and with the processor, and do not vectorise.
//
// Both are plain sequences of +, −, ×, ÷ and integer operations without branches, so a loop that
// calls ExpOne or LogOne vectorises; compile it per level with the macros of simd.h and with -O3.
// Largest error measured against long double: 0.99 ulp (exp), 0.83 ulp (log); promised: 2 ulp.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "simd.h"

namespace dijia {

namespace vector_math {

// Adding 1.5·2^52 rounds to an integer and leaves it in the low bits.
inline constexpr double kShift = 0x1.8p52;
inline constexpr double kInverseLn2 = 0x1.71547652b82fep+0;
// kLn2High has 20 trailing zero bits, so k · kLn2High is exact for the k that occur.
inline constexpr double kLn2High = 0x1.62e42fef00000p-1;
inline constexpr double kLn2Low = 0x1.473de6af278edp-34;

// e^(x − k ln 2) for the integer k nearest to x / ln 2; `shifted` = k + kShift.
DIJIA_ALWAYS_INLINE double ReducedExp(double x, double shifted) {
  const double k = shifted - kShift;
  const double r = (x - k * kLn2High) - k * kLn2Low;  // |r| <= ln 2 / 2
  // e^r = 1 + r + r² q(r); q is the minimax polynomial of degree 9, relative error 2^-57.
  double q = 0x1.af632ad6abee8p-26;
  q = q * r + 0x1.28b410d73d492p-22;
  q = q * r + 0x1.71ddf6b3f10d1p-19;
  q = q * r + 0x1.a01993b37a9cap-16;
  q = q * r + 0x1.a01a01b00c2c6p-13;
  q = q * r + 0x1.6c16c18601e8cp-10;
  q = q * r + 0x1.111111110f803p-7;
  q = q * r + 0x1.55555555503e3p-5;
  q = q * r + 0x1.5555555555558p-3;
  q = q * r + 0x1.0000000000009p-1;
  return 1.0 + (r + (r * r) * q);
}

// ln x for a finite normal x > 0, plus (1024 − bias) ln 2.
DIJIA_ALWAYS_INLINE double LogWithBias(double x, double bias) {
  // x = 2^k m with m in [sqrt(1/2), sqrt(2)): subtracting the bits of sqrt(1/2) carries into the
  // exponent exactly where m would be too large. 1024 keeps the shifted exponent positive.
  constexpr std::uint64_t kSqrtHalf = 0x3fe6a09e667f3bcd;
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t offset = bits - kSqrtHalf + (std::uint64_t{1024} << 52);
  const std::uint64_t exponent = offset >> 52;
  const double k = (std::bit_cast<double>(exponent | 0x4330000000000000) - 0x1p52) - bias;
  const double m = std::bit_cast<double>(bits - ((exponent - 1024) << 52));
  // log m = 2 atanh(s), s = f / (2 + f); the series in s² is the minimax polynomial of degree 6,
  // relative error 2^-58. f − f²/2 keeps the digits that 2s would lose.
  const double f = m - 1.0;
  const double s = f / (2.0 + f);
  const double z = s * s;
  double p = 0x1.2f51c76fc9989p-3;
  p = p * z + 0x1.399d154f235f8p-3;
  p = p * z + 0x1.746648978100bp-3;
  p = p * z + 0x1.c71c52bb3f3efp-3;
  p = p * z + 0x1.2492493fb0e02p-2;
  p = p * z + 0x1.99999999847b5p-2;
  p = p * z + 0x1.555555555557cp-1;
  const double half_square = 0.5 * f * f;
  const double correction = s * (half_square + z * p) + k * kLn2Low;
  return k * kLn2High - ((half_square - correction) - f);
}

}  // namespace vector_math

// e^x. +inf above 709.78, gradual underflow below −708.4 (2 ulp of the subnormal spacing), 0 below
// −745.2; exp(±0) = 1, exp(−inf) = 0, exp(+inf) = +inf, exp(NaN) = NaN.
DIJIA_ALWAYS_INLINE double ExpOne(double x) {
  using vector_math::kShift;
  x = x > 710.0 ? 710.0 : x;
  x = x < -746.0 ? -746.0 : x;
  const double shifted = x * vector_math::kInverseLn2 + kShift;
  const double power = vector_math::ReducedExp(x, shifted);
  // Times 2^k in two steps, because 2^k alone may be out of range: the halves of k come from the
  // low bits of two more shifted sums.
  const double k = shifted - kShift;
  const double half_shifted = k * 0.5 + kShift;
  const double half = half_shifted - kShift;
  const double rest_shifted = (k - half) + kShift;
  constexpr std::uint64_t kOne = 0x3ff0000000000000;
  const double scale =
      std::bit_cast<double>((std::bit_cast<std::uint64_t>(half_shifted) << 52) + kOne);
  const double rest_scale =
      std::bit_cast<double>((std::bit_cast<std::uint64_t>(rest_shifted) << 52) + kOne);
  return (power * scale) * rest_scale;
}

// The bits of ExpOne for |x| <= 700 at two thirds of the cost; anything beyond and for NaN.
DIJIA_ALWAYS_INLINE double ExpOfModerate(double x) {
  const double shifted = x * vector_math::kInverseLn2 + vector_math::kShift;
  const double power = vector_math::ReducedExp(x, shifted);
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(power) +
                               (std::bit_cast<std::uint64_t>(shifted) << 52));
}

// The natural logarithm. log(±0) = −inf, log(negative) = NaN, log(+inf) = +inf, log(NaN) = NaN;
// subnormal arguments are handled exactly as normal ones.
DIJIA_ALWAYS_INLINE double LogOne(double x) {
  constexpr double kSmallestNormal = std::numeric_limits<double>::min();
  const bool tiny = x < kSmallestNormal;
  const double scaled = tiny ? x * 0x1p54 : x;
  const double bias = tiny ? 1024.0 + 54.0 : 1024.0;
  double result = vector_math::LogWithBias(scaled, bias);
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  result = x < kInfinity ? result : x;  // +inf and NaN are their own logarithm
  result = x == 0.0 ? -kInfinity : result;
  return x < 0.0 ? std::numeric_limits<double>::quiet_NaN() : result;
}

// The bits of LogOne for finite normal x > 0 at two thirds of the cost; anything for other x.
DIJIA_ALWAYS_INLINE double LogOfNormal(double x) { return vector_math::LogWithBias(x, 1024.0); }

// out[i] = ExpOne(in[i]), out[i] = LogOne(in[i]) for in.size() values; `out` is at least as long
// and may be the same memory. The level only changes the speed.
void Exp(std::span<const double> in, std::span<double> out, SimdLevel level = BestSimdLevel());
void Log(std::span<const double> in, std::span<double> out, SimdLevel level = BestSimdLevel());

}  // namespace dijia
