#include "dijia/far_curve.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include "dijia/base/codes.h"

namespace dijia {
namespace {

struct Sales {
  std::vector<double> far, prices;

  void Add(double f, double price) {
    far.push_back(f);
    prices.push_back(price);
  }
  FarSales view() const { return {.far = far, .prices = prices}; }
};

constexpr unsigned kSeed = 20261126;

// n sales whose prices follow `factor` with errors of 5 %.
template <class Factor>
Sales Drawn(std::size_t n, Factor factor, double error = 0.05) {
  std::mt19937 random(kSeed);
  std::uniform_real_distribution<double> ratio(0.8, 4.5);
  std::normal_distribution<double> noise(0.0, error);
  Sales sales;
  for (std::size_t i = 0; i < n; ++i) {
    const double f = ratio(random);
    sales.Add(f, 1000.0 * factor(f) * std::exp(noise(random)));
  }
  return sales;
}

FarCurveOptions At(double base) {
  FarCurveOptions options;
  options.base = base;
  return options;
}

double Power(double f) { return std::pow(f / 2.0, 0.5145); }
double LinearLogarithm(double f) {
  return f <= 2.0 ? 1.0 + 0.45 * (f - 2.0) : 1.0 + 0.25 * std::log(f / 2.0);
}
// Steps of a table that no formula has.
double Steps(double f) { return f < 1.5 ? 0.6 : f < 2.5 ? 1.0 : 1.9; }

TEST(FarCurves, FindThePower) {
  const auto curve = FitFarCurve(Drawn(300, Power).view(), At(2.0));
  ASSERT_TRUE(curve);
  EXPECT_EQ(curve->shape.family, FarFamily::kPower);
  EXPECT_NEAR(curve->shape.exponent, 0.5145, 0.02);
  EXPECT_NEAR(curve->scale, 0.05, 0.01);
  EXPECT_GT(curve->explained, 0.7);
  EXPECT_DOUBLE_EQ(curve->shape.At(2.0), 1.0);
  EXPECT_EQ(curve->trials.size(), 3U);
  EXPECT_EQ(curve->sales, 300U);
}

TEST(FarCurves, FindTheLineAndTheLogarithm) {
  const auto curve = FitFarCurve(Drawn(600, LinearLogarithm).view(), At(2.0));
  ASSERT_TRUE(curve);
  EXPECT_EQ(curve->shape.family, FarFamily::kLinearLogarithm);
  EXPECT_NEAR(curve->shape.below, 0.45, 0.03);
  EXPECT_NEAR(curve->shape.above, 0.25, 0.03);
  EXPECT_DOUBLE_EQ(curve->shape.At(2.0), 1.0);
}

TEST(FarCurves, FindStepsThatNoFormulaHas) {
  const auto curve = FitFarCurve(Drawn(600, Steps).view(), At(2.0));
  ASSERT_TRUE(curve);
  EXPECT_EQ(curve->shape.family, FarFamily::kMonotonePiecewise);
  EXPECT_FALSE(curve->exponent_error);
  EXPECT_NEAR(curve->shape.At(1.0), 0.6, 0.05);
  EXPECT_NEAR(curve->shape.At(4.0), 1.9, 0.1);
  EXPECT_DOUBLE_EQ(curve->shape.At(2.0), 1.0);
}

TEST(FarCurves, AreNotMovedByWrongPrices) {
  Sales sales = Drawn(300, Power);
  for (std::size_t i = 0; i < sales.prices.size(); i += 5) sales.prices[i] *= 8.0;
  const auto curve = FitFarCurve(sales.view(), At(2.0));
  ASSERT_TRUE(curve);
  EXPECT_EQ(curve->shape.family, FarFamily::kPower);
  EXPECT_NEAR(curve->shape.exponent, 0.5145, 0.03);
  EXPECT_EQ(curve->outlying, 60U);
}

TEST(FarCurves, AreTheExactCurveWithoutErrors) {
  const auto curve = FitFarCurve(Drawn(60, Power, 0.0).view(), At(2.0));
  ASSERT_TRUE(curve);
  EXPECT_EQ(curve->shape.family, FarFamily::kPower);
  EXPECT_NEAR(curve->shape.exponent, 0.5145, 1e-9);
  EXPECT_LT(curve->exponent_error.value_or(0.0), 1e-9);
}

// An MM-estimate keeps 95 % of the precision of least squares, whose error is σ / √Σ(x − x̄)².
TEST(FarCurves, StateTheErrorOfTheExponent) {
  const Sales sales = Drawn(300, Power);
  const auto curve = FitFarCurve(sales.view(), At(2.0));
  ASSERT_TRUE(curve);
  ASSERT_TRUE(curve->exponent_error);
  double sum = 0.0, squares = 0.0;
  for (const double far : sales.far) {
    sum += std::log(far);
    squares += std::log(far) * std::log(far);
  }
  const double spread = squares - sum * sum / 300.0;
  EXPECT_NEAR(*curve->exponent_error / (0.05 / std::sqrt(spread * 0.95)), 1.0, 0.15);
}

// 通道 residential I (real-cases.md §1.2): a sale at the printed coefficient of each ratio.
TEST(FarCurves, GiveTheTableOfTongdaoBack) {
  Sales sales;
  for (int tenths = 10; tenths <= 50; ++tenths) {
    const double f = tenths / 10.0;
    sales.Add(f, std::round(1e4 * std::pow(f / 2.0, 0.51448)) / 1e4 * 790.0);
  }
  const auto curve = FitFarCurve(sales.view(), At(2.0));
  ASSERT_TRUE(curve);
  EXPECT_NEAR(curve->shape.exponent, 0.51448, 2e-4);
}

// The same sales in any order, the same bits; prices times ten, the same curve.
TEST(FarCurves, DependOnNeitherOrderNorUnit) {
  SCOPED_TRACE(kSeed);
  const Sales sales = Drawn(60, LinearLogarithm, 0.2);
  const auto curve = FitFarCurve(sales.view(), At(1.8));
  ASSERT_TRUE(curve);
  std::vector<std::size_t> order(sales.far.size());
  std::iota(order.begin(), order.end(), 0U);
  std::mt19937 random(kSeed + 1);
  for (int round = 0; round < 2; ++round) {
    std::ranges::shuffle(order, random);
    Sales shuffled, dearer;
    for (const std::size_t i : order) {
      shuffled.Add(sales.far[i], sales.prices[i]);
      dearer.Add(sales.far[i], sales.prices[i] * 10.0);
    }
    const auto again = FitFarCurve(shuffled.view(), At(1.8));
    const auto scaled = FitFarCurve(dearer.view(), At(1.8));
    ASSERT_TRUE(again && scaled);
    EXPECT_EQ(again->shape.family, curve->shape.family);
    for (double f = 0.5; f < 6.0; f += 0.1) {
      EXPECT_EQ(again->shape.At(f), curve->shape.At(f)) << f;
      EXPECT_NEAR(scaled->shape.At(f), curve->shape.At(f), 1e-6) << f;
    }
  }
}

TEST(FarCurves, RiseWhateverThePrices) {
  std::mt19937 random(kSeed);
  std::uniform_real_distribution<double> ratio(0.5, 6.0), price(100.0, 5000.0);
  int fitted = 0;
  for (int round = 0; round < 40; ++round) {
    Sales sales;
    for (int i = 0; i < 40; ++i) sales.Add(ratio(random), price(random));
    const auto curve = FitFarCurve(sales.view(), At(1.5));
    if (!curve) continue;
    ++fitted;
    double before = 0.0;
    for (double f = curve->lowest_far; f <= curve->highest_far; f += 0.05) {
      EXPECT_GE(curve->shape.At(f), before - 1e-12);
      before = curve->shape.At(f);
    }
  }
  EXPECT_GT(fitted, 0);
}

TEST(FarCurves, AreRefusedWhereTheSalesDoNotCarryThem) {
  const auto refused = [](const Sales& sales, const FarCurveOptions& options) {
    const auto curve = FitFarCurve(sales.view(), options);
    return curve ? Code::kInternal : curve.error().code;
  };
  EXPECT_EQ(refused(Drawn(15, Power), At(2.0)), Code::kTooFewObservations);
  EXPECT_EQ(refused(Drawn(50, Power), At(0.0)), Code::kNumberNotAllowed);
  Sales one;
  for (int i = 0; i < 30; ++i) one.Add(2.0, 1000.0 + i);
  EXPECT_EQ(refused(one, At(2.0)), Code::kNoSpread);
  Sales wrong = Drawn(50, Power);
  wrong.prices[3] = 0.0;
  EXPECT_EQ(refused(wrong, At(2.0)), Code::kNumberNotAllowed);
  wrong.prices.pop_back();
  EXPECT_EQ(refused(wrong, At(2.0)), Code::kSizesDiffer);
  FarCurveOptions folds = At(2.0);
  folds.folds = 1;
  EXPECT_EQ(refused(Drawn(50, Power), folds), Code::kNumberNotAllowed);
  // Prices that fall with the ratio.
  FarCurveOptions power = At(2.0);
  power.families = {FarFamily::kPower};
  EXPECT_EQ(refused(Drawn(50, [](double f) { return 1.0 / f; }), power), Code::kNumberNotAllowed);
}

}  // namespace
}  // namespace dijia
