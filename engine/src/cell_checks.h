// The shape of the prices of one cell: what an appraiser would look at before trusting an average.
#pragma once

#include <span>

#include "dijia/grade_price.h"
#include "dijia/plan.h"
#include "dijia/screening.h"

namespace dijia {

// Fills cell.checks from the sorted prices that passed screening and adds a note for each flag.
// Precondition: cell.cv and cell.used are set.
void CheckCell(std::span<const double> kept, const Screening& screening, const ScreeningPlan& plan,
               GradePrice& cell);

}  // namespace dijia
