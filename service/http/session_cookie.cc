#include "http/session_cookie.h"

#include <algorithm>
#include <string_view>

#include "app/key_secret.h"
#include "dijia/base/codes.h"
#include "http/access.h"

namespace dijia::http {
namespace {

constexpr std::size_t kIdDigits = 64;
constexpr std::string_view kAttributes = "; Path=/; HttpOnly; SameSite=Strict";

bool IsId(std::string_view text) {
  return text.size() == kIdDigits && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

std::string_view NameOf(const Exchange& exchange) {
  return IsSecure(exchange) ? kSecureCookie : kCookie;
}

std::string SetCookie(const Exchange& exchange, std::string_view value, std::string_view more) {
  std::string text(NameOf(exchange));
  text += '=';
  text += value;
  text += kAttributes;
  if (IsSecure(exchange)) text += "; Secure";
  return text += more;
}

// The origin that a page of the service has.
std::string OwnOrigin(const Exchange& exchange) {
  std::string_view host = ProxySays(exchange, "X-Forwarded-Host");
  if (host.empty()) host = exchange.request.Find("Host");
  return (IsSecure(exchange) ? "https://" : "http://") + std::string(host);
}

}  // namespace

std::optional<std::string> SessionIdIn(const Request& request, std::string_view name) {
  for (const Field& field : request.fields) {
    if (!SameName(field.name, "Cookie")) continue;
    std::string_view left = field.value;
    while (!left.empty()) {
      std::string_view pair = left.substr(0, left.find(';'));
      left.remove_prefix(std::min(pair.size() + 1, left.size()));
      pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
      if (!pair.starts_with(name) || pair.substr(name.size(), 1) != "=") continue;
      const std::string_view value = pair.substr(name.size() + 1);
      if (IsId(value)) return std::string(value);
    }
  }
  return std::nullopt;
}

std::optional<std::string> SessionIdOf(const Exchange& exchange) {
  return SessionIdIn(exchange.request, NameOf(exchange));
}

std::string CookieOf(const Exchange& exchange, const std::string& session) {
  return SetCookie(exchange, session, "");
}

std::string CookieOfNone(const Exchange& exchange) {
  return SetCookie(exchange, "", "; Max-Age=0");
}

void RequireSameOrigin(const Exchange& exchange) {
  const std::string_view site = exchange.request.Find("Sec-Fetch-Site");
  const std::string_view origin = exchange.request.Find("Origin");
  if (!site.empty() && site != "same-origin") {
    throw Refused(403, Code::kOtherOrigin, {std::string(origin.empty() ? site : origin)});
  }
  if (origin.empty() || SameName(origin, OwnOrigin(exchange))) return;
  throw Refused(403, Code::kOtherOrigin, {std::string(origin)});
}

void RequireOwnPage(const Exchange& exchange, const std::string& session) {
  RequireSameOrigin(exchange);
  const std::string_view token = exchange.request.Find("X-CSRF-Token");
  if (!app::SameSecret(token, CsrfTokenOf(session))) throw Refused(403, Code::kCsrfTokenWrong);
}

}  // namespace dijia::http
