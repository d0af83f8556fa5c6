#include "app/access_keys.h"

#include <algorithm>
#include <utility>

#include "app/key_secret.h"
#include "store/key_log.h"
#include "store/person_log.h"
#include "store/store.h"

namespace dijia::app {

KeyRing::KeyRing(std::span<const store::KeyEntry> log, std::span<const store::PersonEntry> people)
    : keys_(store::KeysOf(log)),
      head_((log.empty() ? "" : log.back().hash) + " " +
            (people.empty() ? "" : people.back().hash)) {
  const std::vector<store::Person> owners = store::PeopleOf(people);
  for (AccessKey& key : keys_) key = store::HeldTo(std::move(key), owners);
}

bool KeyRing::has_key_in_force() const {
  return std::ranges::any_of(keys_, &std::string::empty, &AccessKey::revoked_at);
}

const AccessKey* KeyRing::Find(std::string_view id) const {
  const auto key = std::ranges::find(keys_, id, &AccessKey::id);
  return key != keys_.end() && key->revoked_at.empty() ? &*key : nullptr;
}

KeySource::KeySource() = default;
KeySource::KeySource(std::unique_ptr<store::Store> store) : store_(std::move(store)) {}
KeySource::KeySource(KeySource&& other) noexcept = default;
KeySource::~KeySource() = default;

KeyRing KeySource::Read() {
  return store_ == nullptr ? KeyRing() : KeyRing(store_->KeyLog(), store_->PersonLog());
}

std::optional<MadeKey> MakeKey(store::Store& store, const std::string& name, Role role,
                               const std::string& county, const store::Act& act,
                               Diagnostics& diagnostics) {
  const std::string secret = NewSecret();
  auto entry = store.AddKey({name, role, county, VerifierOf(secret)}, act, diagnostics);
  if (!entry) return std::nullopt;
  std::string text = WriteKeyText({entry->key, secret});
  return MadeKey{*std::move(entry), std::move(text)};
}

}  // namespace dijia::app
