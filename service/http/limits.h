// What a client may ask of the service.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace dijia::http {

struct Limits {
  // Bytes of the head of a request (431), of its target (414), and header fields (431).
  std::size_t head_bytes = 16 * 1024;
  std::size_t target_bytes = 8 * 1024;
  std::size_t fields = 100;
  // Bytes of the body of a single check (413).
  std::uint64_t body_bytes = 1024 * 1024;
  // Bytes of the body of an import with its evidence (413).
  std::uint64_t import_bytes = 32 * 1024 * 1024;
  // Bytes of a rule pack that is tried, names and texts of its files (413): the nation's has
  // 120,000.
  std::size_t pack_bytes = 256 * 1024;
  // Bytes of the plan, samples and other parts of a computation (413).
  std::uint64_t upload_bytes = 256 * 1024 * 1024;
  // Streams of events at the same time (503), and how long they may be silent: a beat then tells
  // proxies that they live.
  int event_streams = 64;
  std::chrono::milliseconds heartbeat{15'000};
  // Bytes and rows of a batch that is answered after it is read (413). A streamed batch has no end.
  std::uint64_t batch_bytes = 256 * 1024 * 1024;
  std::uint64_t batch_rows = 1'000'000;
  // Bytes of a workbook of cases, which is read whole (413).
  std::uint64_t workbook_bytes = 16 * 1024 * 1024;
  // Bytes of one row of a batch.
  std::size_t row_bytes = 1024 * 1024;
  // Connections at the same time; beyond them an idle one is closed, and when none is, 503.
  int connections = 1024;
  // How long a connection may be silent between requests.
  std::chrono::milliseconds keep_alive{15'000};
  // The head of a request, its body and its answer must each move within `patience`, plus a second
  // for every `slowest_rate` bytes that were moved; else the client is cut off (408).
  std::chrono::milliseconds patience{10'000};
  std::uint64_t slowest_rate = 16 * 1024;
  // How many wrong keys may come from one address in that time (429).
  int wrong_keys = 10;
  std::chrono::milliseconds wrong_keys_within{60'000};
  // How long a person stays signed in without a request, and at all; and how many sessions there
  // are of one key and altogether: for one more, the one idle for longest ends.
  std::chrono::minutes session_idle{30};
  std::chrono::minutes session_longest{12 * 60};
  std::size_t sessions_of_key = 16;
  std::size_t sessions = 4096;
  // A proxy is in front: X-Forwarded-For says who asks, X-Forwarded-Proto and
  // X-Forwarded-Host say how.
  bool behind_proxy = false;
};

}  // namespace dijia::http
