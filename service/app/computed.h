// A computed run: what went in, what came out, and the publications it falls into.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "app/reference.h"
#include "dijia/grade_price.h"
#include "dijia/plan.h"
#include "dijia/publication.h"
#include "dijia/sample.h"
#include "dijia/sample_decisions.h"
#include "report/publication_view.h"

namespace dijia::app {

struct ComputedPublication {
  report::PublicationScope scope;
  std::string folder;  // of its files below the output folder; empty = the output folder itself
  std::string county_name;  // empty = not known
  Publication draft;
  std::array<std::size_t, kFateCount> fates{};  // of its rows; sums to scope.rows.size()
  std::array<std::size_t, 5> cells{};           // by CellStatus
};

// An input file as the evidence names it.
struct InputRecord {
  std::string name;  // without the path of the machine, still different from all others
  // `plan`, `samples`, `mapping`, `reference`, `previous`, `decisions`; of a refresh also
  // `compute_plan` and `comparable`
  std::string contents;
  std::uint64_t bytes = 0, rows = 0;
  std::string sha256, format, encoding, layer;  // empty where there is none
};

struct Computed {
  ComputePlan plan;            // effective
  std::string effective_plan;  // the same as TOML
  Reference reference;
  SampleTable samples;
  GradePriceReport report;
  SampleDecisions decisions;           // none where nobody decided anything
  std::vector<DecidedSample> decided;  // the rows that they are about, ascending
  std::vector<InputRecord> inputs;
  std::vector<std::string> source_names;  // of samples.sources, to show
  std::vector<ComputedPublication> publications;

  // Files go into one folder per publication below the output folder.
  bool split() const { return publications.size() != 1 || !publications.front().folder.empty(); }
};

}  // namespace dijia::app
