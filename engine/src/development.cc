#include "dijia/development.h"

#include <limits>

#include "dijia/base/rounding.h"

namespace dijia {
namespace {

std::optional<Int128> CostOf(const std::vector<std::string>& items,
                             const std::map<std::string, UnitPrice>& costs) {
  Int128 sum = 0;
  for (const std::string& item : items) {
    const auto cost = costs.find(item);
    if (cost == costs.end()) return std::nullopt;
    sum += cost->second.units();
  }
  return sum;
}

}  // namespace

std::optional<Additive> DevelopmentDifferences(const DevelopmentLevels& levels,
                                               const std::map<std::string, UnitPrice>& costs,
                                               const std::string& base) {
  const auto found = levels.find(base);
  if (found == levels.end()) return std::nullopt;
  const auto base_cost = CostOf(found->second, costs);
  if (!base_cost) return std::nullopt;
  Additive table;
  for (const auto& [level, items] : levels) {
    const auto cost = CostOf(items, costs);
    if (!cost) return std::nullopt;
    const Int128 difference = *cost - *base_cost;
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    if (difference > kMost || difference < -kMost) return std::nullopt;
    table.levels[level] = UnitPrice::FromUnits(static_cast<std::int64_t>(difference));
  }
  return table;
}

}  // namespace dijia
