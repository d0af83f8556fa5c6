// The draft publication that a computed report amounts to.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dijia/grade_price.h"
#include "dijia/plan.h"
#include "dijia/publication.h"
#include "dijia/sample.h"

namespace dijia::app {

// The publication of one (county, area) of a report: prices and base ratios by grade, withheld
// grades with no price, and the corrections that the samples were brought to the conditions with,
// so that a parcel is valued the way the prices were made. `county` and `area` are codes of the
// table's dictionaries.
Publication DraftOf(const SampleTable& samples, const ComputePlan& plan,
                    const GradePriceReport& report, std::uint16_t county, std::uint16_t area,
                    const std::string& id);

// The prices of an earlier publication, for cells that carry them forward.
std::vector<EarlierPrice> EarlierPricesOf(const Publication& publication);

}  // namespace dijia::app
