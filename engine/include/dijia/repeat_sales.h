// Repeat-sales index: what the same property sold for twice says about the market in between.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "dijia/base/result.h"
#include "dijia/price_index.h"

namespace dijia {

// Pairs of sales of one property, three numbers each.
struct RepeatSales {
  std::span<const std::int32_t> first;   // period of the first sale, in [0, period_count)
  std::span<const std::int32_t> second;  // of the second, > first
  std::span<const double> log_ratio;     // log(second price / first price)
  int period_count = 0;
};

enum class RepeatSalesMethod : std::uint8_t {
  // Least squares of the log ratios on period dummies, −1 first and +1 second, no intercept
  // (Bailey,
  // Muth & Nourse 1963).
  kBaileyMuthNourse,
  // Three stages: the above; its squared residuals on the time between sales; the above again with
  // weights 1 / the fitted variance (Case & Shiller 1987).
  kCaseShiller,
};

// What to do when the fitted line of variances is not positive for some time between sales that
// occurs. Such a weight would be infinite or negative.
enum class NegativeVariancePolicy : std::uint8_t {
  kRefuse,      // error kNegativeVarianceLine
  kFloor,       // variances below `variance_floor` are raised to it, and counted
  kUnweighted,  // the result of the first stage stands, and says so
};

struct RepeatSalesOptions {
  RepeatSalesMethod method = RepeatSalesMethod::kCaseShiller;
  NegativeVariancePolicy negative_variance = NegativeVariancePolicy::kRefuse;
  double variance_floor = 1e-6;  // kFloor: > 0, variance of a log ratio
};

struct RepeatSalesIndex {
  // One per period; the first is the base, 0. Standard errors as of weighted least squares.
  // `sales` counts the sales of pairs. Periods that no chain of pairs ties to the base are filled.
  std::vector<IndexPoint> points;
  std::size_t pairs = 0;            // used: tied to the base period
  std::size_t pairs_left_out = 0;   // not tied to it
  double residual_deviation = 0.0;  // of log ratios, first stage
  bool weighted = false;            // the third stage was done
  // The line of variances (kCaseShiller): intercept + slope · periods between the sales.
  double variance_intercept = 0.0;
  double variance_slope = 0.0;
  double smallest_variance = 0.0;  // of the line, over the times between sales that occur
  std::size_t pairs_floored = 0;
};

// O(pairs + period_count³): pairs collapse into a table of counts, sums and squares by their two
// periods. Errors: kSizesDiffer, kNumberNotAllowed (period out of range, second not after first, a
// log ratio not finite), kTooFewObservations (base period without pairs, or no more pairs than
// periods to estimate), kNegativeVarianceLine.
Result<RepeatSalesIndex> FitRepeatSales(const RepeatSales& sales,
                                        const RepeatSalesOptions& options = {});

}  // namespace dijia
