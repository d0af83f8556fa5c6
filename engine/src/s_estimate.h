// S-estimates of regression: the coefficients whose residuals have the smallest M-scale (Rousseeuw
// & Yohai 1984); the start of MM-estimates.
#pragma once

#include <Eigen/Dense>
#include <cstdint>
#include <span>

#include "weighted_solver.h"

namespace dijia {

struct SEstimate {
  Eigen::VectorXd coefficients;
  double scale = 0.0;  // 0 when half of the rows are fitted exactly
};

// Bisquare loss with c = 1.54764 (half of the rows may be wrong), s from
// Σ ρ(e / s) = (rows − terms) / 2. Precondition: rows > terms.
SEstimate FitS(const WeightedSolver& solver, std::uint64_t seed);

// The s that solves the equation above, found from `start` > 0 or, for 0, from the MAD.
double MScale(std::span<const double> residuals, Eigen::Index terms, double start);

}  // namespace dijia
