// What a publication was computed from, taken from the store to compute once more.
#pragma once

#include <filesystem>

#include "app/computation.h"
#include "dijia/base/diagnostic.h"
#include "store/store.h"

namespace dijia::app {

// Puts the plans, the samples, their mapping and other publications of a computation or a refresh
// into `folder` and names them in `order`, with how the samples were read. Reference tables are
// those in force; decisions are for the caller to say. False where there is no evidence or no
// samples are in it, and after reports of inputs that are not kept. Throws FileError.
bool TakeKeptInputs(store::Store& store, const store::Event& event,
                    const std::filesystem::path& folder, ComputationOrder& order,
                    Diagnostics& diagnostics);

}  // namespace dijia::app
