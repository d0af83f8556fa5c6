// Puts an answer on the wire.
#pragma once

#include <cstdint>

#include "http/exchange.h"

namespace dijia::http {

struct SentAnswer {
  std::uint64_t bytes = 0;  // of the body, as sent
  bool keep_alive = false;  // the connection can take another request
};

// Sends `response`: conditional, compressed, without a body for HEAD, as the request asks. What the
// request still has on the wire is taken before, or the connection is closed after; nothing of a
// body can become the next request. `close` closes it in any case. Throws ConnectionLost.
SentAnswer SendAnswer(Wire& wire, Exchange& exchange, Response& response, bool close);

}  // namespace dijia::http
