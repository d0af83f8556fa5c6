// Two packs in one vocabulary, so that their conditions can be compared.
#pragma once

#include "dijia/rules/rule_pack.h"

namespace dijia::rules {

struct PackUnion {
  RulePack pack;          // the clauses of both, those of the first pack first
  std::size_t first = 0;  // how many are of the first pack
  // By fact of the union: that of the second pack, or 0xFFFF.
  std::vector<std::uint16_t> fact_of_second;
};

// Facts and readings of the same name and shape are one; values and tables stay those of each pack,
// because their numbers may differ.
PackUnion Unite(const RulePack& first, const RulePack& second);

}  // namespace dijia::rules
