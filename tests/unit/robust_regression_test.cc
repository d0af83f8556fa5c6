#include "dijia/robust_regression.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "dijia/base/codes.h"
#include "pair_slopes.h"
#include "robust_weights.h"
#include "variates.h"

namespace dijia {
namespace {

constexpr std::uint64_t kSeed = 20240607;

struct Rows {
  std::vector<double> x, y;
  std::size_t columns = 1;
  ColumnMajorView View() const { return {x, y.size(), columns}; }
};

// y = 1 + 2 x₁ − x₂ … + noise; the first `wrong` rows are far off in x and y.
Rows RandomRows(std::size_t rows, std::size_t columns, std::size_t wrong,
                std::uint32_t replicate = 0) {
  RandomStream random(kSeed, replicate);
  Rows out{std::vector<double>(rows * columns), std::vector<double>(rows, 1.0), columns};
  for (std::size_t j = 0; j < columns; ++j) {
    for (std::size_t i = 0; i < rows; ++i) {
      double& x = out.x[j * rows + i];
      x = random.Normal();
      out.y[i] += (j % 2 == 0 ? 2.0 : -1.0) * x;
      if (i < wrong) x += 10.0;
    }
  }
  for (std::size_t i = 0; i < rows; ++i) {
    out.y[i] += 0.5 * random.Normal() - (i < wrong ? 30.0 : 0.0);
  }
  return out;
}

TEST(RobustWeights, FallOffAsDefined) {
  EXPECT_EQ(HuberWeight(-1.0, 1.345), 1.0);
  EXPECT_DOUBLE_EQ(HuberWeight(-2.69, 1.345), 0.5);
  EXPECT_EQ(BisquareWeight(0.0, 4.685), 1.0);
  EXPECT_DOUBLE_EQ(BisquareWeight(2.0, 4.0), 0.5625);  // (1 − 1/4)²
  EXPECT_EQ(BisquareWeight(5.0, 4.685), 0.0);
  EXPECT_DOUBLE_EQ(BisquareLoss(2.0, 4.0), 1.0 - 0.421875);  // 1 − (3/4)³
  EXPECT_EQ(BisquareLoss(-9.0, 4.0), 1.0);
  // Slopes against difference quotients of ψ = u · weight.
  for (double u = -6.0; u < 6.0; u += 0.37) {
    const double h = 1e-6;
    const auto bisquare = [](double v) { return v * BisquareWeight(v, 4.685); };
    EXPECT_NEAR(BisquareSlope(u, 4.685), (bisquare(u + h) - bisquare(u - h)) / (2 * h), 1e-8);
  }
}

TEST(ResidualScale, IsTheMedianSizeOverItsNormalValue) {
  const std::vector<double> odd = {-3, 1, 2};
  const std::vector<double> even = {-3, 1, 2, 10};
  EXPECT_DOUBLE_EQ(ResidualScale(odd), 2.0 / 0.6745);
  EXPECT_DOUBLE_EQ(ResidualScale(even), 2.5 / 0.6745);
  EXPECT_EQ(ResidualScale({}), 0.0);
}

TEST(HuberFit, SolvesItsEquations) {
  const Rows rows = RandomRows(80, 2, 0);
  const auto fit = FitHuber(rows.View(), rows.y);
  ASSERT_TRUE(fit.has_value());
  // Σ ψ(e / s) x = 0 for every column and for the ones.
  double ones = 0.0, first = 0.0, second = 0.0;
  for (std::size_t i = 0; i < 80; ++i) {
    const double pull = fit->residuals[i] * HuberWeight(fit->residuals[i] / fit->scale, 1.345);
    ones += pull;
    first += pull * rows.x[i];
    second += pull * rows.x[80 + i];
  }
  EXPECT_NEAR(ones, 0.0, 1e-8);
  EXPECT_NEAR(first, 0.0, 1e-8);
  EXPECT_NEAR(second, 0.0, 1e-8);
  EXPECT_NEAR(fit->scale, ResidualScale(fit->residuals), 1e-9);
}

TEST(HuberFit, HasStandardErrorsOfTheRightSize) {
  double mean = 0.0, square = 0.0, error = 0.0;
  constexpr int kRounds = 400;
  for (std::uint32_t round = 0; round < kRounds; ++round) {
    const Rows rows = RandomRows(40, 1, 0, round);
    const auto fit = FitHuber(rows.View(), rows.y);
    mean += fit->terms[1].value / kRounds;
    square += fit->terms[1].value * fit->terms[1].value / kRounds;
    error += fit->terms[1].standard_error / kRounds;
  }
  EXPECT_NEAR(mean, 2.0, 0.02);
  // A standard deviation from 400 values is known to 3.5 %; four times that.
  EXPECT_NEAR(std::sqrt(square - mean * mean) / error, 1.0, 0.14) << "seed " << kSeed;
}

TEST(MMFit, IsNotMovedByAThirdOfTheRows) {
  const Rows rows = RandomRows(60, 2, 20);
  const auto plain = FitHuber(rows.View(), rows.y);
  const auto robust = FitMM(rows.View(), rows.y);
  ASSERT_TRUE(plain.has_value() && robust.has_value());
  EXPECT_GT(std::fabs(plain->terms[1].value - 2.0), 0.5);
  EXPECT_NEAR(robust->terms[0].value, 1.0, 0.4);
  EXPECT_NEAR(robust->terms[1].value, 2.0, 0.4);
  EXPECT_NEAR(robust->terms[2].value, -1.0, 0.4);
  for (std::size_t i = 0; i < 20; ++i) EXPECT_EQ(robust->weights[i], 0.0);
}

TEST(MMFit, OfManyRowsFindsItsStartInAPartOfThem) {
  const Rows rows = RandomRows(3000, 3, 900);
  const auto fit = FitMM(rows.View(), rows.y);
  const auto again = FitMM(rows.View(), rows.y);
  ASSERT_TRUE(fit.has_value() && again.has_value());
  EXPECT_NEAR(fit->terms[1].value, 2.0, 0.06);
  EXPECT_NEAR(fit->terms[2].value, -1.0, 0.06);
  EXPECT_EQ(fit->terms[1].value, again->terms[1].value);
}

TEST(RobustFits, RefuseWhatTheyCannotUse) {
  const std::vector<double> x = {1, 2, 3, 4, 5}, y = {2, 4, 6, 8, 11};
  // Four of five rows lie on a line.
  EXPECT_EQ(FitMM({x, 5, 1}, y).error().code, Code::kNoSpread);
  const std::vector<double> line = {2, 4, 6, 8, 10};
  EXPECT_EQ(FitHuber({x, 5, 1}, line).error().code, Code::kNoSpread);
  EXPECT_EQ(FitHuber({x, 5, 1}, {}).error().code, Code::kSizesDiffer);
  RobustOptions options;
  options.tuning = -1.0;
  EXPECT_EQ(FitHuber({x, 5, 1}, y, options).error().code, Code::kNumberNotAllowed);
  const std::vector<double> constant(5, 3.0);
  EXPECT_EQ(FitBisquare({constant, 5, 1}, y).error().code, Code::kCollinearColumns);
}

double CheckLossOf(const Rows& rows, const std::vector<double>& b, double tau) {
  double loss = 0.0;
  for (std::size_t i = 0; i < rows.y.size(); ++i) {
    double e = rows.y[i] - b[0];
    for (std::size_t j = 0; j < rows.columns; ++j) e -= b[j + 1] * rows.x[j * rows.y.size() + i];
    loss += e * (e >= 0.0 ? tau : tau - 1.0);
  }
  return loss;
}

// The twin: the best of all lines through two points.
TEST(QuantileFit, IsTheBestOfAllExactFits) {
  for (std::uint32_t round = 0; round < 60; ++round) {
    RandomStream random(kSeed, round);
    Rows rows{{}, {}, 1};
    const std::size_t n = 5 + random.Below(20);
    for (std::size_t i = 0; i < n; ++i) {
      // Small whole numbers: many ties and points in line.
      rows.x.push_back(static_cast<double>(random.Below(6)));
      rows.y.push_back(static_cast<double>(random.Below(5)));
    }
    if (std::all_of(rows.x.begin(), rows.x.end(), [&](double x) { return x == rows.x[0]; })) {
      continue;
    }
    const double tau = 0.1 + 0.8 * random.Uniform();
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) {
        if (rows.x[a] == rows.x[b]) continue;
        const double slope = (rows.y[b] - rows.y[a]) / (rows.x[b] - rows.x[a]);
        best = std::min(best, CheckLossOf(rows, {rows.y[a] - slope * rows.x[a], slope}, tau));
      }
    }
    const auto fit = FitQuantile(rows.View(), rows.y, tau);
    ASSERT_TRUE(fit.has_value());
    EXPECT_NEAR(fit->check_loss, best, 1e-10) << "seed " << kSeed << ", round " << round;
    EXPECT_NEAR(CheckLossOf(rows, fit->coefficients, tau), best, 1e-10);
  }
}

