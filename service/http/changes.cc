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
Response Run(app::PublicationDesk& desk, const Changes::Work& work) {
  try {
    return work(desk);
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
  Response answer = Run(desk_, work);
  if (!key.empty()) Remember(name, {request, answer});
  return answer;
}

Response Changes::Look(const Changes::Work& work) {
  const std::lock_guard lock(mutex_);
  return Run(desk_, work);
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
