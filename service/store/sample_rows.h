// Kept samples as rows of a database. All SQL over them stands here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "store/kept_samples.h"
#include "store/sql_database.h"

namespace dijia::store {

// The counties that have samples, ascending.
std::vector<std::string> CountiesOfSamples(SqlDatabase& database);

// The versions of a county in order, or of every county, ascending by county.
std::vector<SampleVersion> SampleVersionsOf(SqlDatabase& database, const std::string& county);

// The text of a version; nothing when rows of it are not there.
std::optional<std::string> TextOfSamples(SqlDatabase& database, const SampleVersion& version);

// The text of the version of a county that has this hash; nothing when none has.
std::optional<std::string> SamplesByHash(SqlDatabase& database, const std::string& county,
                                         const std::string& sha256);

// Adds a version, and its rows that are not there. `last` is the last version of the county or
// null.
SampleVersion AddSamples(SqlDatabase& database, const SampleArrival& arrival,
                         const SampleVersion* last, const Act& act);

// Walks the versions of a county with their rows: links, hashes, texts, and that there are no other
// rows. The first that is broken is reported; 0 when all are whole, else its number.
std::int64_t FirstBrokenSamples(SqlDatabase& database, const std::string& county,
                                Diagnostics& diagnostics);

// Copies the samples of a county as they are. False after a report.
bool CopySamples(SqlDatabase& from, SqlDatabase& to, const std::string& county,
                 Diagnostics& diagnostics);

}  // namespace dijia::store
