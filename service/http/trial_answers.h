// Answers that say what other prices or other law would change, as documents.
#pragma once

#include <cstdint>

#include "dijia/base/diagnostic.h"
#include "dijia/publication_impact.h"
#include "dijia/rules/reserve_price.h"
#include "json/simulation_codec.h"
#include "json/value.h"
#include "law/simulation.h"

namespace dijia::http {

// What two publications make of the rows of an input. What is referred to must outlive it.
struct ImpactFound {
  const Publication &before, &after;
  const Impact& impact;
  std::uint64_t rows = 0, refused = 0;  // read, and of these those that could not be understood
  const Diagnostics& problems;          // of the rows
};
json::Value ImpactAnswer(const ImpactFound& found, Language language);

// What the law of two sides says about cases. The same holds.
struct SimulationFound {
  const rules::RulePack& pack;
  const json::SimulationOrder& order;
  const law::Simulation& simulation;
  const Diagnostics& problems;             // of the cases
  const rules::RulePack* tried = nullptr;  // the pack of the second side where it is another
};
// `listed`: flips as FlipJson.
json::Value SimulationAnswer(const SimulationFound& found, json::Value listed, Language language);

}  // namespace dijia::http
