#include "store/store_kind.h"

#include <utility>

#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "store/lifecycle.h"
#include "store/postgres_store.h"
#include "store/raw_postgres.h"
#include "store/raw_sqlite.h"
#include "store/sqlite_store.h"
#include "support/postgres_server.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;

std::string AddressOf(const fs::path& folder) {
  return PostgresServer::Shared().Address(folder.filename().string());
}

}  // namespace

StoreKind SqliteKind() {
  StoreKind kind;
  kind.name = "sqlite";
  kind.why_absent = [] { return std::string(); };
  kind.store_name = [](const fs::path& folder) { return (folder / "s.db").string(); };
  kind.provide = [](const fs::path&) {};
  kind.init = [](const fs::path& folder) { store::InitSqliteStore(folder / "s.db"); };
  kind.open = [](const fs::path& folder) { return store::OpenSqliteStore(folder / "s.db"); };
  kind.raw = [](const fs::path& folder) { return std::make_unique<RawSqlite>(folder / "s.db"); };
  kind.save = [](const fs::path& folder) { fs::copy_file(folder / "s.db", folder / "saved.db"); };
  kind.restore = [](const fs::path& folder) {
    fs::copy_file(folder / "saved.db", folder / "s.db", fs::copy_options::overwrite_existing);
  };
  kind.no_bytes = "x'00'";
  return kind;
}

StoreKind PostgresKind() {
  StoreKind kind;
  kind.name = "postgres";
  kind.why_absent = [] { return PostgresServer::Shared().why_absent(); };
  kind.store_name = AddressOf;
  kind.provide = [](const fs::path& folder) {
    PostgresServer::Shared().Create(folder.filename().string());
  };
  kind.init = [](const fs::path& folder) {
    PostgresServer::Shared().Create(folder.filename().string());
    store::InitPostgresStore(AddressOf(folder));
  };
  kind.open = [](const fs::path& folder) { return store::OpenPostgresStore(AddressOf(folder)); };
  kind.raw = [](const fs::path& folder) {
    return std::make_unique<RawPostgres>(AddressOf(folder));
  };
  kind.save = [](const fs::path& folder) {
    RawPostgres(AddressOf(folder))
        .Run(
            "CREATE SCHEMA saved; CREATE TABLE saved.event AS TABLE event; "
            "CREATE TABLE saved.kept_text AS TABLE kept_text");
  };
  kind.restore = [](const fs::path& folder) {
    RawPostgres(AddressOf(folder))
        .Force(
            "TRUNCATE event, kept_text; INSERT INTO kept_text TABLE saved.kept_text; "
            "INSERT INTO event TABLE saved.event");
  };
  kind.no_bytes = R"('\x00'::bytea)";
  return kind;
}

void MakeSmallStore(const StoreKind& kind, const fs::path& folder) {
  kind.init(folder);
  const auto store = kind.open(folder);
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

std::string Snapshot(store::Store& store) {
  std::string all;
  for (const char* id : {"a", "b"}) {
    for (const store::Event& event : store.History({"152502", id})) {
      all += event.hash + event.evidence + store.Text("152502", event.content).value_or("gone");
      for (const auto& line : store::ReadManifest(event.evidence)) {
        all += store.Text("152502", line.sha256).value_or("gone");
      }
    }
  }
  return all;
}

Code Thrown(const std::function<void()>& action) {
  try {
    action();
  } catch (const io::FileError& error) {
    return error.diagnostic().code;
  }
  return Code::kInternal;
}

}  // namespace dijia::test
