#include "group_cells.h"

#include <numeric>

#include "dijia/groups.h"

namespace dijia {
namespace {

constexpr std::size_t kCounters = std::size_t{1} << 17;  // of all groups: they fit a core's cache
constexpr std::size_t kMostCells = 1024;
constexpr std::size_t kFewestCells = 16;
constexpr std::size_t kSampleSize = 256;  // of a group, on average

struct SampledValue {
  std::uint32_t group = 0;
  double value = 0;

  friend auto operator<=>(const SampledValue&, const SampledValue&) = default;
};

// One row out of every stretch of rows, its place in the stretch scrambled so that a pattern in the
// table does not show in the sample.
std::vector<SampledValue> SampleRows(std::span<const double> values,
                                     std::span<const std::uint32_t> groups,
                                     std::size_t group_count) {
  const std::size_t stretch = std::max<std::size_t>(1, values.size() / (group_count * kSampleSize));
  std::vector<SampledValue> sample;
  for (std::size_t i = 0; i < values.size() / stretch; ++i) {
    const std::size_t row = i * stretch + ((i * 0x9E3779B97F4A7C15ULL) >> 33) % stretch;
    if (groups[row] != kNoGroup) sample.push_back({groups[row], values[row]});
  }
  std::sort(sample.begin(), sample.end());
  return sample;
}

// Running totals of the counts.
class CellCounts {
 public:
  explicit CellCounts(std::span<const std::uint32_t> counts) : before_(counts.size() + 1) {
    for (std::size_t c = 0; c < counts.size(); ++c) before_[c + 1] = before_[c] + counts[c];
  }

  std::size_t total() const { return before_.back(); }
  std::size_t Before(std::int64_t cell) const {
    return before_[static_cast<std::size_t>(std::clamp<std::int64_t>(cell, 0, cells()))];
  }
  // In the cells first … last.
  std::size_t Within(std::int64_t first, std::int64_t last) const {
    return first > last ? 0 : Before(last + 1) - Before(first);
  }
  // The cell of the value of a rank.
  std::int64_t CellOfRank(std::size_t rank) const {
    return std::upper_bound(before_.begin() + 1, before_.end(), rank) - before_.begin() - 1;
  }
  std::int64_t cells() const { return static_cast<std::int64_t>(before_.size()) - 1; }

 private:
  std::vector<std::size_t> before_;
};

// Cells at both sides of the median. Distances are in cells; the median lies in [low, high], so a
// value of cell c has a distance between those of c and c + 1 from the nearer and the further end.
// One more cell each way covers the rounding of the cells, which is far less.
class MadBand {
 public:
  MadBand(const CellCounts& counts, std::int64_t low, std::int64_t high)
      : counts_(counts), low_(low), high_(high) {}

  // Every value of these cells is surely within `distance`. The end cells take far values: never.
  std::size_t SurelyWithin(std::int64_t distance) const {
    return counts_.Within(std::max<std::int64_t>(high_ - distance + 1, 1),
                          std::min(low_ + distance - 2, counts_.cells() - 2));
  }
  // Only values of these cells are possibly within `distance`.
  std::size_t PossiblyWithin(std::int64_t distance) const {
    return counts_.Within(low_ - distance - 1, high_ + distance + 1);
  }

  // The smallest distance that surely reaches `count` values, or one beyond all cells.
  std::int64_t Reach(std::size_t count) const {
    std::int64_t low = 0;
    std::int64_t high = 2 * counts_.cells();
    while (low < high) {
      const std::int64_t mid = low + (high - low) / 2;
      (SurelyWithin(mid) >= count ? high : low) = SurelyWithin(mid) >= count ? mid : mid + 1;
    }
    return low;
  }
  // The largest distance that at most `count` values possibly lie within.
  std::int64_t Clearance(std::size_t count) const {
    std::int64_t low = 0;  // nothing lies within less than 0
    std::int64_t high = 2 * counts_.cells();
    while (low < high) {
      const std::int64_t mid = low + (high - low + 1) / 2;
      (PossiblyWithin(mid) <= count ? low : high) = PossiblyWithin(mid) <= count ? mid : mid - 1;
    }
    return low;
  }

 private:
  const CellCounts& counts_;
  std::int64_t low_, high_;
};

void Mark(std::span<std::uint8_t> marks, std::int64_t first, std::int64_t last, std::uint8_t mark) {
  const auto cells = static_cast<std::int64_t>(marks.size());
  for (std::int64_t c = std::max<std::int64_t>(first, 0); c <= std::min(last, cells - 1); ++c) {
    marks[static_cast<std::size_t>(c)] |= mark;
  }
}

}  // namespace

GroupCells::GroupCells(std::span<const double> values, std::span<const std::uint32_t> groups,
                       std::size_t group_count)
    : scales_(group_count) {
  if (group_count == 0) return;
  per_group_ = std::clamp(kCounters / group_count, kFewestCells, kMostCells);
  last_ = kFirst + static_cast<std::int64_t>(per_group_ - 1);
  const double parts = static_cast<double>(per_group_ - 2);
  const std::vector<SampledValue> sample = SampleRows(values, groups, group_count);
  for (std::size_t first = 0; first < sample.size();) {
    std::size_t last = first;
    while (last < sample.size() && sample[last].group == sample[first].group) ++last;
    const std::size_t tail = (last - first) / 20;  // 5 % at each end go to the end cells
    const double low = sample[first + tail].value;
    const double factor = parts / (sample[last - 1 - tail].value - low);
    // A range too small or too large to divide: one cell for all that is not below.
    const bool divisible = factor > 0 && factor < 1e300;
    scales_[sample[first].group] = {low, divisible ? factor : 0};
    first = last;
  }
}

WantedCells MarkWanted(std::span<const std::uint32_t> counts, std::span<std::uint8_t> marks) {
  const CellCounts cells(counts);
  WantedCells wanted{cells.total(), 0, 0, 0};
  if (wanted.size == 0) return wanted;
  const std::size_t upper = wanted.size / 2;  // ranks of the middle values
  const std::size_t lower = (wanted.size - 1) / 2;
  const std::int64_t first = cells.CellOfRank(lower);
  const std::int64_t last = cells.CellOfRank(upper);
  wanted.below_median = cells.Before(first);
  Mark(marks, first, last, kNearMedian);

  // The end cells reach to infinity: a median there may be anywhere.
  const bool at_end = first == 0 || last == cells.cells() - 1;
  const MadBand band(cells, first, last + 1);
  const std::int64_t reach = at_end ? 2 * cells.cells() : band.Reach(upper + 1);
  const std::int64_t clearance = at_end ? 0 : band.Clearance(lower);
  const std::int64_t inner_first = std::max<std::int64_t>(last + 1 - clearance + 1, 1);
  const std::int64_t inner_last = std::min(first + clearance - 2, cells.cells() - 2);
  wanted.inside_mad = cells.Within(inner_first, inner_last);
  if (inner_first <= inner_last) {
    Mark(marks, first - reach - 1, inner_first - 1, kNearMad);
    Mark(marks, inner_last + 1, last + 1 + reach + 1, kNearMad);
  } else {
    Mark(marks, first - reach - 1, last + 1 + reach + 1, kNearMad);
  }
  for (std::size_t c = 0; c < marks.size(); ++c) wanted.candidates += marks[c] != 0 ? counts[c] : 0;
  return wanted;
}

}  // namespace dijia
