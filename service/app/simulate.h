// Two rule packs over a file of cases, as a stream on all cores.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "io/case_input.h"
#include "law/simulation.h"

namespace dijia::app {

struct SimulationRequest {
  io::CaseInputOptions input;
  std::filesystem::path reference_folder;  // data/reference
  unsigned threads = 0;                    // 0 = all cores; the result is the same for every number
  // All cases judged as if their prices were decided on these days; none = on their own. What is
  // counted from that day (the age of a benchmark price, …) is counted from it.
  std::optional<Days> day_before = {}, day_after = {};
  // Gets the flips in the order of the cases, a part at a time, instead of the list of the result:
  // for more cases than fit in memory.
  std::function<void(std::vector<law::Flip>&& flips)> take_flips = {};
};

// Cases of kept checks are an input too (kept_checks.h). Cases that cannot be read are reported and
// left out. Throws FileError. Nothing when the input cannot be understood as a whole (reported).
std::optional<law::Simulation> Simulate(const SimulationRequest& request,
                                        const rules::PreparedRules& before,
                                        const rules::PreparedRules& after,
                                        Diagnostics& diagnostics);

// The same with the names of `reference` instead of those of the folder.
std::optional<law::Simulation> Simulate(const SimulationRequest& request,
                                        const io::CaseReference& reference,
                                        const rules::PreparedRules& before,
                                        const rules::PreparedRules& after,
                                        Diagnostics& diagnostics);

// Prepared columns of cases in the vocabulary of `before`, in blocks on `threads` threads (0 = all
// cores).
law::Simulation Simulate(const rules::CaseColumns& columns, const rules::PreparedRules& before,
                         const rules::PreparedRules& after, unsigned threads);

}  // namespace dijia::app
