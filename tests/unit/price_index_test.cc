#include "dijia/price_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/date_index.h"
#include "dijia/hedonic_index.h"
#include "dijia/least_squares.h"
#include "dijia/repeat_sales.h"
#include "group_moments.h"
#include "index_points.h"
#include "variates.h"

namespace dijia {
namespace {

constexpr std::uint64_t kSeed = 20240607;

TEST(BilateralIndex, RefusesPricesAndQuantitiesItCannotUse) {
  const std::vector<double> one = {1, 2};
  const std::vector<double> negative = {1, -2};
  const std::vector<double> zero = {0, 0};
  const std::vector<double> three = {1, 2, 3};
  const auto code = [](IndexFormula formula, PeriodGoods base, PeriodGoods current) {
    const auto index = BilateralIndex(formula, base, current);
    return index ? Code::kInternal : index.error().code;
  };
  EXPECT_EQ(code(IndexFormula::kFisher, {one, one}, {negative, one}), Code::kNumberNotAllowed);
  EXPECT_EQ(code(IndexFormula::kFisher, {one, zero}, {one, one}), Code::kNumberNotAllowed);
  EXPECT_EQ(code(IndexFormula::kFisher, {one, one}, {one, negative}), Code::kNumberNotAllowed);
  EXPECT_EQ(code(IndexFormula::kFisher, {one, one}, {three, three}), Code::kSizesDiffer);
  EXPECT_EQ(code(IndexFormula::kFisher, {one, {}}, {one, {}}), Code::kSizesDiffer);
  EXPECT_EQ(code(IndexFormula::kJevons, {{}, {}}, {{}, {}}), Code::kTooFewObservations);
  EXPECT_EQ(PriceIndexSeries(IndexFormula::kJevons, {}, IndexBase::kFixed).error().code,
            Code::kTooFewObservations);
}

TEST(BilateralIndex, OfElementaryFormulasNeedsNoQuantities) {
  const std::vector<double> p0 = {1, 4};
  const std::vector<double> p1 = {4, 4};
  EXPECT_DOUBLE_EQ(*BilateralIndex(IndexFormula::kJevons, {p0, {}}, {p1, {}}), 2.0);
  EXPECT_DOUBLE_EQ(*BilateralIndex(IndexFormula::kCarli, {p0, {}}, {p1, {}}), 2.5);
  EXPECT_DOUBLE_EQ(*BilateralIndex(IndexFormula::kDutot, {p0, {}}, {p1, {}}), 1.6);
}

TEST(BilateralIndex, OfPricesThatAllDoubleIsTwo) {
  const std::vector<double> p0 = {1, 4, 2.5}, p1 = {2, 8, 5}, q0 = {3, 1, 0}, q1 = {1, 7, 2};
  for (const auto& [formula, code] : EnumTableOf<IndexFormula>::kRows) {
    EXPECT_NEAR(*BilateralIndex(formula, {p0, q0}, {p1, q1}), 2.0, 1e-14) << code;
  }
}

TEST(Neighbours, OfPeriodsWithoutSalesAreTheNearestWithSome) {
  const std::vector<Neighbours> from = NeighboursOf({false, true, false, false, true, false});
  EXPECT_EQ(from[0].kind, IndexPointKind::kExtended);
  EXPECT_EQ(from[0].later, 1U);
  EXPECT_EQ(from[1].kind, IndexPointKind::kEstimated);
  EXPECT_EQ(from[3].kind, IndexPointKind::kInterpolated);
  EXPECT_EQ(from[3].earlier, 1U);
  EXPECT_EQ(from[3].later, 4U);
  EXPECT_DOUBLE_EQ(from[3].share, 2.0 / 3.0);
  EXPECT_EQ(from[5].kind, IndexPointKind::kExtended);
  EXPECT_EQ(from[5].earlier, 4U);
}

TEST(StratifiedMedianIndex, ComparesOnlyStrataSoldInBothPeriods) {
  // Stratum 0 rises from 100 to 110; stratum 1 is sold at first alone; period 2 shares nothing.
  const std::vector<double> prices = {90, 100, 110, 500, 105, 110, 115, 130};
  const std::vector<std::int32_t> periods = {0, 0, 0, 0, 1, 1, 1, 3};
  const std::vector<std::int32_t> strata = {0, 0, 0, 1, 0, 0, 0, 0};
  const std::vector<double> weights = {1, 3};
  const auto points = StratifiedMedianIndex({prices, periods, strata, weights, 4});
  ASSERT_TRUE(points.has_value());
  EXPECT_EQ((*points)[0].log_index, 0.0);
  EXPECT_NEAR((*points)[1].Index(), 1.1, 1e-15);
  EXPECT_EQ((*points)[2].kind, IndexPointKind::kInterpolated);
  EXPECT_NEAR((*points)[2].Index(), std::sqrt(1.1 * 1.3), 1e-14);
  EXPECT_NEAR((*points)[3].Index(), 1.3, 1e-15);
  EXPECT_EQ((*points)[0].sales, 4U);
  // McKean and Schrader with three values: lowest and highest over 2 · 1.96.
  const double z = 2 * 1.959963984540054;
  const double first = std::log(110.0 / 90.0) / z, second = std::log(115.0 / 105.0) / z;
  EXPECT_NEAR((*points)[1].standard_error, std::hypot(first, second), 1e-14);
  EXPECT_TRUE(std::isnan((*points)[3].standard_error));
}

TEST(StratifiedMedianIndex, RefusesBadSales) {
  const std::vector<double> prices = {1, 2};
  const std::vector<std::int32_t> periods = {0, 1}, strata = {0, 1};
  const std::vector<double> weights = {1, 1}, bad_weights = {1, 0};
  EXPECT_EQ(StratifiedMedianIndex({prices, periods, strata, weights, 1}).error().code,
            Code::kNumberNotAllowed);
  EXPECT_EQ(StratifiedMedianIndex({prices, periods, strata, bad_weights, 2}).error().code,
            Code::kNumberNotAllowed);
  EXPECT_EQ(StratifiedMedianIndex({prices, periods, strata, weights, 3}, 2).error().code,
            Code::kTooFewObservations);
}

struct Pairs {
  std::vector<std::int32_t> first, second;
  std::vector<double> log_ratio;
  RepeatSales View(int periods) const { return {first, second, log_ratio, periods}; }
};

TEST(RepeatSales, OfExactPairsGivesTheirIndexBack) {
  const double level[] = {0.0, 0.1, 0.05, 0.3};
  Pairs pairs;
  for (int a = 0; a < 4; ++a) {
    for (int b = a + 1; b < 4; ++b) {
      pairs.first.push_back(a);
      pairs.second.push_back(b);
      pairs.log_ratio.push_back(level[b] - level[a]);
    }
  }
  RepeatSalesOptions options;
  options.method = RepeatSalesMethod::kBaileyMuthNourse;
  const auto index = FitRepeatSales(pairs.View(4), options);
  ASSERT_TRUE(index.has_value());
  for (std::size_t t = 0; t < 4; ++t) EXPECT_NEAR(index->points[t].log_index, level[t], 1e-14);
  EXPECT_EQ(index->points[1].sales, 3U);
}

// The twin: the same regression by the general least squares, with its standard errors.
TEST(RepeatSales, IsTheRegressionOnPeriodDummies) {
  RandomStream random(kSeed, 1);
  constexpr int kPeriods = 6;
  Pairs pairs;
  std::vector<double> dummies((kPeriods - 1) * 80, 0.0);
  for (std::size_t i = 0; i < 80; ++i) {
    const auto a = static_cast<std::int32_t>(random.Below(kPeriods - 1));
    const auto b =
        a + 1 +
        static_cast<std::int32_t>(random.Below(static_cast<std::uint32_t>(kPeriods - 1 - a)));
    pairs.first.push_back(a);
    pairs.second.push_back(b);
    pairs.log_ratio.push_back(0.02 * (b - a) + 0.1 * random.Normal());
    if (a > 0) dummies[static_cast<std::size_t>(a - 1) * 80 + i] = -1.0;
    dummies[static_cast<std::size_t>(b - 1) * 80 + i] = 1.0;
  }
  LeastSquaresOptions least_squares;
  least_squares.intercept = false;
  const auto fit = FitLeastSquares({dummies, 80, kPeriods - 1}, pairs.log_ratio, least_squares);
  RepeatSalesOptions options;
  options.method = RepeatSalesMethod::kBaileyMuthNourse;
  const auto index = FitRepeatSales(pairs.View(kPeriods), options);
  ASSERT_TRUE(fit.has_value() && index.has_value());
  for (std::size_t t = 1; t < kPeriods; ++t) {
    EXPECT_NEAR(index->points[t].log_index, fit->terms[t - 1].value, 1e-13);
    EXPECT_NEAR(index->points[t].standard_error, fit->terms[t - 1].standard_error, 1e-13);
  }
  EXPECT_NEAR(index->residual_deviation, fit->residual_deviation, 1e-13);
}

TEST(RepeatSales, FillsPeriodsThatNothingTiesToTheBase) {
  // Periods 0, 1, 4 are tied; 2 and 3 only to each other.
  Pairs pairs{{0, 0, 0, 1, 2}, {1, 4, 1, 4, 3}, {0.1, 0.4, 0.1, 0.3, 9.0}};
  RepeatSalesOptions options;
  options.method = RepeatSalesMethod::kBaileyMuthNourse;
  const auto index = FitRepeatSales(pairs.View(6), options);
  ASSERT_TRUE(index.has_value());
  EXPECT_EQ(index->pairs, 4U);
  EXPECT_EQ(index->pairs_left_out, 1U);
  EXPECT_NEAR(index->residual_deviation, 0.0, 1e-7);  // the pair that is left out fits nothing
  EXPECT_EQ(index->points[2].kind, IndexPointKind::kInterpolated);
  EXPECT_NEAR(index->points[2].log_index, 0.2, 1e-14);
  EXPECT_EQ(index->points[5].kind, IndexPointKind::kExtended);
  EXPECT_NEAR(index->points[5].log_index, 0.4, 1e-14);
}

TEST(RepeatSales, CountsThePairsItFloors) {
  // Squared residuals fall with the time between sales so steeply that the line crosses zero.
  Pairs pairs;
  for (int i = 0; i < 10; ++i) {
    const double sign = i % 2 == 0 ? 1.0 : -1.0;
    for (int t = 0; t < 3; ++t) {
      pairs.first.push_back(t);
      pairs.second.push_back(t + 1);
      pairs.log_ratio.push_back(sign);
    }
    pairs.first.push_back(0);
    pairs.second.push_back(2);
    pairs.log_ratio.push_back(0.1 * sign);
  }
  pairs.first.push_back(0);
  pairs.second.push_back(3);
  pairs.log_ratio.push_back(0.0);
  EXPECT_EQ(FitRepeatSales(pairs.View(4)).error().code, Code::kNegativeVarianceLine);
  RepeatSalesOptions options;
  options.negative_variance = NegativeVariancePolicy::kFloor;
  const auto index = FitRepeatSales(pairs.View(4), options);
  ASSERT_TRUE(index.has_value());
  EXPECT_EQ(index->pairs_floored, 1U);
  EXPECT_LT(index->smallest_variance, 0.0);
  EXPECT_TRUE(index->weighted);
}

TEST(RepeatSales, RefusesBadPairs) {
  const auto code = [](const Pairs& pairs, int periods) {
    const auto index = FitRepeatSales(pairs.View(periods));
    return index ? Code::kInternal : index.error().code;
  };
  EXPECT_EQ(code({{1}, {1}, {0.1}}, 3), Code::kNumberNotAllowed);
  EXPECT_EQ(code({{0}, {3}, {0.1}}, 3), Code::kNumberNotAllowed);
  EXPECT_EQ(code({{-1}, {2}, {0.1}}, 3), Code::kNumberNotAllowed);
  EXPECT_EQ(code({{0}, {1}, {std::nan("")}}, 3), Code::kNumberNotAllowed);
  EXPECT_EQ(code({{0}, {1, 2}, {0.1}}, 3), Code::kSizesDiffer);
  EXPECT_EQ(code({{1, 1}, {2, 2}, {0.1, 0.1}}, 3), Code::kTooFewObservations);
  EXPECT_EQ(code({{0}, {1}, {0.1}}, 2), Code::kTooFewObservations);
  EXPECT_EQ(code({{}, {}, {}}, 1), Code::kTooFewObservations);
}

struct Homes {
  std::vector<double> x, log_prices;
  std::vector<std::int32_t> periods;
  std::size_t columns = 2;
  HedonicSales View(int count) const {
    return {{x, periods.size(), columns}, log_prices, periods, count};
  }
};

Homes RandomHomes(std::size_t rows, int periods) {
  RandomStream random(kSeed, 2);
  Homes homes{std::vector<double>(2 * rows), std::vector<double>(rows),
              std::vector<std::int32_t>(rows)};
  for (std::size_t i = 0; i < rows; ++i) {
    const int t = static_cast<int>(random.Below(static_cast<std::uint32_t>(periods)));
    homes.periods[i] = t;
    homes.x[i] = 4.0 + random.Normal() + 0.1 * t;  // homes get larger
    homes.x[rows + i] = random.Uniform() < 0.3 ? 1.0 : 0.0;
    homes.log_prices[i] = 8.0 + 0.03 * t + 0.5 * homes.x[i] - (0.2 + 0.01 * t) * homes.x[rows + i] +
                          0.2 * random.Normal();
  }
  return homes;
}

TEST(TimeDummyIndex, IsTheRegressionOnPeriodDummies) {
  constexpr int kPeriods = 4;
  const Homes homes = RandomHomes(300, kPeriods);
  std::vector<double> design = homes.x;
  for (int t = 1; t < kPeriods; ++t) {
    for (const std::int32_t period : homes.periods) design.push_back(period == t ? 1.0 : 0.0);
  }
  const auto fit = FitLeastSquares({design, 300, 5}, homes.log_prices);
  const auto index = EstimateTimeDummyIndex(homes.View(kPeriods));
  ASSERT_TRUE(fit.has_value() && index.has_value());
  for (std::size_t j = 0; j < 2; ++j) {
    EXPECT_NEAR(index->slopes[j].value, fit->terms[j + 1].value, 1e-12);
    EXPECT_NEAR(index->slopes[j].standard_error, fit->terms[j + 1].standard_error, 1e-12);
  }
  for (std::size_t t = 1; t < kPeriods; ++t) {
    EXPECT_NEAR(index->points[t].log_index, fit->terms[t + 2].value, 1e-12);
    EXPECT_NEAR(index->points[t].standard_error, fit->terms[t + 2].standard_error, 1e-12);
  }
  EXPECT_EQ(index->degrees_of_freedom, fit->degrees_of_freedom);
}

TEST(TimeDummyIndex, OfIllConditionedColumnsGoesByQr) {
  Homes homes = RandomHomes(300, 3);
  for (std::size_t i = 0; i < 300; ++i) {
    homes.x[300 + i] = homes.x[i] + 1e-4 * homes.x[300 + i];
  }
  const auto index = EstimateTimeDummyIndex(homes.View(3));
  ASSERT_TRUE(index.has_value());
  EXPECT_NEAR(index->slopes[0].value + index->slopes[1].value, 0.5, 0.1);
  for (std::size_t i = 0; i < 300; ++i) homes.x[300 + i] = homes.x[i];
  EXPECT_EQ(EstimateTimeDummyIndex(homes.View(3)).error().code, Code::kCollinearColumns);
}

TEST(ImputationIndex, RevaluesEachPeriodsHomesAtTheOthersPrices) {
  constexpr int kPeriods = 4;
  const Homes homes = RandomHomes(400, kPeriods);
  // The twin: one regression per period by the general least squares, then revaluation row by row.
  std::vector<LeastSquaresFit> fits;
  for (int t = 0; t < kPeriods; ++t) {
    std::vector<double> x, y;
    for (std::size_t j = 0; j < 2; ++j) {
      for (std::size_t i = 0; i < 400; ++i) {
        if (homes.periods[i] == t) x.push_back(homes.x[j * 400 + i]);
      }
    }
    for (std::size_t i = 0; i < 400; ++i) {
      if (homes.periods[i] == t) y.push_back(homes.log_prices[i]);
    }
    fits.push_back(*FitLeastSquares({x, y.size(), 2}, y));
  }
  const auto mean_value = [&](int homes_of, const LeastSquaresFit& fit) {
    double sum = 0.0, count = 0.0;
    for (std::size_t i = 0; i < 400; ++i) {
      if (homes.periods[i] != homes_of) continue;
      sum += fit.terms[0].value + fit.terms[1].value * homes.x[i] +
             fit.terms[2].value * homes.x[400 + i];
      count += 1.0;
    }
    return sum / count;
  };
  const auto index = EstimateImputationIndex(homes.View(kPeriods));
  ASSERT_TRUE(index.has_value());
  double expected = 0.0;
  for (int t = 1; t < kPeriods; ++t) {
    const auto at = static_cast<std::size_t>(t);
    expected += 0.5 * (mean_value(t - 1, fits[at]) - mean_value(t - 1, fits[at - 1]) +
                       mean_value(t, fits[at]) - mean_value(t, fits[at - 1]));
    EXPECT_NEAR((*index)[at].log_index, expected, 1e-12);
  }
}

TEST(ImputationIndex, HasStandardErrorsOfTheRightSize) {
  // The same homes sold again with new noise: the spread of the index is its standard error.
  constexpr int kRounds = 600;
  Homes homes = RandomHomes(240, 4);
  std::vector<double> values;
  double mean_error = 0.0;
  for (std::uint32_t round = 0; round < kRounds; ++round) {
    RandomStream random(kSeed, 100 + round);
    for (std::size_t i = 0; i < 240; ++i) {
      homes.log_prices[i] = 0.5 * homes.x[i] + 0.2 * random.Normal();
    }
    const auto index = EstimateImputationIndex(homes.View(4));
    values.push_back((*index)[3].log_index);
    mean_error += (*index)[3].standard_error / kRounds;
  }
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / kRounds;
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  // A standard deviation from 600 values is known to 3 %; four times that.
  EXPECT_NEAR(std::sqrt(squares / (kRounds - 1)) / mean_error, 1.0, 0.12) << "seed " << kSeed;
}

TEST(HedonicIndices, RefuseWhatTheyCannotUse) {
  Homes homes = RandomHomes(40, 2);
  homes.periods[5] = 2;
  EXPECT_EQ(EstimateTimeDummyIndex(homes.View(2)).error().code, Code::kNumberNotAllowed);
  EXPECT_EQ(EstimateImputationIndex(homes.View(3)).error().code, Code::kTooFewObservations);
  homes.log_prices[7] = std::nan("");
  EXPECT_EQ(EstimateTimeDummyIndex(homes.View(3)).error().code, Code::kNumberNotAllowed);
  homes.periods.pop_back();
  EXPECT_EQ(EstimateTimeDummyIndex(homes.View(3)).error().code, Code::kSizesDiffer);
  EXPECT_EQ(EstimateTimeDummyIndex({{{}, 0, 0}, {}, {}, 2}).error().code,
            Code::kTooFewObservations);
}

TEST(GroupMoments, HaveTheSameBitsForEveryWidthAndNumberOfThreads) {
  RandomStream random(kSeed, 3);
  for (std::size_t columns = 0; columns <= 9; ++columns) {
    constexpr std::size_t kRows = 1003;
    std::vector<double> x(columns * kRows), y(kRows);
    std::vector<std::int32_t> groups(kRows);
    for (double& value : x) value = 5.0 + random.Normal();
    for (double& value : y) value = random.Normal();
    for (std::int32_t& group : groups) group = static_cast<std::int32_t>(random.Below(3));
    const ColumnMajorView view{x, kRows, columns};
    const auto baseline = MomentsByGroup(view, y, groups, 4, {1, SimdLevel::kBaseline});
    EXPECT_EQ(baseline[3].count, 0.0);
    for (const SimdLevel level : {SimdLevel::kAvx2, SimdLevel::kAvx512}) {
      if (level > BestSimdLevel()) continue;
      const auto wide = MomentsByGroup(view, y, groups, 4, {2, level});
      for (std::size_t g = 0; g < 4; ++g) {
        EXPECT_EQ(baseline[g].xx, wide[g].xx);
        EXPECT_EQ(baseline[g].xy, wide[g].xy);
        EXPECT_EQ(baseline[g].yy, wide[g].yy);
        EXPECT_EQ(baseline[g].means, wide[g].means);
      }
    }
  }
}

struct Dated {
  std::vector<std::int32_t> periods, cells;
  std::vector<double> log_prices;
  DatedSales View(int count) const { return {periods, log_prices, cells, count}; }
};

Dated RandomDated(std::size_t rows, int periods, int cells) {
  RandomStream random(kSeed, 4);
  Dated sales;
  for (std::size_t i = 0; i < rows; ++i) {
    const auto t = static_cast<std::int32_t>(random.Below(static_cast<std::uint32_t>(periods)));
    const auto c = static_cast<std::int32_t>(random.Below(static_cast<std::uint32_t>(cells)));
    sales.periods.push_back(t);
    sales.cells.push_back(c);
    sales.log_prices.push_back(7.0 - 0.3 * c + 0.02 * t + 0.1 * random.Normal());
  }
  return sales;
}

TEST(DateIndex, IsTheRegressionOnPeriodAndCellDummies) {
  constexpr int kPeriods = 5, kCells = 4;
  constexpr std::size_t kRows = 120;
  const Dated sales = RandomDated(kRows, kPeriods, kCells);
  std::vector<double> design;
  for (int t = 0; t < kPeriods; ++t) {
    if (t == 2) continue;  // the base period
    for (const std::int32_t period : sales.periods) design.push_back(period == t ? 1.0 : 0.0);
  }
  for (int c = 1; c < kCells; ++c) {
    for (const std::int32_t cell : sales.cells) design.push_back(cell == c ? 1.0 : 0.0);
  }
  const auto fit = FitLeastSquares({design, kRows, kPeriods - 1 + kCells - 1}, sales.log_prices);
  DateIndexOptions options;
  options.base_period = 2;
  const auto index = EstimateDateIndex(sales.View(kPeriods), options);
  ASSERT_TRUE(fit.has_value() && index.has_value());
  EXPECT_EQ(index->points[2].log_index, 0.0);
  EXPECT_EQ(index->points[2].standard_error, 0.0);
  std::size_t term = 1;
  for (std::size_t t = 0; t < kPeriods; ++t) {
    if (t == 2) continue;
    EXPECT_NEAR(index->points[t].log_index, fit->terms[term].value, 1e-12);
    EXPECT_NEAR(index->points[t].standard_error, fit->terms[term].standard_error, 1e-12);
    ++term;
  }
  EXPECT_NEAR(index->residual_deviation, fit->residual_deviation, 1e-13);
  EXPECT_EQ(index->degrees_of_freedom, fit->degrees_of_freedom);
}

TEST(DateIndex, HasTheSameBitsForShuffledRows) {
  const Dated sales = RandomDated(500, 8, 12);
  std::vector<std::size_t> order(500);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), std::mt19937_64(kSeed));
  Dated shuffled;
  for (const std::size_t i : order) {
    shuffled.periods.push_back(sales.periods[i]);
    shuffled.cells.push_back(sales.cells[i]);
    shuffled.log_prices.push_back(sales.log_prices[i]);
  }
  for (const double huber_k : {0.0, 1.345}) {
    const auto first = EstimateDateIndex(sales.View(8), {0, huber_k});
    const auto second = EstimateDateIndex(shuffled.View(8), {0, huber_k});
    ASSERT_TRUE(first.has_value() && second.has_value());
    for (std::size_t t = 0; t < 8; ++t) {
      EXPECT_EQ(first->points[t].log_index, second->points[t].log_index);
      EXPECT_EQ(first->points[t].standard_error, second->points[t].standard_error);
    }
  }
}

