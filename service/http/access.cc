#include "http/access.h"

#include <Poco/Net/IPAddress.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "app/key_secret.h"
#include "dijia/base/codes.h"
#include "http/session_cookie.h"

namespace dijia::http {
namespace {

using app::AccessKey;

constexpr std::string_view kChallenge = "Bearer realm=\"dijia\"";
constexpr std::string_view kInvalid = "Bearer realm=\"dijia\", error=\"invalid_token\"";

Problem ProblemOf(int status, Code code, std::vector<std::string> arguments,
                  std::string_view challenge) {
  return {
      status, {code, {}, std::move(arguments)}, {}, {{"WWW-Authenticate", std::string(challenge)}}};
}

// What stands after `Bearer `; nothing without an Authorization of that kind.
std::optional<std::string_view> BearerOf(const Request& request) {
  constexpr std::string_view kScheme = "Bearer ";
  std::string_view field = request.Find("Authorization");
  if (field.size() <= kScheme.size() || !SameName(field.substr(0, kScheme.size()), kScheme)) {
    return std::nullopt;
  }
  field.remove_prefix(kScheme.size());
  return field.substr(std::min(field.find_first_not_of(' '), field.size()));
}

// The key in force that a text is the secret of; null when it is none. A secret that was right
// before is not held up by the wrong ones of others behind the same address.
const AccessKey* FindKey(const Exchange& exchange, const app::KeyRing& ring,
                         std::string_view text) {
  Service& service = exchange.service;
  const auto shown = app::ReadKeyText(text);
  const AccessKey* key = shown ? ring.Find(shown->id) : nullptr;
  const auto known =
      key == nullptr ? KeysInForce::Verdict::kWrong : service.keys.Recall(*key, shown->secret);
  if (known == KeysInForce::Verdict::kRight) return key;
  const std::string network = NetworkOf(ClientAddress(exchange));
  if (const auto wait = service.attempts.Wait(network, service.now())) {
    const std::string seconds = std::to_string(wait->count());
    throw Refused(
        Problem{429, {Code::kTooManyAttempts, {}, {seconds}}, {}, {{"Retry-After", seconds}}});
  }
  if (known == KeysInForce::Verdict::kNotKnown && service.keys.Check(*key, shown->secret)) {
    return key;
  }
  service.attempts.Count(network, service.now());
  return nullptr;
}

Caller Describe(const AccessKey& key) {
  return {key.id, key.about.name, key.about.role, key.about.county};
}

bool OnlyReads(const Request& request) {
  return request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
}

// Takes the one who signed in for the caller. A session holds as long as its key, with the role
// that the key has now.
void TakeSession(Exchange& exchange, const app::KeyRing& ring, const std::string& id) {
  Sessions& sessions = exchange.service.sessions;
  const auto session = sessions.Use(id, exchange.service.now());
  const AccessKey* key = session ? ring.Find(session->key) : nullptr;
  if (key == nullptr) {
    sessions.End(id);
    Problem problem = ProblemOf(401, Code::kSessionNotValid, {}, kChallenge);
    problem.headers.emplace_back("Set-Cookie", CookieOfNone(exchange));
    throw Refused(std::move(problem));
  }
  exchange.caller = Describe(*key);
  if (!OnlyReads(exchange.request)) RequireOwnPage(exchange, id);
  exchange.session = id;
}

bool WantsKey(const Exchange& exchange, const Route& route, const app::KeyRing& ring) {
  switch (route.guard) {
    case Guard::kNever:
      return false;
    case Guard::kFromAfar: {
      Poco::Net::IPAddress address;
      const bool is_here =
          Poco::Net::IPAddress::tryParse(ClientAddress(exchange), address) && address.isLoopback();
      return ring.is_guarded() && !is_here;
    }
    case Guard::kOnceKeys:
      return ring.is_guarded();
    case Guard::kAlways:
      break;
  }
  return true;
}

}  // namespace

std::string ClientAddress(const Exchange& exchange) {
  if (!exchange.service.limits.behind_proxy) return std::string(exchange.peer);
  const std::string last(exchange.request.FindLast("X-Forwarded-For"));
  Poco::Net::IPAddress address;
  const bool is_address = Poco::Net::IPAddress::tryParse(last, address);
  return is_address ? address.toString() : std::string(exchange.peer);
}

std::string_view ProxySays(const Exchange& exchange, std::string_view name) {
  return exchange.service.limits.behind_proxy ? exchange.request.FindLast(name)
                                              : std::string_view();
}

bool IsSecure(const Exchange& exchange) {
  if (exchange.is_tls) return true;
  const bool says_plain = SameName(ProxySays(exchange, "X-Forwarded-Proto"), "http");
  return exchange.service.limits.behind_proxy && !says_plain;
}

Caller CallerOf(const Exchange& exchange, std::string_view key) {
  const auto ring = exchange.service.keys.Now();
  const AccessKey* found = FindKey(exchange, *ring, key);
  if (found == nullptr) throw Refused(ProblemOf(401, Code::kKeyNotValid, {}, kInvalid));
  return Describe(*found);
}

void Authorise(Exchange& exchange, const Route& route) {
  const auto ring = exchange.service.keys.Now();
  if (!WantsKey(exchange, route, *ring)) return;
  if (const auto text = BearerOf(exchange.request)) {
    exchange.caller = CallerOf(exchange, *text);
  } else if (const auto session = SessionIdOf(exchange)) {
    TakeSession(exchange, *ring, *session);
  } else {
    throw Refused(ProblemOf(401, Code::kKeyNeeded, {}, kChallenge));
  }
  RequireRole(exchange, route.least);
}

void RequireCaller(const Exchange& exchange) {
  if (!exchange.caller) throw Refused(ProblemOf(401, Code::kKeyNeeded, {}, kChallenge));
}

void RequireRole(const Exchange& exchange, app::Role least) {
  if (!exchange.caller || exchange.caller->role >= least) return;
  throw Refused(ProblemOf(403, Code::kRoleTooLow,
                          {std::string(CodeOf(least)), std::string(CodeOf(exchange.caller->role))},
                          "Bearer realm=\"dijia\", error=\"insufficient_scope\""));
}

void RequireCounty(const Exchange& exchange, const std::string& county) {
  if (!exchange.caller || exchange.caller->county.empty()) return;
  if (exchange.caller->county == county) return;
  throw Refused(403, Code::kOtherCounty, {exchange.caller->county, county});
}

}  // namespace dijia::http
