// Exact answers with unknown facts: the three-valued evaluation decides most cases at once; where
// it does not, unknown facts are split until it does.
#pragma once

#include <cstdint>
#include <vector>

#include "program.h"

namespace dijia::rules {

// The facts that differ between the cases of a profile, and the record of what they were compared
// with.
struct Columns {
  std::vector<std::uint16_t> facts;
  Trace* trace = nullptr;
};

// The state of a case in an era: stated facts are single, others have their whole range, readings
// all contested options. The values must be those of the pack's facts. `columns`: null for a case
// alone.
State StateOf(const Era& era, const ReservePriceCase& the_case, const Columns* columns = nullptr);

// A state with one fact or reading narrowed. Naming the kind "starting" opens the amount upwards:
// a reserve lies at or above its starting price.
State Narrowed(const Era& era, const State& state, std::size_t slot, const Domain& domain);

// The parts of a slot's domain between which comparisons change; at least two for one that is not
// single. Numbers that no comparison splits are split into their ends, which is enough because
// every formula is monotone in every fact.
std::vector<Domain> Parts(const Era& era, const State& state, std::size_t slot);

// The verdicts of the completions of a state; stops when lawful and unlawful are both found.
VerdictSet PossibleVerdicts(const Era& era, const State& state);

// Does the value of the slot change the verdict in at least one completion of the others?
bool Decides(const Era& era, const State& state, std::size_t slot);

}  // namespace dijia::rules
