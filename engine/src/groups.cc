#include "dijia/groups.h"

#include <algorithm>
#include <cassert>

#include "dijia/parallel.h"
#include "group_blocks.h"
#include "radix_sort.h"

namespace dijia {
namespace {

constexpr std::size_t kGroupsPerTask = 16;

// Rows of equal value in the order of their weights, so that sums over them do not depend on the
// order of the rows. They stand in row order before.
void SortTiesByWeight(std::span<KeyedRow> rows, std::span<const double> weights) {
  for (std::size_t first = 0; first < rows.size();) {
    std::size_t last = first + 1;
    while (last < rows.size() && rows[last].key == rows[first].key) ++last;
    if (last - first > 1) {
      const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(first);
      std::stable_sort(begin, rows.begin() + static_cast<std::ptrdiff_t>(last),
                       [weights](const KeyedRow& a, const KeyedRow& b) {
                         return weights[a.row] < weights[b.row];
                       });
    }
    first = last;
  }
}

// Sorts runs of values and their rows; keeps its memory from run to run.
class RunSorter {
 public:
  explicit RunSorter(std::span<const double> weights) : weights_(weights) {}

  void Sort(std::span<double> values, std::span<std::uint32_t> rows) {
    keyed_.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) keyed_[i] = {SortKey(values[i]), rows[i]};
    RadixSort(keyed_, scratch_);
    if (!weights_.empty()) SortTiesByWeight(keyed_, weights_);
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = ValueOfKey(keyed_[i].key);
      rows[i] = keyed_[i].row;
    }
  }

 private:
  std::span<const double> weights_;
  std::vector<KeyedRow> keyed_;
  std::vector<KeyedRow> scratch_;
};

}  // namespace

GroupedValues SortGroups(std::span<const double> values, std::span<const double> weights,
                         std::span<const std::uint32_t> groups, std::size_t group_count,
                         unsigned threads) {
  assert(values.size() == groups.size() && values.size() < kNoGroup);
  assert(weights.empty() || weights.size() == values.size());
  const GroupPlaces places = PlacesOfGroups(groups, group_count, threads);
  const std::size_t count = places.offsets.back();
  GroupedValues sorted{std::vector<double>(count), std::vector<std::uint32_t>(count),
                       places.offsets};
  ForEachIndex(places.blocks.size(), threads, [&](std::size_t block) {
    std::vector<std::uint32_t> next = places.blocks[block];
    const auto [first, last] = RowsOfBlock(block, groups.size());
    for (std::size_t row = first; row < last; ++row) {
      if (groups[row] == kNoGroup) continue;
      const std::uint32_t place = next[groups[row]]++;
      sorted.values[place] = values[row];
      sorted.rows[place] = static_cast<std::uint32_t>(row);
    }
  });
  const std::size_t tasks = (group_count + kGroupsPerTask - 1) / kGroupsPerTask;
  ForEachIndex(tasks, threads, [&](std::size_t task) {
    RunSorter sorter(weights);
    const std::size_t last = std::min(group_count, (task + 1) * kGroupsPerTask);
    for (std::size_t group = task * kGroupsPerTask; group < last; ++group) {
      const std::size_t first = places.offsets[group];
      const std::size_t size = places.offsets[group + 1] - first;
      sorter.Sort(std::span(sorted.values).subspan(first, size),
                  std::span(sorted.rows).subspan(first, size));
    }
  });
  return sorted;
}

void SortRuns(std::span<double> values, std::span<const std::size_t> offsets, unsigned threads) {
  if (offsets.size() < 2) return;
  ForEachIndex(offsets.size() - 1, threads, [&](std::size_t c) {
    std::vector<std::uint64_t> keys, scratch;
    const auto run = values.subspan(offsets[c], offsets[c + 1] - offsets[c]);
    for (const double x : run) keys.push_back(SortKey(x));
    RadixSort(keys, scratch);
    for (std::size_t i = 0; i < run.size(); ++i) run[i] = ValueOfKey(keys[i]);
  });
}

}  // namespace dijia
