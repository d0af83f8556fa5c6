#include "http/sessions.h"

#include <algorithm>

#include "app/key_secret.h"
#include "dijia/base/sha256.h"

namespace dijia::http {

std::string Sessions::Begin(const std::string& key, Instant now) {
  std::string id = app::NewSecret();
  const std::lock_guard lock(mutex_);
  MakeRoom(key, now);
  entries_[Sha256Of(id)] = {key, now, now};
  return id;
}

std::optional<Sessions::Session> Sessions::Use(const std::string& id, Instant now) {
  const std::string hash = Sha256Of(id);
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(hash);
  if (found == entries_.end()) return std::nullopt;
  Entry& entry = found->second;
  if (HasEnded(entry, now)) {
    entries_.erase(found);
    return std::nullopt;
  }
  entry.used = std::max(entry.used, now);
  return Session{entry.key, entry.began + options_.longest};
}

void Sessions::End(const std::string& id) {
  const std::string hash = Sha256Of(id);
  const std::lock_guard lock(mutex_);
  entries_.erase(hash);
}

std::size_t Sessions::count() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

bool Sessions::HasEnded(const Entry& entry, Instant now) const {
  return now - entry.used >= options_.idle || now - entry.began >= options_.longest;
}

void Sessions::MakeRoom(const std::string& key, Instant now) {
  std::erase_if(entries_, [&](const auto& entry) { return HasEnded(entry.second, now); });
  std::size_t of_key = 0;
  auto idlest = entries_.end(), idlest_of_key = entries_.end();
  for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
    if (idlest == entries_.end() || entry->second.used < idlest->second.used) idlest = entry;
    if (entry->second.key != key) continue;
    ++of_key;
    if (idlest_of_key == entries_.end() || entry->second.used < idlest_of_key->second.used) {
      idlest_of_key = entry;
    }
  }
  if (of_key >= options_.of_key) {
    entries_.erase(idlest_of_key);
  } else if (entries_.size() >= options_.all) {
    entries_.erase(idlest);
  }
}

std::string CsrfTokenOf(const std::string& session) { return Sha256Of("csrf\n" + session); }

}  // namespace dijia::http
