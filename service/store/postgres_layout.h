// The tables of the store in PostgreSQL, by numbered migrations.
#pragma once

#include <span>
#include <string>

#include "store/postgres_database.h"

namespace dijia::store {

// The n-th migration makes layout n out of layout n − 1; `@` stands for the schema. A migration
// that was released is never changed: stores that it made are about.
std::span<const char* const> PostgresMigrations();

// The layout of an open database; 0 for one without our schema, or with nothing in it. Throws
// io::FileError: kNotAStore for the schema of another program, kStoreNewer for the layout of a
// newer one of ours.
int LayoutOf(PostgresDatabase& database);

// Runs the migrations that are missing, in one transaction, and gives the layout before. Throws as
// LayoutOf.
int Migrate(PostgresDatabase& database);

// Whether tables, constraints, indices, views, rules, functions and triggers are exactly those of
// the migrations; the name of the first that is not, otherwise. The server tells it: they are made
// once more as temporary ones beside, which needs the right to make such (TEMPORARY, which everyone
// has unless it was revoked).
std::string FindAlteredLayout(PostgresDatabase& database);

}  // namespace dijia::store
