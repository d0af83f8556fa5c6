// samples.csv: the fate of every input row, and every factor of those that were normalised
// (contract §3).
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "dijia/grade_price.h"
#include "dijia/sample.h"
#include "io/fingerprint.h"

namespace dijia::app {

// Writes one row per input row, in input order: prices with four decimals, factors with six, empty
// where a figure was not computed. `source_names` are the names of samples.sources to show. Throws
// FileError.
io::FileFingerprint WriteSamplesCsv(const std::filesystem::path& file, const SampleTable& samples,
                                    const GradePriceReport& report,
                                    std::span<const std::string> source_names, unsigned threads);

}  // namespace dijia::app
