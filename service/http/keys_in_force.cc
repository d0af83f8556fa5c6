#include "http/keys_in_force.h"

#include <utility>

#include "app/key_secret.h"
#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "http/problem.h"

namespace dijia::http {
namespace {

constexpr int kMostWaiting = 128;

class Waiting {
 public:
  explicit Waiting(std::atomic<int>& count) : count_(count) {
    if (count_.fetch_add(1) < kMostWaiting) return;
    count_.fetch_sub(1);
    throw Refused(503, Code::kServiceBusy);
  }
  ~Waiting() { count_.fetch_sub(1); }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  std::atomic<int>& count_;
};

}  // namespace

KeysInForce::KeysInForce(app::KeySource source)
    : source_(std::move(source)), keys_(std::make_shared<const app::KeyRing>(source_.Read())) {}

std::shared_ptr<const app::KeyRing> KeysInForce::Now() const {
  const std::lock_guard lock(mutex_);
  return keys_;
}

bool KeysInForce::Read() {
  auto keys = std::make_shared<const app::KeyRing>(source_.Read());
  const std::lock_guard lock(mutex_);
  if (keys->head() == keys_->head()) return false;
  keys_ = std::move(keys);
  return true;
}

KeysInForce::Verdict KeysInForce::Recall(const app::AccessKey& key, std::string_view secret) const {
  const std::string hash = Sha256Of(secret);
  const std::lock_guard lock(mutex_);
  const auto right = right_.find(key.id);
  if (right == right_.end()) return Verdict::kNotKnown;
  return app::SameSecret(hash, right->second) ? Verdict::kRight : Verdict::kWrong;
}

bool KeysInForce::Check(const app::AccessKey& key, const std::string& secret) {
  const Waiting waiting(waiting_);
  const std::lock_guard one(one_at_a_time_);
  // Whoever waited here may find that another caller with the same key was first.
  const Verdict known = Recall(key, secret);
  if (known != Verdict::kNotKnown) return known == Verdict::kRight;
  if (!app::IsSecretOf(key.about.verifier, secret)) return false;
  const std::lock_guard lock(mutex_);
  right_[key.id] = Sha256Of(secret);
  return true;
}

}  // namespace dijia::http
