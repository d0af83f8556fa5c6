#include "io/shape_checks.h"

#include <cpl_error.h>
#include <ogr_api.h>
#include <ogr_geometry.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <numbers>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "io/layer_records.h"

namespace dijia::io {
namespace {

// Metres around a point, near enough for shapes of one county: one per cent over 100 km.
struct Frame {
  GeoPoint origin;
  double east, north;  // metres of one unit

  explicit Frame(const GeoPoint& at) : origin(at) {
    constexpr double kMetresPerUnit = 111'319.5 * 1e-9;
    const double latitude = static_cast<double>(at.latitude) * 1e-9 * std::numbers::pi / 180;
    east = kMetresPerUnit * std::cos(latitude);
    north = kMetresPerUnit;
  }
};

void AddRing(const MapRing& ring, const Frame* frame, OGRPolygon& polygon) {
  OGRLinearRing line;
  const auto add = [&](const GeoPoint& p) {
    if (frame == nullptr) {
      line.addPoint(static_cast<double>(p.longitude) * 1e-9,
                    static_cast<double>(p.latitude) * 1e-9);
    } else {
      line.addPoint(static_cast<double>(p.longitude - frame->origin.longitude) * frame->east,
                    static_cast<double>(p.latitude - frame->origin.latitude) * frame->north);
    }
  };
  for (const GeoPoint& p : ring) add(p);
  if (!ring.empty()) add(ring.front());
  polygon.addRing(&line);
}

// In metres of a frame, or in degrees.
std::unique_ptr<OGRMultiPolygon> ShapeOf(const MappedPlace& place, const Frame* frame) {
  auto shape = std::make_unique<OGRMultiPolygon>();
  for (const MapPolygon& polygon : place.polygons) {
    OGRPolygon one;
    AddRing(polygon.outside, frame, one);
    for (const MapRing& hole : polygon.holes) AddRing(hole, frame, one);
    shape->addGeometry(&one);
  }
  return shape;
}

bool HasFullRings(const MappedPlace& place) {
  return std::ranges::all_of(place.polygons, [](const MapPolygon& polygon) {
    return polygon.outside.size() >= 3 &&
           std::ranges::all_of(polygon.holes, [](const MapRing& hole) { return hole.size() >= 3; });
  });
}

// What GEOS says, with its coordinates to a millimetre instead of seventeen digits.
std::string ReasonOf(std::string text) {
  constexpr std::string_view kSpeaker = "GEOS warning: ", kAt = " at or near point ";
  if (text.starts_with(kSpeaker)) text.erase(0, kSpeaker.size());
  double x = 0, y = 0;
  const std::size_t at = text.find(kAt);
  if (at == std::string::npos) return text.empty() ? "?" : text;
  if (std::sscanf(text.c_str() + at + kAt.size(), "%lf %lf", &x, &y) != 2) return text;
  char place[64];
  std::snprintf(place, sizeof place, "%.10g, %.10g", x, y);
  return text.substr(0, at + kAt.size()) + place;
}

// Why a shape is not valid; empty when it is.
std::string FaultOf(const MappedPlace& place) {
  if (!HasFullRings(place)) return "a ring of fewer than three points";
  CPLErrorReset();
  if (ShapeOf(place, nullptr)->IsValid()) return {};
  return ReasonOf(CPLGetLastErrorMsg());
}

MapBox BoxOf(const MappedPlace& place) {
  MapBox box{place.polygons.front().outside.front(), place.polygons.front().outside.front()};
  for (const MapPolygon& polygon : place.polygons) {
    for (const GeoPoint& p : polygon.outside) {
      box.least = {std::min(box.least.longitude, p.longitude),
                   std::min(box.least.latitude, p.latitude)};
      box.greatest = {std::max(box.greatest.longitude, p.longitude),
                      std::max(box.greatest.latitude, p.latitude)};
    }
  }
  return box;
}

// Whether two shapes may not overlap: grades of a use or sub-use, zones of a use, and a zone and
// the extent of another grade than its own.
bool MayNotOverlap(const MappedPlace& a, const MappedPlace& b) {
  if (a.use != b.use) return false;
  if (a.zone.empty() == b.zone.empty()) return a.sub_use == b.sub_use;
  return a.sub_use == b.sub_use && a.grade != b.grade;
}

// The square metres that two shapes share, where that is wider than the border; 0 otherwise.
double OverlapOf(const MappedPlace& a, const MappedPlace& b) {
  const Frame frame(a.polygons.front().outside.front());
  const auto first = ShapeOf(a, &frame), second = ShapeOf(b, &frame);
  const std::unique_ptr<OGRGeometry> common(first->Intersection(second.get()));
  if (common == nullptr || common->IsEmpty()) return 0;
  const std::unique_ptr<OGRGeometry> inside(common->Buffer(-kBorderMetres / 2));
  if (inside == nullptr || inside->IsEmpty()) return 0;
  return OGR_G_Area(OGRGeometry::ToHandle(common.get()));
}

void CheckOverlaps(std::span<const ZoneFeature* const> features, Diagnostics& diagnostics) {
  struct Boxed {
    const ZoneFeature* feature;
    MapBox box;
  };
  std::vector<Boxed> boxed;
  for (const ZoneFeature* feature : features) boxed.push_back({feature, BoxOf(feature->place)});
  std::ranges::stable_sort(boxed, [](const Boxed& a, const Boxed& b) {
    return a.box.least.longitude < b.box.least.longitude;
  });
  struct Pair {
    const ZoneFeature *first, *second;  // in the order of the file
    double area;
  };
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < boxed.size(); ++i) {
    for (std::size_t j = i + 1; j < boxed.size(); ++j) {
      if (boxed[j].box.least.longitude > boxed[i].box.greatest.longitude) break;
      const auto [first, second] = std::minmax(boxed[i].feature, boxed[j].feature);
      if (!MayNotOverlap(first->place, second->place)) continue;
      if (!boxed[i].box.Meets(boxed[j].box)) continue;
      const double area = OverlapOf(first->place, second->place);
      if (area > 0) pairs.push_back({first, second, area});
    }
  }
  std::ranges::sort(pairs, [](const Pair& a, const Pair& b) {
    return std::pair(a.second, a.first) < std::pair(b.second, b.first);
  });
  for (const Pair& pair : pairs) {
    diagnostics.Add(Code::kShapesOverlap, pair.second->where,
                    {NameOf(pair.second->place), NameOf(pair.first->place),
                     std::to_string(pair.first->where.row),
                     std::to_string(std::llround(std::ceil(pair.area))), "0.05"});
  }
}

}  // namespace

void CheckShapes(std::span<const ZoneFeature> features, Diagnostics& diagnostics) {
  const QuietGdal quiet;
  if (features.empty()) return;
  if (!OGRGeometryFactory::haveGEOS()) {
    diagnostics.Add(Code::kZonesNotUsable, {},
                    {features.front().where.source, "GDAL without GEOS"});
    return;
  }
  std::vector<const ZoneFeature*> valid;  // GEOS answers for these only
  for (const ZoneFeature& feature : features) {
    std::string fault = FaultOf(feature.place);
    if (fault.empty()) {
      valid.push_back(&feature);
    } else {
      diagnostics.Add(Code::kShapeNotValid, feature.where, {std::move(fault)});
    }
  }
  CheckOverlaps(valid, diagnostics);
}

}  // namespace dijia::io
