#include "json/zones_codec.h"

#include <simdjson.h>

#include <cmath>
#include <cstdint>
#include <exception>
#include <map>
#include <stdexcept>

#include "dijia/base/decimal.h"
#include "json/text.h"

namespace dijia::json {
namespace {

void AppendPoint(const GeoPoint& point, std::string& out) {
  out += '[';
  out += FormatDecimal(point.longitude, kGeoPointScale);
  out += ',';
  out += FormatDecimal(point.latitude, kGeoPointScale);
  out += ']';
}

// Rings of GeoJSON end with their first point.
void AppendRing(const MapRing& ring, std::string& out) {
  out += '[';
  for (const GeoPoint& point : ring) {
    AppendPoint(point, out);
    out += ',';
  }
  if (!ring.empty()) AppendPoint(ring.front(), out);
  out += ']';
}

void AppendPolygon(const MapPolygon& polygon, std::string& out) {
  out += '[';
  AppendRing(polygon.outside, out);
  for (const MapRing& hole : polygon.holes) {
    out += ',';
    AppendRing(hole, out);
  }
  out += ']';
}

using Element = simdjson::dom::element;

std::int64_t UnitsOf(Element number) {
  const double degrees = number;
  if (!(std::abs(degrees) <= 360)) throw std::out_of_range("no degrees");
  return std::llround(degrees * 1e9);
}

// What is no document of ours throws, or gives places that are written otherwise.
MapRing RingOf(Element element) {
  MapRing ring;
  for (const Element pair : element.get_array()) {
    ring.push_back({UnitsOf(pair.at(0)), UnitsOf(pair.at(1))});
  }
  if (ring.size() > 1) ring.pop_back();
  return ring;
}

MapPolygon PolygonOf(Element element) {
  MapPolygon polygon;
  bool is_first = true;
  for (const Element ring : element.get_array()) {
    if (is_first) {
      polygon.outside = RingOf(ring);
    } else {
      polygon.holes.push_back(RingOf(ring));
    }
    is_first = false;
  }
  return polygon;
}

MappedPlace PlaceOf(Element feature) {
  MappedPlace place;
  const Element properties = feature["properties"];
  place.use = FromCode<LandUse>(std::string_view(properties["use"])).value_or(LandUse::kOther);
  place.sub_use = std::string_view(properties["sub_use"]);
  place.zone = std::string_view(properties["zone"]);
  place.grade = static_cast<int>(std::int64_t{properties["grade"]});
  const Element geometry = feature["geometry"], coordinates = geometry["coordinates"];
  if (std::string_view(geometry["type"]) == "Polygon") {
    place.polygons.push_back(PolygonOf(coordinates));
  } else {
    for (const Element polygon : coordinates.get_array()) {
      place.polygons.push_back(PolygonOf(polygon));
    }
  }
  return place;
}

}  // namespace

std::vector<std::string> FeatureIds(std::span<const MappedPlace> places) {
  std::vector<std::string> ids;
  std::map<LandUse, int> counts;
  for (const MappedPlace& place : places) {
    ids.push_back(std::string(CodeOf(place.use)) + "-" + std::to_string(++counts[place.use]));
  }
  return ids;
}

void AppendGeometry(const MappedPlace& place, std::string& out) {
  out += R"({"coordinates":)";
  const bool is_one = place.polygons.size() == 1;
  if (is_one) {
    AppendPolygon(place.polygons.front(), out);
  } else {
    out += '[';
    for (std::size_t i = 0; i < place.polygons.size(); ++i) {
      if (i > 0) out += ',';
      AppendPolygon(place.polygons[i], out);
    }
    out += ']';
  }
  out += is_one ? R"(,"type":"Polygon"})" : R"(,"type":"MultiPolygon"})";
}

std::string WriteZones(std::span<const MappedPlace> places) {
  std::string out = R"({"coordinate_system":"EPSG:4490","features":[)";
  const std::vector<std::string> ids = FeatureIds(places);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const MappedPlace& place = places[i];
    out += i == 0 ? R"({"geometry":)" : R"(,{"geometry":)";
    AppendGeometry(place, out);
    out += R"(,"id":")" + ids[i] + R"(","properties":{"grade":)" + std::to_string(place.grade);
    out += R"(,"sub_use":)";
    AppendString(place.sub_use, out);
    out += R"(,"use":")" + std::string(CodeOf(place.use)) + R"(","zone":)";
    AppendString(place.zone, out);
    out += R"(},"type":"Feature"})";
  }
  out += R"(],"format":")" + std::string(kZonesFormat) + R"(","type":"FeatureCollection"})";
  return out;
}

std::optional<std::vector<MappedPlace>> ReadZones(std::string_view text) {
  std::vector<MappedPlace> places;
  try {
    simdjson::dom::parser parser;
    for (const Element feature : parser.parse(text.data(), text.size())["features"].get_array()) {
      places.push_back(PlaceOf(feature));
    }
  } catch (const std::exception&) {  // simdjson says no more than that it is not as expected
    return std::nullopt;
  }
  Normalise(places);
  if (WriteZones(places) != text) return std::nullopt;
  return places;
}

}  // namespace dijia::json