TEST(DateIndex, WithHuberWeightsIsHardlyMovedByAWrongPrice) {
  Dated sales = RandomDated(400, 4, 3);
  const auto clean = EstimateDateIndex(sales.View(4), {0, 1.345});
  for (std::size_t i = 0, wrong = 0; i < 400 && wrong < 8; ++i) {
    if (sales.periods[i] != 3) continue;
    sales.log_prices[i] += std::log(15.0);  // 元/㎡ taken for 万元/亩
    ++wrong;
  }
  const auto robust = EstimateDateIndex(sales.View(4), {0, 1.345});
  const auto plain = EstimateDateIndex(sales.View(4), {0, 0.0});
  ASSERT_TRUE(clean.has_value() && robust.has_value() && plain.has_value());
  EXPECT_GT(plain->points[3].log_index - clean->points[3].log_index, 0.1);
  EXPECT_LT(robust->points[3].log_index - clean->points[3].log_index, 0.025);
}

TEST(DateIndex, MarksPeriodsThatCannotBeCompared) {
  // Periods 0, 1, 4 are tied by cells 0 and 1; cell 2 sells in 3 and 5 alone; 2 has no sale; cell 3
  // has one sale.
  const Dated sales{{0, 1, 1, 4, 0, 4, 3, 5, 0, 1},
                    {0, 0, 1, 1, 0, 1, 2, 2, 3, 0},
                    {1.0, 1.1, 2.1, 2.4, 1.0, 2.4, 9, 9, 5, 1.1}};
  const auto index = EstimateDateIndex(sales.View(6));
  ASSERT_TRUE(index.has_value());
  EXPECT_EQ(index->sales_used, 7U);
  EXPECT_EQ(index->sales_left_out, 3U);
  EXPECT_NEAR(index->points[4].log_index, 0.4, 1e-14);
  EXPECT_EQ(index->points[2].kind, IndexPointKind::kInterpolated);
  EXPECT_NEAR(index->points[2].log_index, 0.2, 1e-14);
  EXPECT_EQ(index->points[3].kind, IndexPointKind::kInterpolated);
  EXPECT_EQ(index->points[3].sales, 1U);
  EXPECT_EQ(index->points[5].kind, IndexPointKind::kExtended);
  EXPECT_NEAR(index->points[5].log_index, 0.4, 1e-14);
  // A base period between: everything is relative to the interpolated figure.
  const auto between = EstimateDateIndex(sales.View(6), {2, 0.0});
  ASSERT_TRUE(between.has_value());
  EXPECT_NEAR(between->points[0].log_index, -0.2, 1e-14);
  EXPECT_EQ(between->points[2].log_index, 0.0);
}

