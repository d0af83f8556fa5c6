// Points on the ground, and how the coordinates that offices write become points.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"

namespace dijia {

// CGCS2000 longitude and latitude (EPSG:4490) in whole billionths of a degree, 0.11 mm: geometry on
// whole numbers is exact, and the same on every machine. Coordinates of WGS 84 are taken as they
// are: the two systems differ by centimetres, less than boundaries of grades are drawn to.
struct GeoPoint {
  std::int64_t longitude = 0, latitude = 0;

  friend auto operator<=>(const GeoPoint&, const GeoPoint&) = default;
};

inline constexpr int kGeoPointScale = 9;  // decimals of a degree

// The nearest point; nothing outside the mainland and seas of China (longitude 73 to 136, latitude
// 3 to 54), where axes are exchanged or the system is another one than was said.
std::optional<GeoPoint> GeoPointAt(double longitude, double latitude);

// The systems of coordinates that `crs` may name: EPSG:4490, EPSG:4326 and the Gauss-Krüger zones
// of CGCS2000, EPSG:4491 to EPSG:4554. For messages.
std::string KnownCrs();

// x is the easting or the longitude, whatever the system says of the order of its axes. An empty
// `crs` means degrees, or metres with the number of their zone in front (39 512 345), which are of
// CGCS2000. Nothing after a report to `fault`: kCoordinateSystemNotAccepted, kZoneNumberNeeded,
// kOutsideChina.
std::optional<GeoPoint> GeoPointOf(double x, double y, std::string_view crs, Diagnostic& fault);

// `x, y` as they were stated.
std::string CoordinatesText(double x, double y);

}  // namespace dijia
