// The log of keys as rows of a database. All SQL over it stands here.
#pragma once

#include <vector>

#include "store/access_key.h"
#include "store/sql_database.h"

namespace dijia::store {

// All entries in order.
std::vector<KeyEntry> KeyEntries(SqlDatabase& database);

// Writes an entry as it is. What does not follow the last one, the database refuses.
void InsertKeyEntry(SqlDatabase& database, const KeyEntry& entry);

// What BeginWriting takes in the place of a county, so that nobody else writes to this log.
inline constexpr const char* kKeyLog = "keys";

}  // namespace dijia::store
