// What is wrong with shapes, through GEOS.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "io/zone_layer.h"

namespace dijia::io {

// Reports polygons that are not valid (OGC simple features) with the reason and the place, and then
// shapes of one use that overlap wider than kBorderMetres (where borders were digitised twice they
// overlap by less): two of grades, two of zones, or a zone and another grade than its own. Reports
// kZonesNotUsable where GDAL was built without GEOS.
void CheckShapes(std::span<const ZoneFeature> features, Diagnostics& diagnostics);

}  // namespace dijia::io
