#include "io/layer_crs.h"

#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "dijia/base/codes.h"
#include "io/layer_records.h"

namespace dijia::io {
namespace {

// Names of datums are written in many ways: small letters and digits are compared.
std::string KeyOf(std::string_view name) {
  std::string key;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      key += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      key += c;
    }
  }
  return key;
}

bool IsAccepted(const OGRSpatialReference& reference) {
  constexpr std::array<std::string_view, 8> kDatums{
      "china2000", "cgcs2000", "chinageodeticcoordinatesystem2000",
      "wgs1984",   "wgs84",    "dchina2000",
      "dcgcs2000", "dwgs1984"};
  const char* const datum = reference.GetAttrValue("DATUM");
  if (datum == nullptr) return false;
  const std::string key = KeyOf(datum);
  const bool is_named = std::ranges::find(kDatums, key) != kDatums.end() ||
                        key.starts_with("worldgeodeticsystem1984");
  constexpr double kSemiMajor = 6378137;
  return is_named && std::abs(reference.GetSemiMajor() - kSemiMajor) < 1e-3 &&
         (reference.IsGeographic() || reference.IsProjected());
}

bool IsInDegrees(const OGRSpatialReference& reference) {
  constexpr double kRadians = 0.017453292519943295;
  return reference.IsGeographic() && std::abs(reference.GetAngularUnits() - kRadians) < 1e-12 &&
         std::abs(reference.GetPrimeMeridian()) < 1e-12;
}

std::string NameOf(const OGRSpatialReference& reference) {
  const char* const name = reference.GetName();
  return name == nullptr ? "?" : name;
}

}  // namespace

void LayerCrs::Deleter::operator()(OGRCoordinateTransformation* transformation) const {
  OCTDestroyCoordinateTransformation(OGRCoordinateTransformation::ToHandle(transformation));
}

std::optional<LayerCrs> LayerCrs::Of(OGRLayer& layer, Diagnostic& fault) {
  const OGRSpatialReference* const reference = layer.GetSpatialRef();
  if (reference == nullptr) {
    fault = {Code::kCoordinateSystemMissing, {}, {layer.GetName()}};
    return std::nullopt;
  }
  if (std::string datum = RefusedDatum(layer); !datum.empty()) {
    fault = {Code::kDatumNotAccepted, {}, {std::move(datum)}};
    return std::nullopt;
  }
  LayerCrs crs;
  if (IsAccepted(*reference) && IsInDegrees(*reference)) return crs;
  if (IsAccepted(*reference)) {
    OGRSpatialReference from(*reference);
    const std::unique_ptr<OGRSpatialReference> to(from.CloneGeogCS());
    if (to != nullptr) {
      // Easting and longitude first, as in the files.
      from.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
      to->SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
      crs.to_degrees_.reset(OGRCreateCoordinateTransformation(&from, to.get()));
    }
    if (crs.to_degrees_ != nullptr) return crs;
  }
  fault = {Code::kCoordinateSystemNotAccepted, {}, {NameOf(*reference), "CGCS2000, WGS 84"}};
  return std::nullopt;
}

std::optional<GeoPoint> LayerCrs::PointOf(double x, double y) const {
  if (to_degrees_ != nullptr && !to_degrees_->Transform(1, &x, &y)) return std::nullopt;
  return GeoPointAt(x, y);
}

}  // namespace dijia::io
