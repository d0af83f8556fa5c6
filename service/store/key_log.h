// The log of keys: what may be done to a key, and the chain that proves what was. Decided here for
// every back-end, without SQL.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "store/access_key.h"
#include "store/event.h"
#include "store/person.h"

namespace dijia::store {

// The hash of every field but the hash itself, by `dijia-key/1` (HashOfFields of chain.h).
std::string HashOf(const KeyEntry& entry);

// The entry that adds a key after `log`; nothing after reports of names that are none, and of what
// a key with the name of one of `people` may not be: a role above theirs, another county than
// theirs where they have one, a key of one who left. The name of nobody is that of a system.
std::optional<KeyEntry> AddKey(std::span<const KeyEntry> log, std::span<const Person> people,
                               const NewKey& key, const Act& act, Diagnostics& diagnostics);

// The entry that revokes a key; nothing after the report that there is none or that it was revoked.
std::optional<KeyEntry> RevokeKey(std::span<const KeyEntry> log, std::string_view id,
                                  const Act& act, Diagnostics& diagnostics);

// The keys in the order in which they were made.
std::vector<AccessKey> KeysOf(std::span<const KeyEntry> log);

// What a key allows as `people` are: at most what the role and the county of the person of its name
// allow, and nothing, as if it had been revoked then, once they left, also when another person of
// that name has come since. Where key and person are of different counties, it reads alone.
AccessKey HeldTo(AccessKey key, std::span<const Person> people);

// The number of the first entry that was altered, is missing or does not follow; 0 for a whole log.
std::int64_t FirstBrokenEntry(std::span<const KeyEntry> log);

}  // namespace dijia::store
