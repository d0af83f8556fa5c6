// The price of one cell from its own samples.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "dijia/grade_price.h"
#include "dijia/plan.h"

namespace dijia {

// What a cell's samples say, before the cells of a series are compared.
struct CellEstimate {
  GradePrice cell;  // no price yet; status kWithheld until it is published
  std::vector<Rejection> rejected;
  std::vector<Rejection>
      overruled;          // would be rejected, had appraisers not decided to include them
  double variance = 0.0;  // of cell.estimate, > 0 when it has one
  double degrees_of_freedom = 0.0;
};

// The samples of one cell, ascending by price (and area where areas matter).
struct CellSamples {
  std::span<const double> prices;                  // normalised
  std::span<const std::uint32_t> rows;             // of the table, one for each price
  std::span<const std::int64_t> areas;             // the table's column, by row, Area units
  std::span<const SampleDecision> decisions = {};  // the table's column, by row; empty = none

  bool IsIncluded(std::size_t i) const {
    return !decisions.empty() && decisions[rows[i]] == SampleDecision::kInclude;
  }
};

// A name of a cell that is the same in every run whatever the order of the rows, for the generators
// of random numbers.
std::uint32_t StreamOf(const SampleTable& samples, const CellKey& key);

// Screens, checks and estimates one cell. What appraisers decided to include is screened with the
// rest, so that the rule judges the others as before, and then kept. cell.estimate is NaN when the
// cell has fewer samples than the plan's minimum or holds two populations; the notes say why.
CellEstimate EstimateCell(const CellKey& key, const CellSamples& samples, const UsePlan& plan,
                          std::uint64_t seed, std::uint32_t stream);

// A figure for a note, with no more decimals than a reader needs: 569, 56.3, 4.12, 0.0312.
std::string FigureText(double figure);

}  // namespace dijia
