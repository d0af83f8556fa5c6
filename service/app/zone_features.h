// The grades and zones of a publication as features of GeoJSON (RFC 7946) with their prices.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "dijia/publication.h"
#include "dijia/zone_map.h"

namespace dijia::app {

// The price of a place and the floor area ratio it stands for, as the publication states them.
struct PlacePrice {
  std::optional<UnitPrice> price;
  std::optional<FloorAreaRatio> far;
};
// Precondition: the use of the place is published.
PlacePrice PriceOf(const MappedPlace& place, const Publication& publication);

// Which features are asked for; what is not stated restricts nothing.
struct FeatureQuery {
  std::optional<LandUse> use;
  std::optional<int> grade;
  std::string zone;
  std::vector<MapBox> boxes;  // shapes that meet one of these
  std::size_t offset = 0, limit = static_cast<std::size_t>(-1);
};

// Some of the features, in the order of the map.
struct FeaturePage {
  std::string features;  // `[{…},…]`
  std::size_t matched = 0, returned = 0;
};

// Each with the use, the grade, the zone and its price: properties as of WriteGradePrices, and when
// and under what status the prices hold. Coordinates are longitude and latitude of CGCS2000, which
// differ from those of WGS 84 by less than the shapes are drawn to.
FeaturePage WriteFeatures(const Publication& publication, const ZoneMap& map,
                          const FeatureQuery& query);

// One feature by its id (json::FeatureIds); nothing when there is none.
std::optional<std::string> WriteFeature(const Publication& publication, const ZoneMap& map,
                                        const std::string& id);

// All of them as one FeatureCollection, with the publication beside.
std::string WriteFeatureCollection(const Publication& publication, const ZoneMap& map);

}  // namespace dijia::app
