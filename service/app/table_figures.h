// Figures about derived tables as texts.
#pragma once

#include <string>

namespace dijia::app {

// A statistic with six significant digits, the same on every machine.
std::string FigureNumber(double value);

}  // namespace dijia::app
