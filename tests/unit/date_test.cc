#include "dijia/base/date.h"

#include <gtest/gtest.h>

#include "dijia/base/codes.h"

namespace dijia {
namespace {

constexpr Rounding kHundredth{RoundingMode::kHalfUp, 10'000};
constexpr Rounding kMicro{RoundingMode::kHalfUp, 1};

Date D(int year, unsigned month, unsigned day) {
  return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
}

TEST(ParseDate, UnderstandsTheWaysOfficesWriteDates) {
  for (const char* text : {"2025-04-01", "2025/4/1", "2025年4月1日", "20250401", "2025-4-1"}) {
    const auto date = ParseDate(text);
    ASSERT_TRUE(date.has_value()) << text;
    EXPECT_EQ(*date, D(2025, 4, 1)) << text;
  }
}

TEST(ParseDate, RefusesDaysThatDoNotExist) {
  for (const char* text : {"2025-02-29", "2025-13-01", "2025-00-10", "2025-06-31", "1899-12-31",
                           "2200-01-01", "", "2025", "2025-04", "01.04.2025", "2025-04-01T00:00",
                           "2025-04/01", "2025040", "二〇二五年", "2025-4-1 "}) {
    const auto date = ParseDate(text);
    ASSERT_FALSE(date.has_value()) << text;
    EXPECT_EQ(date.error().code, Code::kNotADate);
  }
}

TEST(ParseDate, KnowsLeapYears) { EXPECT_TRUE(ParseDate("2024-02-29").has_value()); }

TEST(FormatDate, IsIso8601) { EXPECT_EQ(FormatDate(D(2025, 4, 1)), "2025-04-01"); }

TEST(Days, CountFromTheEpochAndBack) {
  EXPECT_EQ(ToDays(D(1970, 1, 1)), 0);
  EXPECT_EQ(ToDays(D(2014, 12, 31)), 16'435);
  for (Days day = -25'000; day < 80'000; day += 97) EXPECT_EQ(ToDays(FromDays(day)), day);
}

// 通政发〔2026〕1号 worked case A: 2025-04-01 → 2026-06-03 = 14 + 2/30 = 14.07.
TEST(MonthsBetween, AreWholeMonthsPlusThirtiethsOfADay) {
  EXPECT_EQ(MonthsBetween(D(2025, 4, 1), D(2026, 6, 3), kHundredth).ToString(), "14.07");
  EXPECT_EQ(MonthsBetween(D(2025, 4, 1), D(2026, 6, 3), kMicro).ToString(), "14.066667");
  EXPECT_EQ(MonthsBetween(D(2025, 4, 15), D(2025, 5, 1), kMicro).ToString(), "0.533333");
  EXPECT_EQ(MonthsBetween(D(2025, 4, 1), D(2025, 4, 1), kMicro).ToString(), "0");
  EXPECT_EQ(MonthsBetween(D(2026, 6, 3), D(2025, 4, 1), kHundredth).ToString(), "-14.07");
}

}  // namespace
}  // namespace dijia
