// J1a: 10 million samples to their benchmark conditions.
#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <span>
#include <type_traits>
#include <vector>

#include "dijia/normalise.h"
#include "dijia/parallel.h"
#include "job.h"

namespace dijia::bench {
namespace {

constexpr std::size_t kBlock = 4096;

struct NormalizeInput {
  std::vector<std::uint32_t> group;
  std::vector<std::int32_t> period;
  std::vector<double> price, add, far, term;
  NormalizationGroups groups;  // one for each use and grade, as a computation has them
  std::vector<double> out, block_sums;
};

// 200 cells: 50 grades of each use.
NormalizationGroups GroupsOfTheUses() {
  NormalizationGroups groups;
  for (int cell = 0; cell < Arrays::kGroups; ++cell) {
    const int use = cell / (Arrays::kGroups / Arrays::kUses);
    const double rate = Arrays::kRate[use], exponent = Arrays::kFarExponent[use];
    groups.far_exponent.push_back(exponent);
    groups.far_log_base.push_back(std::log(Arrays::kBaseFar[use]));
    groups.term_discount.push_back(std::log1p(rate));
    groups.term_full.push_back(1.0 - std::pow(1.0 + rate, -Arrays::kTerm[use]));
    groups.date_offset.push_back(static_cast<std::uint32_t>(use * Arrays::kMonths));
  }
  for (int use = 0; use < Arrays::kUses; ++use) {
    for (int month = 0; month < Arrays::kMonths; ++month) {
      groups.date_factors.push_back(Arrays::IndexOf(use, month));
    }
  }
  return groups;
}

}  // namespace

Run PrepareNormalize(const Arrays& arrays) {
  const auto input = std::make_shared<NormalizeInput>();
  const std::vector<std::uint8_t> group = arrays.Bytes("s_group"), month = arrays.Bytes("s_month");
  input->group.assign(group.begin(), group.end());
  input->period.assign(month.begin(), month.end());
  input->price = arrays.Doubles("s_price");
  input->add = arrays.Doubles("s_dev");
  input->far = arrays.Doubles("s_far");
  input->term = arrays.Doubles("s_term");
  input->groups = GroupsOfTheUses();
  const std::size_t blocks = (input->price.size() + kBlock - 1) / kBlock;
  input->out.resize(input->price.size());
  input->block_sums.resize(blocks);
  return [input, blocks](unsigned threads) {
    ForEachIndex(blocks, threads, [&](std::size_t block) {
      const std::size_t first = block * kBlock;
      const std::size_t count = std::min(kBlock, input->out.size() - first);
      const auto rows = [&](const auto& column) {
        return std::span<const typename std::decay_t<decltype(column)>::value_type>(column).subspan(
            first, count);
      };
      const std::span<double> out = std::span(input->out).subspan(first, count);
      Normalize({.group = rows(input->group),
                 .period = rows(input->period),
                 .price = rows(input->price),
                 .add = rows(input->add),
                 .far = rows(input->far),
                 .far_factor = {},
                 .term = rows(input->term),
                 .circumstance = {}},
                input->groups, out);
      input->block_sums[block] = std::accumulate(out.begin(), out.end(), 0.0);
    });
    return CheckOf({std::accumulate(input->block_sums.begin(), input->block_sums.end(), 0.0)});
  };
}

}  // namespace dijia::bench
