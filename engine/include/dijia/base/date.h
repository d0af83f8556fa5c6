// Dates without a clock: every date is a parameter.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "dijia/base/decimal.h"

namespace dijia {

using Date = std::chrono::year_month_day;

// Days since 1970-01-01, the form of dates in columns.
using Days = std::int32_t;
inline constexpr Days kNoDate = INT32_MIN;

// [from, until)
struct DateRange {
  Date from{}, until{};
  friend bool operator==(const DateRange&, const DateRange&) = default;
};

// ISO 8601 `2025-04-01`, also `2025/4/1`, `2025年4月1日`, `20250401`; years 1900–2199. Error
// kNotADate for anything else and for days that do not exist.
Result<Date> ParseDate(std::string_view text);

std::string FormatDate(Date date);

Days ToDays(Date date);
Date FromDays(Days days);

// Months as exact decimals of six places.
using Months = Quantity<struct Month, 6>;

// Whole months from `from` to `to` plus the day difference / 30 (通政发〔2026〕1号, worked case A:
// 2025-04-01 → 2026-06-03 is 14 + 2/30), rounded once. Negative when `to` lies before `from`.
Months MonthsBetween(Date from, Date to, const Rounding& rounding);

}  // namespace dijia
