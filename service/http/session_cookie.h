// How a browser shows a session, and how it is seen that a page of the service itself asks.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/exchange.h"

namespace dijia::http {

// Names of the cookie. Over TLS the browser itself sees to it that no other host and no page
// without TLS sets it (RFC 6265bis, section 4.1.3.2).
inline constexpr std::string_view kCookie = "dijia-session";
inline constexpr std::string_view kSecureCookie = "__Host-dijia-session";

// The id of a session in the request's cookie; nothing where there is none, or what is no id.
std::optional<std::string> SessionIdOf(const Exchange& exchange);
// The same in a cookie of a name.
std::optional<std::string> SessionIdIn(const Request& request, std::string_view name);

// The value of Set-Cookie that gives a browser its session, or takes it away. No script reads it,
// no other site has it sent, it ends with the browser, and over TLS it is sent over TLS only.
std::string CookieOf(const Exchange& exchange, const std::string& session);
std::string CookieOfNone(const Exchange& exchange);

// Throws Refused, 403, when the browser says that a page of another origin made the request. A
// request that says nothing of where it comes from passes: its token decides.
void RequireSameOrigin(const Exchange& exchange);

// The same, and that the request has the token of its session.
void RequireOwnPage(const Exchange& exchange, const std::string& session);

}  // namespace dijia::http
