// Maps of grades and zones in, through GDAL: layers of polygons with the fields use, grade, zone
// and sub_use (names of columns.csv), from GeoPackage, Shapefile and GeoJSON.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/zone_map.h"
#include "io/reference.h"

namespace dijia::io {

struct ZoneLayerSource {
  std::filesystem::path path;
  std::optional<std::string> geojson;  // the text itself instead of the file; `path` names it
};

// A feature as it was read: its place has the grade and the zone that it states, 0 and empty where
// it does not.
struct ZoneFeature {
  Location where;  // rows as in a table: the first feature is row 2
  MappedPlace place;
};

// Every layer of polygons of the files that has a field `use` and `grade` or `zone`. Coordinates
// of CGCS2000 and WGS 84, geographic or projected, become points (geo_point.h); easting comes first
// whatever the system says. Everything that is wrong is reported with its row: texts that are no
// use or grade, features that state neither grade nor zone, no polygon, points outside China. A
// layer without a system of coordinates, or of another one, gives nothing, and so does a file that
// is no map. Throws FileError for what the system does not give.
std::vector<ZoneFeature> ReadZoneLayers(const std::vector<ZoneLayerSource>& sources,
                                        const Reference& reference, Diagnostics& diagnostics);

}  // namespace dijia::io
