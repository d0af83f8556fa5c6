#include "dijia/groups.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "dijia/group_screen.h"
#include "dijia/location.h"
#include "dijia/philox.h"
#include "dijia/scale.h"

namespace dijia {
namespace {

struct Rows {
  std::vector<double> values, weights;
  std::vector<std::uint32_t> groups;
};

enum class Shape { kLognormal, kTies, kFarValues, kOneValue, kNegative };

Rows RowsOf(Shape shape, std::size_t count, std::uint32_t group_count) {
  PhiloxStream stream(20240607, static_cast<std::uint32_t>(shape),
                      static_cast<std::uint32_t>(count), group_count);
  Rows rows;
  for (std::size_t i = 0; i < count; ++i) {
    const double sum = stream.NextUniform() + stream.NextUniform() + stream.NextUniform() - 1.5;
    double x = 1000 * std::exp(sum);
    if (shape == Shape::kTies) x = std::floor(x / 200) * 200;
    if (shape == Shape::kFarValues && stream.NextUniform() < 0.05) x *= 1e9;
    if (shape == Shape::kOneValue) x = 96;
    if (shape == Shape::kNegative) x = 1000 - x;
    rows.values.push_back(x);
    rows.weights.push_back(std::floor(10 * stream.NextUniform()));
    const auto group = static_cast<std::uint32_t>((group_count + 1) * stream.NextUniform());
    rows.groups.push_back(group == group_count ? kNoGroup : group);  // some rows belong to none
  }
  return rows;
}

std::vector<std::vector<double>> NaiveGroups(const Rows& rows, std::size_t group_count) {
  std::vector<std::vector<double>> groups(group_count);
  for (std::size_t i = 0; i < rows.values.size(); ++i) {
    if (rows.groups[i] != kNoGroup) groups[rows.groups[i]].push_back(rows.values[i]);
  }
  for (auto& group : groups) std::sort(group.begin(), group.end());
  return groups;
}

constexpr Shape kShapes[] = {Shape::kLognormal, Shape::kTies, Shape::kFarValues, Shape::kOneValue,
                             Shape::kNegative};

TEST(SortGroups, PutsEveryRowInItsGroupInOrder) {
  for (const Shape shape : kShapes) {
    for (const std::size_t count : {0U, 1U, 500U, 70'000U, 140'001U}) {
      const Rows rows = RowsOf(shape, count, 7);
      const auto naive = NaiveGroups(rows, 7);
      const GroupedValues sorted = SortGroups(rows.values, {}, rows.groups, 7, 2);
      ASSERT_EQ(sorted.offsets.size(), 8U);
      for (std::size_t g = 0; g < 7; ++g) {
        const auto group = sorted.Group(g);
        ASSERT_TRUE(std::equal(group.begin(), group.end(), naive[g].begin(), naive[g].end()));
        for (std::size_t i = 0; i < group.size(); ++i) {
          ASSERT_EQ(rows.values[sorted.RowsOf(g)[i]], group[i]);
          ASSERT_EQ(rows.groups[sorted.RowsOf(g)[i]], g);
        }
      }
    }
  }
}

TEST(SortGroups, IsTheSameForEveryNumberOfThreads) {
  const Rows rows = RowsOf(Shape::kTies, 150'000, 40);
  const GroupedValues one = SortGroups(rows.values, rows.weights, rows.groups, 40, 1);
  for (const unsigned threads : {2U, 8U}) {
    const GroupedValues many = SortGroups(rows.values, rows.weights, rows.groups, 40, threads);
    EXPECT_EQ(many.values, one.values);
    EXPECT_EQ(many.rows, one.rows);
  }
}

TEST(SortGroups, WithWeightsGivesSumsThatDoNotDependOnTheOrderOfRows) {
  const Rows rows = RowsOf(Shape::kTies, 20'000, 5);
  std::vector<std::size_t> order(rows.values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  PhiloxStream stream(7);
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1],
              order[static_cast<std::size_t>(static_cast<double>(i) * stream.NextUniform())]);
  }
  Rows shuffled;
  for (const std::size_t i : order) {
    shuffled.values.push_back(rows.values[i]);
    shuffled.weights.push_back(rows.weights[i]);
    shuffled.groups.push_back(rows.groups[i]);
  }
  const GroupedValues a = SortGroups(rows.values, rows.weights, rows.groups, 5, 1);
  const GroupedValues b = SortGroups(shuffled.values, shuffled.weights, shuffled.groups, 5, 1);
  EXPECT_EQ(a.values, b.values);
  for (std::size_t i = 0; i < a.rows.size(); ++i) {
    ASSERT_EQ(rows.weights[a.rows[i]], shuffled.weights[b.rows[i]]);
  }
}

TEST(SortRuns, SortsEachRunAlone) {
  std::vector<double> x{3, 1, 2, -1, -5, 0, 9};
  SortRuns(x, std::vector<std::size_t>{0, 3, 3, 6}, 2);
  EXPECT_EQ(x, (std::vector<double>{1, 2, 3, -5, -1, 0, 9}));
  Rows rows = RowsOf(Shape::kNegative, 5000, 1);
  std::vector<double> expected = rows.values;
  std::sort(expected.begin(), expected.end());
  SortRuns(rows.values, std::vector<std::size_t>{0, 5000}, 1);
  EXPECT_EQ(rows.values, expected);
  SortRuns(rows.values, {}, 1);
}

TEST(SpreadOfGroups, AgreesWithSorting) {
  for (const Shape shape : kShapes) {
    for (const std::size_t count : {1U, 2U, 3U, 40U, 1000U, 60'000U}) {
      for (const std::uint32_t group_count : {1U, 3U, 900U}) {
        const Rows rows = RowsOf(shape, count, group_count);
        const auto naive = NaiveGroups(rows, group_count);
        for (const unsigned threads : {1U, 3U}) {
          const auto spread = SpreadOfGroups(rows.values, rows.groups, group_count, threads);
          for (std::size_t g = 0; g < group_count; ++g) {
            if (naive[g].empty()) {
              ASSERT_TRUE(std::isnan(spread[g].median) && std::isnan(spread[g].mad));
              continue;
            }
            ASSERT_EQ(spread[g].median, Median(naive[g]))
                << static_cast<int>(shape) << " " << count;
            ASSERT_EQ(spread[g].mad, MedianAbsoluteDeviation(naive[g]))
                << static_cast<int>(shape) << " " << count << " " << group_count;
          }
        }
      }
    }
  }
}

TEST(SpreadOfGroups, IsExactWhenTheSampleMissesTheGroup) {
  // Rows of group 1 stand where one stretch of the sample sees few of them.
  Rows rows;
  for (int i = 0; i < 200'000; ++i) {
    rows.values.push_back(i % 1000 == 17 ? 1e6 + i : 100 + i % 50);
    rows.groups.push_back(i % 1000 == 17 ? 1 : 0);
  }
  const auto naive = NaiveGroups(rows, 2);
  const auto spread = SpreadOfGroups(rows.values, rows.groups, 2, 1);
  for (std::size_t g = 0; g < 2; ++g) {
    EXPECT_EQ(spread[g].median, Median(naive[g]));
    EXPECT_EQ(spread[g].mad, MedianAbsoluteDeviation(naive[g]));
  }
}

TEST(SpreadOfGroups, OfNoRowsIsNotANumber) {
  EXPECT_TRUE(std::isnan(SpreadOfGroups({}, {}, 1, 1)[0].median));
  EXPECT_TRUE(SpreadOfGroups({}, {}, 0, 1).empty());
}

TEST(ScreenGroups, RejectsWhatIsFartherThanTheLimit) {
  const Rows rows = RowsOf(Shape::kFarValues, 30'000, 9);
  const GroupScreening one = ScreenGroups(rows.values, rows.groups, 9, 3.0, 1);
  std::size_t count = 0;
  for (std::size_t i = 0; i < rows.values.size(); ++i) {
    const bool grouped = rows.groups[i] != kNoGroup;
    const bool far = grouped && std::abs(rows.values[i] - one.spread[rows.groups[i]].median) >
                                    3.0 * one.spread[rows.groups[i]].mad;
    ASSERT_EQ(one.rejected[i] != 0, far) << i;
    count += far ? 1 : 0;
  }
  EXPECT_GT(count, 0U);
  EXPECT_EQ(one.rejected_count, count);
  for (const unsigned threads : {2U, 8U}) {
    EXPECT_EQ(ScreenGroups(rows.values, rows.groups, 9, 3.0, threads).rejected, one.rejected);
  }
}

}  // namespace
}  // namespace dijia
