// The job behind `dijia refresh`: a plan and the current publication in, the next draft out.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/computed.h"
#include "dijia/base/diagnostic.h"
#include "dijia/grade_price.h"
#include "dijia/publication.h"
#include "dijia/refresh.h"
#include "dijia/sample_decisions.h"
#include "io/samples.h"

namespace dijia::app {

struct RefreshRequest {
  std::filesystem::path plan, from;
  // In the place of those that the plan names, which lie beside it; empty = those of the plan.
  std::filesystem::path compute_plan;
  std::vector<std::filesystem::path> samples;
  std::filesystem::path comparable;
  std::filesystem::path decisions;         // of appraisers on the samples; empty = none
  std::optional<SampleDecisions> decided;  // in their place, of a caller who has them
  io::ReadSamplesOptions reading;  // of the samples; its mapping counts where it is not empty
  std::function<bool(const ComputeProgress&)> go_on = {};  // of the computation, as ComputeRequest
};

struct Refreshed {
  Publication before;
  RefreshPlan plan;
  RefreshedPublication result;
  std::string effective_compute_plan;  // of the computation behind it, TOML; empty = there is none
  std::vector<InputRecord> inputs;     // as the evidence names them
  std::optional<Publication> comparable;     // of a similar county, where a method asks for it
  std::shared_ptr<const Computed> computed;  // behind resampled prices; null = there is none
};

// Nothing after reports: a file that cannot be used, one that a method needs and nobody names, a
// plan that does not fit the publication. Rows of samples that cannot be read are reported and left
// out. Throws FileError.
std::optional<Refreshed> Refresh(const RefreshRequest& request, Diagnostics& diagnostics);

}  // namespace dijia::app
