// The hot loops of normality.h.
#pragma once

#include <span>

#include "simd.h"

namespace dijia {

// Σ (2 i − 1) (ln Φ(z_i) + ln Φ(−z_(n + 1 − i))), i = 1 … n, for the standardised ascending values
// z = (x − mean) / deviation. The same bits at every level.
double AndersonDarlingSum(std::span<const double> sorted, double mean, double deviation,
                          SimdLevel level = BestSimdLevel());

}  // namespace dijia
