// Texts that are missing or differ, and names that nothing uses.
#include <algorithm>
#include <set>

#include "dijia/base/codes.h"
#include "formula_facts.h"
#include "linter.h"
#include "sentence.h"

namespace dijia::rules {
namespace {

// What the clauses of a pack stand on.
struct Use {
  std::set<std::size_t> facts, values, tables, readings, definitions;
};

void Collect(const Predicate& predicate, Use& use) {
  for (const Predicate& part : predicate.parts) Collect(part, use);
  if (predicate.definition != kNoDefinition) use.definitions.insert(predicate.definition);
  switch (predicate.op) {
    case Predicate::Op::kReading:
      use.readings.insert(predicate.subject);
      return;
    case Predicate::Op::kYearsSince:
      use.facts.insert(predicate.other);
      use.facts.insert(predicate.subject);
      return;
    case Predicate::Op::kCompare:
      if (predicate.operand.kind == Operand::Kind::kFact) {
        use.facts.insert(predicate.operand.index);
      }
      if (predicate.operand.kind == Operand::Kind::kValue) {
        use.values.insert(predicate.operand.index);
      }
      if (predicate.operand.kind == Operand::Kind::kTable) {
        use.tables.insert(predicate.operand.index);
      }
      use.facts.insert(predicate.subject);
      return;
    case Predicate::Op::kIn:
    case Predicate::Op::kStated:
      use.facts.insert(predicate.subject);
      return;
    default:
      return;
  }
}

// Facts and tables from which used facts are taken when the case does not state them.
void AddDerivations(const RulePack& pack, Use& use) {
  for (bool more = true; more;) {
    const std::size_t before = use.facts.size() + use.tables.size();
    for (const std::size_t index : std::set<std::size_t>(use.facts)) {
      const Fact& fact = pack.facts[index];
      if (const auto asked = pack.FindFact(fact.asked_as)) use.facts.insert(*asked);
      if (fact.derivation.first) use.facts.insert(*fact.derivation.first);
      if (fact.derivation.kind == Derivation::Kind::kTable) {
        use.tables.insert(fact.derivation.table);
      }
      for (const std::uint16_t key : fact.derivation.keys) use.facts.insert(key);
    }
    for (const std::size_t table : use.tables) {
      for (const std::uint16_t key : pack.tables[table].keys) use.facts.insert(key);
    }
    more = use.facts.size() + use.tables.size() > before;
  }
}

Use UseOf(const RulePack& pack) {
  Use use;
  for (const Clause& clause : pack.clauses) {
    Collect(clause.when, use);
    const bool fact =
        clause.kind == ClauseKind::kLimit && clause.limit.amount == Limit::Amount::kFact;
    if (fact) use.facts.insert(clause.limit.fact);
  }
  for (const Claim& claim : pack.claims) Collect(claim.when, use);
  for (const std::string_view id : kFormulaFactIds) use.facts.insert(*pack.FindFact(id));
  use.values.insert(pack.formula.full_term);
  use.values.insert(pack.formula.tolerance);
  use.tables.insert(pack.formula.standard_table);
  for (const TableIdentity& identity : pack.identities) {
    use.tables.insert(identity.table);
    use.tables.insert(identity.other);
  }
  AddDerivations(pack, use);
  return use;
}

// Without the language in which a figure is said: {floor_zh} and {floor_en} are one.
std::multiset<std::string> Placeholders(const std::string& sentence) {
  std::multiset<std::string> names;
  FillSentence(sentence, [&](std::string_view name) {
    if (name.ends_with("_zh") || name.ends_with("_en")) name.remove_suffix(3);
    names.emplace(name);
    return std::string();
  });
  return names;
}

std::string Joined(const std::multiset<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "{" : " {") + name + "}";
  return text.empty() ? "–" : text;
}

}  // namespace

void Linter::CheckTexts() {
  for (const Clause& clause : pack_.clauses) {
    struct Sentence {
      const char* name;
      const Bilingual& text;
      bool needed;
    };
    const bool limit = clause.kind == ClauseKind::kLimit;
    const Sentence sentences[] = {
        {"says", clause.says, true},
        {"met", clause.met, limit},
        {"failed", clause.failed, limit || clause.kind == ClauseKind::kUnlawful},
        {"open", clause.open, false}};
    for (const auto& [name, text, needed] : sentences) {
      for (const Language language : {Language::kZh, Language::kEn}) {
        const bool other = !text.zh.empty() || !text.en.empty();
        const std::string field = name + std::string(language == Language::kZh ? "_zh" : "_en");
        if (text.In(language).empty() && (needed || other)) {
          Report(Code::kLintTextMissing, clause.where, {clause.key, field});
        }
      }
      const auto zh = Placeholders(text.zh), en = Placeholders(text.en);
      if (zh == en || text.zh.empty() || text.en.empty()) continue;
      Report(Code::kLintTextsDiffer, clause.where,
             {clause.key, name, Joined(zh) + " ≠ " + Joined(en)});
    }
  }
}

void Linter::CheckUse() {
  const Use use = UseOf(pack_);
  for (std::size_t i = 0; i < pack_.value_ids.size(); ++i) {
    const std::string& id = pack_.value_ids[i];
    const auto value = std::ranges::find(pack_.values, id, &DatedValue::id);
    if (!use.values.contains(i)) Report(Code::kLintUnusedValue, value->where, {id});
  }
  const auto check = [&](const auto& items, const std::set<std::size_t>& used, Code code) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!used.contains(i)) Report(code, items[i].where, {items[i].id});
    }
  };
  check(pack_.tables, use.tables, Code::kLintUnusedTable);
  check(pack_.readings, use.readings, Code::kLintUnusedReading);
  check(pack_.definitions, use.definitions, Code::kLintUnusedDefinition);
  check(pack_.facts, use.facts, Code::kLintUnusedFact);
  CheckUseOfInstruments();
}

void Linter::CheckUseOfInstruments() {
  std::set<std::string> cited;
  for (const Clause& clause : pack_.clauses) cited.insert(clause.citation.instrument);
  for (const DatedValue& value : pack_.values) cited.insert(value.citation.instrument);
  for (const Table& table : pack_.tables) cited.insert(table.citation.instrument);
  for (const GivenFact& given : pack_.given) cited.insert(given.citation.instrument);
  for (const Reading& reading : pack_.readings) {
    for (const ReadingOption& option : reading.options) cited.insert(option.citation.instrument);
  }
  for (const Instrument& instrument : pack_.instruments) {
    if (instrument.background || cited.contains(instrument.number)) continue;
    Report(Code::kLintUnusedInstrument, instrument.where, {instrument.number});
  }
}

}  // namespace dijia::rules
