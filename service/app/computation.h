// A computation or a refresh as a job: what `dijia compute` and `dijia refresh` do, from files that
// somebody sent, into files for download and, where it is asked for, drafts in the store.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/jobs.h"
#include "app/publication_desk.h"
#include "dijia/base/code.h"
#include "dijia/base/diagnostic.h"
#include "dijia/rules/reserve_price.h"
#include "dijia/sample_decisions.h"

namespace dijia::app {

// What is asked for, by names of files in the folder of the inputs.
struct ComputationOrder {
  std::string plan;
  std::vector<std::string> samples;
  std::vector<std::string> previous;  // publications whose prices thin cells may carry forward
  std::string decisions;              // of appraisers on the samples; empty = none
  // Of a refresh; no `from` = a computation.
  std::string from, compute_plan, comparable;
  // One of the reference data, or a file ending in .toml; empty = that of the plan of the refresh.
  std::string mapping;
  std::string encoding, layer;    // as io::ReadSamplesOptions
  std::optional<int> land_class;  // of the county, for the industrial minimum
  bool import = false;            // what is made becomes drafts in the store
  std::string only;               // … that publication alone; empty = all of them
  Doer doer;
  Language language = Language::kZh;  // of the reports
  unsigned threads = 1;
  std::filesystem::path reference_folder;

  bool is_refresh() const { return !from.empty(); }
};

// What the plan of an order says.
struct ComputationPlan {
  std::string title;   // id of what is made
  std::string county;  // `*` = several
};

// Reads the plan of an order and what belongs to it, before anything is computed: everything that
// is wrong is reported at once, and inputs that the plan needs and nobody sent; nothing then. A
// plan names no files here: only what was sent is ever read. Throws FileError.
std::optional<ComputationPlan> ReadComputationPlan(const ComputationOrder& order,
                                                   const std::filesystem::path& inputs,
                                                   Diagnostics& diagnostics);

// Takes a draft into the store with the files it was made from; false after reports.
using ImportDraft = std::function<bool(const Publication& draft, std::vector<EvidenceFile> evidence,
                                       const Doer& doer, Diagnostics& diagnostics)>;

// What appraisers decided, for the log of a store: how many, and each with its sample, reason,
// person and time; those that do not fit into `most` bytes are counted. Empty where nobody decided
// anything.
std::string WordsOfDecisions(const SampleDecisions& decisions, Language language, std::size_t most);

// The work of the job. `rules` judge the industrial minimum; null = nobody does. Rows of the
// samples that cannot be read are reported and left out, as by the commands. Of several drafts one
// after the other is imported, up to the first that the store refuses.
JobWork ComputationWork(ComputationOrder order, std::shared_ptr<const rules::PreparedRules> rules,
                        ImportDraft import);

}  // namespace dijia::app