TEST(QuantileFit, OfNothingButAnInterceptIsTheQuantile) {
  const std::vector<double> y = {7, 1, 5, 3, 9};
  EXPECT_DOUBLE_EQ(FitQuantile({{}, 5, 0}, y, 0.5)->coefficients[0], 5.0);
  EXPECT_DOUBLE_EQ(FitQuantile({{}, 5, 0}, y, 0.9)->coefficients[0], 9.0);
}

// The proof that a fit is best does not need another program: see the conditions of Koenker (2005,
// theorem 2.1). Here, of 3,000 rows, the loss cannot be lowered along any coordinate.
TEST(QuantileFit, OfManyRowsCannotBeImproved) {
  const Rows rows = RandomRows(3000, 3, 100);
  const auto fit = FitQuantile(rows.View(), rows.y, 0.3);
  ASSERT_TRUE(fit.has_value());
  EXPECT_EQ(fit->basis.size(), 4U);
  std::size_t below = 0;
  for (std::size_t i = 0; i < 3000; ++i) {
    double e = rows.y[i] - fit->coefficients[0];
    for (std::size_t j = 0; j < 3; ++j) e -= fit->coefficients[j + 1] * rows.x[j * 3000 + i];
    if (e < -1e-9) ++below;
  }
  EXPECT_LE(below, 900U);      // at most τ n below,
  EXPECT_GE(below + 4, 900U);  // and at least τ n below or on the fit
  for (std::size_t j = 0; j < 4; ++j) {
    for (const double step : {-1e-5, 1e-5}) {
      std::vector<double> moved = fit->coefficients;
      moved[j] += step;
      EXPECT_GE(CheckLossOf(rows, moved, 0.3), fit->check_loss);
    }
  }
}

