#include "store/named_store.h"

#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "store/copy_log.h"
#include "store/postgres_store.h"
#include "store/sqlite_store.h"

namespace dijia::store {
namespace {

std::unique_ptr<SqlDatabase> OpenDatabase(const std::string& name) {
  if (IsServer(name)) return OpenPostgresDatabase(name);
  return OpenSqliteDatabase(name);
}

}  // namespace

bool IsServer(const std::string& name) {
  if (name.starts_with("postgresql://") || name.starts_with("postgres://")) return true;
  if (name.find("://") == std::string::npos) return false;
  throw io::FileError({Code::kStoreKindNotKnown, {}, {name}});
}

std::string ShownName(const std::string& name) {
  return IsServer(name) ? PostgresName(name) : name;
}

int InitStore(const std::string& name) {
  return IsServer(name) ? InitPostgresStore(name) : InitSqliteStore(name);
}

int NewestLayoutOf(const std::string& name) {
  return IsServer(name) ? NewestPostgresLayout() : NewestSqliteLayout();
}

std::unique_ptr<Store> OpenStore(const std::string& name) {
  return IsServer(name) ? OpenPostgresStore(name) : OpenSqliteStore(name);
}

void CopyStore(const std::string& from, const std::string& to, Diagnostics& diagnostics) {
  if (!IsServer(from) && !IsServer(to)) return CopySqliteStore(from, to);
  const auto source = OpenDatabase(from);
  InitStore(to);
  CopyLog(*source, *OpenDatabase(to), diagnostics);
}

}  // namespace dijia::store
