// Values by group, each group sorted: what every statistic of a cell starts from, and what makes
// its bits independent of the order in which rows were read. Values are finite or infinite, never
// NaN.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dijia {

// The group of a row that belongs to none; such rows are left out.
inline constexpr std::uint32_t kNoGroup = 0xFFFFFFFF;

// Group g holds values[offsets[g]] … values[offsets[g + 1] − 1], ascending; rows[i] is the input
// row that values[i] came from.
struct GroupedValues {
  std::vector<double> values;
  std::vector<std::uint32_t> rows;
  std::vector<std::size_t> offsets;  // one more than groups

  std::span<const double> Group(std::size_t g) const {
    return std::span(values).subspan(offsets[g], offsets[g + 1] - offsets[g]);
  }
  std::span<const std::uint32_t> RowsOf(std::size_t g) const {
    return std::span(rows).subspan(offsets[g], offsets[g + 1] - offsets[g]);
  }
};

// Sorts rows by group, then value, then weight, then row. `groups[row]` is below `group_count` or
// kNoGroup; `weights` may be empty. With weights, a sum over the rows of a group in this order has
// the same bits however the input rows were shuffled. At most 2^32 − 1 rows. Linear time; the
// result is the same for every number of threads (0 = all cores).
GroupedValues SortGroups(std::span<const double> values, std::span<const double> weights,
                         std::span<const std::uint32_t> groups, std::size_t group_count,
                         unsigned threads);

// Sorts each run values[offsets[c]] … values[offsets[c + 1] − 1] in place.
void SortRuns(std::span<double> values, std::span<const std::size_t> offsets, unsigned threads);

}  // namespace dijia
