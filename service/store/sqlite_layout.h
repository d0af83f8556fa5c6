// The tables of the store in SQLite, by numbered migrations.
#pragma once

#include <span>

#include "store/sqlite_database.h"

namespace dijia::store {

// The n-th migration makes layout n out of layout n − 1. A migration that was released is never
// changed: stores that it made are about.
std::span<const char* const> Migrations();
inline int NewestLayout() { return static_cast<int>(Migrations().size()); }

// The layout of an open database; 0 for one without tables. Throws io::FileError: kNotAStore for
// the database of another program, kStoreNewer for the layout of a newer one of ours.
int LayoutOf(SqliteDatabase& database);

// Runs the migrations that are missing, each in a transaction of its own, and gives the layout
// before. Throws as LayoutOf.
int Migrate(SqliteDatabase& database);

// Whether tables, indices, views and triggers are exactly those of the migrations; the name of the
// first that is not, otherwise. A store without its triggers would take any change.
std::string FindAlteredLayout(SqliteDatabase& database);

}  // namespace dijia::store
