// The order across grades and towns with its proof, for programs.
#pragma once

#include <span>

#include "dijia/publication.h"
#include "dijia/town_order.h"
#include "json/value.h"

namespace dijia::app {

// {"publications": [ids], "orders": [{"use", "sub_use", "in_order", "prices": [{"publication",
// "grade", "price", "fitted", "ordered"}], "pairs": [{"above", "below", "multiplier"}]}]}: `above`
// and `below` are places in `prices`. Doubles have all their digits, so that anybody can check the
// proof.
json::Value TownOrderJson(std::span<const Publication> publications,
                          std::span<const TownOrder> orders);

}  // namespace dijia::app
