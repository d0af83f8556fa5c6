#include "replicates.h"

#include <algorithm>
#include <array>
#include <vector>

namespace dijia {
namespace {

constexpr std::size_t kLanes = kReplicateLanes;
using LaneEstimates = std::array<double, kLanes>;

// The sums of x over the draws of every lane. First and second draws of the words have a sum each:
// an order that every way of making the draws can keep.
struct PairSum {
  double first = 0;
  double second = 0;

  double Total() const { return first + second; }
};

PairSum SumOfDraws(const double* x, std::span<const std::uint32_t> indices) {
  PairSum sum;
  std::size_t i = 0;
  for (; i + 1 < indices.size(); i += 2) {
    sum.first += x[indices[i]];
    sum.second += x[indices[i + 1]];
  }
  if (i < indices.size()) sum.first += x[indices[i]];
  return sum;
}

// `x` has a zero after its last value, which the draw that stands for nothing points to.
void SumsOfLanes(const double* x, const std::int16_t* draws, std::size_t rows, LaneEstimates& out) {
  constexpr std::size_t kTogether = 4;  // enough independent sums to hide the time of an addition
  for (std::size_t lane = 0; lane < kLanes; lane += kTogether) {
    std::array<PairSum, kTogether> sums;
    for (std::size_t row = 0; row < rows; ++row) {
      const std::int16_t* const pairs = draws + row * kLaneRow + 2 * lane;
      for (std::size_t k = 0; k < kTogether; ++k) {
        sums[k].first += x[pairs[2 * k]];
        sums[k].second += x[pairs[2 * k + 1]];
      }
    }
    for (std::size_t k = 0; k < kTogether; ++k) out[lane + k] = sums[k].Total();
  }
}

std::vector<double> WithZero(std::span<const double> values) {
  std::vector<double> padded(values.begin(), values.end());
  padded.push_back(0);
  return padded;
}

// Of a weighted mean: weight · value and weight; of a plain mean: the values.
struct SumTables {
  std::vector<double> numerator;
  std::vector<double> denominator;  // empty: the number of draws
};

SumTables TablesOf(const ResampledCell& cell) {
  if (cell.estimator == Estimator::kMean) return {WithZero(cell.sorted), {}};
  SumTables tables{WithZero(cell.sorted), WithZero(cell.weights)};
  for (std::size_t i = 0; i < cell.sorted.size(); ++i) tables.numerator[i] *= cell.weights[i];
  return tables;
}

double RatioOf(const SumTables& tables, double numerator, double denominator) {
  if (!tables.denominator.empty()) return numerator / denominator;
  return numerator / static_cast<double>(tables.numerator.size() - 1);
}

using Counters = std::array<std::int16_t, kLaneRow>;

// For every column the draws that are at most its threshold.
DIJIA_ALWAYS_INLINE Counters CountAtMost(const std::int16_t* draws, std::size_t rows,
                                         Counters threshold) {
  Counters counts{};
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t e = 0; e < kLaneRow; ++e) {
      const int more = draws[row * kLaneRow + e] <= threshold[e] ? 1 : 0;
      counts[e] = static_cast<std::int16_t>(counts[e] + more);
    }
  }
  return counts;
}

// The least index that at least `wanted` draws of its lane do not exceed, by bisection of all lanes
// together; `reached` is the number of draws it is reached by.
struct LaneRanks {
  std::array<std::int16_t, kLanes> index;
  std::array<std::int16_t, kLanes> reached;
};

DIJIA_ALWAYS_INLINE LaneRanks RankOfLanes(const std::int16_t* draws, std::size_t count,
                                          std::int16_t wanted) {
  std::array<std::int16_t, kLanes> low{};
  LaneRanks high;
  high.index.fill(static_cast<std::int16_t>(count - 1));
  high.reached.fill(static_cast<std::int16_t>(count));
  Counters threshold;
  for (std::size_t width = count - 1; width > 0; width /= 2) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const auto mid = static_cast<std::int16_t>((low[lane] + high.index[lane]) / 2);
      threshold[2 * lane] = threshold[2 * lane + 1] = mid;
    }
    const Counters counts = CountAtMost(draws, LaneRows(count), threshold);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const std::int16_t mid = threshold[2 * lane];
      const auto reached = static_cast<std::int16_t>(counts[2 * lane] + counts[2 * lane + 1]);
      const bool enough = reached >= wanted;
      low[lane] = enough ? low[lane] : static_cast<std::int16_t>(mid + 1);
      high.index[lane] = enough ? mid : high.index[lane];
      high.reached[lane] = enough ? reached : high.reached[lane];
    }
  }
  return high;
}

// The least draw above the threshold in every column, 32767 where there is none.
DIJIA_ALWAYS_INLINE Counters LeastAbove(const std::int16_t* draws, std::size_t rows,
                                        Counters threshold) {
  constexpr std::int16_t kNone = 0x7FFF;
  Counters least;
  least.fill(kNone);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t e = 0; e < kLaneRow; ++e) {
      const std::int16_t draw = draws[row * kLaneRow + e];
      const std::int16_t above = draw > threshold[e] ? draw : kNone;
      least[e] = above < least[e] ? above : least[e];
    }
  }
  return least;
}

