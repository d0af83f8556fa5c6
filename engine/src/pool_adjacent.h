// Pooling adjacent violators: the levels of the weighted least-squares fit that never falls.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace dijia {

// A run of equal fitted values.
struct Level {
  double sum = 0.0;     // Σ w y
  double weight = 0.0;  // Σ w
  std::size_t end = 0;  // one past its last index

  // Whether this run lies above `next`, compared without dividing.
  bool Above(const Level& next) const { return sum * next.weight > next.sum * weight; }
};

// The levels of the rising fit of sign · y, in order. Weights are > 0 or empty = all 1. O(n); which
// runs are pooled first depends on the length of y alone.
std::vector<Level> RisingLevels(std::span<const double> y, std::span<const double> weights,
                                double sign);

}  // namespace dijia
