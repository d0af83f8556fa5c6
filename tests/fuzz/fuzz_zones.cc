// Any bytes as a kept map and as GeoJSON: what is read has one form, which is read back to the same
// places, and every point of the map gets an answer.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/zone_map.h"
#include "fuzz/require.h"
#include "io/file_error.h"
#include "io/shape_checks.h"
#include "io/zone_layer.h"
#include "json/zones_codec.h"

namespace {

using dijia::Diagnostics;
using dijia::GeoPoint;
using dijia::MappedPlace;

const dijia::io::Reference& Names() {
  static const dijia::io::Reference kNames =
      dijia::io::LoadReference(DIJIA_SOURCE_DIR "/data/reference").value();
  return kNames;
}

void RequireAnswers(const std::vector<MappedPlace>& places) {
  const dijia::ZoneMap map(places);
  for (std::size_t i = 0; i < places.size() && i < 8; ++i) {
    const dijia::MapBox box = map.BoxOf(i);
    DIJIA_REQUIRE(places[i].polygons.empty() || map.Meets(i, box));
    for (const GeoPoint& point : {box.least, box.greatest}) {
      const auto answer = map.Locate(point, places[i].use, places[i].sub_use);
      DIJIA_REQUIRE(!answer.places.empty() || answer.metres >= 0);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  if (const auto kept = dijia::json::ReadZones(text)) {
    DIJIA_REQUIRE(dijia::json::WriteZones(*kept) == text);
  }
  Diagnostics diagnostics;
  std::vector<dijia::io::ZoneFeature> features;
  try {
    features = dijia::io::ReadZoneLayers({{"zones.geojson", text}}, Names(), diagnostics);
  } catch (const dijia::io::FileError&) {
    return 0;
  }
  dijia::io::CheckShapes(features, diagnostics);
  if (diagnostics.has_errors() || features.empty()) return 0;
  std::vector<MappedPlace> places;
  for (const dijia::io::ZoneFeature& feature : features) places.push_back(feature.place);
  dijia::Normalise(places);
  const auto again = dijia::json::ReadZones(dijia::json::WriteZones(places));
  DIJIA_REQUIRE(again.has_value() && *again == places);
  RequireAnswers(places);
  return 0;
}
