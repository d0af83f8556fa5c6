#include "dijia/market_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "dijia/base/codes.h"

namespace dijia {
namespace {

constexpr unsigned kSeed = 20261126;
constexpr MarketIndexMethod kMethods[] = {MarketIndexMethod::kHedonic,
                                          MarketIndexMethod::kRepeatSales,
                                          MarketIndexMethod::kStratifiedFisher};

// A market that rises by 2 % a period; half of the sales are of parcels sold before.
std::vector<MarketSale> Drawn(std::size_t n, int periods, double error) {
  std::mt19937 random(kSeed);
  std::normal_distribution<double> noise(0.0, 1.0);
  std::vector<MarketSale> sales;
  for (std::size_t i = 0; i < n; ++i) {
    MarketSale sale;
    sale.parcel = static_cast<std::int64_t>(i % (n / 2));
    std::mt19937 parcel(static_cast<unsigned>(sale.parcel) + kSeed);
    sale.stratum = static_cast<std::int32_t>(parcel() % 3);
    sale.area = 1000.0 + static_cast<double>(parcel() % 9000);
    sale.far = 1.0 + static_cast<double>(parcel() % 30) / 10.0;
    sale.period = static_cast<std::int32_t>(random() % static_cast<unsigned>(periods));
    sale.price = 1000.0 * (1.0 + sale.stratum) * std::pow(sale.far / 2.0, 0.4) *
                 std::pow(1.02, sale.period) * std::exp(error * noise(random));
    sales.push_back(sale);
  }
  return sales;
}

TEST(MarketIndices, FindTheRiseOfTheMarket) {
  const std::vector<MarketSale> sales = Drawn(4000, 8, 0.05);
  for (const MarketIndexMethod method : kMethods) {
    SCOPED_TRACE(CodeOf(method));
    const auto index = EstimateMarketIndex(sales, 8, method);
    ASSERT_TRUE(index);
    ASSERT_EQ(index->points.size(), 8U);
    EXPECT_EQ(index->points[0].log_index, 0.0);
    // Means of strata also carry the mix of ratios in each period.
    const double tolerance = method == MarketIndexMethod::kStratifiedFisher ? 0.1 : 0.02;
    for (std::size_t t = 1; t < 8; ++t) {
      EXPECT_NEAR(index->points[t].log_index, static_cast<double>(t) * std::log(1.02), tolerance);
    }
    EXPECT_EQ(index->revision.periods, 6U);
    EXPECT_GE(index->revision.largest, index->revision.root_mean_square);
  }
}

// Without errors of the prices nothing is revised by what comes later.
TEST(MarketIndices, AreNotRevisedWhereThePricesAreExact) {
  const std::vector<MarketSale> sales = Drawn(600, 6, 0.0);
  for (const MarketIndexMethod method :
       {MarketIndexMethod::kHedonic, MarketIndexMethod::kRepeatSales}) {
    SCOPED_TRACE(CodeOf(method));
    const auto index = EstimateMarketIndex(sales, 6, method);
    ASSERT_TRUE(index);
    EXPECT_NEAR(index->points[5].log_index, 5 * std::log(1.02), 1e-9);
    EXPECT_LT(index->revision.largest, 1e-9);
  }
}

// A chained index of earlier periods does not know of later ones.
TEST(MarketIndices, OfStrataAreNeverRevised) {
  const auto index =
      EstimateMarketIndex(Drawn(600, 6, 0.3), 6, MarketIndexMethod::kStratifiedFisher);
  ASSERT_TRUE(index);
  EXPECT_EQ(index->revision.largest, 0.0);
  EXPECT_NE(index->points[1].standard_error, index->points[1].standard_error);
}

// By hand: two strata, two goods a period; the step is √(Laspeyres · Paasche).
TEST(MarketIndices, OfStrataAreFisher) {
  const auto sale = [](int period, int stratum, double price, double area) {
    return MarketSale{.period = period, .stratum = stratum, .price = price, .area = area};
  };
  const std::vector<MarketSale> sales{sale(0, 0, 100, 10), sale(0, 1, 200, 5), sale(1, 0, 110, 20),
                                      sale(1, 1, 240, 5), sale(2, 0, 110, 1)};
  const auto index = EstimateMarketIndex(sales, 3, MarketIndexMethod::kStratifiedFisher);
  ASSERT_TRUE(index);
  // Laspeyres (110·10 + 240·5) / (100·10 + 200·5) = 1.15; Paasche (110·20 + 240·5) / (100·20 +
  // 200·5) = 3400 / 3000.
  EXPECT_NEAR(index->points[1].Index(), std::sqrt(1.15 * 3400.0 / 3000.0), 1e-12);
  EXPECT_NEAR(index->points[2].log_index, index->points[1].log_index, 1e-12);
}

TEST(MarketIndices, OfRepeatSalesNeedPairs) {
  std::vector<MarketSale> sales = Drawn(200, 5, 0.05);
  for (MarketSale& sale : sales) sale.parcel = -1;
  const auto index = EstimateMarketIndex(sales, 5, MarketIndexMethod::kRepeatSales);
  ASSERT_FALSE(index);
  EXPECT_EQ(index.error().code, Code::kTooFewObservations);
}

TEST(MarketIndices, LeaveOutWhatIsNotKnown) {
  std::vector<MarketSale> sales = Drawn(400, 5, 0.01);
  sales[7].far = 0.0;
  EXPECT_TRUE(EstimateMarketIndex(sales, 5, MarketIndexMethod::kHedonic));
  for (MarketSale& sale : sales) sale.area = 100.0, sale.stratum = 4;
  EXPECT_TRUE(EstimateMarketIndex(sales, 5, MarketIndexMethod::kHedonic));
}

TEST(MarketIndices, DependOnNeitherOrderNorThreads) {
  SCOPED_TRACE(kSeed);
  std::vector<MarketSale> sales = Drawn(500, 6, 0.2);
  std::mt19937 random(kSeed);
  for (const MarketIndexMethod method : kMethods) {
    const auto index = EstimateMarketIndex(sales, 6, method, 1);
    ASSERT_TRUE(index);
    std::ranges::shuffle(sales, random);
    const auto again = EstimateMarketIndex(sales, 6, method, 3);
    ASSERT_TRUE(again);
    for (std::size_t t = 0; t < 6; ++t) {
      EXPECT_EQ(again->points[t].log_index, index->points[t].log_index);
    }
    EXPECT_EQ(again->revision.root_mean_square, index->revision.root_mean_square);
  }
}

TEST(MarketIndices, RefuseWhatIsOutOfRange) {
  const auto code = [](std::vector<MarketSale> sales, int periods) {
    const auto index = EstimateMarketIndex(sales, periods, MarketIndexMethod::kHedonic);
    return index ? Code::kInternal : index.error().code;
  };
  const std::vector<MarketSale> sales = Drawn(100, 4, 0.1);
  EXPECT_EQ(code(sales, 2), Code::kNumberNotAllowed);
  EXPECT_EQ(code({}, 4), Code::kTooFewObservations);
  std::vector<MarketSale> wrong = sales;
  wrong[0].price = -1.0;
  EXPECT_EQ(code(wrong, 4), Code::kNumberNotAllowed);
  wrong = sales;
  wrong[0].period = 4;
  EXPECT_EQ(code(wrong, 4), Code::kNumberNotAllowed);
  wrong = sales;
  wrong[0].area = std::numeric_limits<double>::infinity();
  EXPECT_EQ(code(wrong, 4), Code::kNumberNotAllowed);
}

}  // namespace
}  // namespace dijia
