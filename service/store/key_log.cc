#include "store/key_log.h"

#include <algorithm>
#include <map>
#include <utility>

#include "dijia/base/codes.h"
#include "store/chain.h"
#include "store/lifecycle.h"
#include "store/log_entry.h"
#include "store/person_log.h"

namespace dijia::store {
namespace {

std::string IdOf(std::int64_t entry) { return "k" + std::to_string(entry); }

bool IsSameKey(const NewKey& a, const NewKey& b) {
  return a.name == b.name && a.role == b.role && a.county == b.county && a.verifier == b.verifier;
}

// Whether the action may follow what is known of the keys so far.
bool Follows(const KeyEntry& entry, const std::map<std::string, NewKey>& in_force) {
  if (entry.action == KeyAction::kAdded) return entry.key == IdOf(entry.entry);
  const auto key = in_force.find(entry.key);
  return key != in_force.end() && IsSameKey(key->second, entry.about);
}

// Whether a key may be that of its owner, null for a system; what it may not is reported.
bool CheckOwner(const NewKey& key, const Person* owner, Diagnostics& diagnostics) {
  if (owner == nullptr) return true;
  const NewPerson& person = owner->about;
  if (!owner->left_at.empty()) {
    diagnostics.Add(Code::kKeyOfOneWhoLeft, {}, {person.name, owner->left_at});
    return false;
  }
  const std::size_t errors = diagnostics.errors();
  if (key.role > person.role) {
    diagnostics.Add(Code::kKeyAbovePerson, {},
                    {person.name, std::string(CodeOf(person.role)), std::string(CodeOf(key.role))});
  }
  if (!person.county.empty() && key.county != person.county) {
    diagnostics.Add(Code::kKeyOfOtherCounty, {}, {person.name, person.county, key.county});
  }
  return diagnostics.errors() == errors;
}

}  // namespace

std::string HashOf(const KeyEntry& entry) {
  const std::string fields[] = {entry.previous,     std::to_string(entry.entry),
                                entry.key,          std::string(CodeOf(entry.action)),
                                entry.about.name,   std::string(CodeOf(entry.about.role)),
                                entry.about.county, entry.about.verifier,
                                entry.actor,        entry.reason,
                                entry.recorded_at};
  return HashOfFields("dijia-key/1", fields);
}

std::optional<KeyEntry> AddKey(std::span<const KeyEntry> log, std::span<const Person> people,
                               const NewKey& key, const Act& act, Diagnostics& diagnostics) {
  if (!CheckAct(act, diagnostics)) return std::nullopt;
  if (!IsNameOfPerson(key.name)) {
    diagnostics.Add(Code::kActorNotUsable, {}, {key.name});
    return std::nullopt;
  }
  if (!CheckOwner(key, FindPerson(people, key.name), diagnostics)) return std::nullopt;
  KeyEntry entry = NextEntry(log, act);
  entry.key = IdOf(entry.entry);
  entry.about = key;
  entry.hash = HashOf(entry);
  return entry;
}

std::optional<KeyEntry> RevokeKey(std::span<const KeyEntry> log, std::string_view id,
                                  const Act& act, Diagnostics& diagnostics) {
  if (!CheckAct(act, diagnostics)) return std::nullopt;
  const std::vector<AccessKey> keys = KeysOf(log);
  const auto key = std::ranges::find(keys, id, &AccessKey::id);
  if (key == keys.end()) {
    diagnostics.Add(Code::kKeyUnknown, {}, {std::string(id)});
    return std::nullopt;
  }
  if (!key->revoked_at.empty()) {
    diagnostics.Add(Code::kKeyRevoked, {}, {key->id, key->revoked_at});
    return std::nullopt;
  }
  KeyEntry entry = NextEntry(log, act);
  entry.key = key->id;
  entry.action = KeyAction::kRevoked;
  entry.about = key->about;
  entry.hash = HashOf(entry);
  return entry;
}

std::vector<AccessKey> KeysOf(std::span<const KeyEntry> log) {
  std::vector<AccessKey> keys;
  for (const KeyEntry& entry : log) {
    if (entry.action == KeyAction::kAdded) {
      keys.push_back({entry.key, entry.about, entry.recorded_at, ""});
      continue;
    }
    const auto key = std::ranges::find(keys, entry.key, &AccessKey::id);
    if (key != keys.end()) key->revoked_at = entry.recorded_at;
  }
  return keys;
}

AccessKey HeldTo(AccessKey key, std::span<const Person> people) {
  const Person *owner = nullptr, *before = nullptr;
  for (const Person& person : people) {
    if (IsSamePerson(person.about.name, key.about.name)) before = std::exchange(owner, &person);
  }
  if (owner == nullptr || !key.revoked_at.empty()) return key;
  // Who left has no key, whatever its time: keys and people have logs, and perhaps clocks, of their
  // own. Where the name is back, a key is the new person's only when it was made after they came.
  if (!owner->left_at.empty()) {
    key.revoked_at = owner->left_at;
  } else if (before != nullptr && key.made_at <= owner->added_at) {
    key.revoked_at = before->left_at;
  }
  if (!key.revoked_at.empty()) return key;
  const NewPerson& person = owner->about;
  key.about.role = std::min(key.about.role, person.role);
  if (person.county.empty() || key.about.county == person.county) return key;
  if (key.about.county.empty()) {
    key.about.county = person.county;
  } else {
    key.about.role = Role::kViewer;
  }
  return key;
}

std::int64_t FirstBrokenEntry(std::span<const KeyEntry> log) {
  std::map<std::string, NewKey> in_force;
  return FirstBroken(log, [&in_force](const KeyEntry& entry) {
    if (!Follows(entry, in_force)) return false;
    if (entry.action == KeyAction::kAdded) {
      in_force[entry.key] = entry.about;
    } else {
      in_force.erase(entry.key);
    }
    return true;
  });
}

}  // namespace dijia::store
