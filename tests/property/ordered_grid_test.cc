// The fit across grades and towns: by hand, against every upper and lower set of small orders, and
// by its own proof.
#include "dijia/ordered_grid.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/monotone.h"
#include "support/order_checker.h"
#include "support/random_publication.h"

namespace dijia {
namespace {

using test::Draw;
using test::OrderFault;

constexpr double kTolerance = 1e-12;  // some rounding errors of sums of at most 200 terms

struct Case {
  std::vector<double> y, w;
  std::vector<GridCell> cells;
  std::vector<OrderPair> pairs;
};

// A grid with holes; the values fall along it but for noise.
Case DrawCase(Draw& draw, int rows, int grades) {
  Case drawn;
  for (int row = 0; row < rows; ++row) {
    for (int grade = 1; grade <= grades; ++grade) {
      if (draw.Between(0, 5) == 0) continue;
      drawn.cells.push_back({row, grade});
      const double noise = draw.Real(-200, 200);
      drawn.y.push_back(1000.0 - 40.0 * (row + grade) + (draw.Coin() ? noise : 0.0));
      drawn.w.push_back(draw.Real(0.1, 10));
    }
  }
  drawn.pairs = GridPairs(drawn.cells);
  return drawn;
}

PartialOrderFit Fit(const Case& drawn) {
  return FitPartialOrder(drawn.y, drawn.w, drawn.pairs).value();
}

// Robertson, Wright & Dykstra 1988, theorem 1.4.4: f_i is the largest, over the upper sets with i,
// of the smallest, over the lower sets with i, weighted mean of what both have.
std::vector<double> ByEverySet(const Case& drawn) {
  const std::size_t n = drawn.y.size();
  std::vector<std::uint32_t> uppers;
  for (std::uint32_t set = 0; set < (1U << n); ++set) {
    const bool is_upper = std::ranges::all_of(drawn.pairs, [set](const OrderPair& pair) {
      return (set >> pair.below & 1U) == 0 || (set >> pair.above & 1U) == 1;
    });
    if (is_upper) uppers.push_back(set);
  }
  const std::uint32_t all = (1U << n) - 1;
  std::vector<double> fitted(n);
  for (std::size_t i = 0; i < n; ++i) {
    double best = -std::numeric_limits<double>::infinity();
    for (const std::uint32_t upper : uppers) {
      if ((upper >> i & 1U) == 0) continue;
      double worst = std::numeric_limits<double>::infinity();
      for (const std::uint32_t beyond : uppers) {
        const std::uint32_t both = upper & (all & ~beyond);  // a lower set lacks an upper one
        if ((both >> i & 1U) == 0) continue;
        double sum = 0.0, weight = 0.0;
        for (std::size_t k = 0; k < n; ++k) {
          if ((both >> k & 1U) == 0) continue;
          sum += drawn.w[k] * drawn.y[k];
          weight += drawn.w[k];
        }
        worst = std::min(worst, sum / weight);
      }
      best = std::max(best, worst);
    }
    fitted[i] = best;
  }
  return fitted;
}

// Two towns of two grades, 300 200 over 240 260: the 260 stands below 200 and 240, and pools with
// the 200 alone, since 230 is not above 240. The pair of both carries 230 − 200 = 30.
TEST(OrderedGrid, PoolsWhatIsOutOfOrderInEitherDirection) {
  const std::vector<GridCell> cells{{0, 1}, {0, 2}, {1, 1}, {1, 2}};
  const std::vector<OrderPair> pairs = GridPairs(cells);
  EXPECT_EQ(pairs, (std::vector<OrderPair>{{0, 1}, {0, 2}, {1, 3}, {2, 3}}));
  const std::vector<double> y{300, 200, 240, 260};
  const auto fit = FitPartialOrder(y, {}, pairs);
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->fitted, (std::vector<double>{300, 230, 240, 230}));
  EXPECT_EQ(fit->certificate.multipliers, (std::vector<double>{0, 0, 30, 0}));
  EXPECT_EQ(OrderFault(y, {}, pairs, *fit, kTolerance), "");
}

// 300 200 over 210 260: all three become 670 / 3, and the pairs carry 23⅓ and 13⅓ of the 36⅔.
TEST(OrderedGrid, SharesTheProofAmongSeveralPairs) {
  const std::vector<OrderPair> pairs{{0, 1}, {0, 2}, {1, 3}, {2, 3}};
  const std::vector<double> y{300, 200, 210, 260};
  const auto fit = FitPartialOrder(y, {}, pairs);
  ASSERT_TRUE(fit);
  for (const std::size_t i : {1U, 2U, 3U}) EXPECT_NEAR(fit->fitted[i], 670.0 / 3, 1e-12);
  EXPECT_NEAR(fit->certificate.multipliers[2], 70.0 / 3, 1e-12);
  EXPECT_NEAR(fit->certificate.multipliers[3], 40.0 / 3, 1e-12);
  EXPECT_EQ(OrderFault(y, {}, pairs, *fit, kTolerance), "");
}

// What the proof is worth: another fit, or other multipliers, do not pass.
TEST(OrderedGrid, TheCheckerRefusesEveryOtherFit) {
  const std::vector<OrderPair> pairs{{0, 1}, {0, 2}, {1, 3}, {2, 3}};
  const std::vector<double> y{300, 200, 240, 260};
  const PartialOrderFit good = FitPartialOrder(y, {}, pairs).value();
  const auto fault = [&](auto change) {
    PartialOrderFit fit = good;
    change(fit);
    return OrderFault(y, {}, pairs, fit, kTolerance);
  };
  EXPECT_EQ(fault([](PartialOrderFit& fit) { fit.fitted[3] = 231; }), "order of pair 2");
  EXPECT_EQ(fault([](PartialOrderFit& fit) { fit.fitted[0] = 301; }), "balance of 0");
  EXPECT_EQ(fault([](PartialOrderFit& fit) { fit.fitted[1] = 231; }), "slackness of pair 2");
  EXPECT_EQ(fault([](PartialOrderFit& fit) { fit.certificate.multipliers[0] = -1; }),
            "sign of pair 0");
  EXPECT_EQ(fault([](PartialOrderFit& fit) { fit.certificate.multipliers[2] = 29; }),
            "balance of 1");
  // In order, but not the nearest: all at the mean, which the multipliers do not carry.
  EXPECT_EQ(fault([](PartialOrderFit& fit) { fit.fitted.assign(4, 250); }), "balance of 0");
}

TEST(OrderedGrid, EqualsTheBestOfEverySet) {
  std::size_t out_of_order = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const Case drawn = DrawCase(draw, static_cast<int>(draw.Between(1, 3)), 3);
    const PartialOrderFit fit = Fit(drawn);
    EXPECT_EQ(OrderFault(drawn.y, drawn.w, drawn.pairs, fit, kTolerance), "");
    const std::vector<double> expected = ByEverySet(drawn);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_NEAR(fit.fitted[i], expected[i], 1e-9);  // values are below 1200
      out_of_order += std::fabs(fit.fitted[i] - drawn.y[i]) > 1e-9 ? 1 : 0;
    }
  }
  EXPECT_GT(out_of_order, 500U);
}

