// The log of people: what may be done to a person, and the chain that proves what was. Decided here
// for every back-end, without SQL.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "store/event.h"
#include "store/person.h"

namespace dijia::store {

// The hash of every field but the hash itself, by `dijia-person/1` (HashOfFields of chain.h).
std::string HashOf(const PersonEntry& entry);

// The entry that adds a person after `log`; nothing after reports of a name that is none, and of
// one that a person in force has (IsSamePerson). The name of one who left may come again: that is
// another person, with an id of their own.
std::optional<PersonEntry> AddPerson(std::span<const PersonEntry> log, const NewPerson& person,
                                     const Act& act, Diagnostics& diagnostics);

// The entry that gives the person in force of that name another role, county or both; nothing after
// the report that there is none, or that nothing would be different.
std::optional<PersonEntry> ChangePerson(std::span<const PersonEntry> log, std::string_view name,
                                        const PersonChange& change, const Act& act,
                                        Diagnostics& diagnostics);

// The entry by which the person in force of that name leaves; nothing after the report that there
// is none.
std::optional<PersonEntry> LeavePerson(std::span<const PersonEntry> log, std::string_view name,
                                       const Act& act, Diagnostics& diagnostics);

// The people in the order in which they were added, those who left among them; empty for an empty
// log only.
std::vector<Person> PeopleOf(std::span<const PersonEntry> log);

// The person of a name: the one in force, else the last who left; null where there never was one.
const Person* FindPerson(std::span<const Person> people, std::string_view name);

// The number of the first entry that was altered, is missing or does not follow; 0 for a whole log.
std::int64_t FirstBrokenEntry(std::span<const PersonEntry> log);

}  // namespace dijia::store
