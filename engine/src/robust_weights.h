// Weights, scale and variance of M-estimates; u is a residual over the scale.
#pragma once

#include <cstddef>
#include <span>

namespace dijia {

// ψ(u)/u of Huber: 1 up to k, then k / |u|.
double HuberWeight(double u, double k);

// ψ(u)/u of Tukey's bisquare: (1 − (u/c)²)², 0 from c on.
double BisquareWeight(double u, double c);

// ψ'(u) of the two.
double HuberSlope(double u, double k);
double BisquareSlope(double u, double c);

// Tukey's bisquare loss scaled to 1 far away: 1 − (1 − (u/c)²)³.
double BisquareLoss(double u, double c);

// Median of |e| over 0.6745, the scale of R's rlm; not centred. 0 for no residuals.
double ResidualScale(std::span<const double> residuals);

enum class Psi { kHuber, kBisquare };

// The factor on (XᵀX)⁻¹ that gives the covariance of an M-estimate with `terms` coefficients,
// S K² / m² with S = Σ (s ψ)² / (n − terms), m the mean of ψ' and K = 1 + terms var(ψ') / (n m²)
// (Huber 1981, Robust Statistics, §7.6). Precondition: scale > 0, more residuals than terms.
double RobustVariance(std::span<const double> residuals, double scale, Psi psi, double tuning,
                      std::size_t terms);

}  // namespace dijia
