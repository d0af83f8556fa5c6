// The one place where the service changes a store: one change after the other, and none twice.
#pragma once

#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

  // `second` is of the same store, for looks that take long.
  explicit Changes(app::PublicationDesk desk, app::PublicationDesk second = {})
      : desk_(std::move(desk)), second_(std::move(second)) {}

  using Work = std::function<Response(app::PublicationDesk& desk)>;

  // Does the work and gives its answer. Where the request has an Idempotency-Key, an answer that
  // says that something was done is remembered, and the same request of the same caller gets it
  // again instead; so do two at once. Throws Refused: 400 for a key that is none, 422 where the key
  // was used for another request, 503 for a store that is busy, and what the work throws.
  Response Do(const Exchange& exchange, std::string_view body, const Work& work);

  // The same without changes.
  Response Look(const Work& work);
  // The same for what takes seconds: no change waits for it, only others of its kind.
  Response LookLong(const Work& work);

  // Keeps a check and gives the answer that `answer` makes of its entry. Checks that wait for one
  // another are kept together: one commit to the disk for all of them. Idempotency-Key and what is
  // thrown as in Do.
  Response Keep(const Exchange& exchange, std::string_view body, app::CheckOfCaller check,
                std::function<Response(json::Value entry)> answer);

  // Whether there is a store to change.
  bool has_store() const { return desk_.has_store(); }

  // The desk in its turn, for what answers no request.
  void Use(const std::function<void(app::PublicationDesk& desk)>& use);

 private:
  // A check on its way into the store; its thread waits.
  struct Waiting {
    std::string name, request;  // of the Idempotency-Key and what was asked; empty without one
    app::CheckOfCaller check;
    std::function<Response(json::Value)> make;
    std::optional<Response> answer;
    std::exception_ptr fault;
  };
  void KeepTogether(std::span<Waiting* const> all);
  void KeepNow(std::span<Waiting* const> all);
  bool AnswerAgain(Waiting& waiting) const;

  struct Remembered {
    std::string request;  // SHA-256 of what was asked
    Response answer;
  };
  void Remember(const std::string& name, Remembered remembered);

  std::mutex waiting_mutex_;
  std::vector<Waiting*> waiting_;

  std::mutex mutex_;  // of all below; taken before the other
  app::PublicationDesk desk_;
  std::mutex second_mutex_;
  app::PublicationDesk second_;
  std::map<std::string, Remembered> answers_;  // by caller and key
  std::deque<std::string> order_;              // their names, the oldest first
  std::size_t bytes_ = 0;
};

}  // namespace dijia::http
