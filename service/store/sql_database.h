// What the store asks of a database, and no more: one statement at a time with values bound, one
// transaction at a time. The statements themselves stand once, in store_rows.cc, in SQL that every
// back-end understands: placeholders are $1, $2, … in ascending order of their first use.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace dijia::store {

// A file of bytes; SQL tells it from a text.
struct SqlBytes {
  std::string_view bytes;
};
// NULL, a number, a text or bytes. The bytes must live as long as the rows of the statement.
using SqlValue = std::variant<std::monostate, std::int64_t, std::string_view, SqlBytes>;

// The answer to a statement, row by row.
class SqlRows {
 public:
  SqlRows() = default;
  virtual ~SqlRows() = default;
  SqlRows(const SqlRows&) = delete;
  SqlRows& operator=(const SqlRows&) = delete;

  // True when there is a row, the first at the first call.
  virtual bool Step() = 0;
  // A column of the row, counted from 0; NULL is 0 or empty.
  virtual std::string Words(int column) const = 0;
  virtual std::int64_t Number(int column) const = 0;
  virtual bool IsNull(int column) const = 0;
};

// Throws io::FileError for what the database reports, everywhere.
class SqlDatabase {
 public:
  SqlDatabase() = default;
  virtual ~SqlDatabase() = default;
  SqlDatabase(const SqlDatabase&) = delete;
  SqlDatabase& operator=(const SqlDatabase&) = delete;

  // As people are told of it: without secrets.
  virtual std::string name() const = 0;

  // Runs one statement to its first row.
  virtual std::unique_ptr<SqlRows> Ask(const std::string& sql,
                                       std::span<const SqlValue> values) = 0;

  // All that is read until the end of the transaction is of one moment.
  virtual void BeginReading() = 0;
  // What is read of these counties cannot change before it is written.
  virtual void BeginWriting(const std::set<std::string>& counties) = 0;
  // What was written is on the disk when this returns.
  virtual void Commit() = 0;
  virtual void RollBack() noexcept = 0;
};

// Reads and writes of one moment; rolled back unless committed.
class Transaction {
 public:
  // For reading only.
  explicit Transaction(SqlDatabase& database) : database_(database) { database.BeginReading(); }
  Transaction(SqlDatabase& database, const std::set<std::string>& counties) : database_(database) {
    database.BeginWriting(counties);
  }
  ~Transaction() {
    if (is_open_) database_.RollBack();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void Commit() {
    database_.Commit();
    is_open_ = false;
  }

 private:
  SqlDatabase& database_;
  bool is_open_ = true;
};

}  // namespace dijia::store
