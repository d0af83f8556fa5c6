// Shapiro-Wilk for a sample size, whose weights are computed once.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "dijia/test_result.h"

namespace dijia {

inline constexpr std::size_t kLargestShapiroSample = 5000;

// Royston's approximation of the weights, AS R94.
class ShapiroWilkWeights {
 public:
  ShapiroWilkWeights() = default;
  // No weights for fewer than three values.
  explicit ShapiroWilkWeights(std::size_t count);

  // Of as many ascending values, not all equal, with the sum of squares about their mean. NaN for
  // fewer than three.
  TestResult Test(std::span<const double> sorted, double squares) const;

 private:
  std::vector<double> upper_;  // weight of the largest value, of the second largest, …
  double norm_ = 1;            // sum of the squares of all weights
};

}  // namespace dijia
