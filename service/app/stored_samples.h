// Sale records between their files and the store: each row is kept once, as it was read; a version
// gives the table back as CSV, from which the same prices are computed as from the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "io/samples.h"
#include "store/store.h"

namespace dijia::app {

// The records of a file for the store: CSV as its lines are, a sheet of a workbook as CSV.
// `reading` is how the file is read, with a mapping of the reference data. What is wrong with rows
// is reported, and they are kept as they are; nothing after a report of what cannot be kept: rows
// of another county, bytes that are no text, cells without a value, a file without rows. Throws
// FileError. Precondition: the format is CSV, XLSX or ODS.
std::optional<store::SampleArrival> ReadSampleArrival(const std::filesystem::path& file,
                                                      const std::string& county,
                                                      const io::ReadSamplesOptions& reading,
                                                      Diagnostics& diagnostics);

// A version as a file of `folder`, whose name says which it is: `samples-150304-2.csv`.
struct StoredSamples {
  std::filesystem::path file;
  std::string mapping;
};
// The last version for 0. Nothing after a report that there is none. Throws FileError.
std::optional<StoredSamples> WriteStoredSamples(store::Store& store, const std::string& county,
                                                std::int64_t version,
                                                const std::filesystem::path& folder,
                                                Diagnostics& diagnostics);

// Adds to publications that arrive the samples that their evidence names and the store has.
void AddStoredSamples(store::Store& store, std::vector<store::Arrival>& arrivals);

}  // namespace dijia::app
