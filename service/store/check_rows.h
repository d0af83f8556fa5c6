// Kept checks as rows of a database. All SQL over them stands here.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "store/kept_check.h"
#include "store/sql_database.h"

namespace dijia::store {

// The counties that have kept checks, ascending.
std::vector<std::string> CountiesOfChecks(SqlDatabase& database);

// Where the log of a county ends; entry 0 when it has none.
LogEnd EndOfChecks(SqlDatabase& database, const std::string& county);

// One kept check; nothing when it is not there.
std::optional<KeptCheck> CheckAt(SqlDatabase& database, const CheckKey& key);

// The rows of a selection, page by page: a server gives an answer whole, and a log may be long.
class CheckRows : public CheckCursor {
 public:
  // The database must outlive the object.
  CheckRows(SqlDatabase& database, CheckSelection selection);
  std::optional<KeptCheck> Next() override;

 private:
  void ReadPage();

  SqlDatabase& database_;
  const CheckSelection selection_;
  std::deque<std::string> counties_;  // that are not read to their end
  std::int64_t last_ = 0;             // entry that was read of the first of them
  std::deque<KeptCheck> page_;
};

// Writes an entry as it is. What does not follow the last one, the database refuses.
void InsertCheck(SqlDatabase& database, const KeptCheck& kept);

// What BeginWriting takes in the place of a county, so that nobody else writes to these logs.
inline constexpr const char* kCheckLogs = "checks";

}  // namespace dijia::store
