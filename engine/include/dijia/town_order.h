// Prices of the grading areas of one county against each other: along grades and from the seat to
// the towns (benchmark-price notes §3.5: the price of a town is not above that of the same grade
// of the city).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dijia/ordered_grid.h"
#include "dijia/publication.h"

namespace dijia {

// A published price of a grade and the nearest one in order.
struct TownPrice {
  std::size_t publication = 0;  // index, 0 = the dearest area
  int grade = 1;
  UnitPrice price;      // as published
  double fitted = 0.0;  // yuan per m², not rounded
  UnitPrice ordered;    // that, rounded by the plan of its publication; the price where it stands
};

// All prices of one use, or of one of its sub-uses, in all areas.
struct TownOrder {
  LandUse use = LandUse::kOther;
  std::string sub_use;
  std::vector<TownPrice> prices;  // by publication and grade
  std::vector<OrderPair> pairs;   // of indices into `prices`
  OrderCertificate certificate;   // that no prices in order are nearer

  bool is_in_order() const;  // as published
};

// The order of each use that is published, ascending by use and sub-use. Publications stand from
// the dearest area down; weights are equal. Empty for no publications.
std::vector<TownOrder> OrderTowns(std::span<const Publication> publications);

}  // namespace dijia
