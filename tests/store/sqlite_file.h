// A store file handled by other hands: raw SQL, without and with its triggers out of the way.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "store/sqlite_store.h"
#include "store/store_kind.h"

namespace dijia::test {

class RawSqlite {
 public:
  explicit RawSqlite(const std::filesystem::path& file) {
    sqlite3* handle = nullptr;
    EXPECT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
    handle_.reset(handle);
  }

  // What SQLite says to the statements; empty when it runs them.
  std::string Try(const std::string& sql) {
    char* words = nullptr;
    sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, &words);
    const std::unique_ptr<char, decltype(&sqlite3_free)> owner(words, sqlite3_free);
    return words == nullptr ? "" : words;
  }
  void Run(const std::string& sql) { EXPECT_EQ(Try(sql), "") << sql; }

  // The first column of all rows.
  std::vector<std::string> Column(const std::string& sql) {
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

  // Runs statements with triggers, foreign keys and checks out of the way, and puts the triggers
  // back as they were.
  void Force(const std::string& sql) {
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

// A store with two publications of one county, each with evidence; b has replaced a. Entry 9 of 9
// is the publication of b.
inline void MakeSmallStore(const std::filesystem::path& file) {
  store::InitSqliteStore(file);
  const auto store = store::OpenSqliteStore(file);
  Diagnostics diagnostics;
  for (const auto& [id, from] : {std::pair("a", "2020-01-01"), std::pair("b", "2023-01-01")}) {
    store::Arrival arrival = Prices(id, from);
    arrival.evidence = {{"evidence.json", std::string("proof of ") + id}};
    store->Import(std::vector{arrival}, By("甲", "第一次"), diagnostics);
    using enum PublicationStatus;
    for (const auto& [status, actor] :
         {std::pair(kSubmitted, "甲"), {kApproved, "乙"}, {kPublished, "丙"}}) {
      store->Move(arrival.key, status, By(actor, "理由"), diagnostics);
    }
  }
  EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
}

}  // namespace dijia::test
