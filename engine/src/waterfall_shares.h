// The decomposition behind WaterfallOf; private to the engine.
#pragma once

#include <optional>
#include <span>

#include "dijia/valuation.h"

namespace dijia {

// One step from a base price to a price; the last one is the rounding.
struct PriceChange {
  std::optional<AppliedCoefficient> coefficient;  // none = adds
  UnitPrice add;                                  // of one that adds
  UnitPrice after;                                // of one that multiplies: the price behind it
};

// yuan[i] = what step i is worth; they sum to price − base. Precondition: as many as steps.
void ShareChange(UnitPrice base, UnitPrice price, std::span<const PriceChange> steps,
                 std::span<UnitPrice> yuan);

}  // namespace dijia
