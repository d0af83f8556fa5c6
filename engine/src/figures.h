// The figures of a table one by one, each with its name and place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/coefficient.h"

namespace dijia {

struct Figure {
  std::string name;     // of the figure inside its table, for example `24` or `2.0, 3级`
  std::string pointer;  // JSON pointer in the publication
  std::int64_t units = 0;
  int scale = 0;

  std::string ToString() const;
};

// `pointer` is that of the coefficient. Bounds of breaks are figures too, those of measurements and
// dates that rows stand for are not.
std::vector<Figure> FiguresOf(const CoefficientTable& table, const std::string& pointer);

}  // namespace dijia
