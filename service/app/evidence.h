// evidence.json: what a run was made from, so that anybody can make the same bytes again.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "app/computed.h"
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

// Evidence of one publication. It has no clock in it: the same inputs give the same bytes.
json::Value EvidenceOf(const ComputedPublication& publication, const Computed& computed,
                       std::span<const OutputRecord> outputs);

// Evidence of a run of several publications, with the files of all of them.
json::Value EvidenceOfRun(const Computed& computed, std::span<const OutputRecord> outputs);

// The same for the reports that people read.
report::EvidenceSummary EvidenceSummaryOf(const Computed& computed);

}  // namespace dijia::app
