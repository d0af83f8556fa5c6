// Bodies that are one JSON document.
#pragma once

#include "http/exchange.h"
#include "json/value.h"

namespace dijia::http {

// The body as a tree. Throws Refused: 415 another type, 411, 413, and 400 with the place where it
// is not JSON.
json::Value ReadJsonBody(Exchange& exchange);

}  // namespace dijia::http
