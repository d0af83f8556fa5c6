// Who calls, and whether they may.
#pragma once

#include <string>
#include <string_view>

#include "http/exchange.h"
#include "http/route.h"

namespace dijia::http {

// Finds out who calls, by a key or by the session of one who signed in with it, and sets `caller`
// and `session`. Throws Refused: 401 without a key where one is needed, and for a key or session
// that is none; 403 where its role is too low, and where a session changes something that its own
// pages did not ask for; 429 after too many wrong keys; 503 when too many keys are to be checked.
// Bodies are not read before.
void Authorise(Exchange& exchange, const Route& route);

// For what changes something although its route only reads. Throws Refused, 401, without a caller.
void RequireCaller(const Exchange& exchange);

// For what depends on more than the route. Throw Refused, 403. Without a caller, which only routes
// that read allow, everything is permitted.
void RequireRole(const Exchange& exchange, app::Role least);
void RequireCounty(const Exchange& exchange, const std::string& county);

// Whose key a text is. Throws Refused: 401 where it is none, 429 and 503 as above.
Caller CallerOf(const Exchange& exchange, std::string_view key);

// The address of the client: of the connection, or, behind a proxy, the last one of
// X-Forwarded-For, which the proxy added.
std::string ClientAddress(const Exchange& exchange);

// What the nearest proxy in front says in a field of its own; nothing where none is.
std::string_view ProxySays(const Exchange& exchange, std::string_view name);
// Whether the client speaks TLS, with us or with the proxy: one that does not say is taken to.
bool IsSecure(const Exchange& exchange);

}  // namespace dijia::http
