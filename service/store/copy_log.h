// Logs from one database into another, whatever their kinds: how a store moves.
#pragma once

#include "dijia/base/diagnostic.h"
#include "store/sql_database.h"

namespace dijia::store {

// Copies all entries and kept texts as they stand at one moment, byte for byte, so that their
// hashes hold; all of it or nothing. Every chain is walked on the way: one that is broken is
// reported, and nothing is copied. Throws io::FileError: kStoreNotEmpty for a target that has
// entries, and what either database says no to.
void CopyLog(SqlDatabase& from, SqlDatabase& to, Diagnostics& diagnostics);

}  // namespace dijia::store
