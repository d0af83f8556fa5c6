// Any bytes as what a client sends over a connection: heads, bodies, more heads.
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/require.h"
#include "http/body.h"
#include "http/request.h"
#include "http/session_cookie.h"
#include "http/wire.h"

namespace {

using dijia::http::Body;
using dijia::http::Framing;
using dijia::http::Limits;
using dijia::http::Refused;
using dijia::http::Request;
using dijia::http::Wire;

bool IsClean(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

void RequireSound(const Request& request, const Limits& limits) {
  DIJIA_REQUIRE(request.path == "*" || request.path.starts_with('/'));
  DIJIA_REQUIRE(IsClean(request.path) && !request.method.empty());
  DIJIA_REQUIRE(request.fields.size() <= limits.fields);
  for (const auto& field : request.fields)
    DIJIA_REQUIRE(IsClean(field.name) && IsClean(field.value));
  const auto session = dijia::http::SessionIdIn(request, dijia::http::kCookie);
  DIJIA_REQUIRE(!session || session->find_first_not_of("0123456789abcdef") == std::string::npos);
  DIJIA_REQUIRE(!session || session->size() == 64);
  const bool length = !request.Find("Content-Length").empty();
  const bool coding = !request.Find("Transfer-Encoding").empty();
  DIJIA_REQUIRE(!(length && coding));
  DIJIA_REQUIRE((request.framing == Framing::kLength) == length);
  DIJIA_REQUIRE((request.framing == Framing::kChunked) == coding);
}

// False when the connection ends with this request.
bool ServeOne(Wire& wire, const Limits& limits) {
  std::string head;
  if (!wire.WaitForRequest() || wire.ReadHead(head) != Wire::HeadState::kWhole) return false;
  Request request;
  if (dijia::http::ReadHead(std::move(head), limits, request)) return false;
  RequireSound(request, limits);
  request.expects_continue = false;  // nobody reads what is sent
  Body body(wire, request, limits);
  try {
    const std::string whole = body.ReadWhole(limits.body_bytes);
    DIJIA_REQUIRE(whole.size() == body.received());
    DIJIA_REQUIRE(request.framing != Framing::kLength || whole.size() == request.length);
  } catch (const Refused& refused) {
    DIJIA_REQUIRE(refused.problem().status >= 400);
  }
  return body.Finish() && request.keep_alive;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  constexpr std::size_t kMost = 60'000;  // fits into the buffer of a socket pair
  Limits limits;
  limits.body_bytes = 20'000;
  limits.keep_alive = limits.patience = std::chrono::milliseconds(50);
  int ends[2];
  DIJIA_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  const std::size_t sent = std::min(size, kMost);
  DIJIA_REQUIRE(::write(ends[1], bytes, sent) == static_cast<ssize_t>(sent));
  ::shutdown(ends[1], SHUT_WR);
  Wire wire(ends[0], limits);
  while (ServeOne(wire, limits)) {
  }
  ::close(ends[0]);
  ::close(ends[1]);
  return 0;
}
