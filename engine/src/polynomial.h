// Polynomials of published approximations.
#pragma once

#include <array>
#include <cstddef>

namespace dijia {

// c[0] + c[1] x + c[2] x² + …
template <std::size_t kCount>
constexpr double Polynomial(const std::array<double, kCount>& c, double x) {
  double value = 0;
  for (std::size_t i = kCount; i-- > 0;) value = value * x + c[i];
  return value;
}

}  // namespace dijia
