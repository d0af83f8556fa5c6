#include "http/openapi_answers.h"

namespace dijia::http {

std::string_view SimulationAnswers() {
  return R"json({
  "FlipGroup": {"type": "object", "additionalProperties": false, "required": ["flips", "to_lawful", "to_unlawful", "to_open", "deficit_before_yuan", "deficit_after_yuan"],
    "properties": {"clause": {"type": "string", "description": "that the price fails, or failed"}, "county": {"type": "string", "description": "empty: not stated"},
      "flips": {"type": "integer"}, "to_lawful": {"type": "integer"}, "to_unlawful": {"type": "integer"}, "to_open": {"type": "integer"},
      "deficit_before_yuan": {"type": ["integer", "null"]}, "deficit_after_yuan": {"type": ["integer", "null"]}}},
  "Flip": {"type": "object", "additionalProperties": false,
    "required": ["case_id", "county", "before", "after", "clause", "price_yuan_per_sqm", "minimum_before_yuan_per_sqm", "minimum_after_yuan_per_sqm", "deficit_before_yuan_per_sqm",
      "deficit_after_yuan_per_sqm"],
    "properties": {"case_id": {"type": "string"}, "county": {"type": "string"}, "before": {"$ref": "#/components/schemas/Verdict"}, "after": {"$ref": "#/components/schemas/Verdict"},
      "clause": {"type": "string"}, "price_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}, "minimum_before_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"},
      "minimum_after_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}, "deficit_before_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"},
      "deficit_after_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}}},
  "RuleSimulation": {"type": "object", "additionalProperties": false,
    "required": ["rule_pack", "before", "after", "cases", "flips", "verdicts", "deficit_before_yuan", "deficit_after_yuan", "by_clause", "by_county", "listed", "problems"],
    "properties": {"rule_pack": {"$ref": "#/components/schemas/RulePack"}, "before": {"$ref": "#/components/schemas/LawSide"}, "after": {"$ref": "#/components/schemas/LawSide"},
      "tried_pack": {"$ref": "#/components/schemas/RulePack", "description": "of `after`, where the request brought a pack"},
      "cases": {"type": "integer"}, "flips": {"type": "integer", "description": "cases whose verdict changes"},
      "verdicts": {"type": "array", "items": {"type": "object", "required": ["before", "after", "cases"], "additionalProperties": false,
        "properties": {"before": {"$ref": "#/components/schemas/Verdict"}, "after": {"$ref": "#/components/schemas/Verdict"}, "cases": {"type": "integer"}}}},
      "deficit_before_yuan": {"type": ["integer", "null"], "description": "of the cases that change, where their area is known, in whole yuan"},
      "deficit_after_yuan": {"type": ["integer", "null"]},
      "by_clause": {"type": "array", "items": {"$ref": "#/components/schemas/FlipGroup"}}, "by_county": {"type": "array", "items": {"$ref": "#/components/schemas/FlipGroup"}},
      "listed": {"type": "array", "description": "the first 1,000 cases that change", "items": {"$ref": "#/components/schemas/Flip"}},
      "problems": {"type": "array", "description": "kept cases that cannot be read any more; the first 1,000", "items": {"type": "object", "required": ["code", "detail"], "additionalProperties": false,
        "properties": {"code": {"type": "string"}, "detail": {"type": "string"}, "pointer": {"type": "string", "format": "json-pointer"},
          "source": {"type": "string"}, "row": {"type": "integer"}, "column": {"type": "integer"}}}}}}
})json";
}

}  // namespace dijia::http
