// Maps of grades and zones as offices leave them, made through GDAL.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dijia::test {

// A feature: the texts of its fields, and its shape as WKT in degrees, longitude first; empty = no
// shape.
struct MapFeature {
  std::vector<std::string> fields;
  std::string wkt;
};

struct MapLayer {
  std::string name = "zones";
  std::vector<std::string> fields{"use", "grade", "zone"};
  std::vector<MapFeature> features;
};

struct MapOptions {
  std::string driver = "GPKG";
  int epsg = 4490;            // degrees are projected to it; 0 = the file says nothing
  std::string encoding = {};  // of a Shapefile
};

void WriteMap(const std::filesystem::path& file, const std::vector<MapLayer>& layers,
              const MapOptions& options = {});

// `POLYGON ((…))` of a square with this lower left corner.
std::string SquareWkt(double longitude, double latitude, double side);

}  // namespace dijia::test
