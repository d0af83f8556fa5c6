// Spot samples against indexed prices; private to the engine.
#pragma once

#include <span>

#include "dijia/base/diagnostic.h"
#include "refresh_methods.h"

namespace dijia {

// The check of a use whose plan states a tolerance. `grades` are the records of its grades. Warns
// of an index that the samples contradict, and of too few samples to tell.
SpotCheck CheckSpotSamples(const RefreshCase& refresh, LandUse use,
                           std::span<const RefreshedPrice> grades, Diagnostics& diagnostics);

}  // namespace dijia
