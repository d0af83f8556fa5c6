#include "http/failed_attempts.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace dijia::http {

std::optional<std::chrono::seconds> FailedAttempts::Wait(const std::string& address,
                                                         Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  const auto found = by_address_.find(address);
  if (found == by_address_.end() || found->second.count < most_) return std::nullopt;
  const auto left = found->second.began + within_ - now;
  if (left <= left.zero()) return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(left);
}

void FailedAttempts::Count(const std::string& address, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (!by_address_.contains(address)) MakeRoom(now);
  Attempts& attempts = by_address_[address];
  if (attempts.count == 0 || now - attempts.began >= within_) attempts = {0, now};
  ++attempts.count;
}

void FailedAttempts::MakeRoom(Clock::time_point now) {
  if (by_address_.size() < addresses_) return;
  std::erase_if(by_address_,
                [&](const auto& entry) { return now - entry.second.began >= within_; });
  if (by_address_.size() < addresses_) return;
  by_address_.erase(std::ranges::min_element(by_address_, {},
                                             [](const auto& entry) { return entry.second.began; }));
}

std::string NetworkOf(const std::string& address) {
  constexpr std::size_t kNetwork = 8, kMapped = 12;
  constexpr std::array<unsigned char, kMapped> kMappedPrefix{0, 0, 0, 0, 0,   0,
                                                             0, 0, 0, 0, 255, 255};
  std::array<unsigned char, 16> bytes{};
  if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return address;
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin())) {
    ::inet_ntop(AF_INET, bytes.data() + kMapped, text.data(), text.size());
    return text.data();
  }
  std::fill(bytes.begin() + kNetwork, bytes.end(), static_cast<unsigned char>(0));
  ::inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
  return std::string(text.data()) + "/64";
}

}  // namespace dijia::http
