// Hedonic indices: sales of different properties made comparable by regressions of log price on
// their characteristics (Triplett 2006, OECD Handbook on Hedonic Indexes; Eurostat et al. 2013,
// Handbook on Residential Property Price Indices, chapter 5).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dijia/base/result.h"
#include "dijia/least_squares.h"
#include "dijia/matrix_view.h"
#include "dijia/price_index.h"

namespace dijia {

struct HedonicSales {
  ColumnMajorView characteristics;  // one row per sale, no column of ones; may have no columns
  std::span<const double> log_prices;
  std::span<const std::int32_t> periods;  // in [0, period_count)
  int period_count = 0;
};

struct TimeDummyIndex {
  std::vector<IndexPoint> points;    // the first period with sales is the base
  std::vector<TermEstimate> slopes;  // of the characteristics, the same in every period
  double residual_deviation = 0.0;
  std::size_t degrees_of_freedom = 0;
};

// One regression with a level for every period: log p = δ_period + x β + e. Periods without sales
// are filled. Errors: kSizesDiffer, kNumberNotAllowed, kTooFewObservations (no more sales than
// levels and slopes), kCollinearColumns. `threads` (0 = all cores) never changes the result.
Result<TimeDummyIndex> EstimateTimeDummyIndex(const HedonicSales& sales, unsigned threads = 1);

// One regression per period; the step between neighbouring periods is the geometric Fisher mean of
// revaluing the earlier sales at the later prices and the later sales at the earlier prices, steps
// are chained. The first period is the base. Standard errors by the variances of the regressions,
// the characteristics taken as given. Errors as above; kTooFewObservations when a period has no
// more sales than terms.
Result<std::vector<IndexPoint>> EstimateImputationIndex(const HedonicSales& sales,
                                                        unsigned threads = 1);

}  // namespace dijia
