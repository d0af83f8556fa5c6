// Order across grades: the nearest estimates that fall (or rise) in order, and whether the raw
// estimates disagree with the order by more than chance (Robertson, Wright & Dykstra 1988, Order
// Restricted Statistical Inference, chapters 1 and 2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dijia/base/result.h"

namespace dijia {

enum class MonotoneDirection : std::uint8_t { kRising, kFalling };

// The values f with f₁ <= f₂ <= … (or >=) that make Σ w (y − f)² smallest: pool adjacent violators,
// O(n). `weights` is empty for 1, else y.size() numbers > 0; all numbers finite. Empty for no y.
std::vector<double> IsotonicFit(std::span<const double> y, std::span<const double> weights = {},
                                MonotoneDirection direction = MonotoneDirection::kRising);

// An estimate of one grade, with the variance of the estimate (not of the samples).
struct OrderedEstimate {
  double value = 0.0;
  double variance = 0.0;            // > 0
  double degrees_of_freedom = 0.0;  // of the variance; 0 = the variance is known
};

struct OrderTestOptions {
  MonotoneDirection direction = MonotoneDirection::kFalling;  // grade 1 is the dearest
  std::uint64_t seed = 20220421;
  // Of the simulations, when one is needed: p near 0.05 is then known to 0.0015 (one s.e.).
  int replicates = 20'000;
};

enum class OrderTestMethod : std::uint8_t {
  kExactLevelProbabilities,      // up to four estimates, or equal variances
  kSimulatedLevelProbabilities,  // five or more with unequal variances
  kSimulatedStatistic,           // variances estimated with finite degrees of freedom
};

struct OrderTest {
  std::vector<double> fitted;  // the estimates in order, weights 1 / variance
  double statistic = 0.0;      // D = Σ (raw − fitted)² / variance; 0 when already in order
  // The probability of a larger D when all true values are equal, the worst case of "in order":
  // small = the raw order contradicts the hypothesis. 1 when D = 0.
  double p_value = 1.0;
  OrderTestMethod method = OrderTestMethod::kExactLevelProbabilities;
};

// Tests "the true values fall (rise) in order" against any other order by the likelihood ratio.
// With known variances D is chi-bar-square: P(D >= d) = Σ_l P(l, k; w) P(χ²_{k−l} >= d), where
// P(l, k; w) is the probability that the fit has l levels. With estimated variances D is simulated:
// normal estimates, χ² variances, fitted with the weights each replicate would have.
// Errors: kTooFewObservations (needs 2), kNumberNotAllowed (not finite, variance not > 0,
// degrees < 0).
Result<OrderTest> TestOrder(std::span<const OrderedEstimate> estimates,
                            const OrderTestOptions& options = {});

// P(l, k; w) for l = 1 … k at index l − 1: the probability that the isotonic fit of independent
// normal values with one mean and variances 1 / w has l levels. Exact (orthant probabilities and
// the recursion over blocks) for k <= 4 and for equal weights, else by simulation.
std::vector<double> LevelProbabilities(std::span<const double> weights,
                                       const OrderTestOptions& options = {});

}  // namespace dijia
