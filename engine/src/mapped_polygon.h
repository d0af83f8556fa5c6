// A polygon prepared for many questions; private to the engine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "dijia/zone_map.h"

namespace dijia {

// Metres that one unit of longitude and of latitude measures near a point, on CGCS2000. Over the
// few kilometres of a distance that is told, the error is far below one per cent.
struct GroundMeasure {
  double per_longitude, per_latitude;

  explicit GroundMeasure(const GeoPoint& at);
};

// Keeps the edges by bands of latitude, so that a point meets the few edges of its own band.
class MappedPolygon {
 public:
  explicit MappedPolygon(const MapPolygon& polygon);

  const MapBox& box() const { return box_; }
  // That of the points that are on the border by kBorderMetres.
  MapBox wide_box() const;

  // Whether the point is inside, on the border, or nearer to it than kBorderMetres.
  bool Has(const GeoPoint& point) const;

  // Whether it has a point in common with a box, borders included; exact.
  bool Meets(const MapBox& box) const;

  // From a point outside to the nearest edge, and to the box, not more than that; `measure` is that
  // of the point.
  double MetresTo(const GeoPoint& point, const GroundMeasure& measure) const;
  double MetresToBox(const GeoPoint& point, const GroundMeasure& measure) const;

 private:
  struct Edge {
    GeoPoint from, to;
  };
  std::size_t BandOf(std::int64_t latitude) const;
  bool Contains(const GeoPoint& point) const;  // without its border

  std::vector<Edge> edges_;
  MapBox box_;
  std::int64_t band_height_ = 1;
  std::vector<std::uint32_t> band_starts_, band_edges_;  // band_edges_[starts[b] … starts[b + 1])
};

}  // namespace dijia
