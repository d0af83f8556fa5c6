// Whether published industrial prices stand above the national minimum of their land class (rule
// benchmark.floor_consistency).
#pragma once

#include <optional>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "dijia/rules/rule_pack.h"

namespace dijia::law {

// A warning for each industrial price that the lowest corrections of its tables take below the
// minimum price standard of the class, with the citations of both, by the law of the day from which
// the publication is in force. Without `land_class` that of the county by the pack; nothing where
// neither states one, where no standard or no clause of the rule is in force.
std::vector<Diagnostic> FloorConsistency(const Publication& publication,
                                         std::optional<int> land_class,
                                         const rules::RulePack& pack);

}  // namespace dijia::law
