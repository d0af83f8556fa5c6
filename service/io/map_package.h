// Maps out, as GeoPackage through GDAL.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "dijia/base/date.h"
#include "dijia/geo_point.h"
#include "dijia/zone_map.h"

namespace dijia::io {

enum class MapFieldKind : std::uint8_t { kText, kInteger, kReal };
struct MapField {
  std::string name;
  MapFieldKind kind = MapFieldKind::kText;
};

// A feature: a value for each field, nothing for an empty cell, and a point or the polygons of a
// place.
struct MapRow {
  std::vector<std::variant<std::monostate, std::string, std::int64_t, double>> values;
  const MappedPlace* place = nullptr;
  GeoPoint point;  // where there is no place
};

// A layer of polygons, or of points.
struct MapPackageLayer {
  std::string name;
  bool has_polygons = true;
  std::vector<MapField> fields;
  std::vector<MapRow> rows;
};

// Writes a new file with these layers, in EPSG:4490, longitude first. `day` is what it says of its
// own age, so that the same layers give the same bytes. Throws FileError.
void WriteMapPackage(const std::filesystem::path& file, std::span<const MapPackageLayer> layers,
                     Date day);

}  // namespace dijia::io
