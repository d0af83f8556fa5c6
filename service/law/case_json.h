// Cases as the JSON that `dijia check` reads.
#pragma once

#include "dijia/rules/reserve_price.h"
#include "json/value.h"

namespace dijia::law {

// An object of the facts that the case states, nested as the contract has it (`price.amount` is
// `amount` of `price`), numbers with all their decimals.
json::Value ToJson(const rules::ReservePriceCase& the_case, const rules::RulePack& pack);

}  // namespace dijia::law
