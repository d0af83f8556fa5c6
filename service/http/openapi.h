// The OpenAPI document of the service, made from the table of routes, the facts of the rule pack in
// force and its own answers to the examples.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dijia/rules/reserve_price.h"
#include "http/exchange.h"
#include "json/value.h"

namespace dijia::http {

// `components.schemas`: Case from the facts of the pack, the answers, Problem.
json::Value OpenApiSchemas(const rules::RulePack& pack, Language language);

// A case of service/examples with what it shows; the answer is what the service gives.
struct CaseExample {
  std::string_view name, zh, en;
  std::string_view body;
};
std::vector<CaseExample> CaseExamples();

// Bodies of service/examples for the routes that change something, by the names of their schemas:
// the request, and what the service answers to it in an empty store, apart from times and hashes.
struct ChangeExample {
  std::string_view schema;
  json::Value request, answer;
};
std::vector<ChangeExample> ChangeExamples();

}  // namespace dijia::http
