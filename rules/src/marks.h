// Marks that stand in an outline where a case has its own numbers.
#pragma once

#include <cstdint>
#include <string_view>

#include "dijia/base/date.h"
#include "trace.h"

namespace dijia::rules {

// The day of a dated outline, the last one that FormatDate writes with four digits of a year, and
// the id of its case, a character that no id has.
inline constexpr Days kMarkedDay = 2'932'896;  // 9999-12-31
inline constexpr std::string_view kMarkedDayText = "9999-12-31";
inline constexpr std::string_view kMarkedCaseId = "\uE000";

// The figure that a number marks; −1 for a number that is no mark.
inline std::int64_t FigureOf(std::int64_t number) {
  if (number < Trace::kFirstMark) return -1;
  const std::int64_t offset = number - Trace::kFirstMark;
  const bool mark = offset % Trace::kMarkStep == 0 &&
                    offset / Trace::kMarkStep < static_cast<std::int64_t>(Trace::kMostFigures);
  return mark ? offset / Trace::kMarkStep : -1;
}

}  // namespace dijia::rules
