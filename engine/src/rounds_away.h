// The one decision of every rounding; private to the engine.
#pragma once

#include <compare>

#include "dijia/base/rounding.h"

namespace dijia {

// Whether a magnitude between two steps goes to the one farther from zero. `rest` is its distance
// from the nearer-to-zero step compared with half a step, `is_odd` tells of that step.
// Precondition: the magnitude is not a step itself.
constexpr bool RoundsAway(std::strong_ordering rest, bool is_odd, RoundingMode mode) {
  switch (mode) {
    case RoundingMode::kHalfUp:
      return rest >= 0;
    case RoundingMode::kHalfEven:
      return rest > 0 || (rest == 0 && is_odd);
    case RoundingMode::kUp:
      return true;
    case RoundingMode::kDown:
      return false;
  }
  return false;
}

}  // namespace dijia
