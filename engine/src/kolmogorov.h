// Kolmogorov's distribution.
#pragma once

#include <cstddef>

namespace dijia {

// P(D >= distance) for the largest distance D of the empirical distribution function of `count` > 0
// values from their own. Exact up to 100 values, by the limit distribution beyond.
double KolmogorovTail(double distance, std::size_t count);

}  // namespace dijia
