// The store in a PostgreSQL database, in a schema of its own, `dijia`. README.md of this folder
// describes it.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "store/sql_database.h"
#include "store/store.h"

namespace dijia::store {

struct PostgresOptions {
  // How long to wait for another program that writes to the same county.
  std::chrono::milliseconds patience{10'000};
};

// `address` is a URI as libpq takes it, postgresql://user@host:port/database?…; what it does not
// say comes from where PostgreSQL's own programs take it (PGHOST, PGPASSFILE, …).

// The address without password and parameters.
std::string PostgresName(const std::string& address);

// Makes the tables, or brings older ones to the newest layout. Gives the layout before, 0 for a new
// store. The database must be there. Throws io::FileError as OpenPostgresStore.
int InitPostgresStore(const std::string& address, const PostgresOptions& options = {});

// Opens a store of the newest layout. A connection that was lost is made anew when the next
// transaction begins. Throws io::FileError: kStoreMissing, kNotAStore, kStoreNewer, kStoreOlder,
// and kStoreFault with the words of the server.
std::unique_ptr<Store> OpenPostgresStore(const std::string& address,
                                         const PostgresOptions& options = {});

// The same for copies of its log, row by row (copy_log.h).
std::unique_ptr<SqlDatabase> OpenPostgresDatabase(const std::string& address,
                                                  const PostgresOptions& options = {});

// The newest layout that this program knows, from 1 on.
int NewestPostgresLayout();

}  // namespace dijia::store