DIJIA_ALWAYS_INLINE void MediansOfLanes(std::span<const double> sorted, const std::int16_t* draws,
                                        LaneEstimates& out) {
  const std::size_t count = sorted.size();
  const bool odd = count % 2 == 1;
  const auto wanted = static_cast<std::int16_t>(odd ? count / 2 + 1 : count / 2);
  const LaneRanks lower = RankOfLanes(draws, count, wanted);
  Counters threshold;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    threshold[2 * lane] = threshold[2 * lane + 1] = lower.index[lane];
  }
  const Counters above = odd ? Counters{} : LeastAbove(draws, LaneRows(count), threshold);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const auto at = static_cast<std::size_t>(lower.index[lane]);
    const bool one = odd || lower.reached[lane] > wanted;  // both middle values are the same draw
    const auto next =
        one ? at : static_cast<std::size_t>(std::min(above[2 * lane], above[2 * lane + 1]));
    out[lane] = odd ? sorted[at] : (sorted[at] + sorted[next]) / 2;
  }
}

void MediansBaseline(std::span<const double> sorted, const std::int16_t* draws,
                     LaneEstimates& out) {
  MediansOfLanes(sorted, draws, out);
}

DIJIA_TARGET_AVX2 void MediansAvx2(std::span<const double> sorted, const std::int16_t* draws,
                                   LaneEstimates& out) {
  MediansOfLanes(sorted, draws, out);
}

DIJIA_TARGET_AVX512 void MediansAvx512(std::span<const double> sorted, const std::int16_t* draws,
                                       LaneEstimates& out) {
  MediansOfLanes(sorted, draws, out);
}

// A replicate as a sorted sample: how often each value was drawn says it all.
class SortedReplicate {
 public:
  explicit SortedReplicate(const ResampledCell& cell) : cell_(cell) {}

  double EstimateFrom(std::span<const std::uint32_t> indices) {
    counts_.assign(cell_.sorted.size(), 0);
    for (const std::uint32_t index : indices) ++counts_[index];
    values_.clear();
    weights_.clear();
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      values_.insert(values_.end(), counts_[i], cell_.sorted[i]);
      if (!cell_.weights.empty()) weights_.insert(weights_.end(), counts_[i], cell_.weights[i]);
    }
    return Estimate(cell_.estimator, values_, weights_, cell_.options);
  }

 private:
  const ResampledCell& cell_;
  std::vector<std::uint32_t> counts_;
  std::vector<double> values_;
  std::vector<double> weights_;
};

bool IsSum(Estimator estimator) {
  return estimator == Estimator::kMean || estimator == Estimator::kAreaWeightedMean;
}

double SumEstimate(const SumTables& tables, std::span<const std::uint32_t> indices) {
  const double numerator = SumOfDraws(tables.numerator.data(), indices).Total();
  if (tables.denominator.empty()) return RatioOf(tables, numerator, 0);
  return RatioOf(tables, numerator, SumOfDraws(tables.denominator.data(), indices).Total());
}

// Sixteen replicates at a time, for estimators that need no sorted replicate.
class LaneEstimator {
 public:
  LaneEstimator(const ResampledCell& cell, SimdLevel level)
      : cell_(cell), level_(level), draws_(LaneBufferSize(cell.sorted.size())) {
    if (IsSum(cell.estimator)) tables_ = TablesOf(cell);
  }

  LaneEstimates Estimates(const DrawSource& source, std::uint32_t first) {
    DrawLanes(source, first, cell_.sorted.size(), draws_, level_);
    LaneEstimates out;
    if (cell_.estimator == Estimator::kMedian) {
      ForLevel(level_, MediansBaseline, MediansAvx2, MediansAvx512)(cell_.sorted, draws_.data(),
                                                                    out);
      return out;
    }
    const std::size_t rows = LaneRows(cell_.sorted.size());
    LaneEstimates denominators{};
    SumsOfLanes(tables_.numerator.data(), draws_.data(), rows, out);
    if (!tables_.denominator.empty()) {
      SumsOfLanes(tables_.denominator.data(), draws_.data(), rows, denominators);
    }
    for (std::size_t k = 0; k < kLanes; ++k) out[k] = RatioOf(tables_, out[k], denominators[k]);
    return out;
  }

 private:
  const ResampledCell& cell_;
  SimdLevel level_;
  std::vector<std::int16_t> draws_;
  SumTables tables_;
};

}  // namespace

double EstimateReplicate(const ResampledCell& cell, std::span<const std::uint32_t> indices) {
  if (IsSum(cell.estimator)) return SumEstimate(TablesOf(cell), indices);
  return SortedReplicate(cell).EstimateFrom(indices);
}

void EstimateReplicates(const ResampledCell& cell, const DrawSource& source, std::uint32_t first,
                        std::span<double> out, SimdLevel level) {
  const std::size_t n = cell.sorted.size();
  const bool in_lanes = n >= 2 && n <= kLargestPairedSample &&
                        (IsSum(cell.estimator) || cell.estimator == Estimator::kMedian);
  if (in_lanes) {
    LaneEstimator lanes(cell, level);
    for (std::size_t i = 0; i < out.size(); i += kLanes) {
      const LaneEstimates estimates =
          lanes.Estimates(source, first + static_cast<std::uint32_t>(i));
      std::copy_n(estimates.begin(), std::min(kLanes, out.size() - i),
                  out.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return;
  }
  SortedReplicate replicate(cell);
  const SumTables tables = IsSum(cell.estimator) ? TablesOf(cell) : SumTables{};
  std::vector<std::uint32_t> indices(n);
  for (std::size_t i = 0; i < out.size(); ++i) {
    DrawReplicate(source, first + static_cast<std::uint32_t>(i), indices);
    out[i] = IsSum(cell.estimator) ? SumEstimate(tables, indices) : replicate.EstimateFrom(indices);
  }
}

}  // namespace dijia
