// SQLite's C interface with owners: a connection, its statements, a transaction. Prepared
// statements only; values are bound, never written into SQL.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "store/sql_database.h"

namespace dijia::store {

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using SqliteStatement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

// Writing takes the right to write at once (BEGIN IMMEDIATE), so that nothing that was read can
// change before it is written.
class SqliteDatabase : public SqlDatabase {
 public:
  enum class Mode : std::uint8_t { kExisting, kCreate };

  // Opens the file, or a database in memory for `:memory:`. A lock that another holds is waited
  // for up to `patience`. Throws io::FileError, as every function here does for what SQLite
  // reports: kStoreMissing, kStoreBusy, kDiskFull, …, or kStoreFault with its own words.
  SqliteDatabase(std::filesystem::path file, Mode mode, std::chrono::milliseconds patience);

  // Runs one or more statements that give no rows.
  void Run(const char* sql);
  // The first column of the first row of a statement; 0 or empty without a row.
  std::int64_t Number(const char* sql);
  std::string Words(const char* sql);

  std::string name() const override { return file_.string(); }
  std::unique_ptr<SqlRows> Ask(const std::string& sql, std::span<const SqlValue> values) override;
  void BeginReading() override { Run("BEGIN"); }
  void BeginWriting(const std::set<std::string>&) override { Run("BEGIN IMMEDIATE"); }
  void Commit() override { Run("COMMIT"); }
  void RollBack() noexcept override;

  sqlite3* handle() const { return handle_.get(); }
  // Throws unless the result code is one of success.
  void Check(int result) const;

  // A prepared statement, one that was given back where there is one: compiling it, with the
  // triggers that it runs, costs more than running it.
  SqliteStatement TakeStatement(const std::string& sql);
  void GiveBack(const std::string& sql, SqliteStatement statement);

 private:
  [[noreturn]] void Throw(int result) const;

  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
  };
  std::filesystem::path file_;
  std::unique_ptr<sqlite3, Close> handle_;
  std::map<std::string, SqliteStatement> idle_;  // by their SQL
};

class SqliteRows : public SqlRows {
 public:
  SqliteRows(SqliteDatabase& database, const std::string& sql,
             std::span<const SqlValue> values = {});
  ~SqliteRows() override;

  bool Step() override;
  std::string Words(int column) const override;
  std::int64_t Number(int column) const override;
  bool IsNull(int column) const override;

 private:
  void Bind(int place, const SqlValue& value);

  SqliteDatabase& database_;
  const std::string sql_;
  SqliteStatement handle_;
};

}  // namespace dijia::store
