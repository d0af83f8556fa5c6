// One line for each event: time, level, event, then key=value. Lines are written by a thread of
// their own, so that a slow disk does not slow the answers. Bodies, queries and header fields are
// never logged, apart from the request id and the trace context.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace dijia::http {

enum class LogLevel : std::uint8_t { kError, kWarning, kInfo };

class Log {
 public:
  using Pair = std::pair<std::string_view, std::string_view>;
  using Write = std::function<void(std::string_view lines)>;

  // `write` gets whole lines, from one thread at a time.
  Log(LogLevel least, Write write);
  ~Log() { Close(); }
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  bool Wants(LogLevel level) const { return level <= least_; }
  // Writes what is left; what comes after is lost.
  void Close();
  // Values with blanks, quotes or control characters are quoted and escaped.
  void Event(LogLevel level, std::string_view event, std::initializer_list<Pair> pairs);

 private:
  void Run();

  const LogLevel least_;
  const Write write_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::string lines_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace dijia::http
