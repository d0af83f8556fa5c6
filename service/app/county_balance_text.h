// The balance between counties, for programs.
#pragma once

#include <span>

#include "dijia/county_balance.h"
#include "dijia/publication.h"
#include "json/value.h"

namespace dijia::app {

// {"uses": [{"use", "terms": [{"term", "value", "standard_error", "t", "p"}], "r_squared",
// "prices": [{"county", "publication", "grade", "price_yuan_per_sqm", "expected_yuan_per_sqm",
// "residual_percent", "studentized", "flagged"}]}]}; a use without a regression has "fault", a
// diagnostic code with its detail, and its prices are bare. What is not a number is null.
json::Value CountyBalanceJson(std::span<const Publication> publications,
                              std::span<const UseBalance> balances);

}  // namespace dijia::app
