// Development differences (开发程度修正): what the items of a level cost more or less than those of
// the level that the prices stand for (benchmark-price notes §5).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/land.h"
#include "dijia/coefficient.h"

namespace dijia {

// The items of each level, 通路, 通电, …, none twice.
using DevelopmentLevels = std::map<std::string, std::vector<std::string>>;

// cost(level) − cost(base) for every level, item by item, so that two lists of one name need not
// cost the same. Nothing when `base` is no level, an item has no cost, or a sum leaves its type.
std::optional<Additive> DevelopmentDifferences(const DevelopmentLevels& levels,
                                               const std::map<std::string, UnitPrice>& costs,
                                               const std::string& base);

}  // namespace dijia
