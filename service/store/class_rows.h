// Land classes as rows of a database. All SQL over them stands here.
#pragma once

#include <string>
#include <vector>

#include "store/land_class.h"
#include "store/sql_database.h"

namespace dijia::store {

// The entries of a county in order, or of every county, ascending by county.
std::vector<LandClassEntry> LandClassesOf(SqlDatabase& database, const std::string& county);

// When the last entry of any county was recorded; empty when there is none.
std::string LastRecordOfClasses(SqlDatabase& database);

// Writes an entry as it is. What does not follow the last one, the database refuses.
void InsertLandClass(SqlDatabase& database, const LandClassEntry& entry);

// What BeginWriting takes in the place of a county: a list comes for many counties at once.
inline constexpr const char* kClassLogs = "classes";

}  // namespace dijia::store
