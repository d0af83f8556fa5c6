// What a comparison of two packs over the same cases says to people and to tables.
#pragma once

#include <string>

#include "law/simulation.h"

namespace dijia::app {

// What flips, by verdict, clause and county, for people; the first `most` flips one by one.
std::string SimulationText(const law::Simulation& simulation, std::size_t most, Language language);

// All listed flips: case_id, county, before, after, clause, price, minima and deficits in yuan/m².
std::string SimulationCsv(const law::Simulation& simulation);

}  // namespace dijia::app
