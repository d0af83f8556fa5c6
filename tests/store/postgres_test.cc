// What is special to the store on a PostgreSQL server: its schema, its locks, roles, and a server
// that goes away.
#include <gtest/gtest.h>

#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "store/postgres_database.h"
#include "store/postgres_store.h"
#include "store/raw_postgres.h"
#include "store/store_kind.h"
#include "support/postgres_server.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

using std::chrono::milliseconds;

// Named so that ctest runs them together, on one server.
class postgres : public testing::Test {
 protected:
  void SetUp() override {
    if (const std::string why = kind_.why_absent(); !why.empty()) GTEST_SKIP() << why;
    MakeSmallStore(kind_, folder_.path());
    address_ = kind_.store_name(folder_.path());
  }
  std::unique_ptr<store::Store> Open() { return store::OpenPostgresStore(address_); }
  Code ImportAnother(store::Store& store, const std::string& county = "152502") {
    return Thrown([&] {
      Diagnostics diagnostics;
      store.Import(std::vector{Prices("c", "2025-01-01", "", county)}, By("甲"), diagnostics);
      EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
    });
  }

  StoreKind kind_ = PostgresKind();
  TemporaryFolder folder_;
  std::string address_;
};

TEST_F(postgres, IsMadeOnceAndSaysItsLayout) {
  EXPECT_EQ(store::InitPostgresStore(address_), store::NewestPostgresLayout());
  RawPostgres raw(address_);
  raw.Run("INSERT INTO layout VALUES (99)");
  EXPECT_EQ(Thrown([&] { Open(); }), Code::kStoreNewer);
  EXPECT_EQ(Thrown([&] { store::InitPostgresStore(address_); }), Code::kStoreNewer);
  raw.Run("ALTER TABLE layout DISABLE TRIGGER ALL; DELETE FROM layout");
  EXPECT_EQ(Thrown([&] { Open(); }), Code::kStoreMissing);
}

TEST_F(postgres, IsNotTakenForOneWhenItIsAnother) {
  const TemporaryFolder other;
  const std::string address = kind_.store_name(other.path());
  EXPECT_EQ(Thrown([&] { store::OpenPostgresStore(address); }), Code::kStoreFault) << "no database";
  PostgresServer::Shared().Create(other.path().filename().string());
  EXPECT_EQ(Thrown([&] { store::OpenPostgresStore(address); }), Code::kStoreMissing);
  RawPostgres raw(address);
  raw.Run("CREATE SCHEMA dijia");
  EXPECT_EQ(Thrown([&] { store::OpenPostgresStore(address); }), Code::kStoreMissing);
  raw.Run("CREATE TABLE dijia.other (x int)");
  EXPECT_EQ(Thrown([&] { store::OpenPostgresStore(address); }), Code::kNotAStore);
  EXPECT_EQ(Thrown([&] { store::InitPostgresStore(address); }), Code::kNotAStore);
  raw.Run("DROP TABLE dijia.other");
  EXPECT_EQ(store::InitPostgresStore(address), 0) << "a schema that was made for us";
}

TEST(PostgresAddress, IsShownWithoutItsSecrets) {
  EXPECT_EQ(store::PostgresName("postgresql://jia:geheim@db.local:5433/land?connect_timeout=2"),
            "postgresql://jia@db.local:5433/land");
  EXPECT_EQ(store::PostgresName("postgres:///land?host=/run/x&user=jia&password=geheim"),
            "postgresql://jia@/run/x/land");
  try {
    store::OpenPostgresStore("postgresql://jia:geheim@127.0.0.1:1/land");
    FAIL();
  } catch (const io::FileError& error) {
    EXPECT_EQ(error.diagnostic().code, Code::kStoreFault);
    EXPECT_EQ(std::string(error.what()).find("geheim"), std::string::npos) << error.what();
  }
  EXPECT_EQ(Thrown([] { store::OpenPostgresStore("postgresql://h/d?nonsense=1"); }),
            Code::kStoreFault);
}

TEST_F(postgres, WaitsForAnotherWriterOfTheSameCountyOnly) {
  store::PostgresDatabase other(address_, milliseconds(50));
  const auto store = store::OpenPostgresStore(address_, {milliseconds(50)});
  {
    const store::Transaction writing(other, {"152502"});
    EXPECT_EQ(ImportAnother(*store), Code::kStoreBusy);
    EXPECT_EQ(store->Current({}).size(), 2U) << "readers do not wait";
    EXPECT_EQ(ImportAnother(*store, "150428"), Code::kInternal) << "nor do other counties";
  }
  EXPECT_EQ(ImportAnother(*store), Code::kInternal);
  EXPECT_EQ(store->Current({}).size(), 4U);
}

// Whoever writes without our locks meets the keys of the log.
TEST_F(postgres, KeepsItsOrderAgainstWritersWithoutTheLock) {
  const auto store = store::OpenPostgresStore(address_, {milliseconds(50)});
  RawPostgres raw(address_);
  raw.Run(
      "BEGIN; INSERT INTO event SELECT county, 10, 'x', '', '', 'draft', content, '', first_day, "
      "NULL, NULL, '', '丁', '', '2026-01-02T00:00:00.000000Z', hash, hash FROM event WHERE entry "
      "= 9");
  EXPECT_EQ(ImportAnother(*store), Code::kStoreBusy);
  raw.Run("ROLLBACK");
  EXPECT_EQ(ImportAnother(*store), Code::kInternal);
}

