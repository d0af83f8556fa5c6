// Records that stand in the input more than once.
#pragma once

#include "dijia/sample.h"
#include "plan_rules.h"

namespace dijia {

// Of rows with the same county, area, use, grade, date, price, unit and land area keeps the one
// with the smallest sample id (then the smallest of all other content, so that the order of the
// rows does not matter) and gives the others the fate kDuplicate. Only rows that are used so far
// and have a price and an area are compared. O(n), about 14 bytes a row for the time being.
void MarkDuplicates(SampleTable& samples, const PlanRules& rules, unsigned threads);

}  // namespace dijia
