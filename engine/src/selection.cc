#include "selection.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>

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

  double Place(double x) const { return (x - low) * factor; }
  std::size_t Cell(double x) const {
    return static_cast<std::size_t>(static_cast<std::int32_t>(Place(x)));
  }
};

// Neighbours often fall into one cell; two sets of counters keep them from waiting for each other.
void CountCells(std::span<const double> values, CellScale scale,
                std::vector<std::uint32_t>& counts) {
  counts.assign(2 * kCells, 0);
  std::uint32_t* const even = counts.data();
  std::uint32_t* const odd = even + kCells;
  std::size_t i = 0;
  for (; i + 1 < values.size(); i += 2) {
    ++even[scale.Cell(values[i])];
    ++odd[scale.Cell(values[i + 1])];
  }
  if (i < values.size()) ++even[scale.Cell(values[i])];
  for (std::size_t cell = 0; cell < kCells; ++cell) even[cell] += odd[cell];
}

// The values of one cell. Few are, so sixteen are looked at together.
void Gather(std::span<const double> values, CellScale scale, std::size_t cell,
            std::vector<double>& inside) {
  constexpr std::size_t kTogether = 16;
  const auto from = static_cast<double>(cell);
  const double to = from + 1;
  const auto is_inside = [=](double x) {
    const double place = scale.Place(x);
    return static_cast<int>(place >= from) & static_cast<int>(place < to);
  };
  inside.clear();
  std::size_t i = 0;
  for (; i + kTogether <= values.size(); i += kTogether) {
    int any = 0;
    for (std::size_t k = 0; k < kTogether; ++k) any |= is_inside(values[i + k]);
    if (any == 0) continue;
    for (std::size_t k = 0; k < kTogether; ++k) {
      if (is_inside(values[i + k]) != 0) inside.push_back(values[i + k]);
    }
  }
  for (; i < values.size(); ++i) {
    if (is_inside(values[i]) != 0) inside.push_back(values[i]);
  }
}

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
  const CellScale scale{range.low, factor};
  CountCells(values, scale, counts_);
  std::size_t cell = 0;
  std::size_t before = 0;
  for (std::size_t i = 0; i < ranks.size();) {
    while (before + counts_[cell] <= ranks[i]) before += counts_[cell++];
    std::size_t next = i;  // the wanted ranks of this cell are i … next − 1
    while (next < ranks.size() && ranks[next] < before + counts_[cell]) ++next;
    Gather(values, scale, cell, inside_);
    SelectSmall(ranks.subspan(i, next - i), before, out.subspan(i, next - i));
    i = next;
  }
}

double OrderStatistics::Median(std::span<const double> values) {
  const std::size_t middle = values.size() / 2;
  const std::array<std::size_t, 2> ranks = {values.size() % 2 == 1 ? middle : middle - 1, middle};
  std::array<double, 2> found;
  Select(values, ranks, found);
  return found[0] == found[1] ? found[0] : (found[0] + found[1]) / 2;
}

}  // namespace dijia
