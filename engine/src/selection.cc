#include "selection.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace dijia {
namespace {

constexpr std::size_t kSmall = 512;
constexpr std::size_t kCells = 2048;
constexpr std::size_t kLanes = 8;

struct Range {
  double low, high;
};

Range RangeOf(std::span<const double> values) {
  std::array<double, kLanes> low, high;
  low.fill(values[0]);
  high.fill(values[0]);
  std::size_t i = 0;
  for (; i + kLanes <= values.size(); i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double x = values[i + lane];
      low[lane] = x < low[lane] ? x : low[lane];
      high[lane] = x > high[lane] ? x : high[lane];
    }
  }
  for (; i < values.size(); ++i) {
    low[0] = std::min(low[0], values[i]);
    high[0] = std::max(high[0], values[i]);
  }
  return {*std::min_element(low.begin(), low.end()), *std::max_element(high.begin(), high.end())};
}

// Cells rise with the values, whatever the rounding, so that a cell holds consecutive ranks.
struct CellScale {
  double low, factor;

  explicit CellScale(Range range)
      : low(range.low), factor(static_cast<double>(kCells - 1) / (range.high - range.low)) {}

  std::size_t operator()(double x) const {
    return static_cast<std::size_t>(static_cast<std::int64_t>((x - low) * factor));
  }
};

}  // namespace

// From `inside_`, whose smallest value has the rank `before` among all.
void OrderStatistics::SelectSmall(std::span<const std::size_t> ranks, std::size_t before,
                                  std::span<double> out) {
  auto from = inside_.begin();
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    const auto at = inside_.begin() + static_cast<std::ptrdiff_t>(ranks[i] - before);
    if (at >= from) {
      std::nth_element(from, at, inside_.end());
      from = at + 1;
    }
    out[i] = *at;
  }
}

void OrderStatistics::Select(std::span<const double> values, std::span<const std::size_t> ranks,
                             std::span<double> out) {
  assert(!values.empty() && ranks.size() == out.size());
  const Range range = RangeOf(values);
  // A range too small or too large for the scale is left to plain selection.
  const double factor = static_cast<double>(kCells - 1) / (range.high - range.low);
  if (values.size() <= kSmall || !(factor > 0 && factor < 1e300) ||
      values.size() > std::size_t{0xFFFFFFFF}) {
    inside_.assign(values.begin(), values.end());
    SelectSmall(ranks, 0, out);
    return;
  }
  const CellScale cell_of(range);
  counts_.assign(kCells, 0);
  for (const double x : values) ++counts_[cell_of(x)];
  std::size_t cell = 0;
  std::size_t before = 0;
  for (std::size_t i = 0; i < ranks.size();) {
    while (before + counts_[cell] <= ranks[i]) before += counts_[cell++];
    std::size_t next = i;  // the wanted ranks of this cell are i … next − 1
    while (next < ranks.size() && ranks[next] < before + counts_[cell]) ++next;
    inside_.clear();
    for (const double x : values) {
      if (cell_of(x) == cell) inside_.push_back(x);
    }
    SelectSmall(ranks.subspan(i, next - i), before, out.subspan(i, next - i));
    i = next;
  }
}

}  // namespace dijia
