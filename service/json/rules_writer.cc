#include "json/rules_writer.h"

#include <algorithm>

#include "dijia/base/date.h"
#include "dijia/base/decimal.h"

namespace dijia::json {
namespace {

using rules::Citation;
using rules::Clause;
using rules::ClauseKind;
using rules::Fact;
using rules::FactType;
using rules::Period;
using rules::RulePack;

Value DateOrNull(Days day, Days none) {
  return day == none ? Value() : Value(FormatDate(FromDays(day)));
}

Value Decimal(std::int64_t units, int scale) {
  return Value(Value::Number{FormatDecimal(units, scale)});
}

void AddPeriod(const Period& period, Value& value) {
  value.Add("in_force_from", DateOrNull(period.from, rules::kNoBeginning));
  value.Add("in_force_until", DateOrNull(period.until, rules::kNoEnd));
}

Value WriteCitation(const Citation& citation) {
  Value value{Value::Object()};
  value.Add("instrument", Value::Text(citation.instrument));
  value.Add("article", Value::Text(citation.article));
  AddPeriod(citation.in_force, value);
  value.Add("confidence", Value::Text(CodeOf(citation.confidence)));
  value.Add("verified_on", DateOrNull(citation.verified_on, kNoDate));
  return value;
}

std::string_view NameOf(ClauseKind kind) {
  switch (kind) {
    case ClauseKind::kRatio:
      return "ratio";
    case ClauseKind::kLimit:
      return "limit";
    case ClauseKind::kUnlawful:
      return "unlawful";
    case ClauseKind::kDefect:
      return "defect";
    case ClauseKind::kDuty:
      return "duty";
  }
  return {};
}

Value WriteClause(const Clause& clause, Language language) {
  Value value{Value::Object()};
  value.Add("clause", Value::Text(clause.key));
  value.Add("rule", Value::Text(clause.rule));
  value.Add("kind", Value::Text(NameOf(clause.kind)));
  value.Add("says", Value::Text(clause.says.In(language)));
  const bool has_ratio = clause.kind == ClauseKind::kRatio || clause.kind == ClauseKind::kDuty;
  value.Add("ratio", has_ratio ? Decimal(clause.ratio, rules::kFactorScale) : Value());
  value.Add("citation", WriteCitation(clause.citation));
  value.Add("words_sha256", Value::Text(clause.sha256));
  return value;
}

bool IsShown(const Period& period, std::optional<Days> as_of) {
  return !as_of || period.Contains(*as_of);
}

Value WriteClauses(const RulePack& pack, std::string_view rule, std::optional<Days> as_of,
                   Language language) {
  Value clauses{Value::Array()};
  for (const Clause& clause : pack.clauses) {
    if (!rule.empty() && clause.rule != rule) continue;
    if (!IsShown(clause.citation.in_force, as_of)) continue;
    clauses.array()->push_back(WriteClause(clause, language));
  }
  return clauses;
}

Value WriteValues(const RulePack& pack, std::optional<Days> as_of) {
  Value values{Value::Array()};
  for (const rules::DatedValue& dated : pack.values) {
    if (!IsShown(dated.citation.in_force, as_of)) continue;
    Value value{Value::Object()};
    value.Add("id", Value::Text(dated.id));
    value.Add("value", Decimal(dated.value, rules::kFactorScale));
    value.Add("unit", Value::Text(dated.unit));
    value.Add("citation", WriteCitation(dated.citation));
    values.array()->push_back(std::move(value));
  }
  return values;
}

Value WriteRow(const RulePack& pack, const rules::Table& table, const rules::TableRow& row) {
  Value value{Value::Object()}, keys{Value::Array()};
  const std::int64_t stated[] = {row.key, row.second_key};
  for (std::size_t i = 0; i < table.keys.size(); ++i) {
    keys.array()->push_back(Value(FormatFact(pack.facts[table.keys[i]], stated[i])));
  }
  value.Add("keys", std::move(keys));
  value.Add("value", Decimal(row.value, table.scale));
  AddPeriod(row.period, value);
  return value;
}

Value WriteTables(const RulePack& pack, std::optional<Days> as_of) {
  Value tables{Value::Array()};
  for (const rules::Table& table : pack.tables) {
    Value value{Value::Object()}, keys{Value::Array()}, rows{Value::Array()};
    for (const std::uint16_t key : table.keys) {
      keys.array()->push_back(Value::Text(pack.facts[key].id));
    }
    for (const rules::TableRow& row : table.rows) {
      if (IsShown(row.period, as_of)) rows.array()->push_back(WriteRow(pack, table, row));
    }
    value.Add("id", Value::Text(table.id));
    value.Add("unit", Value::Text(table.unit));
    value.Add("keys", std::move(keys));
    value.Add("citation", WriteCitation(table.citation));
    value.Add("rows", std::move(rows));
    tables.array()->push_back(std::move(value));
  }
  return tables;
}

Value WriteReading(const rules::Reading& reading, Language language) {
  Value value{Value::Object()}, options{Value::Array()};
  for (const rules::ReadingOption& option : reading.options) {
    Value one{Value::Object()};
    one.Add("id", Value::Text(option.id));
    one.Add("text", Value::Text(option.text.In(language)));
    AddPeriod(option.period, one);
    options.array()->push_back(std::move(one));
  }
  value.Add("id", Value::Text(reading.id));
  value.Add("question", Value::Text(reading.question.In(language)));
  value.Add("options", std::move(options));
  value.Add("chosen", Value::Text(reading.options[reading.chosen].id));
  value.Add("chosen_by", Value::Text(reading.chosen_by));
  value.Add("chosen_on", DateOrNull(reading.chosen_on, kNoDate));
  value.Add("selected", Value(reading.selected));
  return value;
}

Value WriteInstruments(const RulePack& pack, Language language) {
  Value instruments{Value::Array()};
  for (const rules::Instrument& instrument : pack.instruments) {
    Value value{Value::Object()};
    value.Add("id", Value::Text(instrument.id));
    value.Add("number", Value::Text(instrument.number));
    value.Add("title", Value::Text(instrument.title.In(language)));
    value.Add("verified_on", DateOrNull(instrument.verified_on, kNoDate));
    instruments.array()->push_back(std::move(value));
  }
  return instruments;
}

// The limits of a fact; nothing for types whose values are codes.
void AddRange(const Fact& fact, Value& value) {
  const bool number = fact.type == FactType::kInteger || fact.type == FactType::kDecimal;
  value.Add("lowest", number ? Decimal(fact.lowest, fact.scale) : Value());
  value.Add("highest", number ? Decimal(fact.highest, fact.scale) : Value());
}

Value WriteFact(const Fact& fact, const LabelOf& label, Language language) {
  Value value{Value::Object()}, choices{Value::Array()};
  for (const std::string& choice : fact.choices) {
    Value one{Value::Object()};
    one.Add("code", Value::Text(choice));
    one.Add("label", Value::Text(label(choice)));
    choices.array()->push_back(std::move(one));
  }
  value.Add("id", Value::Text(fact.id));
  value.Add("type", Value::Text(CodeOf(fact.type)));
  value.Add("decimals", Value::Integer(fact.scale));
  AddRange(fact, value);
  value.Add("choices", std::move(choices));
  value.Add("question", Value::Text(fact.question.In(language)));
  value.Add("evidence", Value::Text(fact.evidence.In(language)));
  value.Add("asked_as", fact.asked_as.empty() ? Value() : Value::Text(fact.asked_as));
  return value;
}

}  // namespace

Value WritePackIdentity(const RulePack& pack) {
  Value identity{Value::Object()};
  identity.Add("id", Value::Text(pack.id));
  identity.Add("version", Value::Text(pack.version));
  identity.Add("sha256", Value::Text(pack.sha256));
  return identity;
}

Value WriteRules(const RulePack& pack, std::optional<Days> as_of, Language language) {
  Value value{Value::Object()}, readings{Value::Array()};
  for (const rules::Reading& reading : pack.readings) {
    readings.array()->push_back(WriteReading(reading, language));
  }
  value.Add("rule_pack", WritePackIdentity(pack));
  value.Add("title", Value::Text(pack.title.In(language)));
  value.Add("as_of", as_of ? Value(FormatDate(FromDays(*as_of))) : Value());
  value.Add("clauses", WriteClauses(pack, {}, as_of, language));
  value.Add("values", WriteValues(pack, as_of));
  value.Add("tables", WriteTables(pack, as_of));
  value.Add("readings", std::move(readings));
  value.Add("instruments", WriteInstruments(pack, language));
  return value;
}

Value WriteRule(const RulePack& pack, std::string_view rule, std::optional<Days> as_of,
                Language language) {
  const bool known = std::ranges::find(pack.clauses, rule, &Clause::rule) != pack.clauses.end();
  if (!known) return {};
  Value value{Value::Object()};
  value.Add("rule_pack", WritePackIdentity(pack));
  value.Add("rule", Value::Text(rule));
  value.Add("as_of", as_of ? Value(FormatDate(FromDays(*as_of))) : Value());
  value.Add("clauses", WriteClauses(pack, rule, as_of, language));
  return value;
}

Value WriteFacts(const RulePack& pack, const LabelOf& label, Language language) {
  Value facts{Value::Array()};
  for (const Fact& fact : pack.facts) facts.array()->push_back(WriteFact(fact, label, language));
  return facts;
}

}  // namespace dijia::json
