#include "app/simulate.h"

#include <memory>
#include <utility>
#include <vector>

#include "dijia/parallel.h"

namespace dijia::app {
namespace {

// The cases of a block, judged by both packs: one thread at a time.
class Worker {
 public:
  Worker(const SimulationRequest& request, const rules::PreparedRules& before,
         const rules::PreparedRules& after)
      : pack_(before.pack()),
        day_(request.day_before),
        columns_(before.pack()),
        simulator_(columns_, before, after, request.day_after) {}

  law::Simulation Run(const io::CaseInput& input, const io::InputBlock& block,
                      Diagnostics& problems) {
    columns_.Clear();
    ids_.clear();
    input.Read(block, [&](io::CaseRow& row) {
      if (row.problems.total() > 0) problems.Append(row.problems);
      if (row.problems.has_errors()) return;
      if (day_) law::DecideOn(pack_, *day_, row.the_case);
      columns_.Add(row.the_case);
      ids_.push_back(row.the_case.case_id);
    });
    return simulator_.Run(0, columns_.size(), ids_);
  }

 private:
  const rules::RulePack& pack_;
  const std::optional<Days> day_;
  rules::CaseColumns columns_;
  law::Simulator simulator_;
  std::vector<std::string> ids_;
};

// A block and what a worker made of it.
struct Work {
  io::InputBlock block;
  law::Simulation simulation;
  Diagnostics problems;
};

}  // namespace

std::optional<law::Simulation> Simulate(const SimulationRequest& request,
                                        const rules::PreparedRules& before,
                                        const rules::PreparedRules& after,
                                        Diagnostics& diagnostics) {
  return Simulate(request, io::LoadCaseReference(request.reference_folder), before, after,
                  diagnostics);
}

std::optional<law::Simulation> Simulate(const SimulationRequest& request,
                                        const io::CaseReference& reference,
                                        const rules::PreparedRules& before,
                                        const rules::PreparedRules& after,
                                        Diagnostics& diagnostics) {
  const auto input = io::OpenCases(request.input, before.pack(), reference, diagnostics);
  if (!input) return std::nullopt;
  // Each place of a wave has its worker, which remembers what it has judged.
  std::vector<std::unique_ptr<Worker>> workers(std::size_t{2} * ThreadCount(request.threads));
  for (auto& worker : workers) worker = std::make_unique<Worker>(request, before, after);
  law::Simulation all;
  for (bool more = true; more;) {
    std::vector<Work> works;
    while (works.size() < workers.size() && more) {
      more = input->Next(works.emplace_back().block);
      if (!more) works.pop_back();
    }
    ForEachIndex(works.size(), request.threads, [&](std::size_t i) {
      works[i].simulation = workers[i]->Run(*input, works[i].block, works[i].problems);
    });
    for (Work& work : works) {
      diagnostics.Append(work.problems);
      if (request.take_flips) request.take_flips(std::exchange(work.simulation.listed, {}));
      law::Merge(all, std::move(work.simulation));
    }
  }
  return all;
}

law::Simulation Simulate(const rules::CaseColumns& columns, const rules::PreparedRules& before,
                         const rules::PreparedRules& after, unsigned threads) {
  const std::size_t count = ThreadCount(threads), rows = columns.size();
  std::vector<law::Simulation> parts(count);
  ForEachIndex(count, threads, [&](std::size_t i) {
    const std::size_t first = rows * i / count, end = rows * (i + 1) / count;
    parts[i] = law::Simulator(columns, before, after).Run(first, end - first);
  });
  law::Simulation all;
  for (law::Simulation& part : parts) law::Merge(all, std::move(part));
  return all;
}

}  // namespace dijia::app
