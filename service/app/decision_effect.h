// What decisions on samples change, for those who weigh them.
#pragma once

#include "app/sample_cells.h"
#include "json/value.h"

namespace dijia::app {

// {"before", "after", "others": [{use, name, sub_use, grade, before: {status, price_yuan_per_sqm},
// after: {…}}]}: the documents of one cell, and the other cells whose computed price or status is
// another. A cell that is in one of the two only is compared with null. Precondition: `before` has
// the cell.
json::Value WriteEffect(const SampleDocuments& before, const SampleDocuments& after,
                        const CellName& cell);

}  // namespace dijia::app
