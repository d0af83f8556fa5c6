// The store in one SQLite file: WAL, STRICT tables, every commit on the disk before it is
// acknowledged. README.md of this folder describes the file.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "store/sql_database.h"
#include "store/store.h"

namespace dijia::store {

struct SqliteOptions {
  // How long to wait for another program that writes. Longer writes than this are not made.
  std::chrono::milliseconds patience{10'000};
};

// Makes the file, or brings an older one to the newest layout. Gives the layout before, 0 for a new
// store. Throws io::FileError as OpenSqliteStore.
int InitSqliteStore(const std::filesystem::path& file, const SqliteOptions& options = {});

// Opens a store of the newest layout. Throws io::FileError: kStoreMissing, kNotAStore, kStoreNewer,
// kStoreOlder, and what the disk says no to.
std::unique_ptr<Store> OpenSqliteStore(const std::filesystem::path& file,
                                       const SqliteOptions& options = {});

// The same file for copies of its log, row by row (copy_log.h). Throws as OpenSqliteStore.
std::unique_ptr<SqlDatabase> OpenSqliteDatabase(const std::filesystem::path& file,
                                                const SqliteOptions& options = {});

// Copies a store of the newest layout as it stands at one moment into an empty or absent file,
// while others read and write it. Throws io::FileError as OpenSqliteStore.
void CopySqliteStore(const std::filesystem::path& from, const std::filesystem::path& to,
                     const SqliteOptions& options = {});

// The newest layout that this program knows, from 1 on.
int NewestSqliteLayout();

}  // namespace dijia::store
