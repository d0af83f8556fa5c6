#include "http/open_connections.h"

#include <sys/socket.h>

#include <algorithm>

namespace dijia::http {
namespace {

std::int64_t Now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

OpenConnections::Seat::Seat(OpenConnections& room, int socket) : room_(room), socket_(socket) {
  since_ = Now();
  const std::lock_guard lock(room_.mutex_);
  admitted_ = room_.Admit();
  room_.admitted_ += admitted_ ? 1 : 0;
  place_ = room_.seats_.insert(room_.seats_.end(), this);
  room_.metrics_.connections.fetch_add(1);
}

OpenConnections::Seat::~Seat() {
  const std::lock_guard lock(room_.mutex_);
  room_.seats_.erase(place_);
  room_.admitted_ -= admitted_ ? 1 : 0;
  room_.metrics_.connections.fetch_sub(1);
  room_.changed_.notify_all();
}

void OpenConnections::Seat::BecomeIdle() {
  since_ = Now();
  state_ = State::kIdle;
  // Whoever stops the service either sees this seat idle, or is seen here.
  if (room_.stopping_) End(*this);
}

bool OpenConnections::Seat::BecomeBusy() {
  State idle = State::kIdle;
  return state_.compare_exchange_strong(idle, State::kBusy);
}

// Takes the input away from an idle connection: its thread wakes and ends it.
bool OpenConnections::End(Seat& seat) {
  Seat::State idle = Seat::State::kIdle;
  if (!seat.state_.compare_exchange_strong(idle, Seat::State::kEnded)) return false;
  ::shutdown(seat.socket_, SHUT_RD);
  return true;
}

// Room for one more: when there is none, the connection that has been idle longest makes it.
bool OpenConnections::Admit() {
  if (stopping_) return false;
  if (admitted_ < most_) return true;
  Seat* oldest = nullptr;
  for (Seat* seat : seats_) {
    const bool idle = seat->admitted_ && seat->state_ == Seat::State::kIdle;
    if (idle && (oldest == nullptr || seat->since_ < oldest->since_)) oldest = seat;
  }
  if (oldest == nullptr || !End(*oldest)) return false;
  metrics_.connections_evicted.fetch_add(1);
  return true;
}

void OpenConnections::BeginStopping() {
  stopping_ = true;
  const std::lock_guard lock(mutex_);
  for (Seat* seat : seats_) End(*seat);
}

bool OpenConnections::WaitUntilQuiet(std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, longest, [this] {
    return std::ranges::none_of(seats_, [](const Seat* seat) { return seat->admitted_; });
  });
}

void OpenConnections::EndAll() {
  stopping_ = true;
  const std::lock_guard lock(mutex_);
  for (const Seat* seat : seats_) ::shutdown(seat->socket_, SHUT_RDWR);
}

}  // namespace dijia::http
