// The choices an office has for the centre of a cell and for its interval.
#pragma once

#include <array>
#include <cstdint>

#include "dijia/base/enum_table.h"

namespace dijia {

// Centre of the normalised sample prices of one cell (benchmark-price notes §3.1).
enum class Estimator : std::uint8_t {
  kMean,
  kAreaWeightedMean,
  kMedian,
  kTrimmedMean,
  kHodgesLehmann,
  kHuber,
};

template <>
struct EnumTableOf<Estimator> {
  static constexpr std::array<EnumRow<Estimator>, 6> kRows{{
      {Estimator::kMean, "mean"},
      {Estimator::kAreaWeightedMean, "area_weighted_mean"},
      {Estimator::kMedian, "median"},
      {Estimator::kTrimmedMean, "trimmed_mean"},
      {Estimator::kHodgesLehmann, "hodges_lehmann"},
      {Estimator::kHuber, "huber"},
  }};
};
static_assert(EnumTableIsComplete<Estimator>(6));

// How the 95 % interval of a cell is made.
enum class IntervalMethod : std::uint8_t {
  kAnalytic,        // the estimator's own: t, ratio estimator with t, Winsorised, Walsh averages
  kOrderStatistic,  // exact binomial interval of the median; only with the median
  kBootstrapPercentile,  // deterministic, counter-based generator
  kBootstrapBca,
};

template <>
struct EnumTableOf<IntervalMethod> {
  static constexpr std::array<EnumRow<IntervalMethod>, 4> kRows{{
      {IntervalMethod::kAnalytic, "analytic"},
      {IntervalMethod::kOrderStatistic, "order_statistic"},
      {IntervalMethod::kBootstrapPercentile, "bootstrap_percentile"},
      {IntervalMethod::kBootstrapBca, "bootstrap_bca"},
  }};
};
static_assert(EnumTableIsComplete<IntervalMethod>(4));

// The interval of a plan that states none: every estimator has an analytic one, and that of the
// median is the exact one of its order statistics.
constexpr IntervalMethod DefaultIntervalOf(Estimator estimator) {
  return estimator == Estimator::kMedian ? IntervalMethod::kOrderStatistic
                                         : IntervalMethod::kAnalytic;
}

}  // namespace dijia
