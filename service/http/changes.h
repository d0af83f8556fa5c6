// The one place where the service changes a store: one change after the other, and none twice.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "app/publication_desk.h"
#include "http/exchange.h"

namespace dijia::http {

// The Idempotency-Key of a request; empty without one. Throws Refused, 400, for one that is none.
std::string IdempotencyKeyOf(const Request& request);

class Changes {
 public:
  // How many answers are remembered, and their bytes; the oldest are forgotten.
  static constexpr std::size_t kAnswers = 1024, kBytes = 16 * 1024 * 1024;
  static constexpr std::size_t kLongestKey = 255;

  explicit Changes(app::PublicationDesk desk) : desk_(std::move(desk)) {}

  using Work = std::function<Response(app::PublicationDesk& desk)>;

  // Does the work and gives its answer. Where the request has an Idempotency-Key, an answer that
  // says that something was done is remembered, and the same request of the same caller gets it
  // again instead; so do two at once. Throws Refused: 400 for a key that is none, 422 where the key
  // was used for another request, 503 for a store that is busy, and what the work throws.
  Response Do(const Exchange& exchange, std::string_view body, const Work& work);

  // The same without changes.
  Response Look(const Work& work);

  // The desk in its turn, for what answers no request.
  void Use(const std::function<void(app::PublicationDesk& desk)>& use);
  // Whether there is a store to change.
  bool has_store() const { return desk_.has_store(); }

 private:
  struct Remembered {
    std::string request;  // SHA-256 of what was asked
    Response answer;
  };
  void Remember(const std::string& name, Remembered remembered);

  std::mutex mutex_;
  app::PublicationDesk desk_;
  std::map<std::string, Remembered> answers_;  // by caller and key
  std::deque<std::string> order_;              // their names, the oldest first
  std::size_t bytes_ = 0;
};

}  // namespace dijia::http
