// samples.csv: the fate of every input row, and every factor of those that were normalised
// (contract §3), and what appraisers decided where they did.
#pragma once

#include <filesystem>

#include "app/computed.h"
#include "io/fingerprint.h"

namespace dijia::app {

// Writes one row per input row, in input order: prices with four decimals, factors with six, empty
// where a figure was not computed. With decisions each row ends with what was decided about it,
// which screening rule that overrules, why, by whom and when; empty for all others. Throws
// FileError.
io::FileFingerprint WriteSamplesCsv(const std::filesystem::path& file, const Computed& computed,
                                    unsigned threads);

}  // namespace dijia::app
