// J9: the values of 10 million parcels in doubles, and how many sales lie below 70 % of them.
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "dijia/parallel.h"
#include "dijia/price_simulation.h"
#include "job.h"

namespace dijia::bench {
namespace {

constexpr std::size_t kBlock = 4096;
constexpr int kGrades = 8, kFactors = 6;
constexpr double kFloorShare = 0.7;  // of the peers' job

struct ValueInput {
  std::vector<std::uint8_t> use, grade, month;
  std::vector<double> area, far, term, add, paid;
  std::array<std::vector<double>, kFactors> factors;
  SimulationGroups groups{{}};
  std::vector<double> block_sums;
  std::vector<std::int64_t> block_counts;
};

SimulationGroups GroupsOfGrades() {
  std::vector<double> index;
  for (int use = 0; use < Arrays::kUses; ++use) {
    for (int month = 0; month < Arrays::kMonths; ++month) {
      index.push_back(Arrays::IndexOf(use, month));
    }
  }
  SimulationGroups groups(std::move(index));
  for (int use = 0; use < Arrays::kUses; ++use) {
    for (int grade = 0; grade < kGrades; ++grade) {
      groups.Add({.base = std::round(4000.0 / (use + 1) * std::pow(0.8, grade) * 100.0) / 100.0,
                  .far_exponent = Arrays::kFarExponent[use],
                  .base_far = Arrays::kBaseFar[use],
                  .rate = Arrays::kRate[use],
                  .full_term = Arrays::kTerm[use],
                  .index_offset = static_cast<std::uint32_t>(use * Arrays::kMonths)});
    }
  }
  return groups;
}

// The prices of a block stay in the first-level cache.
void ValueBlock(ValueInput& input, std::size_t block) {
  const std::size_t first = block * kBlock;
  const std::size_t count = std::min(kBlock, input.far.size() - first);
  const auto rows = [&](const auto& column) { return std::span(column).subspan(first, count); };
  std::array<std::span<const double>, kFactors> factors;
  std::ranges::transform(input.factors, factors.begin(), rows);
  std::array<double, kBlock> prices;
  const std::span<double> out = std::span(prices).first(count);
  SimulatePrices({.use = rows(input.use),
                  .grade = rows(input.grade),
                  .grades = kGrades,
                  .period = rows(input.month),
                  .far = rows(input.far),
                  .term = rows(input.term),
                  .add = rows(input.add),
                  .factors = factors},
                 input.groups, out);
  const auto area = rows(input.area), paid = rows(input.paid);
  // Eight lanes, so that the order of the sum is fixed and the loop still vectorises.
  std::array<double, 8> sums{};
  std::array<std::int64_t, 8> below{};
  for (std::size_t i = 0; i + 8 <= count; i += 8) {
    for (std::size_t lane = 0; lane < 8; ++lane) {
      sums[lane] += out[i + lane] * area[i + lane];
      below[lane] += paid[i + lane] < kFloorShare * out[i + lane] ? 1 : 0;
    }
  }
  for (std::size_t i = count / 8 * 8; i < count; ++i) {
    sums[0] += out[i] * area[i];
    below[0] += paid[i] < kFloorShare * out[i] ? 1 : 0;
  }
  input.block_sums[block] = std::accumulate(sums.begin(), sums.end(), 0.0);
  input.block_counts[block] = std::accumulate(below.begin(), below.end(), std::int64_t{0});
}

}  // namespace

Run PrepareValues(const Arrays& arrays) {
  const auto input = std::make_shared<ValueInput>();
  input->use = arrays.Bytes("p_use");
  input->grade = arrays.Bytes("p_grade");
  input->month = arrays.Bytes("p_month");
  input->area = arrays.Doubles("p_area");
  input->far = arrays.Doubles("p_far");
  input->term = arrays.Doubles("p_term");
  input->add = arrays.Doubles("p_dev");
  input->paid = arrays.Doubles("p_paid");
  for (std::size_t k = 0; k < kFactors; ++k) {
    input->factors[k] = arrays.Doubles("p_k" + std::to_string(k + 1));
  }
  input->groups = GroupsOfGrades();
  const std::size_t blocks = (input->far.size() + kBlock - 1) / kBlock;
  input->block_sums.resize(blocks);
  input->block_counts.resize(blocks);
  return [input, blocks](unsigned threads) {
    ForEachIndex(blocks, threads, [&](std::size_t block) { ValueBlock(*input, block); });
    const auto& sums = input->block_sums;
    const auto& counts = input->block_counts;
    return CheckOf(
        {std::accumulate(sums.begin(), sums.end(), 0.0),
         static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}))});
  };
}

}  // namespace dijia::bench
