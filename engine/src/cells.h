// Which rows belong to which cell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dijia/grade_price.h"
#include "plan_rules.h"

namespace dijia {

// Names come first: dictionary codes follow the order of the rows.
bool ComesBefore(const SampleTable& samples, const CellKey& a, const CellKey& b);

struct CellIndex {
  std::vector<CellKey> keys;        // ascending by ComesBefore; with rows or planned
  std::vector<std::uint32_t> cell;  // of each row; Normalizer::kNoCell for rows left out
};

// The cells of all rows that are used so far, and those the plan lists for every place of the input
// (of the plan, where it names one).
CellIndex IndexCells(const SampleTable& samples, const PlanRules& rules, unsigned threads);

// The rows of each cell in ascending order, one cell after the other.
struct CellRows {
  std::vector<std::uint32_t> rows;
  std::vector<std::size_t> first;  // by cell; one more at the end

  std::span<const std::uint32_t> Of(std::size_t cell) const {
    return std::span(rows).subspan(first[cell], first[cell + 1] - first[cell]);
  }
};
CellRows GroupByCell(std::span<const std::uint32_t> cell, std::size_t cells, unsigned threads);

}  // namespace dijia
