#include "plan_rules.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dijia {
namespace {

bool AllBlank(const std::vector<std::uint16_t>& codes) {
  return std::all_of(codes.begin(), codes.end(), [](std::uint16_t code) { return code == 0; });
}

}  // namespace

std::vector<double> DevelopmentAdds(const SampleTable& samples, const UsePlan& use) {
  const auto& costs = use.development.cost_by_level;
  if (costs.empty()) return {};
  const UnitPrice base = costs.at(use.conditions.development_level);
  std::vector<double> adds(samples.development_levels.size(), std::nan(""));
  for (const auto& [level, cost] : costs) {
    const std::uint32_t code = samples.development_levels.Find(level);
    if (code != Dictionary::kAbsent && code != 0) adds[code] = ToDouble(base - cost);
  }
  return adds;
}

PlanRules::PlanRules(SampleTable& samples, const ComputePlan& plan) : plan_(&plan) {
  slot_of_use_.fill(-1);
  for (const UsePlan& use : plan.uses) AddUse(samples, use);
  if (plan.county != "*") {
    any_county_ = false;
    county_ = static_cast<std::uint16_t>(samples.counties.Add(plan.county));
    county_of_all_ = AllBlank(samples.county);
  }
  if (plan.area != "*") {
    any_area_ = false;
    area_ = static_cast<std::uint16_t>(samples.areas.Add(plan.area));
    area_of_all_ = AllBlank(samples.area);
  }
  const DateRange window = SampleWindow(plan);
  first_day_ = ToDays(window.from);
  end_day_ = ToDays(window.until);
}

void PlanRules::AddUse(const SampleTable& samples, const UsePlan& use) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  slot_of_use_[static_cast<std::size_t>(use.use)] = static_cast<std::int8_t>(uses_.size());
  UseRules rules;
  rules.plan = &use;
  rules.grade_planned.fill(use.grades.empty());
  for (const int grade : use.grades) rules.grade_planned[static_cast<std::size_t>(grade)] = true;
  rules.constants = FigureValuesOf(use.conversion_constants);
  rules.rate = ToDouble(use.conditions.capitalization_rate);
  rules.term_years = ToDouble(use.conditions.term);
  rules.longest_term = static_cast<std::int32_t>(use.conditions.term.units());
  rules.smallest_area = use.screening.smallest_area.units();
  rules.largest_far = use.far.largest.units();
  const auto& screening = use.screening;
  rules.lowest_price = screening.lowest_price ? ToDouble(*screening.lowest_price) : 0.0;
  rules.highest_price = screening.highest_price ? ToDouble(*screening.highest_price) : kInfinity;
  rules.development_add = DevelopmentAdds(samples, use);
  rules.area_needed = use.estimation.estimator == Estimator::kAreaWeightedMean;
  rules.exclude_unknown_term = use.unknown_term == UnknownPolicy::kExclude;
  rules.exclude_unknown_far =
      use.far.kind != FarCorrectionKind::kNone && use.far.unknown == UnknownPolicy::kExclude;
  rules.exclude_unknown_development = use.development.unknown == UnknownPolicy::kExclude;
  rules.drop_duplicates = screening.drop_duplicates;
  uses_.push_back(std::move(rules));
}

}  // namespace dijia
