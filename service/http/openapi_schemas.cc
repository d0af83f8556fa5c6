#include <algorithm>

#include "dijia/base/decimal.h"
#include "http/openapi.h"
#include "json/text.h"

namespace dijia::http {
namespace {

using json::Value;
using rules::Fact;
using rules::FactType;

// Answers and problems. A test holds real answers against them, field by field.
constexpr std::string_view kAnswerSchemas = R"json({
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
      "decided_on": {"type": ["string", "null"], "format": "date"}, "rule_pack": {"$ref": "#/components/schemas/RulePack"}}},
  "Problem": {"type": "object", "description": "RFC 9457", "required": ["type", "title", "status", "code", "detail", "instance", "request_id"], "additionalProperties": false,
    "properties": {"type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "code": {"type": "string", "pattern": "^DJ-[0-9]{4}$"},
      "detail": {"type": "string"}, "instance": {"type": "string"}, "request_id": {"type": "string"},
      "errors": {"type": "array", "items": {"type": "object", "required": ["code", "detail"], "additionalProperties": false,
        "properties": {"code": {"type": "string"}, "detail": {"type": "string"}, "pointer": {"type": "string", "format": "json-pointer"},
          "row": {"type": "integer"}, "column": {"type": "integer"}}}}}}
})json";

Value Types(std::initializer_list<std::string_view> names) {
  Value types{Value::Array()};
  for (const std::string_view name : names) types.array()->push_back(Value::Text(name));
  return types;
}

Value Units(std::int64_t units, int scale) {
  return Value(Value::Number{FormatDecimal(units, scale)});
}

Value Choices(const Fact& fact) {
  Value choices{Value::Array()};
  for (const std::string& choice : fact.choices) choices.array()->push_back(Value(choice));
  choices.array()->push_back(Value());
  return choices;
}

void AddType(const Fact& fact, Value& schema) {
  switch (fact.type) {
    case FactType::kYesNo:
      schema.Add("type", Types({"boolean", "null"}));
      break;
    case FactType::kChoice:
      schema.Add("enum", Choices(fact));
      break;
    case FactType::kInteger:
      schema.Add("type", Types({"integer", "null"}));
      schema.Add("minimum", Units(fact.lowest, fact.scale));
      schema.Add("maximum", Units(fact.highest, fact.scale));
      break;
    case FactType::kDecimal:
      schema.Add("type", Types({"number", "string", "null"}));
      schema.Add("minimum", Units(fact.lowest, fact.scale));
      schema.Add("maximum", Units(fact.highest, fact.scale));
      schema.Add("pattern", Value(R"(^[0-9]+(\.[0-9]{1,)" + std::to_string(fact.scale) + "})?$"));
      break;
    case FactType::kDate:
      schema.Add("type", Types({"string", "null"}));
      schema.Add("format", Value::Text("date"));
      break;
    case FactType::kCounty:
      schema.Add("type", Types({"string", "null"}));
      schema.Add("pattern", Value::Text("^[0-9]{6}$"));
      break;
    case FactType::kIndustry:
      schema.Add("type", Types({"string", "null"}));
      schema.Add("pattern", Value::Text("^[0-9]{2,4}$"));
      break;
  }
}

Value FactSchema(const Fact& fact, Language language) {
  Value schema{Value::Object()};
  AddType(fact, schema);
  std::string description = fact.question.In(language);
  if (!fact.evidence.In(language).empty()) description += " (" + fact.evidence.In(language) + ")";
  schema.Add("description", Value(std::move(description)));
  return schema;
}

Value ObjectSchema() {
  Value schema{Value::Object()};
  schema.Add("type", Value::Text("object"));
  schema.Add("additionalProperties", Value(false));
  schema.Add("properties", Value(Value::Object()));
  return schema;
}

Value& PropertiesOf(Value& schema) {
  return std::ranges::find(*schema.object(), "properties", &Value::Member::name)->value;
}

Value ReviewsSchema() {
  constexpr std::string_view kText =
      R"json({"type": ["array", "null"], "items": {"type": "object", "required": ["after_years", "rent"], "additionalProperties": false,
       "properties": {"after_years": {"type": ["number", "string"]}, "rent": {"type": ["number", "string"]}}}})json";
  Diagnostics none;
  return *json::ParseJson(kText, "", none);
}

// `price.amount` is a property of the object `price`; the two figures of `rent_reviews.` stand for
// a list.
Value CaseSchema(const rules::RulePack& pack, Language language) {
  Value schema = ObjectSchema(), price = ObjectSchema(), facts = ObjectSchema();
  const auto text = [] {
    Value type{Value::Object()};
    type.Add("type", Value::Text("string"));
    return type;
  };
  PropertiesOf(schema).Add("case_id", text());
  for (const Fact& fact : pack.facts) {
    const std::size_t dot = fact.id.find('.');
    const std::string group = dot == std::string::npos ? "" : fact.id.substr(0, dot);
    if (group == "rent_reviews") continue;
    Value& owner = group == "price" ? price : group == "facts" ? facts : schema;
    PropertiesOf(owner).Add(group.empty() ? fact.id : fact.id.substr(dot + 1),
                            FactSchema(fact, language));
  }
  PropertiesOf(schema).Add("price", std::move(price));
  PropertiesOf(schema).Add("rent_reviews", ReviewsSchema());
  PropertiesOf(schema).Add("facts", std::move(facts));
  return schema;
}

}  // namespace

Value OpenApiSchemas(const rules::RulePack& pack, Language language) {
  Diagnostics none;
  Value schemas{Value::Object()};
  schemas.Add("Case", CaseSchema(pack, language));
  Value answers = *json::ParseJson(kAnswerSchemas, "", none);
  for (Value::Member& member : *answers.object()) {
    schemas.Add(member.name, std::move(member.value));
  }
  return schemas;
}

}  // namespace dijia::http
