// The one place where what went wrong becomes an answer.
#pragma once

#include "http/exchange.h"
#include "http/problem.h"

namespace dijia::http {

// The answer to a request, whatever happens on the way to it. Throws nothing but ConnectionLost.
Response Answer(Exchange& exchange);

// A problem as an answer.
Response ProblemResponse(const Problem& problem, Language language, std::string_view instance,
                         std::string_view request_id);

}  // namespace dijia::http
