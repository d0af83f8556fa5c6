// The fate of every row that does not need other rows: all reasons before `duplicate`.
#pragma once

#include <span>

#include "dijia/base/diagnostic.h"
#include "dijia/sample.h"
#include "plan_rules.h"

namespace dijia {

// Replaces kUsed by the first reason, in the order of Fate, that leaves a row out, and fills the
// price of land (yuan per m²) of the rows that get so far; NaN for the others. `raw_price` is as
// long as the table.
void AssignFates(SampleTable& samples, const PlanRules& rules, unsigned threads,
                 std::span<double> raw_price);

// One warning for each row whose kind could not be converted, saying which figure or unit was in
// the way.
void ExplainConversions(const SampleTable& samples, const PlanRules& rules,
                        Diagnostics& diagnostics);

}  // namespace dijia
