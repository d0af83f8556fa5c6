// Records of every kind → yuan per m² of land (benchmark-price notes §2.1).
#pragma once

#include <span>
#include <string_view>

#include "dijia/sample.h"

namespace dijia {

// The closed list of figures that conversions read beside price, area and term, by their column
// names, for example `rebuild_cost_yuan_per_sqm`. ConversionFigure::name is an index into it.
std::span<const std::string_view> ConversionFigureNames();

}  // namespace dijia
