// Two independent estimates of one price combined with the smallest variance: weights by the
// inverse of the variances (Cochran, The combination of estimates from different experiments,
// Biometrics 10 (1954) 101–129, §3; for two estimates Graybill & Deal, Biometrics 15 (1959)
// 543–550). Prices err in per cent, so it is the logarithms that are combined:
//   ln p = (v₂ ln p₁ + v₁ ln p₂) / (v₁ + v₂),  variance v₁ v₂ / (v₁ + v₂)
// A weight that comes out of few samples is itself uncertain; the variance does not contain that.
#pragma once

#include "dijia/coefficient.h"
#include "dijia/interval.h"

namespace dijia {

struct LogEstimate {
  double price = 0.0;         // > 0
  double log_variance = 0.0;  // of ln price, >= 0
};

struct Blend {
  LogEstimate estimate;
  double first_weight = 0.5;  // of the first estimate; the second has the rest
};

// Precondition: at most one of the variances is 0, and that estimate stands alone then.
Blend BlendPrices(const LogEstimate& first, const LogEstimate& second);

// The variance of ln price behind an interval: half its width on the log scale over the normal
// quantile of its coverage, squared. An interval from few samples with Student's quantiles gives
// somewhat more than the variance, which is the careful side. NaN where an end is not above 0.
double LogVarianceOf(const Interval& interval);

// The variance of ln price of a standard error in per cent of the price: (error / 100)².
double LogVarianceOf(Percent error);

// price · e^(∓ 1.96 σ), the 95 % interval of an estimate.
Interval IntervalOf(const LogEstimate& estimate);

}  // namespace dijia
