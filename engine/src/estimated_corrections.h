// Corrections that a plan asks to estimate from the samples themselves.
#pragma once

#include <span>

#include "cells.h"
#include "dijia/grade_price.h"
#include "dijia/normalise.h"

namespace dijia {

struct CorrectionInput {
  const SampleTable& samples;
  const ComputePlan& plan;
  std::span<const CellKey> keys;
  std::span<const std::uint32_t> cell;  // by row of the table
  std::span<const double> raw_price;    // by row of the table
  unsigned threads = 0;
};

// The date indices and floor area ratio exponents of every (county, use) whose section of the plan
// says `estimated`, from log prices corrected for everything else. Adds what was estimated, and a
// warning where there was too little to estimate from, to the report.
EstimatedByCounty EstimateCorrections(const CorrectionInput& input, GradePriceReport& report);

}  // namespace dijia
