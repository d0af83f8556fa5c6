// Robust screening of millions of values by group without sorting them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dijia/groups.h"

namespace dijia {

// Median and 1.4826 · median of |x − median| of a group (scale.h). NaN for an empty group.
struct GroupSpread {
  double median = 0;
  double mad = 0;
};

// Exact for every group: rows are moved into runs by group, and order statistics are selected
// inside the runs by counting. `groups[row]` is below `group_count` or kNoGroup; values are finite.
// At most 2^32 − 1 rows. Linear time, 8 bytes of memory a row; the same bits for every number of
// threads (0 = all cores) and every order of the rows.
std::vector<GroupSpread> SpreadOfGroups(std::span<const double> values,
                                        std::span<const std::uint32_t> groups,
                                        std::size_t group_count, unsigned threads);

struct GroupScreening {
  std::vector<GroupSpread> spread;
  std::vector<std::uint8_t> rejected;  // by row: 1 when |x − median| > limit · mad of its group
  std::size_t rejected_count = 0;
};

// Rows of kNoGroup are not rejected; a group with a MAD of 0 rejects all values but its median.
GroupScreening ScreenGroups(std::span<const double> values, std::span<const std::uint32_t> groups,
                            std::size_t group_count, double limit, unsigned threads);

}  // namespace dijia
