// People of the store: who may do what. What was done to them stands in a log of its own, a chain
// as the log of keys is; a person is what their entries say. A store without any goes by names
// alone (lifecycle.h).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "store/access_key.h"

namespace dijia::store {

enum class PersonAction : std::uint8_t { kAdded, kChanged, kLeft };

// What a person is registered as.
struct NewPerson {
  std::string name;  // the actor of what they do; see IsSamePerson
  Role role = Role::kViewer;
  std::string county;  // GB/T 2260, the only one in which they act; empty = all

  friend bool operator==(const NewPerson&, const NewPerson&) = default;
};

// What is to become different; what is not stated stays.
struct PersonChange {
  std::optional<Role> role;
  std::optional<std::string> county;  // empty = all
};

// One entry of the log of people. It never changes and never goes.
struct PersonEntry {
  std::int64_t entry = 0;  // 1, 2, 3, …
  std::string person;      // id: `p` and the number of the entry that added them
  PersonAction action = PersonAction::kAdded;
  NewPerson about;  // as of this entry; of one who left, as they were
  std::string actor, reason;
  std::string recorded_at;  // never earlier than that of the entry before
  std::string previous;     // hash of the entry before; empty for the first
  std::string hash;         // see HashOf in person_log.h

  friend bool operator==(const PersonEntry&, const PersonEntry&) = default;
};

// A person as their entries leave them.
struct Person {
  std::string id;
  NewPerson about;
  std::string added_at;
  std::string left_at;  // empty = in force
};

}  // namespace dijia::store

namespace dijia {

template <>
struct EnumTableOf<store::PersonAction> {
  static constexpr std::array<EnumRow<store::PersonAction>, 3> kRows{{
      {store::PersonAction::kAdded, "added"},
      {store::PersonAction::kChanged, "changed"},
      {store::PersonAction::kLeft, "left"},
  }};
};
static_assert(EnumTableIsComplete<store::PersonAction>(3));

}  // namespace dijia
