#include "http/changes.h"

#include <algorithm>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "io/file_error.h"

namespace dijia::http {
namespace {

// What is the same only in the same request.
std::string FingerprintOf(const Request& request, std::string_view body) {
  std::string text = std::string(request.method) + " " + request.path + "\n";
  for (const auto& [name, value] : request.query) text += name + "=" + value + "\n";
  return Sha256Of(text + "\n" + std::string(body));
}

std::size_t SizeOf(const Response& answer) {
  std::size_t size = answer.text.size();
  for (const auto& [name, value] : answer.headers) size += name.size() + value.size();
  return size;
}

// A store that others work with is not a fault of ours.
template <class Work>
auto Run(const Work& work) {
  try {
    return work();
  } catch (const io::FileError& error) {
    const Diagnostic& reason = error.diagnostic();
    if (reason.code != Code::kStoreBusy) throw;
    throw Refused(503, reason.code, reason.arguments);
  }
}

}  // namespace

std::string IdempotencyKeyOf(const Request& request) {
  const std::string_view key = request.Find("Idempotency-Key");
  const bool is_visible = std::ranges::all_of(key, [](char c) { return c > 0x20 && c < 0x7F; });
  if (!is_visible || key.size() > Changes::kLongestKey) {
    throw Refused(400, Code::kIdempotencyKeyMalformed, {std::to_string(Changes::kLongestKey)});
  }
  return std::string(key);
}

Response Changes::Do(const Exchange& exchange, std::string_view body, const Changes::Work& work) {
  const std::string key = IdempotencyKeyOf(exchange.request);
  const std::string name = (exchange.caller ? exchange.caller->key : "") + " " + key;
  const std::string request = key.empty() ? "" : FingerprintOf(exchange.request, body);
  const std::lock_guard lock(mutex_);
  if (const auto found = answers_.find(name); !key.empty() && found != answers_.end()) {
    if (found->second.request != request) throw Refused(422, Code::kIdempotencyKeyReused, {key});
    return found->second.answer;
  }
  Response answer = Run([&] { return work(desk_); });
  if (!key.empty()) Remember(name, {request, answer});
  return answer;
}

Response Changes::Look(const Changes::Work& work) {
  const std::lock_guard lock(mutex_);
  return Run([&] { return work(desk_); });
}

Response Changes::Keep(const Exchange& exchange, std::string_view body, app::CheckOfCaller check,
                       std::function<Response(json::Value)> answer) {
  Waiting mine;
  if (const std::string key = IdempotencyKeyOf(exchange.request); !key.empty()) {
    mine.name = exchange.caller->key + " " + key;
    mine.request = FingerprintOf(exchange.request, body);
  }
  mine.check = std::move(check);
  mine.make = std::move(answer);
  {
    const std::lock_guard lock(waiting_mutex_);
    waiting_.push_back(&mine);
  }
  {
    // Whoever comes in first keeps for all who came until then; they find it done.
    const std::lock_guard lock(mutex_);
    if (!mine.answer && !mine.fault) {
      std::vector<Waiting*> all;
      {
        const std::lock_guard taking(waiting_mutex_);
        all.swap(waiting_);
      }
      KeepTogether(all);
    }
  }
  if (mine.fault) std::rethrow_exception(mine.fault);
  return *std::move(mine.answer);
}

// Of requests that are the same one is kept, the others get its answer.
void Changes::KeepTogether(std::span<Waiting* const> all) {
  std::vector<Waiting*> now, twins;
  for (Waiting* one : all) {
    if (AnswerAgain(*one)) continue;
    const bool is_twin =
        !one->name.empty() &&
        std::ranges::any_of(now, [one](const Waiting* other) { return other->name == one->name; });
    (is_twin ? twins : now).push_back(one);
  }
  KeepNow(now);
  if (!twins.empty()) KeepTogether(twins);
}

void Changes::KeepNow(std::span<Waiting* const> all) {
  if (all.empty()) return;
  try {
    std::vector<app::CheckOfCaller> checks;
    for (Waiting* one : all) checks.push_back(std::move(one->check));
    std::vector<json::Value> entries = Run([&] { return desk_.Keep(checks); });
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i]->answer = all[i]->make(std::move(entries[i]));
      if (!all[i]->name.empty()) Remember(all[i]->name, {all[i]->request, *all[i]->answer});
    }
  } catch (...) {
    for (Waiting* one : all) {
      if (!one->answer) one->fault = std::current_exception();
    }
  }
}

// From memory, where the request was answered before.
bool Changes::AnswerAgain(Waiting& waiting) const {
  const auto found = waiting.name.empty() ? answers_.end() : answers_.find(waiting.name);
  if (found == answers_.end()) return false;
  if (found->second.request == waiting.request) {
    waiting.answer = found->second.answer;
  } else {
    const std::string key = waiting.name.substr(waiting.name.find(' ') + 1);
    waiting.fault = std::make_exception_ptr(Refused(422, Code::kIdempotencyKeyReused, {key}));
  }
  return true;
}

Response Changes::LookLong(const Changes::Work& work) {
  const std::lock_guard lock(second_mutex_);
  return Run([&] { return work(second_); });
}

void Changes::Use(const std::function<void(app::PublicationDesk& desk)>& use) {
  const std::lock_guard lock(mutex_);
  use(desk_);
}

void Changes::Remember(const std::string& name, Remembered remembered) {
  bytes_ += SizeOf(remembered.answer);
  answers_.emplace(name, std::move(remembered));
  order_.push_back(name);
  while (order_.size() > kAnswers || bytes_ > kBytes) {
    const auto oldest = answers_.find(order_.front());
    bytes_ -= SizeOf(oldest->second.answer);
    answers_.erase(oldest);
    order_.pop_front();
  }
}

}  // namespace dijia::http
