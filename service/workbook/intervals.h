// Ranges of a measurement as published tables print them, one or more a level, and the breaks of a
// document. What breaks cannot hold shows here: gaps, overlaps, bounds on two sides or on none.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/coefficient.h"

namespace dijia::workbook {

// One range; an end that is absent is open to infinity.
struct Interval {
  std::optional<Measure> low, high;
  // Whether the end itself belongs to it; nothing = not written, the table says.
  std::optional<bool> has_low, has_high;
  std::string level, text;
  Location where;
};

// Reads `<200`, `≤300`, `[200,500)`, `300-700`, `300至700`, `≥1200`, `全部`, several apart by `;`.
// Nothing for a text that is none of these.
std::optional<std::vector<Interval>> ParseIntervals(std::string_view cell);

// The ranges of one level in the form that ParseIntervals reads; empty for a level without one.
std::string DivisionOf(const Breaks& breaks, std::string_view level);

// What all ranges of a table make together, with the range behind each bound and level for
// messages; nothing after reports. `closed` is what the table says of its ends.
struct Division {
  Breaks breaks;
  std::vector<Location> bounds, order;  // where each stands
};
std::optional<Division> Divide(std::vector<Interval> intervals, std::optional<ClosedEnd> closed,
                               std::vector<Diagnostic>& problems);

}  // namespace dijia::workbook