TEST(QuantileFit, RefusesWhatItCannotUse) {
  const std::vector<double> x = {1, 2, 3}, y = {1, 2, 4};
  EXPECT_EQ(FitQuantile({x, 3, 1}, y, 0.0).error().code, Code::kNumberNotAllowed);
  EXPECT_EQ(FitQuantile({x, 3, 1}, y, 1.0).error().code, Code::kNumberNotAllowed);
  const std::vector<double> constant(3, 2.0);
  EXPECT_EQ(FitQuantile({constant, 3, 1}, y).error().code, Code::kCollinearColumns);
}

std::vector<double> AllSlopes(const std::vector<double>& x, const std::vector<double>& y) {
  std::vector<double> slopes;
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t j = 0; j < x.size(); ++j) {
      if (x[j] > x[i]) slopes.push_back((y[j] - y[i]) / (x[j] - x[i]));
    }
  }
  std::sort(slopes.begin(), slopes.end());
  return slopes;
}

// The scale of each step is that of its residuals: here the weights go round in a circle.
TEST(HuberFit, SaysWhenItsWeightsNeverSettle) {
  const std::vector<double> x{9, 3, 3, 3}, y{16, 12, 19, 19};
  const auto fit = FitHuber(ColumnMajorView{x, 4, 1}, y);
  ASSERT_FALSE(fit);
  EXPECT_EQ(fit.error().code, Code::kNoConvergence);
}

