// A county of any number of sales, for measuring: in three areas, four uses and five grades, the
// same rows on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "dijia/plan.h"
#include "dijia/sample.h"

namespace dijia::bench {

// Appends the header, or row `row` (from 0), in canonical columns.
void AppendLargeHeader(std::string& csv);
void AppendLargeRow(std::uint64_t row, std::string& csv);

// The first `rows` rows as a reader would deliver them.
SampleTable LargeTable(std::size_t rows);

// What large.toml says.
ComputePlan LargePlan();

}  // namespace dijia::bench
