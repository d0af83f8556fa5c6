#include "dijia/group_screen.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

#include "dijia/parallel.h"
#include "dijia/scale.h"
#include "group_cells.h"

namespace dijia {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// A collected value and why it is wanted.
struct Candidate {
  double value = 0;
  std::uint32_t group = 0;
  std::uint8_t wanted = 0;
};

// Calls use(row) for the rows of a slice that have a group.
template <class Use>
void ForRowsOfSlice(std::size_t slice, std::size_t slices, std::span<const std::uint32_t> groups,
                    Use use) {
  const std::size_t last = groups.size() * (slice + 1) / slices;
  for (std::size_t row = groups.size() * slice / slices; row < last; ++row) {
    if (groups[row] != kNoGroup) use(row);
  }
}

// Counts are whole numbers, so slices may be as many as there are threads without touching a
// result.
std::vector<std::uint32_t> CountRows(const GroupCells& cells, std::span<const double> values,
                                     std::span<const std::uint32_t> groups, unsigned threads) {
  const std::size_t slices = ThreadCount(threads);
  std::vector<std::vector<std::uint32_t>> counts(slices);
  ForEachIndex(slices, threads, [&](std::size_t slice) {
    std::vector<std::uint32_t> own(cells.size());
    ForRowsOfSlice(slice, slices, groups,
                   [&](std::size_t row) { ++own[cells.CellOf(groups[row], values[row])]; });
    counts[slice] = std::move(own);
  });
  for (std::size_t slice = 1; slice < slices; ++slice) {
    for (std::size_t c = 0; c < cells.size(); ++c) counts[0][c] += counts[slice][c];
  }
  return std::move(counts[0]);
}

std::vector<Candidate> CollectRows(const GroupCells& cells, std::span<const std::uint8_t> wanted,
                                   std::span<const double> values,
                                   std::span<const std::uint32_t> groups, unsigned threads) {
  const std::size_t slices = ThreadCount(threads);
  std::vector<std::vector<Candidate>> found(slices);
  ForEachIndex(slices, threads, [&](std::size_t slice) {
    std::vector<Candidate> own;
    ForRowsOfSlice(slice, slices, groups, [&](std::size_t row) {
      const std::uint8_t why = wanted[cells.CellOf(groups[row], values[row])];
      if (why != 0) own.push_back({values[row], groups[row], why});
    });
    found[slice] = std::move(own);
  });
  std::vector<Candidate> all;
  for (const auto& own : found) all.insert(all.end(), own.begin(), own.end());
  return all;
}

// The median of `size` values of which `before` lie below all of `values` and the two middle ones
// are among them.
double MiddleOf(std::vector<double>& values, std::size_t size, std::size_t before) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(size / 2 - before);
  std::nth_element(values.begin(), at, values.end());
  if (size % 2 == 1) return *at;
  return (*std::max_element(values.begin(), at) + *at) / 2;
}

GroupSpread SpreadFrom(std::span<const Candidate> candidates, const WantedCells& wanted) {
  if (wanted.size == 0) return {kNaN, kNaN};
  std::vector<double> values;
  for (const Candidate& c : candidates) {
    if ((c.wanted & kNearMedian) != 0) values.push_back(c.value);
  }
  const double median = MiddleOf(values, wanted.size, wanted.below_median);
  values.clear();
  for (const Candidate& c : candidates) {
    if ((c.wanted & kNearMad) != 0) values.push_back(std::abs(c.value - median));
  }
  return {median, kMadScale * MiddleOf(values, wanted.size, wanted.inside_mad)};
}

}  // namespace

std::vector<GroupSpread> SpreadOfGroups(std::span<const double> values,
                                        std::span<const std::uint32_t> groups,
                                        std::size_t group_count, unsigned threads) {
  assert(values.size() == groups.size() && values.size() < kNoGroup);
  const GroupCells cells(values, groups, group_count);
  const std::vector<std::uint32_t> counts = CountRows(cells, values, groups, threads);
  std::vector<std::uint8_t> marks(cells.size());
  std::vector<WantedCells> wanted(group_count);
  std::vector<std::size_t> next(group_count + 1);  // places of the groups' candidates
  for (std::size_t group = 0; group < group_count; ++group) {
    const std::size_t first = group * cells.per_group();
    wanted[group] = MarkWanted(std::span(counts).subspan(first, cells.per_group()),
                               std::span(marks).subspan(first, cells.per_group()));
    next[group + 1] = next[group] + wanted[group].candidates;
  }
  const std::vector<std::size_t> offsets = next;
  const std::vector<Candidate> found = CollectRows(cells, marks, values, groups, threads);
  std::vector<Candidate> candidates(found.size());
  for (const Candidate& c : found) candidates[next[c.group]++] = c;
  std::vector<GroupSpread> spread(group_count);
  ForEachIndex(group_count, threads, [&](std::size_t group) {
    const auto own = std::span(candidates).subspan(offsets[group], wanted[group].candidates);
    spread[group] = SpreadFrom(own, wanted[group]);
  });
  return spread;
}

GroupScreening ScreenGroups(std::span<const double> values, std::span<const std::uint32_t> groups,
                            std::size_t group_count, double limit, unsigned threads) {
  GroupScreening screening{SpreadOfGroups(values, groups, group_count, threads), {}, 0};
  std::vector<GroupSpread> bounds = screening.spread;
  for (GroupSpread& bound : bounds) bound.mad *= limit;
  screening.rejected.resize(values.size());
  const std::size_t slices = ThreadCount(threads);
  std::vector<std::size_t> counts(slices);
  ForEachIndex(slices, threads, [&](std::size_t slice) {
    std::size_t count = 0;
    ForRowsOfSlice(slice, slices, groups, [&](std::size_t row) {
      const GroupSpread& bound = bounds[groups[row]];
      const bool far = std::abs(values[row] - bound.median) > bound.mad;
      screening.rejected[row] = far ? 1 : 0;
      count += far ? 1 : 0;
    });
    counts[slice] = count;
  });
  for (const std::size_t count : counts) screening.rejected_count += count;
  return screening;
}

}  // namespace dijia
