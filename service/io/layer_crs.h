// The coordinates of a layer as points.
#pragma once

#include <memory>
#include <optional>

#include "dijia/base/diagnostic.h"
#include "dijia/geo_point.h"

class OGRCoordinateTransformation;
class OGRLayer;
class OGRSpatialReference;

namespace dijia::io {

// Takes the coordinates of a layer of CGCS2000 or WGS 84 to longitude and latitude of its own
// datum. The datum itself is never changed: PROJ would do that for other ones without parameters,
// by doing nothing.
class LayerCrs {
 public:
  // Nothing after a report to `fault`, without a place: kCoordinateSystemMissing,
  // kDatumNotAccepted, kCoordinateSystemNotAccepted.
  static std::optional<LayerCrs> Of(OGRLayer& layer, Diagnostic& fault);

  // The point of an easting or longitude and a northing or latitude; nothing outside China.
  std::optional<GeoPoint> PointOf(double x, double y) const;

 private:
  struct Deleter {
    void operator()(OGRCoordinateTransformation* transformation) const;
  };
  std::unique_ptr<OGRCoordinateTransformation, Deleter> to_degrees_;  // null: they are degrees
};

}  // namespace dijia::io
