#include "app/check_words.h"
#include "dijia/base/codes.h"
#include "http/resources.h"
#include "json/rules_writer.h"
#include "json/text.h"

namespace dijia::http {
namespace {

using json::Value;

// The codes of a closed list with their names, which `label` gives for a row of its table.
template <class Enum, class Label>
Value WriteCodes(const Label& label) {
  Value codes{Value::Array()};
  for (const EnumRow<Enum>& row : EnumTableOf<Enum>::kRows) {
    Value one{Value::Object()};
    one.Add("code", Value::Text(row.code));
    one.Add("label", Value::Text(label(row)));
    codes.array()->push_back(std::move(one));
  }
  return codes;
}

Value WriteDiagnosticCodes(Language language) {
  Value codes{Value::Array()};
  for (const CodeRow& row : CodeTable()) {
    Value one{Value::Object()};
    one.Add("code", Value(CodeId(row.code)));
    one.Add("severity", Value::Text(CodeOf(row.severity)));
    one.Add("text", Value::Text(language == Language::kZh ? row.zh : row.en));
    codes.array()->push_back(std::move(one));
  }
  return codes;
}

// The names of all codes that documents and answers hold, by code.
Value WriteLabels(const report::Labels& labels, Language language) {
  Value names{Value::Object()};
  for (const std::string_view code : labels.Codes()) {
    names.Add(std::string(code), Value::Text(labels.Of(code, language)));
  }
  return names;
}

std::string MakeCodes(const Exchange& exchange) {
  const Language language = exchange.language;
  const json::LabelOf label = [&](std::string_view code) {
    return exchange.service.reference.labels.Of(code, language);
  };
  const auto named = [&](const auto& row) { return app::NameOf(row.value, language); };
  const auto labelled = [&](const auto& row) { return label(row.code); };
  Value value{Value::Object()};
  value.Add("rule_pack", json::WritePackIdentity(exchange.rules->pack()));
  value.Add("facts", json::WriteFacts(exchange.rules->pack(), label, language));
  value.Add("verdicts", WriteCodes<rules::Verdict>(named));
  value.Add("outcomes", WriteCodes<rules::Outcome>(named));
  value.Add("confidence", WriteCodes<rules::Confidence>(labelled));
  value.Add("labels", WriteLabels(exchange.service.reference.labels, language));
  value.Add("diagnostics", WriteDiagnosticCodes(language));
  return json::ToLine(value);
}

std::string MakeCounties(const app::Reference& reference) {
  Value list{Value::Array()};
  for (const app::County& county : reference.counties) {
    Value one{Value::Object()};
    one.Add("code", Value::Text(county.code));
    one.Add("name", Value::Text(county.name));
    one.Add("level", Value::Text(county.level));
    one.Add("city_code", Value::Text(county.city_code));
    one.Add("city_name", Value::Text(county.city_name));
    list.array()->push_back(std::move(one));
  }
  Value value{Value::Object()};
  value.Add("counties", std::move(list));
  return json::ToLine(value);
}

}  // namespace

Response ListCodes(Exchange& exchange) {
  Response response;
  response.headers.emplace_back("Cache-Control", "no-cache");
  const std::string name = exchange.language == Language::kZh ? "codes zh" : "codes en";
  response.document =
      exchange.service.documents.Get(name, exchange.rules, [&] { return MakeCodes(exchange); });
  return response;
}

Response ListCounties(Exchange& exchange) {
  Response response;
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.document = exchange.service.documents.Get(
      "counties", exchange.rules, [&] { return MakeCounties(exchange.service.reference); });
  return response;
}

}  // namespace dijia::http
