#include "dijia/natural_breaks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "dijia/base/codes.h"

namespace dijia {
namespace {

constexpr std::uint64_t kSeed = 20240607;

double SquaresWithin(const std::vector<double>& sorted, std::size_t first, std::size_t last) {
  double mean = 0.0;
  for (std::size_t i = first; i < last; ++i) mean += sorted[i] / static_cast<double>(last - first);
  double squares = 0.0;
  for (std::size_t i = first; i < last; ++i) squares += (sorted[i] - mean) * (sorted[i] - mean);
  return squares;
}

// The twin: every division tried.
double BestSquares(const std::vector<double>& sorted, std::size_t last, int classes) {
  if (classes == 1) return SquaresWithin(sorted, 0, last);
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t start = static_cast<std::size_t>(classes) - 1; start < last; ++start) {
    best = std::min(best,
                    BestSquares(sorted, start, classes - 1) + SquaresWithin(sorted, start, last));
  }
  return best;
}

TEST(NaturalBreaks, SeparateThreeGroups) {
  const std::vector<double> numbers = {21, 1, 11, 2, 22, 12, 3};
  const auto breaks = FindNaturalBreaks(numbers, 3);
  ASSERT_TRUE(breaks.has_value());
  EXPECT_EQ(breaks->bounds, (std::vector<double>{1, 3, 12, 22}));
  EXPECT_EQ(breaks->smallest, (std::vector<double>{1, 11, 21}));
  EXPECT_EQ(breaks->counts, (std::vector<std::size_t>{3, 2, 2}));
  EXPECT_DOUBLE_EQ(breaks->within_squares, 2.0 + 0.5 + 0.5);
}

TEST(NaturalBreaks, NeverDivideEqualNumbers) {
  const std::vector<double> numbers = {5, 5, 5, 5, 5, 5, 6, 9};
  const auto breaks = FindNaturalBreaks(numbers, 3);
  ASSERT_TRUE(breaks.has_value());
  EXPECT_EQ(breaks->counts, (std::vector<std::size_t>{6, 1, 1}));
  EXPECT_EQ(breaks->within_squares, 0.0);
  EXPECT_EQ(breaks->goodness_of_fit, 1.0);
}

TEST(NaturalBreaks, AreTheBestOfAllDivisions) {
  std::mt19937_64 generator(kSeed);
  for (int round = 0; round < 60; ++round) {
    std::vector<double> numbers(6 + generator() % 9);
    for (double& x : numbers) x = 1e6 + static_cast<double>(generator() % 40) / 4.0;
    std::sort(numbers.begin(), numbers.end());
    const auto different =
        std::unique(numbers.begin(), numbers.end()) - numbers.begin();  // the twin cuts anywhere
    numbers.resize(static_cast<std::size_t>(different));
    for (int classes = 1; classes <= 4 && classes <= different; ++classes) {
      const auto breaks = FindNaturalBreaks(numbers, classes);
      ASSERT_TRUE(breaks.has_value());
      EXPECT_NEAR(breaks->within_squares, BestSquares(numbers, numbers.size(), classes), 1e-9)
          << "seed " << kSeed;
    }
  }
}

TEST(NaturalBreaks, RefuseMoreClassesThanNumbers) {
  const std::vector<double> numbers = {1, 1, 2};
  EXPECT_EQ(FindNaturalBreaks(numbers, 3).error().code, Code::kTooFewObservations);
  EXPECT_EQ(FindNaturalBreaks({}, 1).error().code, Code::kTooFewObservations);
  EXPECT_EQ(FindNaturalBreaks(numbers, 0).error().code, Code::kNumberNotAllowed);
  const std::vector<double> bad = {1, std::nan("")};
  EXPECT_EQ(FindNaturalBreaks(bad, 1).error().code, Code::kNumberNotAllowed);
}

}  // namespace
}  // namespace dijia
