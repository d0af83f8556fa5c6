#include "io/map_package.h"

#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <memory>

#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "io/layer_records.h"

namespace dijia::io {
namespace {

double Degrees(std::int64_t units) { return static_cast<double>(units) * 1e-9; }

void AddRing(const MapRing& ring, OGRPolygon& polygon) {
  OGRLinearRing line;
  for (const GeoPoint& p : ring) line.addPoint(Degrees(p.longitude), Degrees(p.latitude));
  line.closeRings();
  polygon.addRing(&line);
}

std::unique_ptr<OGRGeometry> ShapeOf(const MapRow& row) {
  if (row.place == nullptr) {
    return std::make_unique<OGRPoint>(Degrees(row.point.longitude), Degrees(row.point.latitude));
  }
  auto shape = std::make_unique<OGRMultiPolygon>();
  for (const MapPolygon& polygon : row.place->polygons) {
    OGRPolygon one;
    AddRing(polygon.outside, one);
    for (const MapRing& hole : polygon.holes) AddRing(hole, one);
    shape->addGeometry(&one);
  }
  return shape;
}

OGRFieldType TypeOf(MapFieldKind kind) {
  if (kind == MapFieldKind::kText) return OFTString;
  return kind == MapFieldKind::kInteger ? OFTInteger64 : OFTReal;
}

bool AddRow(const MapRow& row, OGRLayer& layer) {
  OGRFeature feature(layer.GetLayerDefn());
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    const int field = static_cast<int>(i);
    if (const auto* text = std::get_if<std::string>(&row.values[i])) {
      feature.SetField(field, text->c_str());
    } else if (const auto* integer = std::get_if<std::int64_t>(&row.values[i])) {
      feature.SetField(field, static_cast<GIntBig>(*integer));
    } else if (const auto* real = std::get_if<double>(&row.values[i])) {
      feature.SetField(field, *real);
    } else {
      feature.SetFieldNull(field);
    }
  }
  feature.SetGeometryDirectly(ShapeOf(row).release());
  return layer.CreateFeature(&feature) == OGRERR_NONE;
}

bool AddLayer(const MapPackageLayer& made, const OGRSpatialReference& reference,
              GDALDataset& dataset) {
  OGRLayer* const layer =
      dataset.CreateLayer(made.name.c_str(), const_cast<OGRSpatialReference*>(&reference),
                          made.has_polygons ? wkbMultiPolygon : wkbPoint, nullptr);
  if (layer == nullptr) return false;
  for (const MapField& field : made.fields) {
    OGRFieldDefn definition(field.name.c_str(), TypeOf(field.kind));
    if (layer->CreateField(&definition) != OGRERR_NONE) return false;
  }
  for (const MapRow& row : made.rows) {
    if (!AddRow(row, *layer)) return false;
  }
  return true;
}

// What GDAL says of its own day while the object lives.
class DayOfGdal {
 public:
  explicit DayOfGdal(Date day) {
    const std::string time = FormatDate(day) + "T00:00:00.000Z";
    CPLSetThreadLocalConfigOption(kName, time.c_str());
  }
  ~DayOfGdal() { CPLSetThreadLocalConfigOption(kName, nullptr); }
  DayOfGdal(const DayOfGdal&) = delete;
  DayOfGdal& operator=(const DayOfGdal&) = delete;

 private:
  static constexpr const char* kName = "OGR_CURRENT_DATE";
};

}  // namespace

void WriteMapPackage(const std::filesystem::path& file, std::span<const MapPackageLayer> layers,
                     Date day) {
  const QuietGdal quiet;
  const DayOfGdal frozen(day);
  OGRSpatialReference reference;
  reference.importFromEPSG(4490);
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  CPLErrorReset();
  GDALDriver* const driver = GetGDALDriverManager()->GetDriverByName("GPKG");
  Dataset dataset(driver == nullptr ? nullptr
                                    : driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  bool is_written = dataset != nullptr && dataset->StartTransaction() == OGRERR_NONE;
  for (const MapPackageLayer& layer : layers) {
    is_written = is_written && AddLayer(layer, reference, *dataset);
  }
  is_written = is_written && dataset->CommitTransaction() == OGRERR_NONE;
  dataset.reset();
  if (is_written && CPLGetLastErrorType() < CE_Failure) return;
  throw FileError({Code::kFileNotWritten, {}, {file.string(), CPLGetLastErrorMsg()}});
}

}  // namespace dijia::io
