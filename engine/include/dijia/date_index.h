// A price index of the market itself, estimated from the samples: the date correction when an
// office has no index series of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dijia/base/result.h"
#include "dijia/price_index.h"

namespace dijia {

// Sales normalised for everything but their date; three numbers each.
struct DatedSales {
  std::span<const std::int32_t> periods;  // in [0, period_count), for example quarters
  std::span<const double> log_prices;
  // >= 0: area × use × grade; each has a level of its own. Numbered in an order that does not
  // depend on the rows, the result has the same bits for shuffled rows.
  std::span<const std::int32_t> cells;
  int period_count = 0;
};

struct DateIndexOptions {
  int base_period = 0;  // its index is 1; with estimates of its own or not
  // 0: least squares. > 0: Huber weights min(1, k s / |e|) with s = MAD / 0.6745 of the residuals,
  // repeated until the index stands; 1.345 keeps 95 % of the precision under normal errors and
  // bounds the pull of a wrong price.
  double huber_k = 0.0;
};

struct DateIndex {
  std::vector<IndexPoint> points;   // one per period
  double residual_deviation = 0.0;  // s (with Huber weights MAD / 0.6745) of log prices about
                                    // cell level + index
  std::size_t degrees_of_freedom = 0;
  std::size_t sales_used = 0;
  // Alone in their cell, or in cells that no chain of cells and periods ties to the largest group
  // of comparable periods.
  std::size_t sales_left_out = 0;
};

// Time-dummy regression with a level for every cell, log p = level_cell + δ_period + e, the levels
// eliminated (within transformation): O(sales log sales + Σ over cells of periods² + periods³).
// Periods without sales, or not comparable with the others, are filled and marked. Standard errors
// are classical and of the difference to the base period; with Huber weights those of Huber (1981,
// §7.6). Errors: kSizesDiffer, kNumberNotAllowed, kTooFewObservations (no degrees of freedom left,
// or no two periods that can be compared), kNoConvergence.
Result<DateIndex> EstimateDateIndex(const DatedSales& sales, const DateIndexOptions& options = {});

}  // namespace dijia
