// Changes of facts that make a case lawful.
#pragma once

#include <vector>

#include "dijia/rules/inverse.h"

namespace dijia::rules {

// Fewest changes first, at most five ways; empty for a lawful case.
std::vector<LawfulFacts> NearestLawfulFacts(const ReservePriceCase& the_case,
                                            const PreparedRules& rules);

}  // namespace dijia::rules
