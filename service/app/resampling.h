// The samples behind a refresh: `dijia compute` run for the area of a publication, as the methods
// of a refresh read it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/compute.h"
#include "app/computed.h"
#include "dijia/base/diagnostic.h"
#include "dijia/refresh.h"

namespace dijia::app {

struct Resampling {
  Publication draft;                                       // for the area of the old publication
  std::map<LandUse, std::vector<ResampledGrade>> samples;  // behind it
  std::string effective_plan;                              // of the computation, TOML
  std::vector<InputRecord> inputs;           // of it; its plan is called `compute_plan`
  std::shared_ptr<const Computed> computed;  // all of it, with that area as its only publication
};

// Computes the prices of the area of `before`, whose prices thin cells may carry forward. Rows that
// cannot be read are reported and left out, as by `dijia compute`. Nothing after reports: inputs
// that cannot be used, or no prices of that area. Throws FileError.
std::optional<Resampling> Resample(ComputeRequest request, const Publication& before,
                                   Diagnostics& diagnostics);

}  // namespace dijia::app
