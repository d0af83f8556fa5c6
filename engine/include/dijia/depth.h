// Depth of parcels along a street (临街深度; benchmark-price notes §4.4).
#pragma once

#include <vector>

#include "dijia/coefficient.h"

namespace dijia {

// The 4-3-2-1 rule: quarters of the standard depth carry 40, 30, 20 and 10 % of the value of a
// parcel of standard depth, the quarters beyond 9, 8, 7 and 6 %. Cumulative percentages at depth ÷
// standard depth 0, 1/4, …, 2, for Depth::rows with DepthPercent::kCumulative.
std::vector<Depth::Row> FourThreeTwoOneRows();

}  // namespace dijia
