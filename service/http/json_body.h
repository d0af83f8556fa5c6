// Bodies that are one JSON document.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/exchange.h"
#include "json/value.h"

namespace dijia::http {

// The text of the body, at most `most` bytes. Throws Refused: 415 another type, 411, 413.
std::string ReadJsonText(Exchange& exchange, std::uint64_t most);
// The text as a tree. Throws Refused: 400 with the place where it is not JSON.
json::Value ParseJsonText(std::string_view text);
// Both, for bodies of the usual size.
json::Value ReadJsonBody(Exchange& exchange);

}  // namespace dijia::http
