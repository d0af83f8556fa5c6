// Wrong keys, counted by the address they came from, so that nobody guesses on.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace dijia::http {

class FailedAttempts {
 public:
  using Clock = std::chrono::steady_clock;

  // `most` wrong keys in `within`; beyond them the address waits for the end of that time. Of many
  // addresses the `addresses` that began last are remembered.
  FailedAttempts(int most, std::chrono::milliseconds within, std::size_t addresses = 4096)
      : most_(most), within_(within), addresses_(addresses) {}

  // How long the address has to wait; nothing when it need not.
  std::optional<std::chrono::seconds> Wait(const std::string& address, Clock::time_point now);
  // Counts a wrong key. Those that are checked at the same time may be a few beyond the most:
  // counting them before would make right ones wait that many send at once.
  void Count(const std::string& address, Clock::time_point now);

 private:
  struct Attempts {
    int count = 0;
    Clock::time_point began;
  };
  void MakeRoom(Clock::time_point now);

  const int most_;
  const std::chrono::milliseconds within_;
  const std::size_t addresses_;
  std::mutex mutex_;
  std::map<std::string, Attempts> by_address_;
};

// What stands for an address when attempts are counted: an IPv4 address itself, of an IPv6 one its
// /64, which one customer has whole.
std::string NetworkOf(const std::string& address);

}  // namespace dijia::http
