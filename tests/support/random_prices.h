// Random cases of transfers, and how many of them a test takes.
#pragma once

#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

#include "dijia/base/decimal.h"
#include "dijia/rules/reserve_price.h"
#include "support/case_builder.h"

namespace dijia::rules {

// `in_ctest` cases, or as many as DIJIA_CASES says.
inline std::size_t CaseCount(std::size_t in_ctest) {
  const char* wanted = std::getenv("DIJIA_CASES");
  return wanted == nullptr ? in_ctest : std::strtoull(wanted, nullptr, 10);
}

// A transfer of industrial land with everything that the floor needs, and a price around it.
inline ReservePriceCase RandomTransfer(const RulePack& pack, std::mt19937_64& random) {
  const auto pick = [&](std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random);
  };
  const auto text = [&](std::string_view id, const std::string& value, ReservePriceCase& to) {
    const std::uint16_t fact = *pack.FindFact(id);
    to.values[fact] = *ParseFact(pack.facts[fact], value);
  };
  static constexpr std::string_view kOrigins[] = {"state_unused", "sandy_bare_unallocated",
                                                  "agricultural", "construction", "other"};
  static constexpr std::string_view kYesNo[] = {"no", "yes"};
  ReservePriceCase the_case = PlainCase(pack);
  text("land_class", std::to_string(pick(1, 15)), the_case);
  text("term_years", std::to_string(pick(0, 2) == 0 ? pick(5, 49) : 50), the_case);
  text("capitalization_rate", FormatDecimal(pick(4'800, 8'000), 5), the_case);
  text("price.amount", FormatDecimal(pick(500, 100'000), 2), the_case);
  text("cost_yuan_per_sqm", FormatDecimal(pick(0, 4) == 0 ? pick(0, 1'200'000) : 50'000, 4),
       the_case);
  text("rebates_yuan_per_sqm", pick(0, 9) == 0 ? FormatDecimal(pick(1, 90'000), 4) : "0", the_case);
  text("facts.land_origin", std::string(kOrigins[pick(0, 4)]), the_case);
  for (const std::string_view fact :
       {"facts.inside_planned_area", "facts.self_developed", "facts.in_cultivated_reserve",
        "facts.central_western_region"}) {
    text(fact, std::string(kYesNo[pick(0, 1)]), the_case);
  }
  return the_case;
}

}  // namespace dijia::rules
