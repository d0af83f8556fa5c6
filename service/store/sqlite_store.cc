#include "store/sqlite_store.h"

#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "store/sql_layout.h"
#include "store/sql_store.h"
#include "store/sqlite_database.h"
#include "store/sqlite_layout.h"

namespace dijia::store {
namespace {

std::unique_ptr<SqliteDatabase> Open(const std::filesystem::path& file,
                                     const SqliteOptions& options) {
  auto database =
      std::make_unique<SqliteDatabase>(file, SqliteDatabase::Mode::kExisting, options.patience);
  ExpectNewest(database->name(), LayoutOf(*database), NewestLayout());
  database->Run("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL");
  return database;
}

// What the chains do not show: damaged indices, and triggers that are gone.
void CheckFile(SqliteDatabase& database, Diagnostics& diagnostics) {
  if (const std::string damage = database.Words("PRAGMA integrity_check(1)"); damage != "ok") {
    diagnostics.Add(Code::kStoreFault, {}, {database.name(), damage});
  }
  if (const std::string altered = FindAlteredLayout(database); !altered.empty()) {
    diagnostics.Add(Code::kLayoutAltered, {}, {database.name(), altered});
  }
}

}  // namespace

int InitSqliteStore(const std::filesystem::path& file, const SqliteOptions& options) {
  SqliteDatabase database(file, SqliteDatabase::Mode::kCreate, options.patience);
  return Migrate(database);
}

std::unique_ptr<Store> OpenSqliteStore(const std::filesystem::path& file,
                                       const SqliteOptions& options) {
  auto database = Open(file, options);
  SqliteDatabase& checked = *database;
  return std::make_unique<SqlStore>(std::move(database), [&checked](Diagnostics& diagnostics) {
    CheckFile(checked, diagnostics);
  });
}

std::unique_ptr<SqlDatabase> OpenSqliteDatabase(const std::filesystem::path& file,
                                                const SqliteOptions& options) {
  return Open(file, options);
}

void CopySqliteStore(const std::filesystem::path& from, const std::filesystem::path& to,
                     const SqliteOptions& options) {
  const auto source = Open(from, options);
  SqliteDatabase copy(to, SqliteDatabase::Mode::kCreate, options.patience);
  sqlite3_backup* backup = sqlite3_backup_init(copy.handle(), "main", source->handle(), "main");
  if (backup == nullptr) copy.Check(sqlite3_errcode(copy.handle()));
  // In one step: the copy is of one moment, and writers of a WAL do not wait for readers.
  constexpr int kAllPages = -1;
  sqlite3_backup_step(backup, kAllPages);
  copy.Check(sqlite3_backup_finish(backup));
}

int NewestSqliteLayout() { return NewestLayout(); }

}  // namespace dijia::store
