// The places of a publication's prices on the map, and in which of them a point lies.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dijia/base/land.h"
#include "dijia/geo_point.h"

namespace dijia {

// A ring without its first point again at the end.
using MapRing = std::vector<GeoPoint>;

// The inside of a ring without that of its holes. Edges are straight in longitude and latitude.
struct MapPolygon {
  MapRing outside;
  std::vector<MapRing> holes;

  friend auto operator<=>(const MapPolygon&, const MapPolygon&) = default;
};

// The extent of a grade, or of a zone, of one use; a place may have several.
struct MappedPlace {
  LandUse use = LandUse::kOther;
  std::string sub_use;  // of a grade that is drawn for a sub-use of its own; empty = the use
  int grade = 0;        // 1–255; of a zone, that of the publication
  std::string zone;     // empty = the extent of the grade
  std::vector<MapPolygon> polygons;

  friend bool operator==(const MappedPlace&, const MappedPlace&) = default;
};

// `residential 2`, `residential 旅馆 2`, `residential J101`: for messages.
std::string NameOf(const MappedPlace& place);

// One form for the same shapes, however they were digitised: outer rings run anticlockwise and
// holes clockwise (RFC 7946), every ring from its least point, without repeated points; holes,
// polygons and places are sorted, grades before zones. Rings of fewer than three points stay.
void Normalise(std::vector<MappedPlace>& places);

// Points nearer to a border than this are on it: boundary points are surveyed to 5 cm.
inline constexpr double kBorderMetres = 0.05;

// Least longitude and latitude, then greatest.
struct MapBox {
  GeoPoint least, greatest;

  // Whether they have a point in common, borders included.
  bool Meets(const MapBox& other) const;
};

class ZoneMap {
 public:
  // Precondition: valid polygons, normalised.
  explicit ZoneMap(std::vector<MappedPlace> places);
  ~ZoneMap();
  ZoneMap(const ZoneMap&) = delete;
  ZoneMap& operator=(const ZoneMap&) = delete;

  std::span<const MappedPlace> places() const;
  // Of all polygons of the place, and whether one of them has a point in common with a box, borders
  // included. Precondition: it is one of `places`.
  MapBox BoxOf(std::size_t place) const;
  bool Meets(std::size_t place, const MapBox& box) const;

  // Where a point lies for a use. Of a zone and the grade around it the zone counts. With a sub-use
  // those grades count that are drawn for it, else the grade of the zone or of the use as a whole,
  // because prices of zones are of the use as a whole. A place has the points of its border and
  // those that are nearer than kBorderMetres; a point of two places with different prices is in
  // neither.
  struct Answer {
    // One: where the point lies. Several: it is on their border. None: outside.
    std::vector<const MappedPlace*> places;
    bool is_grade_only = false;            // the price of the zone does not hold for the sub-use
    const MappedPlace* nearest = nullptr;  // of an outside point; null where the use has no shapes
    double metres = 0;                     // to the nearest
  };
  Answer Locate(const GeoPoint& point, LandUse use, const std::string& sub_use) const;

 private:
  struct Index;
  std::unique_ptr<const Index> index_;
};

}  // namespace dijia
