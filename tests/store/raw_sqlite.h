// Raw SQL on a store in a SQLite file.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "store/raw_sql.h"

namespace dijia::test {

class RawSqlite : public RawSql {
 public:
  explicit RawSqlite(const std::filesystem::path& file) {
    sqlite3* handle = nullptr;
    EXPECT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
    handle_.reset(handle);
    Run("PRAGMA foreign_keys = ON");
  }

  std::string Try(const std::string& sql) override {
    char* words = nullptr;
    sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, &words);
    const std::unique_ptr<char, decltype(&sqlite3_free)> owner(words, sqlite3_free);
    return words == nullptr ? "" : words;
  }
  std::vector<std::string> Column(const std::string& sql) override {
    std::vector<std::string> cells;
    sqlite3_exec(
        handle_.get(), sql.c_str(),
        [](void* out, int, char** row, char**) {
          static_cast<std::vector<std::string>*>(out)->emplace_back(row[0] == nullptr ? ""
                                                                                      : row[0]);
          return 0;
        },
        &cells, nullptr);
    return cells;
  }
  void Force(const std::string& sql) override {
    const auto triggers = Column("SELECT sql FROM sqlite_schema WHERE type = 'trigger'");
    for (const std::string& name :
         Column("SELECT name FROM sqlite_schema WHERE type = 'trigger'")) {
      Run("DROP TRIGGER " + name);
    }
    Run("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
    Run(sql);
    for (const std::string& trigger : triggers) Run(trigger);
  }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace dijia::test
