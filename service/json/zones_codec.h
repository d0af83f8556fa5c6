// The shapes of a publication's grades and zones as documents: `dijia-zones/1`, a FeatureCollection
// of GeoJSON (RFC 7946) in canonical form (RFC 8785), and the geometry of features that are served.
//
//   {"coordinate_system":"EPSG:4490","features":[{"geometry":{"coordinates":[…],"type":"Polygon"},
//    "id":"residential-1","properties":{"grade":1,"sub_use":"","use":"residential","zone":""},
//    "type":"Feature"},…],"format":"dijia-zones/1","type":"FeatureCollection"}
//
// Places stand in the order of Normalise, and an id is the use and the number of the place among
// those of the use. Longitude comes first; a coordinate has as many of nine decimals as it needs.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/zone_map.h"

namespace dijia::json {

inline constexpr std::string_view kZonesFormat = "dijia-zones/1";

// The document. Precondition: normalised.
std::string WriteZones(std::span<const MappedPlace> places);

// The places of a text that WriteZones wrote; nothing for any other text.
std::optional<std::vector<MappedPlace>> ReadZones(std::string_view text);

// The ids of places in their order.
std::vector<std::string> FeatureIds(std::span<const MappedPlace> places);

// `{"coordinates":[…],"type":"Polygon"}`, or a MultiPolygon.
void AppendGeometry(const MappedPlace& place, std::string& out);

}  // namespace dijia::json
