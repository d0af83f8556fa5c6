// Names of requests.
#pragma once

#include <string>
#include <string_view>

#include "http/request.h"

namespace dijia::http {

// An id that no other request of this process has, and hardly one of any other.
std::string NewRequestId();

// The client's X-Request-Id where it is 1 to 64 letters, digits, `-`, `_` and `.`; else a new one.
std::string RequestId(const Request& request);

// The traceparent field where it has the form of W3C Trace Context; else empty.
std::string_view TraceContext(const Request& request);

}  // namespace dijia::http
