#include <algorithm>

#include "dijia/base/decimal.h"
#include "http/computation_parts.h"
#include "http/openapi.h"
#include "http/openapi_answers.h"
#include "json/change_codec.h"
#include "json/parcel_codec.h"
#include "json/session_codec.h"
#include "json/simulation_codec.h"
#include "json/text.h"

namespace dijia::http {
namespace {

using json::Value;
using rules::Fact;
using rules::FactType;

// In the order of the document.
constexpr std::string_view (*kAnswers[])() = {CheckAnswers, PriceAnswers,  PlaceAnswers,
                                              DeskAnswers,  ReviewAnswers, SimulationAnswers,
                                              WorkAnswers};

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

// A parcel from the table of its fields; what a field holds is judged when it is read.
Value ParcelSchema() {
  Value schema = ObjectSchema();
  const std::vector<std::string_view> names = json::ParcelFields();
  const std::vector<std::string_view> meanings = json::ParcelFieldMeanings();
  for (std::size_t i = 0; i < names.size(); ++i) {
    Value field{Value::Object()};
    field.Add("description", Value::Text(meanings[i]));
    PropertiesOf(schema).Add(std::string(names[i]), std::move(field));
  }
  return schema;
}

// What the fields of the documents below hold, where it is no text.
constexpr std::pair<std::string_view, std::string_view> kFieldTypes[] = {
    {"publication", R"({"$ref": "#/components/schemas/Publication"})"},
    {"evidence", R"({"type": "array", "items": {"$ref": "#/components/schemas/EvidenceFile"}})"},
    {"decisions", R"({"type": "array", "items": {"$ref": "#/components/schemas/Decision"}})"},
    {"before", R"({"$ref": "#/components/schemas/LawSide"})"},
    {"after", R"({"$ref": "#/components/schemas/LawSide"})"},
    {"readings", R"({"type": "object", "additionalProperties": {"type": "string"}})"},
    {"pack", R"({"type": "object", "additionalProperties": {"type": "string"}})"},
    {"decided_on", R"({"type": ["string", "null"], "format": "date"})"},
    {"from", R"({"type": ["string", "null"], "format": "date"})"},
    {"until", R"({"type": ["string", "null"], "format": "date"})"},
};

// A document that callers send, from the table of its fields.
Value ChangeSchema(const std::vector<json::FieldMeaning>& fields) {
  Value schema = ObjectSchema(), required{Value::Array()};
  for (const json::FieldMeaning& field : fields) {
    std::string_view type = R"({"type": "string"})";
    for (const auto& [name, text] : kFieldTypes) {
      if (name == field.name) type = text;
    }
    Diagnostics none;
    Value property = *json::ParseJson(type, "", none);
    property.Add("description", Value::Text(field.meaning));
    PropertiesOf(schema).Add(field.name, std::move(property));
    if (field.is_required) required.array()->push_back(Value::Text(field.name));
  }
  schema.Add("required", std::move(required));
  return schema;
}

// The parts of a computation, from their table.
Value ComputationSchema(Language language) {
  Value schema = ObjectSchema(), required{Value::Array()};
  for (const PartRow& row : ComputationParts()) {
    Value part{Value::Object()};
    part.Add("type", Value::Text("string"));
    if (row.kind != PartKind::kField) part.Add("format", Value::Text("binary"));
    if (row.many) {
      Value list{Value::Object()};
      list.Add("type", Value::Text("array"));
      list.Add("items", std::move(part));
      part = std::move(list);
    }
    part.Add("description", Value::Text(language == Language::kZh ? row.zh : row.en));
    PropertiesOf(schema).Add(row.name, std::move(part));
    if (row.is_required) required.array()->push_back(Value::Text(row.name));
  }
  schema.Add("required", std::move(required));
  return schema;
}

}  // namespace

Value OpenApiSchemas(const rules::RulePack& pack, Language language) {
  Diagnostics none;
  Value schemas{Value::Object()};
  schemas.Add("Case", CaseSchema(pack, language));
  schemas.Add("Parcel", ParcelSchema());
  schemas.Add("PublicationImport", ChangeSchema(json::ImportFields()));
  schemas.Add("EvidenceFile", ChangeSchema(json::EvidenceFields()));
  schemas.Add("SignIn", ChangeSchema(json::SignInFields()));
  schemas.Add("Transition", ChangeSchema(json::TransitionFields()));
  schemas.Add("Decisions", ChangeSchema(json::DecisionsFields()));
  schemas.Add("Decision", ChangeSchema(json::DecisionFields()));
  schemas.Add("RuleSimulationOrder", ChangeSchema(json::SimulationFields()));
  schemas.Add("LawSide", ChangeSchema(json::LawSideFields()));
  schemas.Add("Computation", ComputationSchema(language));
  for (const auto answers_of : kAnswers) {
    Value answers = *json::ParseJson(answers_of(), "", none);
    for (Value::Member& member : *answers.object()) {
      schemas.Add(member.name, std::move(member.value));
    }
  }
  return schemas;
}

}  // namespace dijia::http