TEST_F(postgres, AcknowledgesOnlyWhatIsOnTheDisk) {
  RawPostgres(address_).Run("ALTER DATABASE \"" + folder_.path().filename().string() +
                            "\" SET synchronous_commit = off");
  store::PostgresDatabase database(address_, milliseconds(50));
  const auto rows = database.Ask("SHOW synchronous_commit", {});
  ASSERT_TRUE(rows->Step());
  EXPECT_EQ(rows->Words(0), "on");
}

// The service needs no right but to read and to add.
TEST_F(postgres, IsWorkedWithByARoleThatCanOnlyReadAndAdd) {
  const std::string role = "clerk_" + std::to_string(::getpid());
  RawPostgres owner(address_);
  owner.Run("CREATE ROLE " + role + " LOGIN; GRANT USAGE ON SCHEMA dijia TO " + role +
            "; GRANT SELECT ON ALL TABLES IN SCHEMA dijia TO " + role +
            "; GRANT INSERT ON event, kept_text TO " + role);
  const std::string address =
      PostgresServer::Shared().Address(folder_.path().filename().string(), role);
  const auto store = store::OpenPostgresStore(address);
  EXPECT_EQ(ImportAnother(*store), Code::kInternal);
  Diagnostics diagnostics;
  EXPECT_EQ(store->Verify(std::nullopt, diagnostics).chains.at(0).entries, 10);
  EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
  RawPostgres raw(address);
  for (const char* sql : {"UPDATE event SET actor = 'x'", "DELETE FROM kept_text", "TRUNCATE event",
                          "INSERT INTO layout VALUES (2)"}) {
    EXPECT_NE(raw.Try(sql).find("permission denied"), std::string::npos) << sql;
  }
  EXPECT_NE(raw.Try("ALTER TABLE event DISABLE TRIGGER event_stays_1").find("owner"),
            std::string::npos);
  owner.Run("DROP OWNED BY " + role + "; DROP ROLE " + role);
}

// Whatever takes the protection away is named.
TEST_F(postgres, TellsWhichPartOfTheLayoutWasAltered) {
  const auto found = [&](const std::string& sql) {
    RawPostgres raw(address_);
    raw.Run("BEGIN; " + sql);
    raw.Run("COMMIT");
    Diagnostics diagnostics;
    Open()->Verify(std::nullopt, diagnostics);
    return diagnostics.kept().empty() ? "" : diagnostics.kept().back().arguments.at(1);
  };
  EXPECT_EQ(found(""), "");
  const std::string column = "ALTER TABLE event ";
  EXPECT_EQ(found(column + "DISABLE TRIGGER event_stays_1"), "trigger event_stays_1");
  EXPECT_EQ(found(column + "ENABLE TRIGGER event_stays_1"), "trigger event_stays_1")
      << "not in replicas";
  EXPECT_EQ(found(column + "ENABLE ALWAYS TRIGGER event_stays_1"), "");
  EXPECT_EQ(found("CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql SET "
                  "search_path = pg_catalog AS 'BEGIN RETURN NULL; END'"),
            "function refuse");
  store::OpenPostgresStore(address_);
  const TemporaryFolder folder;
  MakeSmallStore(kind_, folder.path());
  address_ = kind_.store_name(folder.path());
  EXPECT_EQ(found("CREATE RULE quiet AS ON INSERT TO kept_text DO INSTEAD NOTHING"),
            "rule kept_text quiet");
  EXPECT_EQ(found("DROP RULE quiet ON kept_text"), "");
  EXPECT_EQ(found("ALTER TABLE event ENABLE ROW LEVEL SECURITY"), "table event");
  EXPECT_EQ(found("ALTER TABLE event DISABLE ROW LEVEL SECURITY"), "");
  EXPECT_EQ(found(column + "ALTER until TYPE varchar(10)"),
            "constraint event until_is_a_later_day");
  EXPECT_EQ(found(column + "DROP CONSTRAINT another_person"), "constraint event another_person");
  EXPECT_EQ(found("CREATE TABLE more (x int)"), "constraint event another_person")
      << "the first of several";
}

TEST_F(postgres, GoesOnAfterTheServerWasAway) {
  const auto store = Open();
  EXPECT_EQ(store->Current({}).size(), 2U);
  PostgresServer::Shared().KillAndRestart();
  // The first that meets the dead connection says so; the next makes a new one.
  EXPECT_EQ(Thrown([&] { store->Current({}); }), Code::kStoreFault);
  EXPECT_EQ(store->Current({}).size(), 2U);
  EXPECT_EQ(ImportAnother(*store), Code::kInternal);
  Diagnostics diagnostics;
  store->Verify(std::nullopt, diagnostics);
  EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
}

}  // namespace
}  // namespace dijia::test
