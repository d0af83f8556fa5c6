// The price in 万元/亩 that our tables show beside the one in yuan per m².
#pragma once

#include <optional>

#include "dijia/base/land.h"

namespace dijia::app {

// To the fourth decimal, which is one yuan a mu; nothing when it leaves the type.
inline std::optional<PricePerMu> ShownPerMu(UnitPrice price) {
  constexpr Rounding kOneYuanPerMu{RoundingMode::kHalfUp, 100};
  return PricePerMuOf(price, kOneYuanPerMu);
}

}  // namespace dijia::app
