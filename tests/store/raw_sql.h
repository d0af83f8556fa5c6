// A store handled by other hands: raw SQL, without and with its triggers out of the way.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace dijia::test {

class RawSql {
 public:
  RawSql() = default;
  virtual ~RawSql() = default;
  RawSql(const RawSql&) = delete;
  RawSql& operator=(const RawSql&) = delete;

  // What the database says to the statements; empty when it runs them.
  virtual std::string Try(const std::string& sql) = 0;
  void Run(const std::string& sql) { EXPECT_EQ(Try(sql), "") << sql; }
  // The first column of all rows.
  virtual std::vector<std::string> Column(const std::string& sql) = 0;
  // Runs statements with triggers, foreign keys and checks out of the way, and puts them back.
  virtual void Force(const std::string& sql) = 0;
};

}  // namespace dijia::test