TEST(DateIndex, RefusesWhatItCannotEstimate) {
  EXPECT_EQ(EstimateDateIndex(Dated{}.View(3)).error().code, Code::kTooFewObservations);
  const Dated apart{{0, 1}, {0, 1}, {1, 2}};
  EXPECT_EQ(EstimateDateIndex(apart.View(2)).error().code, Code::kTooFewObservations);
  const Dated exact{{0, 1}, {0, 0}, {1, 2}};
  EXPECT_EQ(EstimateDateIndex(exact.View(2)).error().code, Code::kTooFewObservations);
  EXPECT_EQ(EstimateDateIndex(exact.View(1)).error().code, Code::kNumberNotAllowed);
  EXPECT_EQ(EstimateDateIndex(exact.View(2), {2, 0.0}).error().code, Code::kNumberNotAllowed);
  const Dated negative{{0, 1}, {0, -1}, {1, 2}};
  EXPECT_EQ(EstimateDateIndex(negative.View(2)).error().code, Code::kNumberNotAllowed);
  const Dated infinite{{0, 1}, {0, 0}, {1, HUGE_VAL}};
  EXPECT_EQ(EstimateDateIndex(infinite.View(2)).error().code, Code::kNumberNotAllowed);
}

}  // namespace
}  // namespace dijia
