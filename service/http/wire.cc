#include "http/wire.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "http/request.h"

namespace dijia::http {
namespace {

constexpr std::size_t kBuffer = 16 * 1024;

// Waits for a socket; false when the time has run out. Errors show themselves in the next call.
bool WaitFor(int socket, short events, int milliseconds) {
  pollfd waiting{socket, events, 0};
  int ready = 0;
  do {
    ready = ::poll(&waiting, 1, milliseconds);
  } while (ready < 0 && errno == EINTR);
  return ready != 0;
}

ssize_t Receive(int socket, char* out, std::size_t size, int flags) {
  ssize_t count = 0;
  do {
    count = ::recv(socket, out, size, flags);
  } while (count < 0 && errno == EINTR);
  return count;
}

bool WouldBlock() { return errno == EAGAIN || errno == EWOULDBLOCK; }

}  // namespace

int Pace::Left(std::uint64_t bytes) const {
  using std::chrono::milliseconds;
  const auto earned = milliseconds(bytes * 1000 / std::max<std::uint64_t>(limits_.slowest_rate, 1));
  const auto spent =
      std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start_);
  const auto left = (limits_.patience + earned - spent).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, limits_.patience.count()));
}

std::int64_t Pace::Seconds() const {
  const auto spent = std::chrono::steady_clock::now() - start_;
  return std::chrono::duration_cast<std::chrono::seconds>(spent).count();
}

Wire::Wire(int socket, const Limits& limits, std::unique_ptr<Tls> tls)
    : socket_(socket),
      limits_(limits),
      tls_(std::move(tls)),
      buffer_(std::max(kBuffer, limits.head_bytes)) {
  const auto silence = limits.keep_alive.count();
  const timeval longest{silence / 1000, (silence % 1000) * 1000};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
}

bool Wire::WaitForRequest() {
  if (begin_ < end_) return true;
  begin_ = end_ = 0;
  if (tls_ != nullptr) {
    const auto silence = static_cast<int>(limits_.keep_alive.count());
    const std::ptrdiff_t read = tls_->Read(buffer_.data(), buffer_.size(), silence);
    if (read <= 0) return false;
    end_ = static_cast<std::size_t>(read);
    return true;
  }
  // Blocks for keep_alive (SO_RCVTIMEO): one system call instead of poll and recv.
  const ssize_t count = Receive(socket_, buffer_.data(), buffer_.size(), 0);
  if (count <= 0) return false;
  end_ = static_cast<std::size_t>(count);
  return true;
}

// As Read, without the buffer.
std::ptrdiff_t Wire::ReceiveWithin(char* out, std::size_t size, int milliseconds) {
  if (tls_ != nullptr) return tls_->Read(out, size, milliseconds);
  if (!WaitFor(socket_, POLLIN, milliseconds)) return kTooSlow;
  return std::max<std::ptrdiff_t>(Receive(socket_, out, size, 0), 0);
}

bool Wire::Fill(const Pace& pace, std::uint64_t done, bool& too_slow) {
  if (begin_ == end_) begin_ = end_ = 0;
  if (end_ == buffer_.size()) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  const std::ptrdiff_t count =
      ReceiveWithin(buffer_.data() + end_, buffer_.size() - end_, pace.Left(done));
  too_slow = count == kTooSlow;
  if (count <= 0) return false;
  end_ += static_cast<std::size_t>(count);
  return true;
}

Wire::HeadState Wire::ReadHead(std::string& head) {
  const Pace pace(limits_);
  head.clear();
  for (;;) {
    const std::string_view received(buffer_.data() + begin_, end_ - begin_);
    // Robust clients may send an empty line after a body (RFC 9112 §2.2).
    if (received.starts_with("\r\n")) {
      begin_ += 2;
      continue;
    }
    const HeadEnd end = FindHeadEnd(received);
    if (end.malformed || (end.bytes > 0 && end.bytes <= limits_.head_bytes)) {
      head.assign(received.substr(0, end.bytes));
      begin_ += end.bytes;
      return end.malformed ? HeadState::kMalformed : HeadState::kWhole;
    }
    head.assign(received);
    if (end.bytes > 0 || received.size() >= limits_.head_bytes) return HeadState::kTooLarge;
    bool too_slow = false;
    // The bytes of a head earn no time: a whole head must come within `patience`.
    if (!Fill(pace, 0, too_slow)) return too_slow ? HeadState::kTooSlow : HeadState::kEnded;
  }
}

std::ptrdiff_t Wire::Read(char* out, std::size_t size, const Pace& pace, std::uint64_t done) {
  if (begin_ < end_) {
    const std::size_t count = std::min(size, end_ - begin_);
    std::memcpy(out, buffer_.data() + begin_, count);
    begin_ += count;
    return static_cast<std::ptrdiff_t>(count);
  }
  if (size < buffer_.size() / 4) {  // small pieces come out of the buffer
    bool too_slow = false;
    if (!Fill(pace, done, too_slow)) return too_slow ? kTooSlow : 0;
    return Read(out, size, pace, done);
  }
  return ReceiveWithin(out, size, pace.Left(done));
}

bool Wire::HasInput(int milliseconds) const {
  if (begin_ < end_ || (tls_ != nullptr && tls_->HasInput())) return true;
  return WaitFor(socket_, POLLIN, milliseconds);
}

bool Wire::PeerHasEnded() const {
  pollfd asked{socket_, POLLRDHUP, 0};
  return ::poll(&asked, 1, 0) > 0 && (asked.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

void Wire::Send(std::string_view head, std::string_view body) {
  if (tls_ == nullptr) return SendPlain(head, body);
  const auto sealed_head = tls_->Seal(head), sealed_body = tls_->Seal(body);
  if (!sealed_head || !sealed_body) throw ConnectionLost();
  SendPlain(*sealed_head, *sealed_body);
}

void Wire::SendPlain(std::string_view head, std::string_view body) {
  const Pace pace(limits_);
  std::uint64_t sent = 0;
  const std::uint64_t total = head.size() + body.size();
  while (sent < total) {
    const std::size_t first = std::min<std::uint64_t>(sent, head.size());
    const std::string_view rest = head.substr(first), tail = body.substr(sent - first);
    iovec parts[2] = {{const_cast<char*>(rest.data()), rest.size()},
                      {const_cast<char*>(tail.data()), tail.size()}};
    msghdr message{};
    message.msg_iov = rest.empty() ? parts + 1 : parts;
    message.msg_iovlen = rest.empty() ? 1 : 2;
    const ssize_t count = ::sendmsg(socket_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count > 0) {
      sent += static_cast<std::uint64_t>(count);
    } else if (!WouldBlock() && errno != EINTR) {
      throw ConnectionLost();
    } else if (!WaitFor(socket_, POLLOUT, pace.Left(sent))) {
      throw ConnectionLost();
    }
  }
}

void Wire::CloseGently() {
  constexpr int kShort = 1000;  // milliseconds
  constexpr std::size_t kMost = 4 * 1024 * 1024;
  if (tls_ != nullptr) {
    const std::string end = tls_->SealEnd();
    ::send(socket_, end.data(), end.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  }
  ::shutdown(socket_, SHUT_WR);
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(kShort);
  for (std::size_t taken = 0; taken < kMost;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    if (left.count() <= 0 || !WaitFor(socket_, POLLIN, static_cast<int>(left.count()))) return;
    const ssize_t count = Receive(socket_, buffer_.data(), buffer_.size(), 0);
    if (count <= 0) return;
    taken += static_cast<std::size_t>(count);
  }
}

}  // namespace dijia::http
