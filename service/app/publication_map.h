// The map of a publication as a GeoPackage: grades and zones with their prices, and the sales that
// the prices came from.
#pragma once

#include <filesystem>

#include "app/computed.h"
#include "dijia/publication.h"
#include "dijia/zone_map.h"

namespace dijia::app {

// Writes publication.gpkg: the layer `zones`, where there is a map, and the layer `samples` of the
// used samples whose coordinates can be understood (geo_point.h), where `computed` is known and has
// some. False, and no file, where there is neither. Throws FileError.
bool WritePublicationMap(const Publication& publication, const ZoneMap* map,
                         const Computed* computed, const std::filesystem::path& file);

}  // namespace dijia::app
