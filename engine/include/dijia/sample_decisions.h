// What appraisers decided about single samples, each with a reason, as an input of a computation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/sample.h"

namespace dijia {

struct AppraiserDecision {
  std::string sample_id;
  SampleDecision decision = SampleDecision::kNone;
  std::string reason = {}, decided_by = {};
  std::string decided_at = {};  // a day or a time, as ISO 8601
  std::uint64_t row = 0;        // of the file, header = 1
};

// The decisions of one file, in its order, and where their cells stand.
struct SampleDecisions {
  std::string source;
  std::uint32_t sample_id_column = 0, decision_column = 0;  // from 1
  std::vector<AppraiserDecision> rows;                      // one a sample
};

// A row of a table of samples that somebody decided about.
struct DecidedSample {
  std::size_t sample = 0;    // index into the table
  std::size_t decision = 0;  // index into the decisions
};

// Puts the decisions into the columns of `samples` and tells which rows they are about, ascending.
// An exclusion holds for every row of its sample_id, an inclusion needs a single one. Reports, each
// with its row and column: samples that are not there, with the nearest id, and ids that are not
// enough for an inclusion. Without decisions the table stays as it is.
std::vector<DecidedSample> Decide(const SampleDecisions& decisions, SampleTable& samples,
                                  Diagnostics& diagnostics);

// After the computation: reports inclusions of samples that facts make unusable, as errors, and
// notes decisions that change nothing.
void ReportDecisions(const SampleDecisions& decisions, const std::vector<DecidedSample>& decided,
                     const SampleTable& samples, Diagnostics& diagnostics);

}  // namespace dijia
