#include "store/postgres_store.h"

#include <utility>

#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "store/postgres_database.h"
#include "store/postgres_layout.h"
#include "store/sql_layout.h"
#include "store/sql_store.h"

namespace dijia::store {
namespace {

std::unique_ptr<PostgresDatabase> Open(const std::string& address, const PostgresOptions& options) {
  auto database = std::make_unique<PostgresDatabase>(address, options.patience);
  const int layout = LayoutOf(*database);
  if (layout == 0) throw io::FileError({Code::kStoreMissing, {}, {database->name()}});
  ExpectNewest(database->name(), layout, NewestPostgresLayout());
  return database;
}

void CheckLayout(PostgresDatabase& database, Diagnostics& diagnostics) {
  if (const std::string altered = FindAlteredLayout(database); !altered.empty()) {
    diagnostics.Add(Code::kLayoutAltered, {}, {database.name(), altered});
  }
}

}  // namespace

std::string PostgresName(const std::string& address) { return NameOfAddress(address); }

int InitPostgresStore(const std::string& address, const PostgresOptions& options) {
  PostgresDatabase database(address, options.patience);
  return Migrate(database);
}

std::unique_ptr<Store> OpenPostgresStore(const std::string& address,
                                         const PostgresOptions& options) {
  auto database = Open(address, options);
  PostgresDatabase& checked = *database;
  return std::make_unique<SqlStore>(std::move(database), [&checked](Diagnostics& diagnostics) {
    CheckLayout(checked, diagnostics);
  });
}

std::unique_ptr<SqlDatabase> OpenPostgresDatabase(const std::string& address,
                                                  const PostgresOptions& options) {
  return Open(address, options);
}

int NewestPostgresLayout() { return static_cast<int>(PostgresMigrations().size()); }

}  // namespace dijia::store
