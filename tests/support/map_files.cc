#include "support/map_files.h"

#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <cstdio>
#include <memory>

namespace dijia::test {
namespace {

using Projection = std::unique_ptr<OGRCoordinateTransformation>;

Projection ProjectionTo(OGRSpatialReference& to) {
  OGRSpatialReference from;
  from.importFromEPSG(4490);
  from.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return Projection(OGRCreateCoordinateTransformation(&from, &to));
}

void AddFeature(OGRLayer& layer, const MapFeature& made, OGRCoordinateTransformation* projection) {
  OGRFeature feature(layer.GetLayerDefn());
  for (std::size_t i = 0; i < made.fields.size(); ++i) {
    feature.SetField(static_cast<int>(i), made.fields[i].c_str());
  }
  if (!made.wkt.empty()) {
    OGRGeometry* geometry = nullptr;
    ASSERT_EQ(OGRGeometryFactory::createFromWkt(made.wkt.c_str(), nullptr, &geometry), OGRERR_NONE)
        << made.wkt;
    if (projection != nullptr) {
      ASSERT_EQ(geometry->transform(projection), OGRERR_NONE);
    }
    feature.SetGeometryDirectly(geometry);
  }
  ASSERT_EQ(layer.CreateFeature(&feature), OGRERR_NONE);
}

}  // namespace

void WriteMap(const std::filesystem::path& file, const std::vector<MapLayer>& layers,
              const MapOptions& options) {
  GDALAllRegister();
  OGRSpatialReference reference;
  Projection projection;
  if (options.epsg != 0) {
    ASSERT_EQ(reference.importFromEPSG(options.epsg), OGRERR_NONE);
    reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (options.epsg != 4490 && options.epsg != 4326) projection = ProjectionTo(reference);
  }
  GDALDriver* const driver = GetGDALDriverManager()->GetDriverByName(options.driver.c_str());
  GDALDataset* const dataset = driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
  ASSERT_NE(dataset, nullptr) << file;
  const std::string encoding = "ENCODING=" + options.encoding;
  const char* creation[] = {options.encoding.empty() ? nullptr : encoding.c_str(), nullptr};
  for (const MapLayer& made : layers) {
    OGRLayer* const layer =
        dataset->CreateLayer(made.name.c_str(), options.epsg == 0 ? nullptr : &reference,
                             wkbUnknown, const_cast<char**>(creation));
    ASSERT_NE(layer, nullptr);
    for (const std::string& field : made.fields) {
      OGRFieldDefn definition(field.c_str(), OFTString);
      layer->CreateField(&definition);
    }
    for (const MapFeature& feature : made.features) AddFeature(*layer, feature, projection.get());
  }
  GDALClose(dataset);
}

std::string SquareWkt(double longitude, double latitude, double side) {
  const double east = longitude + side, north = latitude + side;
  char text[400];
  std::snprintf(text, sizeof text,
                "POLYGON ((%.9f %.9f, %.9f %.9f, %.9f %.9f, %.9f %.9f, %.9f %.9f))", longitude,
                latitude, east, latitude, east, north, longitude, north, longitude, latitude);
  return text;
}

}  // namespace dijia::test
