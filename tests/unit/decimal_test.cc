#include "dijia/base/decimal.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>

#include "dijia/base/codes.h"
#include "dijia/base/rounding.h"

namespace dijia {
namespace {

std::int64_t Units(std::string_view text, int scale) {
  const auto parsed = ParseDecimal(text, scale);
  EXPECT_TRUE(parsed.has_value()) << text;
  return parsed ? *parsed : std::numeric_limits<std::int64_t>::min();
}

Code Refusal(std::string_view text, int scale) {
  const auto parsed = ParseDecimal(text, scale);
  EXPECT_FALSE(parsed.has_value()) << text;
  return parsed ? Code::kInternal : parsed.error().code;
}

TEST(ParseDecimal, CountsUnitsOfTheScale) {
  EXPECT_EQ(Units("84", 4), 840'000);
  EXPECT_EQ(Units("84.5", 4), 845'000);
  EXPECT_EQ(Units("84.5000", 4), 845'000);
  EXPECT_EQ(Units("-0.25", 4), -2'500);
  EXPECT_EQ(Units("+7", 0), 7);
  EXPECT_EQ(Units(".5", 1), 5);
  EXPECT_EQ(Units("5.", 1), 50);
  EXPECT_EQ(Units("0", 4), 0);
  EXPECT_EQ(Units("-0", 4), 0);
}

TEST(ParseDecimal, UnderstandsExponents) {
  EXPECT_EQ(Units("1e3", 2), 100'000);
  EXPECT_EQ(Units("1.25E-1", 3), 125);
  EXPECT_EQ(Units("1250e-3", 2), 125);
  EXPECT_EQ(Units("0e18", 4), 0);
}

TEST(ParseDecimal, TrailingZerosAreNotDecimals) { EXPECT_EQ(Units("1.2500000000", 2), 125); }

TEST(ParseDecimal, RefusesWhatIsNotADecimal) {
  for (const char* text : {"", " ", "0,8", "NaN", "inf", "1.2.3", "12a", "--1", "e5", ".", "1e",
                           "1e+", "0x10", "1 000", "１２", "1e12345", " 1", "1 "}) {
    EXPECT_EQ(Refusal(text, 4), Code::kNotANumber) << '"' << text << '"';
  }
}

TEST(ParseDecimal, NeverRoundsDecimalsAway) {
  EXPECT_EQ(Refusal("0.00001", 4), Code::kTooManyDecimals);
  EXPECT_EQ(Refusal("1.23456", 4), Code::kTooManyDecimals);
  EXPECT_EQ(Refusal("1e-5", 4), Code::kTooManyDecimals);
}

TEST(ParseDecimal, RefusesWhatDoesNotFit) {
  EXPECT_EQ(Refusal("1e309", 4), Code::kNumberTooLarge);
  EXPECT_EQ(Refusal("922337203685478", 6), Code::kNumberTooLarge);
  EXPECT_EQ(Refusal("99999999999999999999", 0), Code::kNumberTooLarge);
  EXPECT_EQ(Units("922337203685477.5807", 4), std::numeric_limits<std::int64_t>::max());
}

TEST(FormatDecimal, IsTheShortestExactText) {
  EXPECT_EQ(FormatDecimal(840'000, 4), "84");
  EXPECT_EQ(FormatDecimal(845'000, 4), "84.5");
  EXPECT_EQ(FormatDecimal(-2'500, 4), "-0.25");
  EXPECT_EQ(FormatDecimal(1, 4), "0.0001");
  EXPECT_EQ(FormatDecimal(0, 4), "0");
  EXPECT_EQ(FormatDecimal(7, 0), "7");
  EXPECT_EQ(FormatDecimal(std::numeric_limits<std::int64_t>::min(), 4), "-922337203685477.5808");
}

TEST(FormatFixed, RoundsHalfAwayFromZeroForDisplay) {
  EXPECT_EQ(FormatFixed(845'000, 4, 2), "84.50");
  EXPECT_EQ(FormatFixed(11'446'500, 4, 0), "1145");
  EXPECT_EQ(FormatFixed(-5'000, 4, 0), "-1");
  EXPECT_EQ(FormatFixed(3, 0, 2), "3.00");
}

TEST(Decimal, WhatIsWrittenIsReadBack) {
  const std::uint64_t seed = 71;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int i = 0; i < 100'000; ++i) {
    const auto units = static_cast<std::int64_t>(random() >> (random() % 63));
    const int scale = static_cast<int>(random() % 9);
    const std::int64_t value = random() % 2 == 0 ? units : -units;
    ASSERT_EQ(Units(FormatDecimal(value, scale), scale), value);
  }
}

// Ties, signs and all modes in one table; GB/T 8170-2008 rounds half to even.
TEST(RoundQuotient, RoundsOncePerMode) {
  struct Case {
    std::int64_t numerator, half_up, half_even, up, down;
  };
  for (const Case& c :
       {Case{25, 3, 2, 3, 2}, Case{35, 4, 4, 4, 3}, Case{-25, -3, -2, -3, -2}, Case{24, 2, 2, 3, 2},
        Case{26, 3, 3, 3, 2}, Case{20, 2, 2, 2, 2}, Case{0, 0, 0, 0, 0}, Case{1, 0, 0, 1, 0}}) {
    EXPECT_EQ(RoundQuotient(c.numerator, 10, 1, RoundingMode::kHalfUp), c.half_up) << c.numerator;
    EXPECT_EQ(RoundQuotient(c.numerator, 10, 1, RoundingMode::kHalfEven), c.half_even)
        << c.numerator;
    EXPECT_EQ(RoundQuotient(c.numerator, 10, 1, RoundingMode::kUp), c.up) << c.numerator;
    EXPECT_EQ(RoundQuotient(c.numerator, 10, 1, RoundingMode::kDown), c.down) << c.numerator;
  }
}

TEST(RoundQuotient, RoundsToMultiplesOfTheInterval) {
  EXPECT_EQ(RoundQuotient(7'124, 10, 5, RoundingMode::kHalfUp), 710);
  EXPECT_EQ(RoundQuotient(7'125, 10, 5, RoundingMode::kHalfUp), 715);
  EXPECT_EQ(RoundQuotient(7'101, 10, 5, RoundingMode::kUp), 715);
}

TEST(RoundQuotient, SaysNothingOnOverflow) {
  EXPECT_FALSE(RoundQuotient(Int128{1} << 100, 1, 1, RoundingMode::kDown).has_value());
  EXPECT_FALSE(RoundQuotient(1, Int128{1} << 120, 1'000'000'000, RoundingMode::kDown).has_value());
}

TEST(RoundQuotient, IsWithinHalfAnIntervalOfTheExactValue) {
  const std::uint64_t seed = 72;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int i = 0; i < 100'000; ++i) {
    const auto numerator = static_cast<std::int64_t>(random() % 2'000'000'000) - 1'000'000'000;
    const auto denominator = static_cast<std::int64_t>(random() % 10'000) + 1;
    const auto interval = static_cast<std::int64_t>(random() % 50) + 1;
    const auto rounded = RoundQuotient(numerator, denominator, interval, RoundingMode::kHalfEven);
    ASSERT_TRUE(rounded.has_value());
    ASSERT_EQ(*rounded % interval, 0);
    const std::int64_t twice_error = 2 * (*rounded * denominator - numerator);
    ASSERT_LE(std::abs(twice_error), interval * denominator);
  }
}

using Price = Quantity<struct TestYuan, 4>;

TEST(Quantity, AddsAndComparesExactly) {
  const Price a = *Price::Parse("0.1");
  const Price b = *Price::Parse("0.2");
  EXPECT_EQ(a + b, *Price::Parse("0.3"));
  EXPECT_LT(a, b);
  EXPECT_EQ((a - b).ToString(), "-0.1");
  EXPECT_EQ(Price::Of(3).units(), 30'000);
}

TEST(FromDouble, TakesTheDoubleAtItsExactValue) {
  const Rounding tenth{RoundingMode::kHalfUp, 100'000};
  EXPECT_EQ(FromDouble<Price>(1144.554, tenth)->ToString(), "1144.6");
  // 0.15 is the double 0.1499999999999999944…: half-up of its exact value is 0.1.
  EXPECT_EQ(FromDouble<Price>(0.15, tenth)->ToString(), "0.1");
  EXPECT_EQ(FromDouble<Price>(0.25, tenth)->ToString(), "0.3");
  EXPECT_EQ(FromDouble<Price>(-0.25, tenth)->ToString(), "-0.3");
  EXPECT_EQ(FromDouble<Price>(1e-300, tenth)->ToString(), "0");
  EXPECT_EQ(FromDouble<Price>(1e-300, Rounding{RoundingMode::kUp, 100'000})->ToString(), "0.1");
}

TEST(FromDouble, RoundsToFiveYuan) {
  const Rounding five{RoundingMode::kHalfUp, 5'000'000};
  EXPECT_EQ(FromDouble<Price>(712.4999, five)->ToString(), "710");
  EXPECT_EQ(FromDouble<Price>(712.5, five)->ToString(), "715");
}

TEST(FromDouble, RefusesWhatIsNoNumber) {
  const Rounding one{RoundingMode::kHalfUp, 1'000'000};
  EXPECT_EQ(FromDouble<Price>(std::nan(""), one).error().code, Code::kNotANumber);
  EXPECT_EQ(FromDouble<Price>(HUGE_VAL, one).error().code, Code::kNotANumber);
  EXPECT_EQ(FromDouble<Price>(1e300, one).error().code, Code::kNumberTooLarge);
  EXPECT_EQ(FromDouble<Price>(1e16, one).error().code, Code::kNumberTooLarge);
}

TEST(FromDouble, UndoesToDouble) {
  const std::uint64_t seed = 73;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  const Rounding finest{RoundingMode::kHalfEven, 100};  // 0.0001
  for (int i = 0; i < 100'000; ++i) {
    const auto price = Price::FromUnits(static_cast<std::int64_t>(random() % 1'000'000'000'000));
    const auto back = FromDouble<Price>(ToDouble(price), finest);
    ASSERT_TRUE(back.has_value());
    ASSERT_EQ(*back, price);
  }
}

}  // namespace
}  // namespace dijia
