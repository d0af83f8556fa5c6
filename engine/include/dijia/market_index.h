// Price indices of one market by three methods beside each other, each with how much it revises:
// what its earlier periods change when the last period is added (Deng & Quigley 2008; Eurostat et
// al. 2013, Handbook on Residential Property Price Indices, chapters 4 to 6).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dijia/base/enum_table.h"
#include "dijia/base/result.h"
#include "dijia/price_index.h"

namespace dijia {

enum class MarketIndexMethod : std::uint8_t {
  kHedonic,      // one regression with a level for every period and stratum, log area and ratio
  kRepeatSales,  // parcels sold more than once (Case & Shiller 1987)
  kStratifiedFisher,  // mean prices of strata by area sold, Fisher, chained
};
template <>
struct EnumTableOf<MarketIndexMethod> {
  static constexpr std::array<EnumRow<MarketIndexMethod>, 3> kRows{{
      {MarketIndexMethod::kHedonic, "hedonic"},
      {MarketIndexMethod::kRepeatSales, "repeat_sales"},
      {MarketIndexMethod::kStratifiedFisher, "stratified_fisher"},
  }};
};
static_assert(EnumTableIsComplete<MarketIndexMethod>(3));

std::vector<MarketIndexMethod> AllMarketIndexMethods();

// One sale, brought to the benchmark conditions in everything but its date.
struct MarketSale {
  std::int32_t period = 0;   // in [0, period_count)
  std::int32_t stratum = 0;  // >= 0, numbered in an order that does not depend on the rows
  std::int64_t parcel = -1;  // the same for sales of one parcel; < 0 = not known
  double price = 0.0;        // yuan per m² of land, > 0
  double area = 0.0;         // m², > 0
  double far = 0.0;          // floor area ratio; 0 = not known

  friend auto operator<=>(const MarketSale&, const MarketSale&) = default;
};

// Of the logarithms of the index.
struct IndexRevision {
  double largest = 0.0;           // |change| of one period
  double root_mean_square = 0.0;  // over the periods but base and last
  std::size_t periods = 0;        // compared
};

struct MarketIndex {
  // One per period, the first is the base, 0. Standard errors are NaN for kStratifiedFisher.
  std::vector<IndexPoint> points;
  IndexRevision revision;
  std::size_t used = 0;  // sales; of kRepeatSales pairs
};

// The index of all sales and its revision. kHedonic leaves the ratio out when it is not known for
// every sale, and what does not vary. The same sales in any order and with any number of threads
// give the same bits. Errors: kNumberNotAllowed (ids, prices or areas out of range, fewer than
// three periods), kTooFewObservations (also when it is the sales before the last period that are
// too few), kCollinearColumns.
Result<MarketIndex> EstimateMarketIndex(std::span<const MarketSale> sales, int period_count,
                                        MarketIndexMethod method, unsigned threads = 1);

}  // namespace dijia
