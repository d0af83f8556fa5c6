#include "store/key_log.h"

#include <algorithm>
#include <map>

#include "dijia/base/codes.h"
#include "store/chain.h"
#include "store/lifecycle.h"

namespace dijia::store {
namespace {

std::string IdOf(std::int64_t entry) { return "k" + std::to_string(entry); }

KeyEntry Next(std::span<const KeyEntry> log, const Act& act) {
  KeyEntry entry;
  entry.entry = static_cast<std::int64_t>(log.size()) + 1;
  entry.actor = act.actor;
  entry.reason = act.reason;
  entry.recorded_at = act.at;
  if (log.empty()) return entry;
  entry.previous = log.back().hash;
  entry.recorded_at = std::max(entry.recorded_at, log.back().recorded_at);
  return entry;
}

bool IsSameKey(const NewKey& a, const NewKey& b) {
  return a.name == b.name && a.role == b.role && a.county == b.county && a.verifier == b.verifier;
}

// Whether the action may follow what is known of the keys so far.
bool Follows(const KeyEntry& entry, const std::map<std::string, NewKey>& in_force) {
  if (entry.action == KeyAction::kAdded) return entry.key == IdOf(entry.entry);
  const auto key = in_force.find(entry.key);
  return key != in_force.end() && IsSameKey(key->second, entry.about);
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

std::optional<KeyEntry> AddKey(std::span<const KeyEntry> log, const NewKey& key, const Act& act,
                               Diagnostics& diagnostics) {
  if (!CheckAct(act, diagnostics)) return std::nullopt;
  if (!IsNameOfPerson(key.name)) {
    diagnostics.Add(Code::kActorNotUsable, {}, {key.name});
    return std::nullopt;
  }
  KeyEntry entry = Next(log, act);
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
  KeyEntry entry = Next(log, act);
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

std::int64_t FirstBrokenEntry(std::span<const KeyEntry> log) {
  std::map<std::string, NewKey> in_force;
  std::string head, time;
  std::int64_t number = 0;
  for (const KeyEntry& entry : log) {
    ++number;
    const bool is_linked = entry.entry == number && entry.previous == head &&
                           entry.recorded_at >= time && entry.hash == HashOf(entry);
    if (!is_linked || !Follows(entry, in_force)) return number;
    if (entry.action == KeyAction::kAdded) {
      in_force[entry.key] = entry.about;
    } else {
      in_force.erase(entry.key);
    }
    head = entry.hash;
    time = entry.recorded_at;
  }
  return 0;
}

}  // namespace dijia::store
