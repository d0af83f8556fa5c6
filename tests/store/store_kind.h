// The back-ends that the tests of the interface run against, and small publications for them.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "store/raw_sql.h"
#include "store/store.h"

namespace dijia::test {

// One back-end: how a store is made for a folder, how it is opened there once more, and how other
// hands get at it. The store of a folder is a file in it, or a database of its name.
struct StoreKind {
  using Folder = std::filesystem::path;
  std::string name;
  std::function<std::string()> why_absent;  // empty when it is there
  std::function<std::string(const Folder&)> store_name;
  std::function<void(const Folder&)> provide;  // what dijia init needs: a database
  std::function<void(const Folder&)> init;     // … and the store in it
  std::function<std::unique_ptr<store::Store>(const Folder&)> open;
  std::function<std::unique_ptr<RawSql>(const Folder&)> raw;
  // Keep what the store has, and bring that back after Force.
  std::function<void(const Folder&)> save, restore;
  std::string no_bytes;  // one byte 0 in SQL
};

// Names tests; without it GoogleTest prints the bytes of the functions.
inline void PrintTo(const StoreKind& kind, std::ostream* out) { *out << kind.name; }

StoreKind SqliteKind();
// On the server of this program (support/postgres_server.h).
StoreKind PostgresKind();
inline std::vector<StoreKind> StoreKinds() { return {SqliteKind(), PostgresKind()}; }

// A test of every back-end that is there.
class StoreTest : public testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override {
    if (const std::string why = GetParam().why_absent(); !why.empty()) GTEST_SKIP() << why;
  }
};

// A clock that gives every act a later time, the same in every run; for any thread.
inline std::string NextTime() {
  static std::atomic<int> micros = 0;
  char text[40];
  std::snprintf(text, sizeof text, "2026-01-01T%02d:%02d:%02d.%06dZ", 1, 2, 3, ++micros);
  return text;
}

inline store::Act By(const std::string& actor, const std::string& reason = "") {
  return {actor, reason, NextTime()};
}

// Prices from a day on, until another where it is stated. The store does not read documents.
inline store::Arrival Prices(const std::string& id, const std::string& from,
                             const std::string& until = "", const std::string& county = "152502") {
  store::Arrival arrival;
  arrival.key = {county, id};
  arrival.document = "{\"id\":\"" + id + "\",\"from\":\"" + from + "\"}";
  arrival.from = *ParseDate(from);
  if (!until.empty()) arrival.stated_until = *ParseDate(until);
  return arrival;
}

// A store with two publications of one county, each with evidence; b has replaced a. Entry 9 of 9
// is the publication of b.
void MakeSmallStore(const StoreKind& kind, const std::filesystem::path& folder);
// Its log and all its texts, as people can ask for them.
std::string Snapshot(store::Store& store);

// The code that an action throws; kInternal when it throws none.
Code Thrown(const std::function<void()>& action);

// The codes that were reported, in order.
inline std::vector<Code> CodesOf(const Diagnostics& diagnostics) {
  std::vector<Code> codes;
  for (const Diagnostic& diagnostic : diagnostics.kept()) codes.push_back(diagnostic.code);
  return codes;
}

}  // namespace dijia::test
