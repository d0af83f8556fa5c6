#include "http/log.h"

#include <chrono>

#include "http/clock.h"

namespace dijia::http {
namespace {

constexpr std::string_view kLevels[] = {"error", "warning", "info"};
constexpr std::size_t kMostWaiting = 8 * 1024 * 1024;  // bytes; beyond them lines are lost

bool IsPlain(std::string_view text) {
  for (const char c : text) {
    if (c <= 0x20 || c == '"' || c == '\\' || c == 0x7F) return false;
  }
  return !text.empty();
}

void AppendValue(std::string_view text, std::string& line) {
  if (IsPlain(text)) {
    line += text;
    return;
  }
  line += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') line += '\\';
    line += byte < 0x20 || c == 0x7F ? '?' : c;
  }
  line += '"';
}

}  // namespace

Log::Log(LogLevel least, Write write)
    : least_(least), write_(std::move(write)), thread_([this] { Run(); }) {}

void Log::Close() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Log::Event(LogLevel level, std::string_view event, std::initializer_list<Pair> pairs) {
  if (!Wants(level)) return;
  std::string line = TimeStamp();
  line += " level=";
  line += kLevels[static_cast<std::size_t>(level)];
  line += " event=";
  line += event;
  for (const auto& [key, value] : pairs) {
    line += ' ';
    line += key;
    line += '=';
    AppendValue(value, line);
  }
  line += '\n';
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = lines_.empty();
    if (lines_.size() < kMostWaiting) lines_ += line;
  }
  if (first) wake_.notify_one();
}

void Log::Run() {
  constexpr auto kGather = std::chrono::milliseconds(20);
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || !lines_.empty(); });
    // Under load many lines go out in one write.
    if (!stopping_) wake_.wait_for(lock, kGather, [this] { return stopping_; });
    std::string lines;
    lines.swap(lines_);
    const bool last = stopping_;
    lock.unlock();
    if (!lines.empty()) write_(lines);
    lock.lock();
    if (last && lines_.empty()) return;
  }
}

}  // namespace dijia::http
