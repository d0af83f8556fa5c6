// The cells of one (county, area, use, sub-use): their order, and what stands in for those that
// have too few samples.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "cell_price.h"
#include "dijia/grade_price.h"
#include "dijia/plan.h"

namespace dijia {

// Cells first … last − 1 of all cells, grades ascending.
struct Series {
  std::size_t first = 0, last = 0;
  const UsePlan* use = nullptr;
  OrderCheck order;
};

// The series of cells that stand in order of their keys.
std::vector<Series> SeriesOf(std::span<const CellEstimate> cells, const ComputePlan& plan);

// Tests the order of a series and publishes or withholds its cells that have an estimate of their
// own. When the raw order contradicts "grade 1 is the dearest" by more than chance, every cell of
// the series is withheld with the reason. `stream` as of StreamOf.
void PublishInOrder(std::span<CellEstimate> cells, Series& series, const ComputePlan& plan,
                    std::uint32_t stream);

// All that a cell without an estimate of its own may lean on.
struct Surroundings {
  const SampleTable& samples;
  const ComputePlan& plan;
  std::span<const EarlierPrice> earlier;
  const std::map<CellKey, std::size_t>& cell_of;  // index into all cells
};

// Fills the cells of a series that have no estimate of their own by the plan's policies in order; a
// price that would break the order of the grades is not taken. Reads cells of other series that
// have estimates, writes only its own.
void FillThinCells(std::span<CellEstimate> cells, const Series& series,
                   const Surroundings& surroundings);

// The value a cell stands for before rounding; NaN when it is withheld.
double ValueOf(const CellEstimate& cell, const UsePlan& use);

// Gives a cell its rounded price and status. False, with a note, when it rounds to nothing.
bool Publish(GradePrice& cell, double value, CellStatus status, const ComputePlan& plan);

}  // namespace dijia
