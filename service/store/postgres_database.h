// libpq with owners: a connection and the answers to its statements.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>

#include "store/sql_database.h"

namespace dijia::store {

// An address without password and parameters, for people. Throws io::FileError for one that libpq
// does not understand.
std::string NameOfAddress(const std::string& address);

// Writing takes a lock for each county until the end of the transaction and reads what is committed
// by then, so that of two who write to a county the second sees what the first did and is told in
// the words of the lifecycle. Whoever writes without that lock runs into the keys of the log.
class PostgresDatabase : public SqlDatabase {
 public:
  // Connects. A lock that another holds is waited for up to `patience`.
  PostgresDatabase(std::string address, std::chrono::milliseconds patience);

  std::string name() const override { return name_; }
  std::unique_ptr<SqlRows> Ask(const std::string& sql, std::span<const SqlValue> values) override;
  void BeginReading() override;
  void BeginWriting(const std::set<std::string>& counties) override;
  void Commit() override;
  void RollBack() noexcept override;

  // Runs one or more statements that give no rows.
  void Run(const std::string& sql);
  // The first column of the first row of a statement; 0 or empty without a row.
  std::int64_t Number(const std::string& sql);

 private:
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  void Connect();
  // Connects again when the connection is known to be lost and no transaction is open.
  void Reconnect();
  [[noreturn]] void Throw(const PGresult* result) const;

  std::string address_, name_;
  std::chrono::milliseconds patience_;
  std::unique_ptr<PGconn, Finish> connection_;
  bool is_in_transaction_ = false;
};

}  // namespace dijia::store
