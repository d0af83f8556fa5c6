// Natural breaks: the classes of a list of numbers with the smallest sum of squares within classes
// (Jenks & Caspall 1971), found exactly, never from a sample of the list (Fisher 1958).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "dijia/base/result.h"

namespace dijia {

struct NaturalBreaks {
  std::vector<double> bounds;       // classes + 1: the smallest number, then each class's largest
  std::vector<double> smallest;     // the smallest number of each class
  std::vector<std::size_t> counts;  // numbers in each class
  double within_squares = 0.0;      // Σ (number − mean of its class)²
  // 1 − within / total squares; 1 when all numbers are equal and there is one class.
  double goodness_of_fit = 0.0;
};

// Class i holds the numbers in (bounds[i], bounds[i + 1]], the first class its smallest number too;
// equal numbers are never divided. Of several best divisions the one whose upper classes start
// lowest. O(n log n + classes · n log n). Errors: kNumberNotAllowed (not finite, classes < 1),
// kTooFewObservations (fewer different numbers than classes).
Result<NaturalBreaks> FindNaturalBreaks(std::span<const double> numbers, int classes);

}  // namespace dijia
