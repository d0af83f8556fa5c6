// The connections that are open, so that idle ones can make room for others and end when the
// service stops.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>

#include "http/metrics.h"

namespace dijia::http {

class OpenConnections {
 public:
  OpenConnections(int most, Metrics& metrics) : most_(most), metrics_(metrics) {}

  // One connection in the list, for as long as the object lives.
  class Seat {
   public:
    Seat(OpenConnections& room, int socket);
    ~Seat();
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;

    // False: there are too many connections and none is idle; answer 503.
    bool admitted() const { return admitted_; }
    // A request is waited for (its head is not whole yet), or is being answered. Becoming busy
    // fails when the connection was ended meanwhile.
    void BecomeIdle();
    bool BecomeBusy();

   private:
    friend class OpenConnections;
    enum class State : std::uint8_t { kIdle, kBusy, kEnded };

    OpenConnections& room_;
    const int socket_;
    std::atomic<State> state_{State::kIdle};
    std::atomic<std::int64_t> since_{0};  // steady nanoseconds
    bool admitted_ = false;
    std::list<Seat*>::iterator place_;
  };

  // From now on a connection ends as soon as it is idle, and new ones are not admitted.
  void BeginStopping();
  // Waits until no request is being answered; false when the time runs out first.
  bool WaitUntilQuiet(std::chrono::milliseconds longest);
  // Ends all connections, whatever they do.
  void EndAll();

 private:
  bool Admit();
  static bool End(Seat& seat);

  const int most_;
  Metrics& metrics_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::list<Seat*> seats_;
  int admitted_ = 0;
  std::atomic<bool> stopping_{false};
};

}  // namespace dijia::http
