#include "store/sqlite_database.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "io/file_reason.h"

namespace dijia::store {
namespace {

// The code for a primary result code of SQLite; kStoreFault for those without one.
Code CodeOfResult(int primary) {
  switch (primary) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Code::kStoreBusy;
    case SQLITE_FULL:
      return Code::kDiskFull;
    case SQLITE_READONLY:
      return Code::kDiskReadOnly;
    case SQLITE_NOTADB:
      return Code::kNotAStore;
    default:
      return Code::kStoreFault;
  }
}

}  // namespace

SqliteDatabase::SqliteDatabase(std::filesystem::path file, Mode mode,
                               std::chrono::milliseconds patience)
    : file_(std::move(file)) {
  std::error_code ignored;
  if (mode == Mode::kExisting && !std::filesystem::exists(file_, ignored)) {
    throw io::FileError({Code::kStoreMissing, {}, {file_.string()}});
  }
  if (std::filesystem::is_directory(file_, ignored)) {
    throw io::FileError({Code::kFileIsDirectory, {}, {file_.string()}});
  }
  const int flags = SQLITE_OPEN_READWRITE | (mode == Mode::kCreate ? SQLITE_OPEN_CREATE : 0);
  sqlite3* handle = nullptr;
  const int result = sqlite3_open_v2(file_.c_str(), &handle, flags, nullptr);
  handle_.reset(handle);  // also a connection that failed is to be closed
  Check(result);
  sqlite3_extended_result_codes(handle, 1);
  Check(sqlite3_busy_timeout(handle, static_cast<int>(patience.count())));
  // SQL of a damaged or planted schema gets no rights.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
}

void SqliteDatabase::Check(int result) const {
  if (result != SQLITE_OK && result != SQLITE_ROW && result != SQLITE_DONE) Throw(result);
}

void SqliteDatabase::Throw(int result) const {
  constexpr int kPrimary = 0xff;
  const std::string name = file_.string();
  const int reason = handle_ == nullptr ? 0 : sqlite3_system_errno(handle_.get());
  const bool is_system =
      (result & kPrimary) == SQLITE_CANTOPEN || (result & kPrimary) == SQLITE_IOERR;
  if (is_system && reason != 0) {
    if (const auto code = io::CodeOfReason(reason, io::FileUse::kWrite)) {
      throw io::FileError({*code, {}, {name}});
    }
  }
  const char* words = handle_ == nullptr ? sqlite3_errstr(result) : sqlite3_errmsg(handle_.get());
  throw io::FileError({CodeOfResult(result & kPrimary), {}, {name, words}});
}

void SqliteDatabase::Run(const char* sql) {
  Check(sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr));
}

std::int64_t SqliteDatabase::Number(const char* sql) {
  SqliteRows rows(*this, sql);
  return rows.Step() ? rows.Number(0) : 0;
}

std::string SqliteDatabase::Words(const char* sql) {
  SqliteRows rows(*this, sql);
  return rows.Step() ? rows.Words(0) : "";
}

std::unique_ptr<SqlRows> SqliteDatabase::Ask(const std::string& sql,
                                             std::span<const SqlValue> values) {
  return std::make_unique<SqliteRows>(*this, sql, values);
}

// After some errors SQLite has rolled back by itself.
void SqliteDatabase::RollBack() noexcept {
  if (sqlite3_get_autocommit(handle()) == 0) {
    sqlite3_exec(handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

SqliteStatement SqliteDatabase::TakeStatement(const std::string& sql) {
  if (const auto found = idle_.find(sql); found != idle_.end()) {
    SqliteStatement statement = std::move(found->second);
    idle_.erase(found);
    return statement;
  }
  sqlite3_stmt* statement = nullptr;
  const int result =
      sqlite3_prepare_v2(handle(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  SqliteStatement owner(statement);
  Check(result);
  return owner;
}

// Ours are a few dozen texts; whoever comes with more has them compiled.
void SqliteDatabase::GiveBack(const std::string& sql, SqliteStatement statement) {
  constexpr std::size_t kMostIdle = 64;
  sqlite3_reset(statement.get());  // an error of its run was thrown then
  sqlite3_clear_bindings(statement.get());
  if (idle_.size() < kMostIdle) idle_.emplace(sql, std::move(statement));
}

SqliteRows::SqliteRows(SqliteDatabase& database, const std::string& sql,
                       std::span<const SqlValue> values)
    : database_(database), sql_(sql), handle_(database.TakeStatement(sql)) {
  int place = 0;
  for (const SqlValue& value : values) Bind(++place, value);
}

SqliteRows::~SqliteRows() { database_.GiveBack(sql_, std::move(handle_)); }

// No text may be null to SQLite, or an empty one would be NULL.
void SqliteRows::Bind(int place, const SqlValue& value) {
  sqlite3_stmt* to = handle_.get();
  const auto start = [](std::string_view bytes) { return bytes.empty() ? "" : bytes.data(); };
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    database_.Check(sqlite3_bind_int64(to, place, *number));
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    database_.Check(
        sqlite3_bind_text64(to, place, start(*text), text->size(), SQLITE_STATIC, SQLITE_UTF8));
  } else if (const auto* file = std::get_if<SqlBytes>(&value)) {
    database_.Check(
        sqlite3_bind_blob64(to, place, start(file->bytes), file->bytes.size(), SQLITE_STATIC));
  } else {
    database_.Check(sqlite3_bind_null(to, place));
  }
}

bool SqliteRows::Step() {
  const int result = sqlite3_step(handle_.get());
  database_.Check(result);
  return result == SQLITE_ROW;
}

std::string SqliteRows::Words(int column) const {
  const void* bytes = sqlite3_column_blob(handle_.get(), column);
  const int size = sqlite3_column_bytes(handle_.get(), column);
  return bytes == nullptr
             ? ""
             : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

std::int64_t SqliteRows::Number(int column) const {
  return sqlite3_column_int64(handle_.get(), column);
}

bool SqliteRows::IsNull(int column) const {
  return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}

}  // namespace dijia::store
