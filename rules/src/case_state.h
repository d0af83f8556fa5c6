// What is known of a case in an era, as the domains of its facts and readings, and how to split it.
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

// The options of a fact of few values.
std::vector<Domain> Options(const Domain& domain);

// The parts of a number between which its comparisons change, whatever else is open; one part when
// nothing changes.
std::vector<Domain> Cuts(const Era& era, const State& state, std::size_t slot);

// The same with the points at which the price begins or ceases to meet a limit. `open`: the slots
// that still matter.
std::vector<Domain> CutsWithLimits(const Era& era, const State& state, std::size_t slot,
                                   const SlotSet& open);

// The ends of a range as its parts: enough for formulas, which are monotone in every fact, but what
// lies between them is lost.
std::vector<Domain> Ends(const Domain& domain);

// The parts of a slot's domain between which comparisons change; at least two for one that is not
// single.
std::vector<Domain> Parts(const Era& era, const State& state, std::size_t slot);

}  // namespace dijia::rules
