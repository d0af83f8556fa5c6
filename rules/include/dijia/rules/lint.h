// Proofs about a rule pack: no gaps, no clauses that contradict each other or never decide, no
// holes in time, nothing unused. Every case that the conditions can tell apart is looked at, in
// every period and under every reading; each fault comes with a case that shows it where one can.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dijia/rules/reserve_price.h"

namespace dijia::rules {

struct LintFinding {
  Diagnostic problem;
  // A case that shows it; states only what matters. None for faults that no case can show, such as
  // a value that nothing uses.
  std::optional<ReservePriceCase> witness;
  std::vector<std::string> readings;  // "cost_term=proportional": what must be chosen to see it
};

struct LintReport {
  std::vector<LintFinding> findings;  // in the order of the checks
  std::size_t eras = 0, clauses = 0;
  double states = 0;  // the cases looked at, over all eras
};

// Checks a pack that has been loaded.
LintReport Lint(const RulePack& pack);

// Loads and checks. What stops the load is a finding too; a layer that loosens comes with a case
// whose price is below the minimum of the layers under it.
LintReport LintLayers(std::span<const PackLayer> layers);

}  // namespace dijia::rules
