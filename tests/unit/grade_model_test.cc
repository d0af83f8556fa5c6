#include "dijia/grade_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "dijia/base/codes.h"
#include "tail.h"
#include "variates.h"

namespace dijia {
namespace {

constexpr std::uint64_t kSeed = 20240607;

const std::vector<double> kGrades = {1, 2, 3, 4, 5};
const std::vector<double> kPrices = {790, 640, 565, 420, 375};

// R of log₁₀ Y and X by sums; `squares_of_logs` false makes the error of a known program, which
// takes log(Y²) where (log Y)² belongs.
double CorrelationBySums(bool squares_of_logs) {
  double n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0, log_of_squares = 0;
  for (std::size_t i = 0; i < kGrades.size(); ++i) {
    const double x = kGrades[i];
    const double y = std::log10(kPrices[i]);
    n += 1, sx += x, sy += y, sxx += x * x, syy += y * y, sxy += x * y;
    log_of_squares += std::log10(kPrices[i] * kPrices[i]);
  }
  const double spread = squares_of_logs ? n * syy - sy * sy : n * log_of_squares - log_of_squares;
  return (n * sxy - sx * sy) / std::sqrt((n * sxx - sx * sx) * spread);
}

TEST(ExponentialGradeModel, HasTheCoefficientsOfLogPrices) {
  const auto model = FitGradeModel(GradeModelFamily::kExponential, kGrades, kPrices);
  ASSERT_TRUE(model.has_value());
  // Slope of log₁₀ Y on 1 … 5: Σ (x − 3) y / 10.
  double beta = 0.0, mean = 0.0;
  for (std::size_t i = 0; i < 5; ++i) {
    beta += (kGrades[i] - 3.0) * std::log10(kPrices[i]) / 10.0;
    mean += std::log10(kPrices[i]) / 5.0;
  }
  EXPECT_NEAR(1.0 + model->slope, std::pow(10.0, beta), 1e-13);
  EXPECT_NEAR(model->level, std::pow(10.0, mean - 3.0 * beta), 1e-9);
  EXPECT_NEAR(model->f, model->t * model->t, 1e-9);
  EXPECT_LT(model->t, 0.0);
  EXPECT_NEAR(model->f_p, model->t_p, 1e-12);
}

TEST(ExponentialGradeModel, ReportsTheRightCorrelationAndNotTheKnownWrongOne) {
  const auto model = FitGradeModel(GradeModelFamily::kExponential, kGrades, kPrices);
  ASSERT_TRUE(model.has_value());
  EXPECT_NEAR(model->correlation, CorrelationBySums(true), 1e-12);
  EXPECT_NEAR(model->r_squared, CorrelationBySums(true) * CorrelationBySums(true), 1e-12);
  EXPECT_GT(std::fabs(model->correlation - CorrelationBySums(false)), 0.5);
  EXPECT_LT(model->correlation, -0.98);
}

TEST(ExponentialGradeModel, RecoversAGeometricSeries) {
  const std::vector<double> prices = {1000, 900, 810, 729};
  const std::vector<double> grades = {1, 2, 3, 4};
  GradeModelOptions options;
  options.exponent_factor = 2.0;
  const auto model = FitGradeModel(GradeModelFamily::kExponential, grades, prices, options);
  ASSERT_TRUE(model.has_value());
  EXPECT_NEAR(model->slope, std::sqrt(0.9) - 1.0, 1e-13);  // (1 + r)^(2X)
  EXPECT_NEAR(model->level, 1000.0 / 0.9, 1e-9);
  EXPECT_NEAR(model->r_squared, 1.0, 1e-13);
  EXPECT_NEAR(model->price_r_squared, 1.0, 1e-13);
  const auto fifth = PriceAt(*model, 5.0);
  ASSERT_TRUE(fifth.has_value());
  EXPECT_NEAR(fifth->price, 656.1, 1e-9);
  EXPECT_TRUE(fifth->extrapolated);
  EXPECT_FALSE(PriceAt(*model, 2.5)->extrapolated);
}

TEST(ExponentialGradeModel, PredictsANewGradeWithTheIntervalOfLogPricesTransformedBack) {
  const auto model = FitGradeModel(GradeModelFamily::kExponential, kGrades, kPrices);
  ASSERT_TRUE(model.has_value());
  const auto price = PriceAt(*model, 6.0, 0.9);
  ASSERT_TRUE(price.has_value());
  // s sqrt(1 + 1/n + (x − x̄)² / Sxx) with n = 5, x̄ = 3, Sxx = 10; t(3) at 95 %.
  const double reach =
      StudentReach(0.9, 3.0) * model->residual_deviation * std::sqrt(1.0 + 0.2 + 0.9);
  EXPECT_NEAR(std::log(price->interval.high / price->price), reach, 1e-12);
  EXPECT_NEAR(std::log(price->price / price->interval.low), reach, 1e-12);
  EXPECT_NEAR(std::log(price->mean_price / price->price),
              0.5 * model->residual_deviation * model->residual_deviation, 1e-14);
}

TEST(ExponentialGradeModel, CoversANewGradeAsOftenAsItSays) {
  // 2,000 tables of five grades with 10 % noise; the price of grade 6 is drawn as well.
  int covered = 0;
  for (std::uint32_t round = 0; round < 2000; ++round) {
    RandomStream random(kSeed, round);
    std::vector<double> prices;
    for (const double grade : kGrades) {
      prices.push_back(1000.0 * std::exp(-0.2 * grade + 0.1 * random.Normal()));
    }
    const double truth = 1000.0 * std::exp(-1.2 + 0.1 * random.Normal());
    const auto model = FitGradeModel(GradeModelFamily::kExponential, kGrades, prices);
    const auto price = PriceAt(*model, 6.0);
    if (price->interval.low <= truth && truth <= price->interval.high) ++covered;
  }
  EXPECT_NEAR(covered / 2000.0, 0.95, 0.015) << "seed " << kSeed;  // three standard errors
}

TEST(LinearGradeModel, IsTheRegressionLine) {
  const auto model = FitGradeModel(GradeModelFamily::kLinear, kGrades, kPrices);
  ASSERT_TRUE(model.has_value());
  // Σ (x − 3) y = −1580 − 640 + 420 + 750 = −1050; mean 558.
  EXPECT_NEAR(model->slope, -105.0, 1e-10);
  EXPECT_NEAR(model->level, 873.0, 1e-10);
  EXPECT_NEAR(model->r_squared, model->price_r_squared, 1e-12);
  EXPECT_NEAR(PriceAt(*model, 6.0)->price, 243.0, 1e-9);
  const auto below = PriceAt(*model, 9.0);
  ASSERT_FALSE(below.has_value());
  EXPECT_EQ(below.error().code, Code::kNumberNotAllowed);
}

TEST(PowerGradeModel, RecoversAPower) {
  const std::vector<double> scores = {20, 40, 60, 90};
  std::vector<double> prices;
  for (const double score : scores) prices.push_back(3.0 * std::pow(score, 1.25));
  const auto model = FitGradeModel(GradeModelFamily::kPower, scores, prices);
  ASSERT_TRUE(model.has_value());
  EXPECT_NEAR(model->slope, 1.25, 1e-12);
  EXPECT_NEAR(model->level, 3.0, 1e-11);
  EXPECT_NEAR(PriceAt(*model, 50.0)->price, 3.0 * std::pow(50.0, 1.25), 1e-9);
  EXPECT_FALSE(PriceAt(*model, 0.0).has_value());
}

TEST(GradeModel, WeightsPullTheCurve) {
  GradeModelOptions options;
  const std::vector<double> weights = {1000, 1000, 1, 1, 1};
  options.weights = weights;
  const auto model = FitGradeModel(GradeModelFamily::kExponential, kGrades, kPrices, options);
  ASSERT_TRUE(model.has_value());
  EXPECT_NEAR(PriceAt(*model, 1.0)->price, 790.0, 5.0);
}

TEST(GradeModel, RefusesWithItsReason) {
  const auto refused = [](GradeModelFamily family, const std::vector<double>& x,
                          const std::vector<double>& prices) {
    const auto model = FitGradeModel(family, x, prices);
    EXPECT_FALSE(model.has_value());
    return model.has_value() ? Code::kInternal : model.error().code;
  };
  constexpr auto kExponential = GradeModelFamily::kExponential;
  EXPECT_EQ(refused(kExponential, {1, 2}, {5, 4}), Code::kTooFewObservations);
  EXPECT_EQ(refused(kExponential, {1, 2, 3}, {5, 4}), Code::kSizesDiffer);
  EXPECT_EQ(refused(kExponential, {1, 2, 3}, {5, 4, 0}), Code::kNumberNotAllowed);
  EXPECT_EQ(refused(kExponential, {1, 2, 3}, {5, -4, 1}), Code::kNumberNotAllowed);
  EXPECT_EQ(refused(GradeModelFamily::kLinear, {1, 2, 3}, {5, 4, std::nan("")}),
            Code::kNumberNotAllowed);
  EXPECT_EQ(refused(GradeModelFamily::kPower, {0, 2, 3}, {5, 4, 3}), Code::kNumberNotAllowed);
  EXPECT_EQ(refused(kExponential, {2, 2, 2}, {5, 4, 3}), Code::kNoSpread);
  EXPECT_EQ(refused(kExponential, {1, 2, 3}, {4, 4, 4}), Code::kNoSpread);
  GradeModelOptions options;
  options.exponent_factor = 0.0;
  EXPECT_EQ(FitGradeModel(kExponential, kGrades, kPrices, options).error().code,
            Code::kNumberNotAllowed);
}

}  // namespace
}  // namespace dijia
