// The keys of a store, for those who ask who it is that calls.
#pragma once

#include <memory>
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
class Store;
}

namespace dijia::app {

using store::AccessKey;
using store::Role;

// The keys as they are at one moment, each held to what the person of its name may (store::HeldTo).
// Never changed, replaced as a whole.
class KeyRing {
 public:
  KeyRing() = default;  // of no store
  KeyRing(std::span<const store::KeyEntry> log, std::span<const store::PersonEntry> people);

  // Whether there ever was a key: revoking the last one does not open what they guard.
  bool is_guarded() const { return !keys_.empty(); }
  // Whether there is a key in force.
  bool has_key_in_force() const;
  // The key in force of that id; null when there is none.
  const AccessKey* Find(std::string_view id) const;
  // What tells it from a ring of other keys or people: the hashes of the last entries of both logs.
  const std::string& head() const { return head_; }

 private:
  std::vector<AccessKey> keys_;
  std::string head_;
};

// Where a service takes its keys from.
class KeySource {
 public:
  KeySource();  // no store: no keys
  explicit KeySource(std::unique_ptr<store::Store> store);
  KeySource(KeySource&& other) noexcept;
  ~KeySource();

  // The keys as they are now. Throws FileError.
  KeyRing Read();

 private:
  std::unique_ptr<store::Store> store_;
};

// A key that was made, with what its owner sends. The text is told once, here.
struct MadeKey {
  store::KeyEntry entry;
  std::string text;
};
std::optional<MadeKey> MakeKey(store::Store& store, const std::string& name, Role role,
                               const std::string& county, const store::Act& act,
                               Diagnostics& diagnostics);

}  // namespace dijia::app
