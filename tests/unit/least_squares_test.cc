#include "dijia/least_squares.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "dijia/base/codes.h"
#include "gram.h"
#include "regression_core.h"

namespace dijia {
namespace {

constexpr std::uint64_t kSeed = 20240607;

struct Rows {
  std::vector<double> x;
  std::vector<double> y;
  std::size_t rows = 0, columns = 0;
  ColumnMajorView View() const { return {x, rows, columns}; }
};

// y = 8 + Σ x_j / (j + 1) + noise whose size depends on the first column; columns far from 0.
Rows RandomRows(std::size_t rows, std::size_t columns, double centre) {
  std::mt19937_64 generator(kSeed);
  std::normal_distribution<double> normal;
  Rows out{{}, std::vector<double>(rows, 8.0), rows, columns};
  for (std::size_t j = 0; j < columns; ++j) {
    for (std::size_t i = 0; i < rows; ++i) {
      const double z = normal(generator);
      out.x.push_back(centre + z);
      out.y[i] += z / static_cast<double>(j + 1);
    }
  }
  for (std::size_t i = 0; i < rows; ++i) {
    out.y[i] += 0.3 * normal(generator) * std::exp(0.2 * (out.x[i] - centre));
  }
  return out;
}

TEST(LeastSquares, FitsALineThroughThreePoints) {
  // Slope and intercept by hand: x̄ = 1, ȳ = 2, Sxy = 3, Sxx = 2; residuals 0.5, −1, 0.5.
  const std::vector<double> x = {0, 1, 2};
  const std::vector<double> y = {1, 1, 4};
  const Result<LeastSquaresFit> fit = FitLeastSquares({x, 3, 1}, y);
  ASSERT_TRUE(fit.has_value());
  EXPECT_DOUBLE_EQ(fit->terms[0].value, 0.5);
  EXPECT_DOUBLE_EQ(fit->terms[1].value, 1.5);
  EXPECT_DOUBLE_EQ(fit->residual_sum_of_squares, 1.5);
  EXPECT_DOUBLE_EQ(fit->terms[1].standard_error, std::sqrt(1.5 / 2.0));
  EXPECT_DOUBLE_EQ(fit->r_squared, 1.0 - 1.5 / 6.0);
  EXPECT_DOUBLE_EQ(fit->f, 3.0);
  // One degree of freedom is Cauchy: P(|T| >= t) = 1 − 2 atan(t) / π, here 1/3.
  EXPECT_NEAR(fit->terms[1].p, 1.0 / 3.0, 1e-14);
  EXPECT_NEAR(fit->f_p, 1.0 / 3.0, 1e-14);
}

TEST(LeastSquares, WeightsStandForRepeatedRows) {
  const std::vector<double> x = {1, 2, 3, 5};
  const std::vector<double> y = {2, 1, 4, 3};
  const std::vector<double> weights = {1, 2, 1, 3};
  const std::vector<double> repeated_x = {1, 2, 2, 3, 5, 5, 5};
  const std::vector<double> repeated_y = {2, 1, 1, 4, 3, 3, 3};
  LeastSquaresOptions options;
  options.weights = weights;
  const auto weighted = FitLeastSquares({x, 4, 1}, y, options);
  const auto repeated = FitLeastSquares({repeated_x, 7, 1}, repeated_y);
  ASSERT_TRUE(weighted.has_value() && repeated.has_value());
  EXPECT_NEAR(weighted->terms[0].value, repeated->terms[0].value, 1e-14);
  EXPECT_NEAR(weighted->terms[1].value, repeated->terms[1].value, 1e-14);
  EXPECT_NEAR(weighted->residual_sum_of_squares, repeated->residual_sum_of_squares, 1e-13);
  EXPECT_NEAR(weighted->r_squared, repeated->r_squared, 1e-14);
}

TEST(LeastSquares, WithoutInterceptMeasuresRSquaredFromZero) {
  const std::vector<double> x = {1, 2};
  const std::vector<double> y = {1, 3};
  LeastSquaresOptions options;
  options.intercept = false;
  const auto fit = FitLeastSquares({x, 2, 1}, y, options);
  ASSERT_TRUE(fit.has_value());
  EXPECT_DOUBLE_EQ(fit->terms[0].value, 7.0 / 5.0);
  EXPECT_DOUBLE_EQ(fit->total_sum_of_squares, 10.0);
  EXPECT_NEAR(fit->residual_sum_of_squares, 0.2, 1e-15);
}

TEST(LeastSquares, OfAnInterceptAloneIsTheMean) {
  const std::vector<double> y = {1, 2, 6};
  const auto fit = FitLeastSquares({{}, 3, 0}, y);
  ASSERT_TRUE(fit.has_value());
  EXPECT_DOUBLE_EQ(fit->terms[0].value, 3.0);
  EXPECT_DOUBLE_EQ(fit->terms[0].standard_error, std::sqrt(7.0 / 3.0));
  EXPECT_TRUE(std::isnan(fit->f));
}

TEST(LeastSquares, OfAPerfectFitHasNoErrorAndNoDoubt) {
  const std::vector<double> x = {1, 2, 3, 4};
  const std::vector<double> y = {3, 5, 7, 9};
  const auto fit = FitLeastSquares({x, 4, 1}, y);
  ASSERT_TRUE(fit.has_value());
  EXPECT_EQ(fit->residual_sum_of_squares, 0.0);
  EXPECT_EQ(fit->r_squared, 1.0);
  EXPECT_EQ(fit->terms[1].p, 0.0);
  EXPECT_EQ(fit->f_p, 0.0);
}

TEST(LeastSquares, RefusesWhatItCannotSolveAndSaysWhy) {
  const std::vector<double> y = {1, 2, 3, 4};
  const std::vector<double> doubled = {1, 2, 3, 5, 2, 4, 6, 10};
  const auto collinear = FitLeastSquares({doubled, 4, 2}, y);
  ASSERT_FALSE(collinear.has_value());
  EXPECT_EQ(collinear.error().code, Code::kCollinearColumns);

  const std::vector<double> constant = {7, 7, 7, 7};
  EXPECT_EQ(FitLeastSquares({constant, 4, 1}, y).error().code, Code::kCollinearColumns);
  const std::vector<double> zero(4);
  EXPECT_EQ(FitLeastSquares({zero, 4, 1}, y).error().code, Code::kCollinearColumns);

  const std::vector<double> two = {1, 2};
  EXPECT_EQ(FitLeastSquares({two, 2, 1}, two).error().code, Code::kTooFewObservations);
  EXPECT_EQ(FitLeastSquares({{}, 0, 0}, {}).error().code, Code::kTooFewObservations);
  EXPECT_EQ(FitLeastSquares({two, 2, 1}, y).error().code, Code::kSizesDiffer);

  const std::vector<double> bad = {1, std::numeric_limits<double>::quiet_NaN(), 3, 5};
  const auto not_finite = FitLeastSquares({bad, 4, 1}, y);
  ASSERT_FALSE(not_finite.has_value());
  EXPECT_EQ(not_finite.error().code, Code::kNumberNotAllowed);
  EXPECT_EQ(not_finite.error().detail, "column 1 at row 2 is not finite");

  LeastSquaresOptions options;
  const std::vector<double> weights = {1, 0, 1, 1};
  options.weights = weights;
  const std::vector<double> good = {1, 2, 3, 5};
  EXPECT_EQ(FitLeastSquares({good, 4, 1}, y, options).error().code, Code::kNumberNotAllowed);
}

TEST(LeastSquares, RefusesTheSameInTallTables) {
  Rows rows = RandomRows(5000, 2, 0.0);
  for (std::size_t i = 0; i < rows.rows; ++i) rows.x[5000 + i] = 3.0 - 2.0 * rows.x[i];
  EXPECT_EQ(FitLeastSquares(rows.View(), rows.y).error().code, Code::kCollinearColumns);
  rows = RandomRows(5000, 2, 0.0);
  rows.y[4321] = std::numeric_limits<double>::infinity();
  const auto infinite = FitLeastSquares(rows.View(), rows.y);
  ASSERT_FALSE(infinite.has_value());
  EXPECT_EQ(infinite.error().detail, "response at row 4322 is not finite");
}

// The twin: the same 3,001 rows by QR.
TEST(LeastSquares, GivesTheSameByCrossProductsAndByQr) {
  for (const double centre : {0.0, 1000.0}) {
    for (const bool intercept : {true, false}) {
      const Rows rows = RandomRows(3001, 5, intercept ? centre : 1.0);
      LeastSquaresOptions options;
      options.intercept = intercept;
      const auto tall = FitLeastSquares(rows.View(), rows.y, options);
      const auto qr = FitByQr(rows.View(), rows.y, options);
      ASSERT_TRUE(tall.has_value() && qr.has_value());
      EXPECT_EQ(tall->path, LeastSquaresPath::kCrossProducts);
      EXPECT_NEAR(tall->residual_sum_of_squares / qr->core.residual_squares, 1.0, 1e-13);
      EXPECT_NEAR(tall->total_sum_of_squares / qr->core.total_squares, 1.0, 1e-13);
      for (std::size_t j = 0; j < tall->terms.size(); ++j) {
        const auto at = static_cast<Eigen::Index>(j);
        EXPECT_NEAR(tall->terms[j].value / qr->core.coefficients(at), 1.0, 1e-12);
        const double variance = tall->unscaled_covariance[j * (tall->terms.size() + 1)];
        EXPECT_NEAR(variance / qr->core.inverse(at, at), 1.0, 1e-11);
      }
    }
  }
}

TEST(LeastSquares, OfATallIllConditionedTableGoesByQr) {
  Rows rows = RandomRows(3001, 2, 0.0);
  for (std::size_t i = 0; i < rows.rows; ++i) {
    rows.x[rows.rows + i] = rows.x[i] + 1e-5 * std::sin(static_cast<double>(i));
    rows.y[i] = 1.0 + 2.0 * rows.x[i] + 3.0 * rows.x[rows.rows + i];
  }
  const auto fit = FitLeastSquares(rows.View(), rows.y);
  ASSERT_TRUE(fit.has_value());
  EXPECT_EQ(fit->path, LeastSquaresPath::kRefinedQr);
  EXPECT_GT(fit->condition, 1e4);
  // y itself is rounded; 1e5 times that is what the coefficients may be off by.
  EXPECT_NEAR(fit->terms[1].value, 2.0, 1e-10);
  EXPECT_NEAR(fit->terms[2].value, 3.0, 1e-10);
}

// Robust standard errors of a tall table against their definition, row by row.
TEST(LeastSquares, OfATallTableHasTheRobustErrorsOfTheDefinition) {
  const Rows rows = RandomRows(2500, 1, 50.0);
  double mean = 0.0;
  for (const double x : rows.x) mean += x / 2500.0;
  double sxx = 0.0, sxy = 0.0, y_mean = 0.0;
  for (const double y : rows.y) y_mean += y / 2500.0;
  for (std::size_t i = 0; i < 2500; ++i) {
    sxx += (rows.x[i] - mean) * (rows.x[i] - mean);
    sxy += (rows.x[i] - mean) * (rows.y[i] - y_mean);
  }
  const double slope = sxy / sxx;
  double hc0 = 0.0, hc2 = 0.0, hc3 = 0.0;
  for (std::size_t i = 0; i < 2500; ++i) {
    const double d = rows.x[i] - mean;
    const double e = rows.y[i] - y_mean - slope * d;
    const double spare = 1.0 - 1.0 / 2500.0 - d * d / sxx;
    hc0 += d * d * e * e;
    hc2 += d * d * e * e / spare;
    hc3 += d * d * e * e / (spare * spare);
  }
  const auto slope_error = [&](CovarianceKind kind) {
    LeastSquaresOptions options;
    options.covariance = kind;
    return FitLeastSquares(rows.View(), rows.y, options)->terms[1].standard_error;
  };
  EXPECT_NEAR(slope_error(CovarianceKind::kHC0) / (std::sqrt(hc0) / sxx), 1.0, 1e-11);
  EXPECT_NEAR(slope_error(CovarianceKind::kHC1) / (std::sqrt(hc0 * 2500 / 2498) / sxx), 1.0, 1e-11);
  EXPECT_NEAR(slope_error(CovarianceKind::kHC2) / (std::sqrt(hc2) / sxx), 1.0, 1e-11);
  EXPECT_NEAR(slope_error(CovarianceKind::kHC3) / (std::sqrt(hc3) / sxx), 1.0, 1e-11);
}

TEST(LeastSquares, HasTheSameBitsForEveryNumberOfThreads) {
  const Rows rows = RandomRows(70'001, 6, 3.0);
  std::vector<double> weights(rows.rows);
  for (std::size_t i = 0; i < rows.rows; ++i) weights[i] = 0.5 + static_cast<double>(i % 7);
  for (const bool weighted : {false, true}) {
    LeastSquaresOptions options;
    options.covariance = CovarianceKind::kHC3;
    if (weighted) options.weights = weights;
    const auto one = FitLeastSquares(rows.View(), rows.y, options);
    for (const unsigned threads : {2U, 8U}) {
      options.threads = threads;
      const auto many = FitLeastSquares(rows.View(), rows.y, options);
      EXPECT_EQ(one->covariance, many->covariance);
      for (std::size_t j = 0; j < one->terms.size(); ++j) {
        EXPECT_EQ(one->terms[j].value, many->terms[j].value);
      }
    }
  }
}

// Seven columns of the design and the response: full and partial tiles of every width.
TEST(CrossProducts, HaveTheSameBitsAtEveryVectorWidth) {
  for (std::size_t columns = 1; columns <= 9; ++columns) {
    const Rows rows = RandomRows(1003, columns, 2.0);
    const std::vector<double> shifts(columns, 2.0);
    const TallDesign design{rows.View(), rows.y, {}, shifts, 8.0, true};
    const std::vector<double> coefficients(columns + 1, 0.1);
    const Work baseline{1, SimdLevel::kBaseline};
    const std::vector<double> products = CrossProducts(design, baseline);
    const ResidualSums sums =
        SumResiduals(design, coefficients, MeatKind::kSquaredResiduals, {}, baseline);
    double naive = 0.0;  // last column times response
    for (std::size_t i = 0; i < rows.rows; ++i) {
      naive += (rows.x[(columns - 1) * rows.rows + i] - 2.0) * (rows.y[i] - 8.0);
    }
    EXPECT_NEAR(products[products.size() - 2], naive, 1e-9);
    for (const SimdLevel level : {SimdLevel::kAvx2, SimdLevel::kAvx512}) {
      if (level > BestSimdLevel()) continue;
      const Work work{1, level};
      EXPECT_EQ(products, CrossProducts(design, work)) << columns;
      const ResidualSums wide =
          SumResiduals(design, coefficients, MeatKind::kSquaredResiduals, {}, work);
      EXPECT_EQ(sums.squares, wide.squares);
      EXPECT_EQ(sums.score, wide.score);
      EXPECT_EQ(sums.meat, wide.meat);
    }
  }
}

TEST(FittedMean, IsSurestAtTheMeanOfTheRows) {
  const std::vector<double> x = {0, 1, 2, 3, 4};
  const std::vector<double> y = {1, 3, 2, 5, 4};
  const auto fit = FitLeastSquares({x, 5, 1}, y);
  ASSERT_TRUE(fit.has_value());
  const std::vector<double> centre = {2.0};
  const std::vector<double> edge = {4.0};
  const FittedMean at_centre = MeanAt(*fit, centre);
  const FittedMean at_edge = MeanAt(*fit, edge);
  EXPECT_NEAR(at_centre.value, 3.0, 1e-14);
  const double s = fit->residual_deviation;
  EXPECT_NEAR(at_centre.standard_error, s / std::sqrt(5.0), 1e-14);
  EXPECT_NEAR(at_edge.standard_error, s * std::sqrt(0.2 + 0.4), 1e-14);
  EXPECT_NEAR(at_edge.observation_standard_error, s * std::sqrt(1.6), 1e-14);
  // t with 3 degrees of freedom at 97.5 %: 3.182446305284263 (any table).
  EXPECT_NEAR(at_centre.mean_interval.high - 3.0, 3.182446305284263 * s / std::sqrt(5.0), 1e-12);
}

}  // namespace
}  // namespace dijia
