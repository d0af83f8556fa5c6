// J2a and J2a2: bootstrap intervals of 50 cells of 200 prices, 10,000 replicates each.
#include <algorithm>
#include <memory>
#include <vector>

#include "dijia/bootstrap.h"
#include "job.h"

namespace dijia::bench {
namespace {

constexpr std::size_t kCell = 200;
constexpr std::size_t kReplicates = 10'000;

// The mean of the lower and of the upper ends, which is what peers answer.
Run PrepareBootstrap(const Arrays& arrays, Estimator estimator, BootstrapInterval interval) {
  const auto prices = std::make_shared<const std::vector<double>>(arrays.Doubles("boot"));
  return [prices, estimator, interval](unsigned threads) {
    std::vector<double> sorted = *prices;
    std::vector<std::size_t> offsets{0};
    while (offsets.back() < sorted.size()) {
      const auto first = sorted.begin() + static_cast<std::ptrdiff_t>(offsets.back());
      std::sort(first, first + kCell);
      offsets.push_back(offsets.back() + kCell);
    }
    const BootstrapOptions options{.interval = interval,
                                   .replicates = kReplicates,
                                   .quantile = QuantileType::kGumbel,
                                   .seed = 1,
                                   .threads = threads};
    const auto results = BootstrapCells(estimator, sorted, {}, offsets, {}, options);
    double low = 0.0, high = 0.0;
    for (const BootstrapResult& result : results) {
      low += result.interval.low / static_cast<double>(results.size());
      high += result.interval.high / static_cast<double>(results.size());
    }
    return CheckOf({low, high});
  };
}

}  // namespace

Run PrepareMedianBootstrap(const Arrays& arrays) {
  return PrepareBootstrap(arrays, Estimator::kMedian, BootstrapInterval::kPercentile);
}

Run PrepareMeanBootstrap(const Arrays& arrays) {
  return PrepareBootstrap(arrays, Estimator::kMean, BootstrapInterval::kBca);
}

}  // namespace dijia::bench
