// evidence.json: what a run was made from, so that anybody can make the same bytes again, and
// dijia itself (recompute.h).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/computed.h"
#include "dijia/base/diagnostic.h"
#include "io/fingerprint.h"
#include "json/value.h"
#include "report/publication_view.h"

namespace dijia::app {

inline constexpr std::string_view kEvidenceFormat = "dijia-evidence/1";
inline constexpr std::string_view kEvidenceFile = "evidence.json";

// A file that was written, by its path below the folder of the evidence.
struct OutputRecord {
  std::string file;
  io::FileFingerprint fingerprint;
};

// What every run states first: by which plan, from which files.
struct EvidenceHead {
  std::optional<std::uint64_t> seed;  // of the replicates; nothing where nothing is drawn
  std::string_view effective_plan;    // TOML; empty where there is no plan
  std::span<const InputRecord> inputs;
  std::string_view effective_compute_plan = {};  // TOML; of the computation behind a refresh
};

// Evidence of one publication, as a document to which more can be added. It has no clock in it: the
// same inputs give the same bytes.
json::Value EvidenceOf(const EvidenceHead& head, const Publication& draft);

// Evidence of one publication that was computed, and of a run of several with all their files.
json::Value EvidenceOf(const ComputedPublication& publication, const Computed& computed,
                       std::span<const OutputRecord> outputs);
json::Value EvidenceOfRun(const Computed& computed, std::span<const OutputRecord> outputs);

// The files that came out, as the last member of an evidence.
void AddOutputs(json::Value& evidence, std::span<const OutputRecord> outputs);

// What is needed of an evidence to make its publications again.
struct Evidence {
  std::string engine_version;
  std::vector<InputRecord> inputs;
};

// Reads the evidence.json of a publication or of a run. Everything that is wrong is reported;
// nothing then.
std::optional<Evidence> ReadEvidence(std::string_view text, const std::string& source,
                                     Diagnostics& diagnostics);

// The same for the reports that people read.
report::EvidenceSummary EvidenceSummaryOf(const Computed& computed);

}  // namespace dijia::app
