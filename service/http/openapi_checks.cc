#include "http/openapi_answers.h"

namespace dijia::http {

std::string_view CheckAnswers() {
  return R"json({
  "RulePack": {"type": "object", "required": ["id", "version", "sha256"], "additionalProperties": false,
    "properties": {"id": {"type": "string"}, "version": {"type": "string"}, "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}},
  "Verdict": {"type": "string", "enum": ["lawful", "unlawful", "needs_facts", "conflict_review", "not_applicable"]},
  "Amount": {"type": ["number", "null"], "description": "exact decimal, at most 4 decimals"},
  "Citation": {"type": "object", "required": ["instrument", "article", "in_force_from", "confidence"], "additionalProperties": true,
    "properties": {"instrument": {"type": "string"}, "article": {"type": "string"}, "in_force_from": {"type": ["string", "null"], "format": "date"},
      "confidence": {"type": "string", "enum": ["seen", "memory", "unclear", "reading"]}}},
  "Finding": {"type": "object", "required": ["rule", "clause", "outcome", "reason", "citation", "values", "words_sha256"], "additionalProperties": true,
    "properties": {"rule": {"type": "string"}, "clause": {"type": "string"},
      "outcome": {"type": "string", "enum": ["lawful", "unlawful", "needs_facts", "conflict_review", "not_applicable", "defect"]},
      "reason": {"type": "string"}, "citation": {"$ref": "#/components/schemas/Citation"},
      "values": {"type": "object", "additionalProperties": {"type": "number"}}, "words_sha256": {"type": "string"}}},
  "MissingFact": {"type": "object", "required": ["fact", "question", "evidence", "matters_because", "answers"], "additionalProperties": true,
    "properties": {"fact": {"type": "string"}, "question": {"type": "string"}, "evidence": {"type": "string"}, "matters_because": {"type": "string"},
      "answers": {"type": "array", "items": {"type": "object", "properties": {"value": {"type": "string"}, "verdict": {"$ref": "#/components/schemas/Verdict"},
        "lawful_minimum_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}}}}}},
  "Check": {"type": "object", "additionalProperties": true,
    "required": ["case_id", "verdict", "lawful_minimum_yuan_per_sqm", "price_yuan_per_sqm", "price_50y_yuan_per_sqm", "standard_yuan_per_sqm", "ratio",
      "deficit_yuan_per_sqm", "equal_within_rounding", "deciding_rule", "findings", "missing", "readings", "decided_on", "rule_pack"],
    "properties": {"case_id": {"type": "string"}, "verdict": {"$ref": "#/components/schemas/Verdict"},
      "lawful_minimum_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}, "price_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"},
      "price_50y_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}, "standard_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"},
      "ratio": {"type": ["number", "null"]}, "deficit_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"},
      "equal_within_rounding": {"type": "boolean"}, "deciding_rule": {"type": "string"},
      "findings": {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}},
      "missing": {"type": "array", "items": {"$ref": "#/components/schemas/MissingFact"}},
      "lowest_lawful": {"type": "object", "description": "with inverse=1", "additionalProperties": false, "properties": {
        "price_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}, "rent_yuan_per_sqm_year": {"$ref": "#/components/schemas/Amount"},
        "transfer_price_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}, "longest_term_years": {"$ref": "#/components/schemas/Amount"}}},
      "nearest_lawful_facts": {"type": "array", "description": "with inverse=1", "items": {"type": "object", "additionalProperties": false, "properties": {
        "changes": {"type": "array", "items": {"type": "object", "additionalProperties": false,
          "properties": {"fact": {"type": "string"}, "from": {"type": ["string", "null"]}, "to": {"type": "string"}}}},
        "lawful_minimum_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}}}},
      "readings": {"type": "array", "items": {"type": "object", "required": ["reading", "verdict"],
        "properties": {"reading": {"type": "string"}, "verdict": {"$ref": "#/components/schemas/Verdict"}}}},
      "decided_on": {"type": ["string", "null"], "format": "date"}, "rule_pack": {"$ref": "#/components/schemas/RulePack"},
      "kept": {"type": "object", "description": "with keep=1", "additionalProperties": false, "required": ["id", "recorded_at", "hash"],
        "properties": {"id": {"type": "string"}, "recorded_at": {"type": "string", "format": "date-time"}, "hash": {"type": "string"}}}}},
  "KeptCheck": {"type": "object", "additionalProperties": false,
    "required": ["id", "county", "case_id", "verdict", "lawful_minimum_yuan_per_sqm", "deciding_rule", "clauses", "missing", "decided_on", "rule_pack", "actor", "note",
      "recorded_at", "hash", "case"],
    "properties": {"id": {"type": "string"}, "county": {"type": "string"}, "case_id": {"type": "string"}, "verdict": {"$ref": "#/components/schemas/Verdict"},
      "lawful_minimum_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}, "deciding_rule": {"type": "string"},
      "clauses": {"type": "array", "items": {"type": "object", "additionalProperties": false,
        "properties": {"outcome": {"type": "string"}, "rule": {"type": "string"}, "clause": {"type": "string"}, "citation": {"type": "string"}}}},
      "missing": {"type": "array", "items": {"type": "string"}}, "decided_on": {"type": ["string", "null"], "format": "date"},
      "rule_pack": {"$ref": "#/components/schemas/RulePack"}, "actor": {"type": "string"}, "note": {"type": "string"},
      "recorded_at": {"type": "string", "format": "date-time"}, "hash": {"type": "string"},
      "case": {"description": "as it was given", "type": ["object", "string"]}}},
  "KeptChecks": {"type": "object", "additionalProperties": false, "required": ["checks", "next"],
    "properties": {"checks": {"type": "array", "items": {"$ref": "#/components/schemas/KeptCheck"}}, "next": {"type": ["string", "null"]}}}
})json";
}

}  // namespace dijia::http
