// Keys with which other systems and people call the service. What was done to keys stands in a log
// of its own, a chain as the log of a county is; a key is what its entries say. The secret itself
// is nowhere: `verifier` tells whether a text is it, and does not give it away.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "dijia/base/enum_table.h"

namespace dijia::store {

// What a key allows; each allows what those before it do.
enum class Role : std::uint8_t {
  kViewer,    // reads
  kClerk,     // imports and submits
  kApprover,  // approves, publishes, withdraws
  kAdmin,     // reads the log
};

enum class KeyAction : std::uint8_t { kAdded, kRevoked };

// What a key is made of.
struct NewKey {
  std::string name;  // of the person or system: the actor of what is done with it
  Role role = Role::kViewer;
  std::string county;    // GB/T 2260, the only one in which it changes things; empty = all
  std::string verifier;  // see above; not empty
};

// One entry of the log of keys. It never changes and never goes.
struct KeyEntry {
  std::int64_t entry = 0;  // 1, 2, 3, …
  std::string key;         // id: `k` and the number of the entry that added it
  KeyAction action = KeyAction::kAdded;
  NewKey about;  // the same in both entries of a key
  std::string actor, reason;
  std::string recorded_at;  // never earlier than that of the entry before
  std::string previous;     // hash of the entry before; empty for the first
  std::string hash;         // see HashOf in key_log.h
};

// A key as its entries leave it.
struct AccessKey {
  std::string id;
  NewKey about;
  std::string made_at;
  std::string revoked_at;  // empty = in force
};

}  // namespace dijia::store

namespace dijia {

template <>
struct EnumTableOf<store::Role> {
  static constexpr std::array<EnumRow<store::Role>, 4> kRows{{
      {store::Role::kViewer, "viewer"},
      {store::Role::kClerk, "clerk"},
      {store::Role::kApprover, "approver"},
      {store::Role::kAdmin, "admin"},
  }};
};
static_assert(EnumTableIsComplete<store::Role>(4));

template <>
struct EnumTableOf<store::KeyAction> {
  static constexpr std::array<EnumRow<store::KeyAction>, 2> kRows{{
      {store::KeyAction::kAdded, "added"},
      {store::KeyAction::kRevoked, "revoked"},
  }};
};
static_assert(EnumTableIsComplete<store::KeyAction>(2));

}  // namespace dijia
