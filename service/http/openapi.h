// The OpenAPI document of the service, made from the table of routes, the facts of the rule pack in
// force and its own answers to the examples.
#pragma once

#include <string>
#include <string_view>

#include "dijia/rules/reserve_price.h"
#include "http/exchange.h"
#include "json/value.h"

namespace dijia::http {

// `components.schemas`: Case from the facts of the pack, the answers, Problem.
json::Value OpenApiSchemas(const rules::RulePack& pack, Language language);

// One example request with its name; the answer is what the service gives.
struct CaseExample {
  std::string_view name, zh, en;  // zh and en: what it shows
  std::string_view body;
};
inline constexpr CaseExample kCaseExamples[] = {
    {"lawful", "国家优先发展产业且用地集约，按最低价标准的70%",
     "a priority industry with intensive land use, at 70 % of the standard",
     R"({"case_id": "A-1", "county": "150304", "land_class": 10, "use": "industrial", )"
     R"("method": "listing", "decided_on": "2023-05-01", "area_sqm": 27662, "term_years": 50, )"
     R"("capitalization_rate": "0.06", "price": {"amount": "464.7216", "unit": )"
     R"("wan_yuan_total", "kind": "reserve"}, "rebates_yuan_per_sqm": 0, )"
     R"("cost_yuan_per_sqm": 40, "facts": {"priority_industry_listed": true, )"
     R"("industry_code": "3011", "industry_code_version": "2017", "far": 1.2, )"
     R"("building_coefficient": 0.45, "investment_wan_yuan_per_ha": 5000, )"
     R"("investment_standard_wan_yuan_per_ha": 4400, "inside_planned_area": true, )"
     R"("land_origin": "construction", "valuation_methods": 2, "collective_decision": true}})"},
    {"unlawful", "低于十四等最低价标准 0.01 元/㎡", "0.01 yuan/m² below the standard of class 14",
     R"({"case_id": "A-2", "land_class": 14, "use": "industrial", "method": "listing", )"
     R"("decided_on": "2023-05-01", "area_sqm": 10000, "term_years": 50, )"
     R"("price": {"amount": "83.99", "unit": "yuan_per_sqm", "kind": "reserve"}, )"
     R"("rebates_yuan_per_sqm": 0, "cost_yuan_per_sqm": 40, )"
     R"("facts": {"priority_industry_listed": false, "agri_processing_listed": false, )"
     R"("inside_planned_area": true, "land_origin": "construction", )"
     R"("valuation_methods": 2, "collective_decision": true}})"},
    {"needs_facts", "是否属于优先发展产业未知", "whether it is a priority industry is not known",
     R"({"case_id": "A-3", "land_class": 14, "use": "industrial", "method": "listing", )"
     R"("decided_on": "2023-05-01", "area_sqm": 10000, "term_years": 50, )"
     R"("price": {"amount": "60", "unit": "yuan_per_sqm", "kind": "reserve"}})"},
};

}  // namespace dijia::http
