#include "dijia/ordered_grid.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "max_flow.h"

namespace dijia {
namespace {

using Block = std::vector<std::size_t>;  // indices of values

class PartialOrder {
 public:
  PartialOrder(std::span<const double> values, std::span<const double> weights,
               std::span<const OrderPair> pairs)
      : values_(values), weights_(weights), pairs_(pairs) {
    fit_.fitted.resize(values.size());
    fit_.certificate.multipliers.resize(pairs.size(), 0.0);
    double scale = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) scale += WeightOf(i) * std::fabs(values[i]);
    // Gains below are rounding errors of sums of so many terms of that size.
    smallest_gain_ = 1e-14 * static_cast<double>(values.size()) * scale;
  }

  PartialOrderFit Run() {
    Block all(values_.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    blocks_.push_back(std::move(all));
    while (!blocks_.empty()) {
      const Block block = std::move(blocks_.back());
      blocks_.pop_back();
      if (!block.empty()) SplitOrSettle(block);
    }
    return std::move(fit_);
  }

 private:
  double WeightOf(std::size_t i) const { return weights_.empty() ? 1.0 : weights_[i]; }

  double MeanOf(const Block& block) const {
    double sum = 0.0, weight = 0.0;
    for (const std::size_t i : block) {
      sum += WeightOf(i) * values_[i];
      weight += WeightOf(i);
    }
    return sum / weight;
  }

  // The set of values above the mean with the largest Σ w (y − mean) that contains with every value
  // those that stand above it is the side of the source of the smallest cut of this network: from
  // the source what a value has over the mean, to the sink what it lacks, from each value without
  // limit to those above it. A flow that carries all surplus away shows that there is no gain.
  void SplitOrSettle(const Block& block) {
    const double mean = MeanOf(block);
    std::vector<std::size_t> place(values_.size(), kOutside);
    for (std::size_t k = 0; k < block.size(); ++k) place[block[k]] = k;
    const std::size_t source = block.size(), sink = source + 1;
    FlowNetwork network(block.size() + 2);
    double surplus = 0.0;
    std::vector<std::size_t> supplies;
    for (std::size_t k = 0; k < block.size(); ++k) {
      const double over = WeightOf(block[k]) * (values_[block[k]] - mean);
      if (over > 0.0) supplies.push_back(network.AddEdge(source, k, over));
      if (over < 0.0) network.AddEdge(k, sink, -over);
      surplus += std::max(over, 0.0);
    }
    std::vector<std::pair<std::size_t, std::size_t>> inner;  // pair, edge
    for (std::size_t p = 0; p < pairs_.size(); ++p) {
      const std::size_t above = place[pairs_[p].above], below = place[pairs_[p].below];
      if (above == kOutside || below == kOutside) continue;
      constexpr double kNoLimit = std::numeric_limits<double>::infinity();
      inner.emplace_back(p, network.AddEdge(below, above, kNoLimit));
    }
    network.Maximise(source, sink);
    double carried = 0.0;
    for (const std::size_t supply : supplies) carried += network.FlowOn(supply);
    if (surplus - carried > smallest_gain_) {
      Split(block, network);
      return;
    }
    for (const std::size_t i : block) fit_.fitted[i] = mean;
    for (const auto& [pair, edge] : inner) {
      fit_.certificate.multipliers[pair] = network.FlowOn(edge);
    }
  }

  void Split(const Block& block, const FlowNetwork& network) {
    Block upper, lower;
    for (std::size_t k = 0; k < block.size(); ++k) {
      (network.IsOnSourceSide(k) ? upper : lower).push_back(block[k]);
    }
    blocks_.push_back(std::move(upper));
    blocks_.push_back(std::move(lower));
  }

  static constexpr std::size_t kOutside = static_cast<std::size_t>(-1);

  std::span<const double> values_, weights_;
  std::span<const OrderPair> pairs_;
  double smallest_gain_ = 0.0;
  std::vector<Block> blocks_;  // still to be looked at
  PartialOrderFit fit_;
};

bool IsAbove(const GridCell& a, const GridCell& b) {
  return a != b && a.row <= b.row && a.grade <= b.grade;
}

}  // namespace

Result<PartialOrderFit> FitPartialOrder(std::span<const double> values,
                                        std::span<const double> weights,
                                        std::span<const OrderPair> pairs) {
  if (!weights.empty() && weights.size() != values.size()) {
    return Error{Code::kSizesDiffer,
                 std::to_string(weights.size()) + " ≠ " + std::to_string(values.size())};
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool is_weighted = weights.empty() || (std::isfinite(weights[i]) && weights[i] > 0.0);
    if (!std::isfinite(values[i]) || !is_weighted) {
      return Error{Code::kNumberNotAllowed, std::to_string(i)};
    }
  }
  return PartialOrder(values, weights, pairs).Run();
}

std::vector<OrderPair> GridPairs(std::span<const GridCell> cells) {
  std::vector<OrderPair> pairs;
  for (std::size_t a = 0; a < cells.size(); ++a) {
    for (std::size_t b = 0; b < cells.size(); ++b) {
      if (!IsAbove(cells[a], cells[b])) continue;
      const bool is_next = std::ranges::none_of(cells, [&](const GridCell& between) {
        return IsAbove(cells[a], between) && IsAbove(between, cells[b]);
      });
      if (is_next) pairs.push_back({a, b});
    }
  }
  return pairs;
}

}  // namespace dijia
