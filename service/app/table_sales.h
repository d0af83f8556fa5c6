// Samples as correction tables are derived from them: brought to the benchmark conditions in
// everything but what the table is about.
#pragma once

#include <map>
#include <vector>

#include "app/computed.h"
#include "dijia/base/date.h"
#include "dijia/base/land.h"
#include "dijia/market_index.h"

namespace dijia::app {

// Ratios and prices of the used samples of one grade whose ratio is known.
struct GradeSales {
  std::vector<double> far, prices;
};

// By grade; grades without such samples are absent.
std::map<int, GradeSales> FarSalesOf(const Computed& computed, LandUse use);

// The used samples of a use by period.
struct PeriodSales {
  std::vector<MarketSale> sales;
  std::vector<Date> starts;  // of the periods: the sample window in steps of some months
};

// Strata are grades (and sub-uses, where the plan splits them). Samples with coordinates are of one
// parcel when place and area are the same.
PeriodSales MarketSalesOf(const Computed& computed, LandUse use, int period_months);

// How many places (county and grading area) the used samples of a use come from: tables hold for
// one.
std::size_t PlacesOf(const Computed& computed, LandUse use);

}  // namespace dijia::app
