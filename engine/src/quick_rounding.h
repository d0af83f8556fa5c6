// Exact roundings by way of doubles; private to the engine.
//
// A filter, as exact geometry has them (Shewchuk, Discrete Comput Geom 18, 1997): a count computed
// in doubles lies within a known distance of the exact one. Where everything within that distance
// rounds alike, that is the exact answer, and 256-bit arithmetic is spared. Where it does not (a
// tie, or very near one), there is no answer here.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "dijia/base/rounding.h"

namespace dijia {

// A bound of what `operations` roundings to nearest do to a positive result, relative to it: twice
// their sum, which covers (1 + u)^n - 1 and the operations of the bound itself (Higham, Accuracy
// and Stability of Numerical Algorithms, 2nd ed., lemma 3.1). Precondition: operations ≤ 1000.
constexpr double RelativeError(int operations) {
  return operations * std::numeric_limits<double>::epsilon();
}

// The whole number of steps that an exact number ≥ 0 rounds to, told from a double `steps` that is
// at most `error` away from it; nothing where that cannot be told, and for more than 2^50 steps.
inline std::optional<std::int64_t> RoundedSteps(double steps, double error, RoundingMode mode) {
  constexpr double kMost = 1125899906842624.0;  // 2^50: the fraction below has two binary places
  if (!(steps >= 0 && steps + error < kMost)) return std::nullopt;  // NaN included
  const auto whole = static_cast<std::int64_t>(steps);
  const double fraction = steps - static_cast<double>(whole);  // exact
  switch (mode) {
    case RoundingMode::kHalfUp:
    case RoundingMode::kHalfEven: {
      const double from_tie = fraction - 0.5;
      if (from_tie <= error && from_tie >= -error) return std::nullopt;
      return whole + (from_tie > 0 ? 1 : 0);
    }
    case RoundingMode::kUp:
    case RoundingMode::kDown:
      if (fraction <= error || fraction >= 1 - error) return std::nullopt;
      return whole + (mode == RoundingMode::kUp ? 1 : 0);
  }
  return std::nullopt;
}

}  // namespace dijia
