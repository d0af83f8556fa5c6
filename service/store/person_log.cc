#include "store/person_log.h"

#include <algorithm>

#include "dijia/base/codes.h"
#include "store/chain.h"
#include "store/lifecycle.h"
#include "store/log_entry.h"

namespace dijia::store {
namespace {

std::string IdOf(std::int64_t entry) { return "p" + std::to_string(entry); }

const Person* InForce(std::span<const Person> people, std::string_view name) {
  const Person* person = FindPerson(people, name);
  return person != nullptr && person->left_at.empty() ? person : nullptr;
}

// An entry about the person in force of a name, as they are; nothing after the report that there is
// none.
std::optional<PersonEntry> NextOf(std::span<const PersonEntry> log, std::string_view name,
                                  PersonAction action, const Act& act, Diagnostics& diagnostics) {
  if (!CheckAct(act, diagnostics)) return std::nullopt;
  const std::vector<Person> people = PeopleOf(log);
  const Person* person = InForce(people, name);
  if (person == nullptr) {
    diagnostics.Add(Code::kPersonUnknown, {}, {std::string(name)});
    return std::nullopt;
  }
  PersonEntry entry = NextEntry(log, act);
  entry.person = person->id;
  entry.action = action;
  entry.about = person->about;
  return entry;
}

// Whether an entry may follow those that left `people`.
bool MayFollow(const PersonEntry& entry, std::span<const Person> people) {
  if (entry.action == PersonAction::kAdded) {
    return entry.person == IdOf(entry.entry) && InForce(people, entry.about.name) == nullptr;
  }
  const auto person = std::ranges::find(people, entry.person, &Person::id);
  if (person == people.end() || !person->left_at.empty()) return false;
  const bool is_same = person->about == entry.about;
  return person->about.name == entry.about.name && is_same == (entry.action == PersonAction::kLeft);
}

// Every entry counts, also one that may not stand there: a log that was altered never becomes one
// without people, by which a store would go by names alone.
void Lay(const PersonEntry& entry, std::vector<Person>& people) {
  auto person = std::ranges::find(people, entry.person, &Person::id);
  if (person == people.end()) {
    person = people.insert(person, {entry.person, {}, entry.recorded_at, ""});
  }
  person->about = entry.about;
  if (entry.action == PersonAction::kLeft) person->left_at = entry.recorded_at;
}

}  // namespace

std::string HashOf(const PersonEntry& entry) {
  const std::string fields[] = {entry.previous,     std::to_string(entry.entry),
                                entry.person,       std::string(CodeOf(entry.action)),
                                entry.about.name,   std::string(CodeOf(entry.about.role)),
                                entry.about.county, entry.actor,
                                entry.reason,       entry.recorded_at};
  return HashOfFields("dijia-person/1", fields);
}

std::optional<PersonEntry> AddPerson(std::span<const PersonEntry> log, const NewPerson& person,
                                     const Act& act, Diagnostics& diagnostics) {
  if (!CheckAct(act, diagnostics)) return std::nullopt;
  if (!IsNameOfPerson(person.name)) {
    diagnostics.Add(Code::kActorNotUsable, {}, {person.name});
    return std::nullopt;
  }
  const std::vector<Person> people = PeopleOf(log);
  if (const Person* same = InForce(people, person.name)) {
    diagnostics.Add(Code::kPersonThere, {}, {same->about.name, same->added_at});
    return std::nullopt;
  }
  PersonEntry entry = NextEntry(log, act);
  entry.person = IdOf(entry.entry);
  entry.about = person;
  entry.hash = HashOf(entry);
  return entry;
}

std::optional<PersonEntry> ChangePerson(std::span<const PersonEntry> log, std::string_view name,
                                        const PersonChange& change, const Act& act,
                                        Diagnostics& diagnostics) {
  auto entry = NextOf(log, name, PersonAction::kChanged, act, diagnostics);
  if (!entry) return std::nullopt;
  const NewPerson before = entry->about;
  entry->about.role = change.role.value_or(before.role);
  entry->about.county = change.county.value_or(before.county);
  if (entry->about == before) {
    diagnostics.Add(Code::kPersonUnchanged, {}, {before.name});
    return std::nullopt;
  }
  entry->hash = HashOf(*entry);
  return entry;
}

std::optional<PersonEntry> LeavePerson(std::span<const PersonEntry> log, std::string_view name,
                                       const Act& act, Diagnostics& diagnostics) {
  auto entry = NextOf(log, name, PersonAction::kLeft, act, diagnostics);
  if (entry) entry->hash = HashOf(*entry);
  return entry;
}

std::vector<Person> PeopleOf(std::span<const PersonEntry> log) {
  std::vector<Person> people;
  for (const PersonEntry& entry : log) Lay(entry, people);
  return people;
}

const Person* FindPerson(std::span<const Person> people, std::string_view name) {
  const Person* found = nullptr;
  for (const Person& person : people) {
    if (IsSamePerson(person.about.name, name)) found = &person;  // who comes later left later
  }
  return found;
}

std::int64_t FirstBrokenEntry(std::span<const PersonEntry> log) {
  std::vector<Person> people;
  return FirstBroken(log, [&people](const PersonEntry& entry) {
    const bool follows = MayFollow(entry, people);
    if (follows) Lay(entry, people);
    return follows;
  });
}

}  // namespace dijia::store
