#include "app/simulate.h"

#include <memory>
#include <vector>

#include "dijia/parallel.h"

namespace dijia::app {
namespace {

// A block and what a worker made of it.
struct Work {
  io::CaseBlock block;
  law::Simulation simulation;
  Diagnostics problems;
};

void Do(const io::CaseInput& input, law::Simulator& simulator, Work& work) {
  std::vector<rules::ReservePriceCase> cases;
  input.Read(work.block, [&](io::CaseRow& row) {
    if (row.problems.total() > 0) work.problems.Append(row.problems);
    if (!row.problems.has_errors()) cases.push_back(row.the_case);
  });
  work.simulation = simulator.Run(cases);
}

}  // namespace

std::optional<law::Simulation> Simulate(const SimulationRequest& request,
                                        const rules::PreparedRules& before,
                                        const rules::PreparedRules& after,
                                        Diagnostics& diagnostics) {
  const io::CaseReference reference = io::LoadCaseReference(request.reference_folder);
  const auto input = io::OpenCases(request.input, before.pack(), reference, diagnostics);
  if (!input) return std::nullopt;
  // Each place of a wave has its simulator, which remembers what it has judged.
  std::vector<std::unique_ptr<law::Simulator>> simulators(std::size_t{2} *
                                                          ThreadCount(request.threads));
  for (auto& simulator : simulators) {
    simulator = std::make_unique<law::Simulator>(before, after);
  }
  law::Simulation all;
  for (bool more = true; more;) {
    std::vector<Work> works;
    while (works.size() < simulators.size() && more) {
      more = input->Next(works.emplace_back().block);
      if (!more) works.pop_back();
    }
    ForEachIndex(works.size(), request.threads,
                 [&](std::size_t i) { Do(*input, *simulators[i], works[i]); });
    for (Work& work : works) {
      diagnostics.Append(work.problems);
      law::Merge(all, std::move(work.simulation));
    }
  }
  return all;
}

}  // namespace dijia::app
