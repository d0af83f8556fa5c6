// The least that the tables of a use make of its published prices, to be held against a minimum of
// the law (contract §6, rule benchmark.floor_consistency).
#pragma once

#include <string>
#include <vector>

#include "dijia/publication.h"
#include "dijia/publication_diff.h"

namespace dijia {

struct LowestPrice {
  PricePlace place = PricePlace::kGrade;
  int grade = 0;
  std::string name;     // of the zone or street, or the sub-use
  UnitPrice published;  // yuan per m²
  UnitPrice lowest;     // after the lowest corrections, rounded down to the last place of its type
};

// Of every published price, in the order of the document: price × (1 + Σ lowest factors) × Π lowest
// levels + Σ lowest additions, by the formula of the use. Only tables that an appraiser chooses
// from by the state of the parcel are counted: term, date, floor area ratio and depth are not
// corrections downwards but other conditions, and tables of pairs depend on the parcel on both
// sides. A lowest level above 1 (an addition above 0) counts as none. Streets go by
// `frontage_formula`, those of none by their price.
std::vector<LowestPrice> LowestPrices(const PublishedUse& use);

}  // namespace dijia