TEST(TheilSenFit, OfFivePointsIsTheMedianOfTheirSlopes) {
  const std::vector<double> x = {1, 2, 3, 4, 5}, y = {1, 2, 1, 4, 10};
  // Slopes: 1 0 1 2.25 | −1 1 2.667 | 3 4.5 | 6; the median of ten is (1 + 2.25) / 2.
  const auto fit = FitTheilSen(x, y);
  ASSERT_TRUE(fit.has_value());
  EXPECT_EQ(fit->pairs, 10U);
  EXPECT_DOUBLE_EQ(fit->slope, 1.625);
  EXPECT_DOUBLE_EQ(fit->intercept, 2.0 - 1.625 * 3.0);
  // Ties: y has 1 twice: variance (5 · 4 · 15 − 2 · 1 · 9) / 18 = 15.667, reach 7.758; ranks
  // round(8.879) = 9 and round(1.121) − 1 = 0.
  EXPECT_DOUBLE_EQ(fit->slope_interval.low, -1.0);
  EXPECT_DOUBLE_EQ(fit->slope_interval.high, 6.0);
}

TEST(TheilSenFit, OfManyPointsIsStillExact) {
  // 1,600 points have more than a million pairs, so that brackets are used; half of the x are tied.
  RandomStream random(kSeed, 5);
  std::vector<double> x, y;
  for (int i = 0; i < 1600; ++i) {
    x.push_back(i % 2 == 0 ? random.Normal() : static_cast<double>(random.Below(40)) / 10.0);
    y.push_back(0.6 * x.back() + random.Normal());
  }
  const std::vector<double> slopes = AllSlopes(x, y);
  const PairSlopes pairs(x, y);
  ASSERT_EQ(pairs.count(), slopes.size());
  ASSERT_GT(pairs.count(), 1U << 20);
  const std::vector<std::uint64_t> ranks = {0, 5, slopes.size() / 3, slopes.size() / 2,
                                            slopes.size() - 1};
  const std::vector<double> at = pairs.OrderStatistics(ranks);
  for (std::size_t i = 0; i < ranks.size(); ++i) EXPECT_EQ(at[i], slopes[ranks[i]]);
}

TEST(TheilSenFit, OfEqualSlopesCountsThemInsteadOfKeepingThem) {
  std::vector<double> x, y;
  for (int i = 0; i < 1600; ++i) {
    x.push_back(i);
    y.push_back(i < 1500 ? 0.25 * i : 1000.0);
  }
  const auto fit = FitTheilSen(x, y);
  ASSERT_TRUE(fit.has_value());
  EXPECT_EQ(fit->slope, 0.25);
}

TEST(TheilSenFit, CoversTheTrueSlopeAsOftenAsItSays) {
  int covered = 0;
  for (std::uint32_t round = 0; round < 1000; ++round) {
    const Rows rows = RandomRows(25, 1, 0, round);
    const auto fit = FitTheilSen(rows.x, rows.y);
    if (fit->slope_interval.low <= 2.0 && 2.0 <= fit->slope_interval.high) ++covered;
  }
  EXPECT_NEAR(covered / 1000.0, 0.95, 0.021) << "seed " << kSeed;  // three standard errors
}

TEST(TheilSenFit, RefusesWhatItCannotUse) {
  const std::vector<double> one = {1}, same = {2, 2}, two = {1, 2};
  EXPECT_EQ(FitTheilSen(one, one).error().code, Code::kTooFewObservations);
  EXPECT_EQ(FitTheilSen(same, two).error().code, Code::kNoSpread);
  EXPECT_EQ(FitTheilSen(one, two).error().code, Code::kSizesDiffer);
  EXPECT_EQ(FitTheilSen(two, two, 1.0).error().code, Code::kNumberNotAllowed);
  const std::vector<double> bad = {1, HUGE_VAL};
  EXPECT_EQ(FitTheilSen(two, bad).error().code, Code::kNumberNotAllowed);
}

}  // namespace
}  // namespace dijia
