// The shapes of a publication's grades and zones: read from maps, held against the prices, kept as
// a file of its evidence.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "dijia/zone_map.h"
#include "io/zone_layer.h"

namespace dijia::app {

// The name of the file among the evidence of a publication; its text is that of json::WriteZones.
inline constexpr std::string_view kZonesFile = "zones.geojson";

// Maps of more points are refused: a county's have some hundred thousand.
inline constexpr std::size_t kMostMapPoints = 2'000'000;

// The places of a publication on maps, normalised; of a zone with the grade of the publication.
// Nothing after errors, all at once: those of ReadZoneLayers and CheckShapes; shapes of what is not
// published; a zone said to be of another grade; published zones without a shape, and published
// grades without one that no zone of theirs has either, of the uses that are drawn. A use that is
// not drawn at all is warned of. Throws FileError.
std::optional<std::vector<MappedPlace>> ReadZones(const std::vector<io::ZoneLayerSource>& maps,
                                                  const Publication& publication,
                                                  const io::Reference& reference,
                                                  Diagnostics& diagnostics,
                                                  std::size_t most_points = kMostMapPoints);

// The same from files, as a map; null after errors.
std::shared_ptr<const ZoneMap> ReadZoneMap(const std::vector<std::filesystem::path>& files,
                                           const Publication& publication,
                                           const std::filesystem::path& reference_folder,
                                           Diagnostics& diagnostics);

// The places of a kept text. Nothing after a report: it is not in our form, or does not fit the
// publication.
std::optional<std::vector<MappedPlace>> KeptZones(const std::string& text,
                                                  const Publication& publication,
                                                  Diagnostics& diagnostics);

// The maps of publications, by county and id.
class ZoneMaps {
 public:
  void Add(const Publication& publication, std::shared_ptr<const ZoneMap> map);
  // Null where there is none.
  const ZoneMap* Of(const Publication& publication) const;
  bool empty() const { return maps_.empty(); }

 private:
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const ZoneMap>> maps_;
};

}  // namespace dijia::app
