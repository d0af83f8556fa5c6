// Which rows belong to which cell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "dijia/grade_price.h"
#include "plan_rules.h"

namespace dijia {

// Names come first: dictionary codes follow the order of the rows.
bool ComesBefore(const SampleTable& samples, const CellKey& a, const CellKey& b);

// The cell of a row that says enough to have one.
CellKey KeyOf(const SampleTable& samples, const PlanRules& rules, std::size_t row);

struct CellIndex {
  std::vector<CellKey> keys;        // ascending by ComesBefore; with rows or planned
  std::vector<std::uint32_t> cell;  // of each row; Normalizer::kNoCell for rows left out
};

// The cells of all rows that are used so far, and those the plan lists for every place of the input
// (of the plan, where it names one).
CellIndex IndexCells(const SampleTable& samples, const PlanRules& rules, unsigned threads);

}  // namespace dijia
