// Two rule packs over a file of cases, as a stream on all cores.
#pragma once

#include <filesystem>
#include <optional>

#include "io/case_input.h"
#include "law/simulation.h"

namespace dijia::app {

struct SimulationRequest {
  io::CaseInputOptions input;
  std::filesystem::path reference_folder;  // data/reference
  unsigned threads = 0;                    // 0 = all cores; the result is the same for every number
};

// Cases of kept checks are an input too (kept_checks.h). Cases that cannot be read are reported and
// left out. Throws FileError. Nothing when the input cannot be understood as a whole (reported).
std::optional<law::Simulation> Simulate(const SimulationRequest& request,
                                        const rules::PreparedRules& before,
                                        const rules::PreparedRules& after,
                                        Diagnostics& diagnostics);

// Prepared columns of cases in the vocabulary of `before`, in blocks on `threads` threads (0 = all
// cores).
law::Simulation Simulate(const rules::CaseColumns& columns, const rules::PreparedRules& before,
                         const rules::PreparedRules& after, unsigned threads);

}  // namespace dijia::app
