// People who have signed in with a key, and what their browsers send instead of it. Sessions are in
// memory and end with the process; of what a browser sends, only a hash is here.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "http/clock.h"

namespace dijia::http {

class Sessions {
 public:
  // A session ends `idle` after its last request and `longest` after its beginning. When a key has
  // `of_key` of them, or all are `all`, the one idle for longest ends for the next.
  struct Options {
    std::chrono::minutes idle{30}, longest{12 * 60};
    std::size_t of_key = 16, all = 4096;
  };
  explicit Sessions(const Options& options) : options_(options) {}

  // Begins one of a key and gives its id: 256 random bits, which whoever has them is taken for the
  // owner of the key.
  std::string Begin(const std::string& key, Instant now);

  struct Session {
    std::string key;  // id of the key
    Instant ends;     // whatever its owner does
  };
  // The session of an id, which is in use now; nothing when there is none or it has ended.
  std::optional<Session> Use(const std::string& id, Instant now);

  // Ends one; the end of none is no error.
  void End(const std::string& id);

  // How many there are, those included that have ended and were not asked for since.
  std::size_t count() const;

 private:
  struct Entry {
    std::string key;
    Instant began, used;
  };
  using Entries = std::map<std::string, Entry>;
  bool HasEnded(const Entry& entry, Instant now) const;
  void MakeRoom(const std::string& key, Instant now);

  const Options options_;
  mutable std::mutex mutex_;
  Entries entries_;  // by the hash of the id
};

// What a page of the service sends with a change, and no other site can know: made from the id, so
// that it belongs to one session, and does not give it away.
std::string CsrfTokenOf(const std::string& session);

}  // namespace dijia::http
