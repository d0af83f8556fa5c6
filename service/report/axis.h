// A price axis of a chart.
#pragma once

#include <string>
#include <vector>

namespace dijia::report {

// Maps [low, high] to [left, right] of a drawing, linearly or by logarithm.
struct Axis {
  double low = 0.0, high = 1.0;  // low < high; low > 0 when logarithmic
  double left = 0.0, right = 1.0;
  bool logarithmic = false;

  // Values outside are clamped to the ends.
  double At(double value) const;

  // Round values inside [low, high], ascending, between about 4 and 10 of them.
  std::vector<double> Ticks() const;
};

// The axis over values that reach from `least` to `most`, a little wider than they are:
// logarithmic when most > 4 × least > 0.
Axis AxisOver(double least, double most);

// Ticks as texts of equal decimals, no more than they need.
std::vector<std::string> TickTexts(const std::vector<double>& ticks);

}  // namespace dijia::report
