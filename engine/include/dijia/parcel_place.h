// A parcel with coordinates in the place of its publication.
#pragma once

#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/parcel.h"
#include "dijia/publication.h"
#include "dijia/zone_map.h"

namespace dijia {

// Gives the parcel, and each of its parts, the grade and zone in which its coordinates lie, where
// it states neither; `notes` says so. A stated place stays: when the coordinates lie elsewhere, a
// warning says that. What stands in the way of a place that is needed is reported to `missing`: no
// map (null), coordinates that cannot be used, a point outside all shapes or on a border.
void PlaceByCoordinates(Parcel& parcel, const Publication& publication, const ZoneMap* map,
                        std::vector<Diagnostic>& notes, std::vector<Diagnostic>& missing);

}  // namespace dijia
