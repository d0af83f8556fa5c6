// Estimates of bootstrap replicates: the hot loops of bootstrap.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "dijia/location.h"
#include "resample.h"

namespace dijia {

// A sample to resample: ascending values and their weights (empty when the estimator ignores them).
struct ResampledCell {
  Estimator estimator = Estimator::kMean;
  std::span<const double> sorted;
  std::span<const double> weights;
  EstimateOptions options;
};

// The estimate from one replicate given by as many indices as there are values.
double EstimateReplicate(const ResampledCell& cell, std::span<const std::uint32_t> indices);

// out[i] = the estimate of replicate first + i. The level only changes the speed.
void EstimateReplicates(const ResampledCell& cell, const DrawSource& source, std::uint32_t first,
                        std::span<double> out, SimdLevel level = BestSimdLevel());

}  // namespace dijia
