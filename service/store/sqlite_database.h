// SQLite's C interface with owners: a connection, its statements, a transaction. Prepared
// statements only; values are bound, never written into SQL.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace dijia::store {

class SqliteDatabase {
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

  const std::filesystem::path& file() const { return file_; }
  sqlite3* handle() const { return handle_.get(); }
  // Throws unless the result code is one of success.
  void Check(int result) const;

 private:
  [[noreturn]] void Throw(int result) const;

  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
  };
  std::filesystem::path file_;
  std::unique_ptr<sqlite3, Close> handle_;
};

class Statement {
 public:
  Statement(SqliteDatabase& database, const std::string& sql);

  // Binds the next parameter. The bytes must live until the statement has run.
  Statement& Bind(std::string_view text);
  Statement& Bind(std::int64_t number);
  Statement& BindBytes(std::string_view bytes);
  Statement& BindNull();

  // True when there is a row.
  bool Step();
  // A column of the row, counted from 0; NULL is 0 or empty.
  std::string Words(int column) const;
  std::int64_t Number(int column) const;
  bool IsNull(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  SqliteDatabase& database_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
  int bound_ = 0;
};

// BEGIN IMMEDIATE: the right to write is taken at once, so that nothing that was read can change
// before it is written. Rolled back unless committed.
class Transaction {
 public:
  explicit Transaction(SqliteDatabase& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // What was written is on the disk when this returns.
  void Commit();

 private:
  SqliteDatabase& database_;
  bool is_open_ = true;
};

}  // namespace dijia::store
