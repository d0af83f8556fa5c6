// What a refresh is written as.
#pragma once

#include <filesystem>
#include <string>

#include "app/refresh.h"

namespace dijia::app {

// One row a price: what it is of, the method that gave it, the plan's reason, old price, proposed
// (by the method, before cap and order), cap, order, new price and change; then the method that the
// plan asks for, why it went another way, the 95 % interval of the proposed price, and everything
// that went into it. Figures that are not prices have up to six places.
std::string RefreshCsv(const Refreshed& refreshed);

// One row a use whose plan asks for a check of its index: samples, ratio, low, high,
// tolerance_percent, outcome.
std::string SpotCheckCsv(const Refreshed& refreshed);

// Writes publication.json, refresh.csv, spot_check.csv where there is a check, and evidence.json,
// which names every input, the effective plan and the outputs by SHA-256, into a folder. Throws
// FileError.
void WriteRefreshed(const Refreshed& refreshed, const std::filesystem::path& folder);

}  // namespace dijia::app
