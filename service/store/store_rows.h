// Entries and kept texts as rows of a database. All SQL over them stands here.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "store/event.h"
#include "store/sql_database.h"
#include "store/store.h"

namespace dijia::store {

// The counties that have a log, ascending.
std::vector<std::string> Counties(SqlDatabase& database);

// As the functions of Store of the same name.
std::vector<Event> CurrentEvents(SqlDatabase& database, const Selection& selection);
std::vector<Event> HistoryOf(SqlDatabase& database, const PublicationKey& key);

// All entries of a county in order, or of every county, ascending by county.
std::vector<Event> AllEvents(SqlDatabase& database, const std::string& county);

// The last entry of a county; nothing when it has none.
std::optional<Event> LastEvent(SqlDatabase& database, const std::string& county);

// Visits the entries of a county in order, until the visitor says no. True when it never did.
bool VisitEvents(SqlDatabase& database, const std::string& county,
                 const std::function<bool(const Event&)>& visit);

// Writes an entry as it is. What does not follow the last one, the database refuses.
void InsertEvent(SqlDatabase& database, const Event& event);

// A kept text; nothing when it is not there.
std::optional<std::string> KeptText(SqlDatabase& database, const std::string& county,
                                    const std::string& sha256);
// Keeps a text, unless it is there.
void KeepText(SqlDatabase& database, const std::string& county, const std::string& bytes);

}  // namespace dijia::store
