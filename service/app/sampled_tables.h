// Correction tables that are estimated from samples: curves over the floor area ratio and indices.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/computed.h"
#include "app/derived_table.h"
#include "dijia/base/diagnostic.h"
#include "dijia/base/rounding.h"
#include "dijia/table_plan.h"

namespace dijia::app {

// What all such tables are made from.
struct SampledTables {
  const Computed& computed;  // used samples with their corrections
  LandUse use = LandUse::kOther;
  Location where;  // of the table in the plan: source and field
  Rounding rounding;
  std::uint64_t seed = 0;
  unsigned threads = 0;
};

// The column of each grade whose samples carry a curve, rounded from it row by row, with its trials
// and fit. A grade without one is warned of; an error when no grade has one, or when the samples
// come from several places.
void AddSampledTables(const SampledTables& from, const FarTablePlan& plan,
                      std::vector<DerivedTable>& derived, Diagnostics& diagnostics);

// One entry for each method, with its index by period and its revision; the published one has the
// table. A method that cannot be used is warned of; an error when it is the published one.
void AddSampledTables(const SampledTables& from, const DateTablePlan& plan,
                      std::vector<DerivedTable>& derived, Diagnostics& diagnostics);

}  // namespace dijia::app
