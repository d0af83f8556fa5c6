// Decimal places of figures as they are printed.
#pragma once

#include <cstdint>

namespace dijia {

// How many places a figure needs: 845000 at scale 4 needs one. 0 for whole numbers.
constexpr int PlacesOf(std::int64_t units, int scale) {
  int places = scale;
  for (; places > 0 && units % 10 == 0; units /= 10) --places;
  return places;
}

}  // namespace dijia
