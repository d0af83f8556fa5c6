// The OpenAPI document of the service, made from the table of routes, the facts of the rule pack in
// force and its own answers to the examples.
#pragma once

#include "dijia/rules/reserve_price.h"
#include "http/exchange.h"
#include "json/value.h"

namespace dijia::http {

// `components.schemas`: Case from the facts of the pack, the answers, Problem.
json::Value OpenApiSchemas(const rules::RulePack& pack, Language language);

}  // namespace dijia::http