TEST(OrderedGrid, ProvesItselfForACounty) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const Case drawn = DrawCase(draw, static_cast<int>(draw.Between(5, 20)), 10);
    EXPECT_EQ(OrderFault(drawn.y, drawn.w, drawn.pairs, Fit(drawn), kTolerance), "");
  }
}

// One town is the isotonic fit along its grades, which pools adjacent violators.
TEST(OrderedGrid, OfOneRowIsTheIsotonicFit) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const Case drawn = DrawCase(draw, 1, static_cast<int>(draw.Between(1, 30)));
    const std::vector<double> fitted = IsotonicFit(drawn.y, drawn.w, MonotoneDirection::kFalling);
    const PartialOrderFit fit = Fit(drawn);
    for (std::size_t i = 0; i < fitted.size(); ++i) EXPECT_NEAR(fit.fitted[i], fitted[i], 1e-9);
  }
}

TEST(OrderedGrid, LeavesOrderedAndEqualValuesAlone) {
  const std::vector<GridCell> cells{{0, 1}, {0, 2}, {1, 1}, {1, 2}};
  const auto pairs = GridPairs(cells);
  for (const std::vector<double>& y :
       {std::vector<double>{0.1, 0.1, 0.1, 0.1}, {4, 3, 3, 2}, {1e9, 84, 84, 60}, {0, 0, 0, 0}}) {
    const auto fit = FitPartialOrder(y, {}, pairs);
    ASSERT_TRUE(fit);
    for (std::size_t i = 0; i < y.size(); ++i) EXPECT_DOUBLE_EQ(fit->fitted[i], y[i]);
    EXPECT_EQ(OrderFault(y, {}, pairs, *fit, kTolerance), "");
  }
  EXPECT_TRUE(FitPartialOrder({}, {}, {})->fitted.empty());
}

// (0, 1) stands above (1, 2) although neither neighbour of both is there.
TEST(OrderedGrid, OrderReachesAcrossMissingCells) {
  const std::vector<GridCell> cells{{1, 2}, {0, 1}};
  EXPECT_EQ(GridPairs(cells), (std::vector<OrderPair>{{1, 0}}));
  EXPECT_EQ(GridPairs(std::vector<GridCell>{{0, 2}, {1, 1}}), std::vector<OrderPair>());
}

TEST(OrderedGrid, RefusesWhatIsNoNumber) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(FitPartialOrder(std::vector{1.0, nan}, {}, {}).error().code, Code::kNumberNotAllowed);
  EXPECT_EQ(FitPartialOrder(std::vector{1.0}, std::vector{0.0}, {}).error().code,
            Code::kNumberNotAllowed);
  EXPECT_EQ(FitPartialOrder(std::vector{1.0}, std::vector{1.0, 2.0}, {}).error().code,
            Code::kSizesDiffer);
}

}  // namespace
}  // namespace dijia
