// The table of routes: what the service answers, and nothing else.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/exchange.h"
#include "http/route.h"

namespace dijia::http {

// The routes of the program.
std::span<const Route> Routes();

// `GET /v1/rules`, … and `none` at the end, for Metrics.
std::vector<std::string> NamesOf(std::span<const Route> routes);

// Finds the route of a request and sets `route`, `argument` and `rest`. Throws Refused: 404, 405
// with Allow. Null for OPTIONS, which has an answer of its own.
const Route* FindRoute(Exchange& exchange);

// Throws Refused, 400, for query parameters that the route does not have.
void RefuseUnknownParameters(const Route& route, const Request& request);

// The methods that a path has, for Allow; empty for an unknown path.
std::string AllowedMethods(std::span<const Route> routes, std::string_view path);

}  // namespace dijia::http
