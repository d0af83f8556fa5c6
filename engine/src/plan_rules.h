// A compute plan prepared for millions of rows: numbers instead of exact types, codes of the
// table's dictionaries instead of names.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "dijia/conversion.h"
#include "dijia/plan.h"
#include "dijia/sample.h"

namespace dijia {

// The section of a plan for one use.
struct UseRules {
  const UsePlan* plan = nullptr;
  std::array<bool, 256> grade_planned{};
  FigureValues constants{};
  double rate = 0.0;                               // capitalization rate
  double term_years = 0.0;                         // statutory term
  std::int32_t longest_term = 0;                   // the same, Years units
  std::int64_t smallest_area = 0;                  // Area units
  std::int64_t largest_far = 0;                    // FloorAreaRatio units
  double lowest_price = 0.0, highest_price = 0.0;  // raw, yuan per m²
  std::vector<double> development_add;  // by level code, NaN = unknown; empty = no correction
  bool area_needed = false;             // by the estimator
  bool exclude_unknown_term = false, exclude_unknown_far = false;
  bool exclude_unknown_development = false, drop_duplicates = false;
};

// ΔD by development level code, yuan per m²: cost of the benchmark's level less that of the level.
// NaN for levels without a cost and for code 0, "not given". Empty = the plan does not correct.
std::vector<double> DevelopmentAdds(const SampleTable& samples, const UsePlan& use);

class PlanRules {
 public:
  // Adds the plan's county and area to the dictionaries of `samples`, so that rows that do not name
  // theirs can carry them. Preconditions: the plan validates and outlives the rules.
  PlanRules(SampleTable& samples, const ComputePlan& plan);
  PlanRules(SampleTable& samples, ComputePlan&& plan) = delete;

  // The section for the use of a row; null when the plan has none. Precondition: the row has a use.
  const UseRules* RulesOf(const SampleTable& samples, std::size_t row) const {
    const int slot = slot_of_use_[samples.use[row]];
    return slot < 0 ? nullptr : &uses_[static_cast<std::size_t>(slot)];
  }

  // Codes of the county and area of a row. Where the plan names one and no row of the input does,
  // every row stands for the plan's.
  std::uint16_t CountyOf(const SampleTable& samples, std::size_t row) const {
    return county_of_all_ ? county_ : samples.county[row];
  }
  std::uint16_t AreaOf(const SampleTable& samples, std::size_t row) const {
    return area_of_all_ ? area_ : samples.area[row];
  }
  bool IsCountyOfPlan(std::uint16_t code) const { return any_county_ || code == county_; }
  bool IsAreaOfPlan(std::uint16_t code) const { return any_area_ || code == area_; }

  bool any_county() const { return any_county_; }
  bool any_area() const { return any_area_; }
  std::uint16_t county() const { return county_; }             // 0 when any
  std::uint16_t area() const { return area_; }                 // 0 when any
  const std::vector<UseRules>& uses() const { return uses_; }  // as in the plan
  const ComputePlan& plan() const { return *plan_; }
  Days first_day() const { return first_day_; }
  Days end_day() const { return end_day_; }

 private:
  void AddUse(const SampleTable& samples, const UsePlan& use);

  const ComputePlan* plan_;
  std::array<std::int8_t, 256> slot_of_use_;
  std::vector<UseRules> uses_;
  bool any_county_ = true, any_area_ = true;
  bool county_of_all_ = false, area_of_all_ = false;
  std::uint16_t county_ = 0, area_ = 0;
  Days first_day_ = 0, end_day_ = 0;  // the sample window [first, end)
};

}  // namespace dijia
