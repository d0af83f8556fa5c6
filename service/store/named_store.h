// Stores by the names that people give them: the path of a SQLite file, or the address of a
// PostgreSQL server, postgresql://user@host/database, as its own programs take it.
#pragma once

#include <memory>
#include <string>

#include "dijia/base/diagnostic.h"
#include "store/store.h"

namespace dijia::store {

// Every function throws io::FileError as the back-end does, and kStoreKindNotKnown for the name of
// another kind of server.

// Whether the name is the address of a server.
bool IsServer(const std::string& name);
// The name without secrets, for texts.
std::string ShownName(const std::string& name);

// Makes a store, or brings an older one to the newest layout. Gives the layout before; 0 = new.
int InitStore(const std::string& name);
// The newest layout of that kind of store that this program knows.
int NewestLayoutOf(const std::string& name);

std::unique_ptr<Store> OpenStore(const std::string& name);

// Makes `to` a store with the log of `from` as it stands at one moment, while others work with it.
// `to` is a file that is empty or absent, or a server that has no store, or one without entries:
// kStoreNotEmpty otherwise. What is broken in `from` is reported when kinds differ or `to` is a
// server; a file is copied into a file as it is.
void CopyStore(const std::string& from, const std::string& to, Diagnostics& diagnostics);

}  // namespace dijia::store
