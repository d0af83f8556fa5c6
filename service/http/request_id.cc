#include "http/request_id.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <random>

namespace dijia::http {
namespace {

bool IsIdChar(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

std::uint64_t RandomStart() {
  std::random_device device;
  return (std::uint64_t{device()} << 32U) | device();
}

}  // namespace

std::string NewRequestId() {
  static const std::uint64_t process = RandomStart();
  static std::atomic<std::uint64_t> count{0};
  return fmt::format("{:08x}-{:x}", process & 0xFFFFFFFFU, count.fetch_add(1) + 1);
}

std::string RequestId(const Request& request) {
  constexpr std::size_t kLongest = 64;
  const std::string_view given = request.Find("X-Request-Id");
  const bool usable =
      !given.empty() && given.size() <= kLongest && std::ranges::all_of(given, IsIdChar);
  return usable ? std::string(given) : NewRequestId();
}

std::string_view TraceContext(const Request& request) {
  constexpr std::size_t kLength = 55;  // 00-<32 hex>-<16 hex>-<2 hex>
  const std::string_view given = request.Find("traceparent");
  const bool usable = given.size() == kLength && std::ranges::all_of(given, IsIdChar);
  return usable ? given : std::string_view();
}

}  // namespace dijia::http
