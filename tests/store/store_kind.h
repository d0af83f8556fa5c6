// The back-ends that the tests of the interface run against, and small publications for them.
#pragma once

#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "store/sqlite_store.h"
#include "store/store.h"

namespace dijia::test {

// One back-end: how a store is made in a folder, and how it is opened there once more.
struct StoreKind {
  std::string name;
  std::function<void(const std::filesystem::path& folder)> init;
  std::function<std::unique_ptr<store::Store>(const std::filesystem::path& folder)> open;
};

// Names tests; without it GoogleTest prints the bytes of the functions.
inline void PrintTo(const StoreKind& kind, std::ostream* out) { *out << kind.name; }

inline std::vector<StoreKind> StoreKinds() {
  return {{"sqlite",
           [](const std::filesystem::path& folder) { store::InitSqliteStore(folder / "s.db"); },
           [](const std::filesystem::path& folder) {
             return store::OpenSqliteStore(folder / "s.db");
           }}};
}

// A clock that gives every act a later time, the same in every run.
inline std::string NextTime() {
  static int micros = 0;
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

// The codes that were reported, in order.
inline std::vector<Code> CodesOf(const Diagnostics& diagnostics) {
  std::vector<Code> codes;
  for (const Diagnostic& diagnostic : diagnostics.kept()) codes.push_back(diagnostic.code);
  return codes;
}

}  // namespace dijia::test
