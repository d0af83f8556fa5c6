// How a publication rounds a price; private to the engine.
#pragma once

#include <optional>

#include "dijia/publication.h"
#include "exact_number.h"

namespace dijia {

// The rounding of the price numerator / denominator (> 0) by its size; nothing where the
// publication states none.
inline std::optional<Rounding> RoundingOf(const Publication& publication,
                                          const ExactNumber& numerator,
                                          const ExactNumber& denominator) {
  std::optional<Rounding> rounding = publication.rounding.unit_price;
  for (const MagnitudeRounding& step : publication.unit_price_by_magnitude) {
    const ExactNumber above = numerator - ExactNumber::Of(step.from) * denominator;
    if (above.sign() >= 0) rounding = step.rounding;
  }
  return rounding;
}

}  // namespace dijia
