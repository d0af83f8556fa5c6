// Roundings by doubles against whole numbers.
#include "quick_rounding.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "dijia/base/decimal.h"
#include "dijia/base/rounding.h"
#include "support/random.h"

namespace dijia {
namespace {

using test::Random;

constexpr std::uint64_t kSeed = 20261127;
constexpr int kTrials = 400'000;
constexpr std::array kModes{RoundingMode::kHalfUp, RoundingMode::kHalfEven, RoundingMode::kUp,
                            RoundingMode::kDown};

// numerator / denominator: three roundings.
std::optional<std::int64_t> Quick(Int128 numerator, Int128 denominator, RoundingMode mode) {
  const double steps = static_cast<double>(numerator) / static_cast<double>(denominator);
  return RoundedSteps(steps, steps * RelativeError(3), mode);
}

// The same in whole numbers. Preconditions: numerator ≥ 0, denominator > 0 and even.
std::int64_t Exact(Int128 numerator, Int128 denominator, RoundingMode mode) {
  const auto whole = static_cast<std::int64_t>(numerator / denominator);
  const Int128 rest = numerator % denominator, half = denominator / 2;
  if (rest == 0 || mode == RoundingMode::kDown) return whole;
  if (mode == RoundingMode::kUp || rest > half) return whole + 1;
  if (rest < half) return whole;
  return mode == RoundingMode::kHalfUp || whole % 2 != 0 ? whole + 1 : whole;
}

TEST(RoundedSteps, AreThoseOfWholeNumbersOrNone) {
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  Random random(kSeed);
  int told = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    const Int128 denominator = 2 * Int128{random.Between(1, 1'000'000'000)} *
                               PowerOfTen(static_cast<int>(random.Between(0, 10)));
    const Int128 numerator = Int128{random.Between(0, INT64_MAX)} * random.Between(1, 1'000'000);
    const RoundingMode mode = random.Of(kModes);
    const auto quick = Quick(numerator, denominator, mode);
    if (!quick) continue;
    ++told;
    ASSERT_EQ(*quick, Exact(numerator, denominator, mode)) << trial;
  }
  EXPECT_GT(told, kTrials * 8 / 10);  // most counts are below 2^44
}

// At a tie, at a whole step, and one part in up to 2^80 beside either.
TEST(RoundedSteps, NeverGuessWhereDoublesCannotTell) {
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  Random random(kSeed);
  int untold = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    const Int128 half = Int128{random.Between(1, 1'000'000'000)} *
                        PowerOfTen(static_cast<int>(random.Between(0, 15)));
    const Int128 halves = random.Between(1, 1 << 22);
    const Int128 numerator = half * halves + random.Between(-1, 1);
    const RoundingMode mode = random.Of(kModes);
    const auto quick = Quick(numerator, 2 * half, mode);
    if (quick) {
      ASSERT_EQ(*quick, Exact(numerator, 2 * half, mode)) << trial;
    } else {
      ++untold;
    }
  }
  EXPECT_GT(untold, kTrials / 4);
}

TEST(RoundedSteps, ATieIsNotToldAndItsNeighboursAre) {
  const auto half_up = [](double steps, double error) {
    return RoundedSteps(steps, error, RoundingMode::kHalfUp);
  };
  EXPECT_EQ(half_up(2.5, 0), std::nullopt);
  EXPECT_EQ(half_up(2.25, 0.125), 2);
  EXPECT_EQ(half_up(2.25, 0.25), std::nullopt);
  EXPECT_EQ(half_up(2.75, 0.125), 3);
  EXPECT_EQ(half_up(0.25, 0.125), 0);
}

TEST(RoundedSteps, WhatIsNoCountIsNotTold) {
  for (const RoundingMode mode : kModes) {
    for (const double steps : {-1.0, std::ldexp(1, 50), std::numeric_limits<double>::infinity(),
                               std::numeric_limits<double>::quiet_NaN()}) {
      EXPECT_EQ(RoundedSteps(steps, 0, mode), std::nullopt) << steps;
    }
    EXPECT_EQ(RoundedSteps(3.25, std::numeric_limits<double>::quiet_NaN(), mode), std::nullopt);
    EXPECT_EQ(RoundedSteps(3.25, 1, mode), std::nullopt);
  }
}

}  // namespace
}  // namespace dijia
