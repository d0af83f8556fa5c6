// The normal distribution function for hot loops: no branches, so a loop over it vectorises, and
// the same bits at every vector width. Elsewhere Boost.Math is used, which it is tested against.
#pragma once

#include "vector_math.h"

namespace dijia {

// P(Z > a) · e^(a²/2) for a >= 0, Z standard normal: falls from 1/2 like 1 / (a √(2π)). Relative
// error below 5e-16. The factor (1 + a) makes the function nearly flat; the polynomial in
// (a − 5) / (a + 5) is its Chebyshev interpolation of degree 22, relative error 2^-53.
DIJIA_ALWAYS_INLINE double ScaledNormalTail(double a) {
  const double t = (a - 5.0) / (a + 5.0);
  double p = -0x1.364a698813ab4p-32;
  p = p * t + 0x1.2f5634abbbd94p-29;
  p = p * t + 0x1.f28ad8daa3556p-29;
  p = p * t - 0x1.b584171f2567ap-26;
  p = p * t - 0x1.c397f3dca99d6p-26;
  p = p * t + 0x1.94b7e19814b7ap-23;
  p = p * t + 0x1.129dcbc121f15p-23;
  p = p * t - 0x1.5d169500f4b7fp-20;
  p = p * t - 0x1.2e22bc7c12e78p-24;
  p = p * t + 0x1.2fdc41eed0bbdp-17;
  p = p * t - 0x1.4c0ed51ca3a96p-17;
  p = p * t - 0x1.c1ae0dd793a6p-15;
  p = p * t + 0x1.7e61e616469ecp-13;
  p = p * t + 0x1.056e05ab88546p-17;
  p = p * t - 0x1.b75f4f9f53605p-10;
  p = p * t + 0x1.ab6d03d1c230ap-8;
  p = p * t - 0x1.f11aab02a0ec9p-7;
  p = p * t + 0x1.92037ba9de468p-6;
  p = p * t - 0x1.b08e0007b7aa3p-6;
  p = p * t + 0x1.47c1d0307005bp-7;
  p = p * t + 0x1.fc66cc64a14d7p-6;
  p = p * t - 0x1.76ff86859ebb2p-4;
  p = p * t + 0x1.d8979b0f2b39dp-2;
  return p / (1.0 + a);
}

}  // namespace dijia
