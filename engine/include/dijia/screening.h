// Which prices of a cell are too far from the others to be of the same market (benchmark-price
// notes §2.3). "Sorted" means ascending; prices are > 0 and finite.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "dijia/grade_price.h"
#include "dijia/plan.h"

namespace dijia {

// One application of an outlier rule to the prices that were still there.
struct ScreeningPass {
  double centre = 0.0;  // median of the log prices (MAD), mean of the prices (2s, 3s)
  double scale = 0.0;   // 1.4826·MAD of the log prices, standard deviation of the prices
  std::size_t first = 0, last = 0;  // what it kept: sorted[first, last)
};

// What screening made of a cell. Every rule rejects by distance from a centre, so what is kept is a
// run of the sorted prices.
struct Screening {
  std::size_t first = 0, last = 0;    // kept: sorted[first, last); all when the cell is capped
  std::vector<ScreeningPass> passes;  // those that rejected something
  bool capped = false;  // the rule would reject more than the plan allows, so nothing is rejected
  std::size_t would_reject = 0;  // by the plan's rule, after all passes
  // Rejected by one pass of each rule over all prices, for comparison.
  std::size_t by_two_sigma = 0, by_three_sigma = 0, by_mad = 0;
};

// Screens one cell by the plan's rule, at most max_passes times. Cells below min_samples_to_screen
// are kept whole and every count is 0. A scale of 0 rejects nothing: half of the prices or more are
// equal and say nothing about the distance of the rest.
Screening Screen(std::span<const double> sorted, const ScreeningPlan& plan);

// The pass that rejected `price` and how far out it was there, in scales; pass 0 when it was kept.
struct RejectionFigure {
  int pass = 0;
  double figure = 0.0;
};
RejectionFigure FigureOf(double price, std::span<const double> sorted, const Screening& screening,
                         OutlierRule rule);

// The limit of a rule in scales.
double LimitOf(const ScreeningPlan& plan);

}  // namespace dijia
