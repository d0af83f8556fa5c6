// The examples of the OpenAPI document: bodies of service/examples, and what the service answers to
// them.
#pragma once

#include <string_view>
#include <vector>

#include "http/exchange.h"
#include "json/value.h"

namespace dijia::http {

// A case of service/examples with what it shows.
struct CaseExample {
  std::string_view name, zh, en;
  std::string_view body;
};
std::vector<CaseExample> CaseExamples();

enum class Side { kRequest, kAnswer };

// Adds the examples of a body to the description of its type; nothing where an operation has none
// of that type. `operation` is its id. The answers to changes are those in an empty store apart
// from times and hashes; the prices of the example of an impact are compared with those of the
// example of an import; other law is tried on the example cases.
void AddExamples(const Exchange& exchange, std::string_view operation, Side side,
                 std::string_view type, json::Value& media);

}  // namespace dijia::http
