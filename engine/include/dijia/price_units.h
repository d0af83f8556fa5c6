// Prices that are published in two units: which of them the office set, and which it derived.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "dijia/base/land.h"

namespace dijia {

// One price as a table prints it, in yuan per m² and in 10,000 yuan per mu.
struct PricePair {
  UnitPrice yuan;
  PricePerMu mu;
};

// A unit is the primary one when the figures in the other follow from it, rounded half up once to
// the places that the other column prints: 437 yuan and 29.13 万元/亩 follow from 29.13 × 15 =
// 436.95 as well as from 437 ÷ 15; 562 and 37.47 only from 562.
struct PriceUnits {
  struct Fault {
    std::size_t pair = 0;
    std::string expected;  // in the other unit, as it follows from the primary one
  };
  PriceUnit primary = PriceUnit::kYuanPerSqm;  // from which more pairs follow; equal = yuan
  std::vector<Fault> faults;                   // pairs that do not follow from it
};
PriceUnits FindPriceUnits(std::span<const PricePair> pairs);

}  // namespace dijia
