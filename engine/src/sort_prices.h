// Sorting of large cells: no comparison sort keeps up with reading a file.
#pragma once

#include <span>

namespace dijia {

// Sorts positive finite prices ascending. Linear for large spans (bytes of the binary form from the
// lowest to the highest), std::sort for small ones; the result is the same.
void SortPrices(std::span<double> prices);

}  // namespace dijia
