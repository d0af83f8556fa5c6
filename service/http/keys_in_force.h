// The keys that callers show, and what is known of them. They can be replaced while the service
// runs; a request takes them once.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "app/access_keys.h"

namespace dijia::http {

class KeysInForce {
 public:
  // Reads the source. Throws FileError.
  explicit KeysInForce(app::KeySource source);

  // Never null. From any thread.
  std::shared_ptr<const app::KeyRing> Now() const;

  // Reads the source again; true when the keys are others than before. Throws FileError: the keys
  // stay as they were. From one thread.
  bool Read();

  // Whether a secret is that of a key. The first right one of a key costs a scrypt; its hash is
  // remembered as long as the process lives, one for each key, and every other secret of that key
  // is then known to be wrong. Throws Refused, 503, when too many wait for that.
  enum class Verdict : std::uint8_t { kRight, kWrong, kNotKnown };
  Verdict Recall(const app::AccessKey& key, std::string_view secret) const;
  bool Check(const app::AccessKey& key, const std::string& secret);

 private:
  app::KeySource source_;
  mutable std::mutex mutex_;
  std::shared_ptr<const app::KeyRing> keys_;
  std::map<std::string, std::string> right_;  // SHA-256 of the secret, by id of the key
  std::mutex one_at_a_time_;                  // a scrypt takes much memory
  std::atomic<int> waiting_{0};
};

}  // namespace dijia::http
