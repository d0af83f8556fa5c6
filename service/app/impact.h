// The job behind `dijia publication diff --parcels`: parcels of files valued by both publications.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/publication_impact.h"
#include "io/parcel_input.h"
#include "json/value.h"

namespace dijia::app {

struct ImpactRequest {
  std::vector<io::ParcelInputOptions> inputs;
  std::filesystem::path reference_folder;  // data/reference
};

// What the change does to the parcels. Bad rows are reported and left out. Nothing when an input
// cannot be understood as a whole (reported). Throws FileError.
std::optional<Impact> ImpactOf(const Publication& before, const Publication& after,
                               const ImpactRequest& request, Diagnostics& diagnostics);

// [{"use", "grade", "parcels", "raised", …}], a group each; exact decimals as numbers.
json::Value ImpactJson(const Impact& impact);

}  // namespace dijia::app
