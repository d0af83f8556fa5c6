// The log of people as rows of a database. All SQL over it stands here.
#pragma once

#include <vector>

#include "store/person.h"
#include "store/sql_database.h"

namespace dijia::store {

// All entries in order.
std::vector<PersonEntry> PersonEntries(SqlDatabase& database);

// Writes an entry as it is. What does not follow the last one, the database refuses.
void InsertPersonEntry(SqlDatabase& database, const PersonEntry& entry);

// What BeginWriting takes in the place of a county, so that nobody else writes to this log.
inline constexpr const char* kPersonLog = "people";

}  // namespace dijia::store
