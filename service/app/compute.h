// The job behind `dijia compute`: plan and samples in, draft publications out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "app/computed.h"
#include "dijia/base/diagnostic.h"
#include "dijia/grade_price.h"
#include "io/samples.h"

namespace dijia::app {

enum class Stage : std::uint8_t { kReading, kComputing, kWriting };

struct ComputeRequest {
  std::filesystem::path plan;  // `-` = the standard input
  std::vector<std::filesystem::path> samples;
  std::vector<std::filesystem::path> previous;  // publication documents, for carry_forward
  std::vector<EarlierPrice> earlier;            // of a caller who has read one, for the same
  std::filesystem::path decisions;              // of appraisers on samples; empty = none
  std::optional<SampleDecisions> decided;       // in their place, of a caller who has them
  io::ReadSamplesOptions reading;               // its threads and reference folder hold for the job
  std::function<void(Stage)> on_stage = [](Stage) {};
  std::function<bool(const ComputeProgress&)> go_on = {};  // as ComputeOptions::go_on
};

// Runs the job. Everything wrong with the inputs is added to `diagnostics`; rows that could not be
// read are in the result with their fate. Nothing is returned when there is nothing to compute: a
// plan or a file that cannot be used as a whole, no row that can be read, or a decision that does
// not fit the samples; or when `go_on` stopped it, which is reported as kStopped. Throws FileError.
std::optional<Computed> Compute(const ComputeRequest& request, Diagnostics& diagnostics);

}  // namespace dijia::app
