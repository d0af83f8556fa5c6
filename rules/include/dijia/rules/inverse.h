// The check turned round: the lowest price, rent or longest term that would be lawful, and the
// nearest changes of facts that would make a refused price lawful.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dijia/rules/reserve_price.h"

namespace dijia::rules {

// A fact as the case has it and as it would have to be; empty `from` = not stated.
struct FactChange {
  std::string fact, from, to;
};

// Changes that together, and none of them left out, make the case lawful.
struct LawfulFacts {
  std::vector<FactChange> changes;
  std::optional<std::int64_t> minimum;  // the minimum that would then apply, 10^-4 yuan per m²
};

// What is lawful under every completion of the unknown facts and under every reading. Amounts are
// whole fen: one fen less is refused, or passes only because rounding hides it.
struct Inverse {
  std::optional<std::int64_t> price;           // of a transfer, 10^-4 yuan per m²
  std::optional<std::int64_t> rent;            // 10^-4 yuan per m² and year
  std::optional<std::int64_t> transfer_price;  // after a lease at the rent of the case
  // The longest term in whole years, 10^-4, at which the price of the case is lawful.
  std::optional<std::int64_t> term;
  // Fewest changes first; empty for a lawful price and where no change of facts helps.
  std::vector<LawfulFacts> nearest;
};

// Nothing is lawful where no amount can be: a term beyond the maximum, unknown rebates, …
Inverse InvertReservePrice(const ReservePriceCase& the_case, const PreparedRules& rules);

}  // namespace dijia::rules
