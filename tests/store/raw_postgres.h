// Raw SQL on a store in a PostgreSQL database.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <vector>

#include "store/raw_sql.h"

namespace dijia::test {

class RawPostgres : public RawSql {
 public:
  explicit RawPostgres(const std::string& address) : connection_(PQconnectdb(address.c_str())) {
    EXPECT_EQ(PQstatus(connection_.get()), CONNECTION_OK) << PQerrorMessage(connection_.get());
    Run("SET search_path = dijia; SET client_min_messages = warning");
  }

  std::string Try(const std::string& sql) override {
    const Answer answer = Ask(sql);
    const char* words = PQresultErrorField(answer.get(), PG_DIAG_MESSAGE_PRIMARY);
    return words == nullptr ? "" : words;
  }
  std::vector<std::string> Column(const std::string& sql) override {
    const Answer answer = Ask(sql);
    std::vector<std::string> cells;
    for (int row = 0; row < PQntuples(answer.get()); ++row) {
      cells.emplace_back(PQgetvalue(answer.get(), row, 0));
    }
    return cells;
  }
  void Force(const std::string& sql) override {
    std::string drop, add;
    for (const std::string& name : Column(kChecks + std::string("conrelid::regclass || ' DROP "
                                                                "CONSTRAINT ' || conname" +
                                                                std::string(kFromChecks)))) {
      drop += name + ";";
    }
    for (const std::string& name :
         Column(kChecks + std::string("conrelid::regclass || ' ADD CONSTRAINT ' || conname || ' ' "
                                      "|| pg_get_constraintdef(oid) || ' NOT VALID'" +
                                      std::string(kFromChecks)))) {
      add += name + ";";
    }
    std::string off, on;
    for (const char* table : {"event", "kept_text", "key_event", "permitted", "kept_check",
                              "sample_version", "sample_row", "land_class", "person_event"}) {
      off += std::string("ALTER TABLE ") + table + " DISABLE TRIGGER ALL;";
      on += std::string("ALTER TABLE ") + table + " ENABLE TRIGGER ALL;";
    }
    for (const std::string& trigger :
         Column("SELECT 'ALTER TABLE ' || tgrelid::regclass || ' ENABLE ALWAYS TRIGGER ' || tgname "
                "FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'")) {
      on += trigger + ";";
    }
    Run("BEGIN;" + drop + off + sql + ";" + on + add + "COMMIT");
  }

 private:
  static constexpr const char* kChecks = "SELECT 'ALTER TABLE ' || ";
  static constexpr const char* kFromChecks =
      " FROM pg_constraint WHERE contype = 'c' AND connamespace = 'dijia'::regnamespace";

  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  using Answer = std::unique_ptr<PGresult, Clear>;
  Answer Ask(const std::string& sql) { return Answer(PQexec(connection_.get(), sql.c_str())); }

  std::unique_ptr<PGconn, Finish> connection_;
};

}  // namespace dijia::test
