// Cells that values of a group are counted into, and which of them hold the median and the MAD.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dijia {

// Every group has as many cells, equal parts of the range in which a sample of it mostly lies; the
// first and the last take what is beyond. The cell rises with the value, whatever the rounding, so
// that cells hold consecutive ranks.
class GroupCells {
 public:
  // `groups` as in SpreadOfGroups (group_screen.h).
  GroupCells(std::span<const double> values, std::span<const std::uint32_t> groups,
             std::size_t group_count);

  std::size_t per_group() const { return per_group_; }
  std::size_t size() const { return scales_.size() * per_group_; }  // cells of all groups

  // The cells of group g are g · per_group() … (g + 1) · per_group() − 1.
  std::size_t CellOf(std::size_t group, double value) const {
    const Scale& scale = scales_[group];
    // Adding 1.5 · 2^52 leaves the nearest whole number in the low bits; the bits of doubles rise
    // with the doubles, so limits on them cut off what is beyond without a branch.
    const double shifted = (value - scale.low) * scale.factor + kShift;
    const auto bits = std::bit_cast<std::int64_t>(shifted);
    return group * per_group_ + static_cast<std::size_t>(std::clamp(bits, kFirst, last_) - kFirst);
  }

 private:
  static constexpr double kShift = 0x1.8p52;
  static constexpr std::int64_t kFirst = std::bit_cast<std::int64_t>(kShift);

  struct Scale {
    double low = 0;
    double factor = 0;
  };

  std::size_t per_group_ = 1;
  std::int64_t last_ = kFirst;
  std::vector<Scale> scales_;
};

inline constexpr std::uint8_t kNearMedian = 1;  // may hold a middle value
inline constexpr std::uint8_t kNearMad = 2;     // may hold a value at a middle distance

struct WantedCells {
  std::size_t size = 0;          // values of the group
  std::size_t candidates = 0;    // values in marked cells
  std::size_t below_median = 0;  // values below the cells marked kNearMedian
  std::size_t inside_mad = 0;    // values nearer to the median than those of cells marked kNearMad
};

// Marks the cells of one group, of which `counts` says how many values each holds.
WantedCells MarkWanted(std::span<const std::uint32_t> counts, std::span<std::uint8_t> marks);

}  // namespace dijia
