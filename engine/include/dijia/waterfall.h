// From the benchmark price to the price of a parcel, in yuan of each factor.
#pragma once

#include <string>
#include <vector>

#include "dijia/base/land.h"
#include "dijia/valuation.h"

namespace dijia {

// What one step is worth, yuan per m² of land.
struct WaterfallBar {
  std::string name;
  UnitPrice yuan;

  friend bool operator==(const WaterfallBar&, const WaterfallBar&) = default;
};

// Decomposes price − base into one amount for each step. A coefficient k_i gets its share of the
// change Δ of the product in proportion to ln k_i: Δ · ln k_i / Σ ln k (logarithmic mean Divisia
// decomposition; Ang & Liu, Energy 26, 2001), so no order of the factors is preferred; additions
// and rounding get what they add. Amounts are rounded to 10^-4 yuan, what rounding leaves goes to
// the largest, and the sum is price − base to the last digit. Where Σ ln k = 0 the coefficients get
// what each adds in the order of the formula. A coefficient ≤ 0 is treated the same way. Empty for
// a withheld value or one with parts.
std::vector<WaterfallBar> WaterfallOf(const Valuation& valuation);

}  // namespace dijia
