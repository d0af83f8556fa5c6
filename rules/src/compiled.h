// A pack as the check uses it.
#pragma once

#include <vector>

#include "case_state.h"

namespace dijia::rules {

struct PreparedRules::Compiled {
  RulePack pack;
  std::vector<Era> eras;
  std::vector<Days> cuts;  // DayCuts of the pack
};

const Era& EraOn(const std::vector<Era>& eras, Days day);

// VerdictOf, recorded when `columns` are given.
Verdict VerdictIn(const ReservePriceCase& the_case, const PreparedRules::Compiled& compiled,
                  const Columns* columns);

// CheckReservePrice, recorded when `columns` are given; figures that differ are marked when their
// trace marks figures.
ReservePriceCheck CheckIn(const ReservePriceCase& the_case, const PreparedRules::Compiled& compiled,
                          const Columns* columns);

}  // namespace dijia::rules
