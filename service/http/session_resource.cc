// People who sign in, see who they are, and sign out.
#include <chrono>
#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "http/access.h"
#include "http/json_body.h"
#include "http/refuse_request.h"
#include "http/resources.h"
#include "http/session_cookie.h"
#include "json/session_codec.h"
#include "json/text.h"

namespace dijia::http {
namespace {

using json::Value;

constexpr std::uint64_t kMostBytes = 4096;

Value SecondsUntil(Instant end, Instant now) {
  const auto left = std::chrono::duration_cast<std::chrono::seconds>(end - now);
  return Value::Integer(left.count());
}

Value WriteCaller(const Caller& caller) {
  Value value{Value::Object()};
  value.Add("key", Value(caller.key));
  value.Add("name", Value(caller.name));
  value.Add("role", Value::Text(CodeOf(caller.role)));
  value.Add("county", Value(caller.county));
  return value;
}

// Who asks, and the session with what its requests need; null where there is none.
Response Describe(const Exchange& exchange) {
  const Service& service = exchange.service;
  const Instant now = service.now();
  Value value{Value::Object()}, session;
  if (const auto open = exchange.service.sessions.Use(exchange.session, now)) {
    session = Value(Value::Object());
    session.Add("csrf_token", Value(CsrfTokenOf(exchange.session)));
    const std::chrono::seconds idle = service.limits.session_idle;
    session.Add("idle_seconds", Value::Integer(idle.count()));
    session.Add("seconds_left", SecondsUntil(open->ends, now));
  }
  value.Add("caller", exchange.caller ? WriteCaller(*exchange.caller) : Value());
  value.Add("session", std::move(session));
  Response response;
  response.headers.emplace_back("Cache-Control", "no-store");
  response.text = json::ToLine(value);
  return response;
}

std::string ReadKey(Exchange& exchange) {
  Diagnostics problems;
  json::SignInRequest request =
      json::ReadSignInRequest(ParseJsonText(ReadJsonText(exchange, kMostBytes)), problems);
  if (!problems.has_errors()) return std::move(request.key);
  RefuseRequest(std::move(problems));
}

void LogSession(const Exchange& exchange, std::string_view event) {
  const std::string address = ClientAddress(exchange);
  exchange.service.log.Event(LogLevel::kInfo, event,
                             {{"id", exchange.id},
                              {"key", exchange.caller ? exchange.caller->key : "-"},
                              {"address", address}});
}

}  // namespace

Response SignIn(Exchange& exchange) {
  RequireSameOrigin(exchange);
  exchange.caller = CallerOf(exchange, ReadKey(exchange));
  // Never a session that somebody else may have put into the browser.
  if (const auto before = SessionIdOf(exchange)) exchange.service.sessions.End(*before);
  Service& service = exchange.service;
  exchange.session = service.sessions.Begin(exchange.caller->key, service.now());
  LogSession(exchange, "signed_in");
  Response response = Describe(exchange);
  response.status = 201;
  response.headers.emplace_back("Location", "/v1/session");
  response.headers.emplace_back("Set-Cookie", CookieOf(exchange, exchange.session));
  return response;
}

Response ShowSession(Exchange& exchange) { return Describe(exchange); }

Response SignOut(Exchange& exchange) {
  if (!exchange.session.empty()) {
    exchange.service.sessions.End(exchange.session);
    LogSession(exchange, "signed_out");
  }
  Response response;
  response.status = 204;
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("Set-Cookie", CookieOfNone(exchange));
  return response;
}

}  // namespace dijia::http
