// The bytes of one connection, with deadlines: nobody keeps a thread by sending or reading a byte
// now and then. Two system calls per request when the client keeps its connection: recv and
// sendmsg.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/limits.h"
#include "http/tls.h"

namespace dijia::http {

// How long a transfer may take: `patience`, and a second more for every `slowest_rate` bytes.
class Pace {
 public:
  explicit Pace(const Limits& limits) : limits_(limits), start_(std::chrono::steady_clock::now()) {}

  // Milliseconds until a transfer of `bytes` is too slow; 0 when it is.
  int Left(std::uint64_t bytes) const;
  // Whole seconds since the beginning.
  std::int64_t Seconds() const;

 private:
  const Limits& limits_;
  std::chrono::steady_clock::time_point start_;
};

// The client went away, or did not take its answer in time. Ends the connection.
struct ConnectionLost {};

class Wire {
 public:
  // `socket` is a connected stream socket that the caller closes; `tls` speaks over it, unless it
  // is null.
  Wire(int socket, const Limits& limits, std::unique_ptr<Tls> tls = nullptr);

  // Waits for the first byte of the next request; false when the connection ends before it, or is
  // silent for `keep_alive`.
  bool WaitForRequest();

  enum class HeadState : std::uint8_t { kWhole, kEnded, kTooSlow, kTooLarge, kMalformed };
  // Reads a head with its empty line; for every other state than kWhole `head` holds what came.
  HeadState ReadHead(std::string& head);

  // Up to `size` bytes; 0 when the client sends no more. Waits at most until `pace` has run out for
  // `done` bytes, and then gives kTooSlow.
  static constexpr std::ptrdiff_t kTooSlow = -1;
  std::ptrdiff_t Read(char* out, std::size_t size, const Pace& pace, std::uint64_t done);

  // Whether something more has come, within some milliseconds.
  bool HasInput(int milliseconds) const;

  // Whether the other end sends no more: it went away, or ended its side.
  bool PeerHasEnded() const;

  // Sends both parts. Throws ConnectionLost.
  void Send(std::string_view head, std::string_view body = {});

  // Ends our side and takes what the client still sends, for a short time, so that it can read the
  // answer before its own sending fails.
  void CloseGently();

 private:
  bool Fill(const Pace& pace, std::uint64_t done, bool& too_slow);
  std::ptrdiff_t ReceiveWithin(char* out, std::size_t size, int milliseconds);
  void SendPlain(std::string_view head, std::string_view body);

  int socket_;
  const Limits& limits_;
  std::unique_ptr<Tls> tls_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;  // what was received and not read yet
};

}  // namespace dijia::http
