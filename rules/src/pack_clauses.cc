// Conditions, clauses and examples of a pack.
#include <algorithm>
#include <initializer_list>

#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "dijia/base/sha256.h"
#include "pack_builder.h"
#include "sentence.h"

namespace dijia::rules {
namespace {

using Kind = TomlNode::Kind;
using Op = Predicate::Op;

constexpr std::string_view kRelations[] = {"at_least", "more_than", "at_most", "less_than"};
constexpr std::int64_t kWhole = 1'000'000;  // 1 in units of 10^-kFactorScale
constexpr std::int64_t kLargestFactor = kWhole * kWhole;
constexpr std::int64_t kMostYears = 200;
// A definition stands in a condition as often as it is named: a pack of a few lines could otherwise
// fill the memory.
constexpr std::size_t kMostParts = 2000;

std::size_t PartsOf(const Predicate& predicate) {
  std::size_t parts = 1;
  for (const Predicate& part : predicate.parts) parts += PartsOf(part);
  return parts;
}

Predicate Test(Op op, std::uint16_t subject, std::uint64_t choices = 0) {
  Predicate predicate;
  predicate.op = op;
  predicate.subject = subject;
  predicate.choices = choices;
  return predicate;
}

Predicate Negated(Predicate part) {
  Predicate predicate;
  predicate.op = Op::kNot;
  predicate.parts.push_back(std::move(part));
  return predicate;
}

// The `times` of an operand or a limit.
std::int64_t ReadFactor(const PackText& text, const TomlNode& table) {
  const std::int64_t factor = text.Decimal(table, "times", kFactorScale, false).value_or(kWhole);
  if (factor >= 0 && factor <= kLargestFactor) return factor;
  text.Report(
      Code::kFactOutOfRange, table, "times",
      {FormatDecimal(factor, kFactorScale), "0", FormatDecimal(kLargestFactor, kFactorScale)});
  return kWhole;
}

// What the clause makes of benchmark prices; kCurrent where it says nothing.
Refresh ReadRefresh(const PackText& text, const TomlNode& table) {
  const auto word = text.Text(table, "refresh", false);
  if (!word) return Refresh::kCurrent;
  std::vector<std::string_view> names;
  for (const auto& row : EnumTableOf<Refresh>::kRows) {
    if (row.value != Refresh::kCurrent) names.push_back(row.code);
  }
  const auto index = text.Choice(table, *word, names);
  return index ? static_cast<Refresh>(*index + 1) : Refresh::kCurrent;
}

// The condition of a definition with its name; one that is itself another definition keeps both.
Predicate Named(Predicate when, std::uint16_t definition) {
  if (when.definition != kNoDefinition) {
    Predicate wrapped;
    wrapped.parts.push_back(std::move(when));
    when = std::move(wrapped);
  }
  when.definition = definition;
  return when;
}

// The numbers of a fact in the order of a table of choices.
bool IsNumber(const Fact& fact) { return !fact.IsSmall() || fact.type == FactType::kDecimal; }

// The number that the clause itself states; empty when it states none.
std::string NumberOf(const Clause& clause) {
  const bool share = clause.kind == ClauseKind::kRatio || clause.kind == ClauseKind::kDuty;
  if (share) return FormatDecimal(clause.ratio, kFactorScale);
  const bool part = clause.kind == ClauseKind::kLimit && clause.limit.times != kWhole;
  return part ? FormatDecimal(clause.limit.times, kFactorScale) : std::string();
}

}  // namespace

void PackBuilder::ReadDefinition(const PackDocument& document, const TomlNode& table) {
  static constexpr std::string_view kFields[] = {"id", "when", "name_zh", "name_en"};
  const PackText& text = document.text;
  text.Only(table, kFields);
  Definition definition;
  definition.id = text.Text(table, "id").value_or("");
  definition.name = text.Both(table, "name", false);
  definition.where = text.At(table);
  const bool taken = pack_.FindFact(definition.id) ||
                     std::ranges::find(pack_.definitions, definition.id, &Definition::id) !=
                         pack_.definitions.end();
  if (taken) text.Report(Code::kNameTwice, table, "id", {definition.id});
  if (const TomlNode* when = table.Find("when")) {
    definition.when = ReadCondition(text, *when);
    if (PartsOf(definition.when) > kMostParts) {
      text.Report(Code::kPredicateShape, table, "when", {"> " + std::to_string(kMostParts)});
      definition.when = {};
    }
  } else {
    text.Report(Code::kMissingField, table, "when", {"when"});
  }
  pack_.definitions.push_back(std::move(definition));
}

Predicate PackBuilder::ReadCondition(const PackText& text, const TomlNode& node) const {
  if (node.kind == Kind::kText) return ReadWord(text, node);
  if (node.kind == Kind::kArray) return ReadParts(text, node, Op::kAll);
  if (node.kind == Kind::kTable) return ReadTest(text, node);
  text.Report(Code::kPredicateShape, node, "when", {"a name, a list or { … }"});
  return {};
}

Predicate PackBuilder::ReadParts(const PackText& text, const TomlNode& list, Op op) const {
  Predicate predicate;
  predicate.op = op;
  if (list.kind != Kind::kArray) {
    text.Report(Code::kNotAList, list, "when", {"all / any"});
    return predicate;
  }
  std::size_t parts = 1;
  for (const TomlNode& item : list.items) {
    predicate.parts.push_back(ReadCondition(text, item));
    parts += PartsOf(predicate.parts.back());
    if (parts <= kMostParts) continue;
    text.Report(Code::kPredicateShape, list, "when", {"> " + std::to_string(kMostParts)});
    return {};
  }
  return predicate;
}

// A definition, a yes/no fact, "meets_standard", or one of them after "!".
Predicate PackBuilder::ReadWord(const PackText& text, const TomlNode& node) const {
  std::string_view word = node.text;
  if (word.starts_with('!')) {
    TomlNode rest = node;
    rest.text = word.substr(1);
    if (rest.text.starts_with('!')) {
      text.Report(Code::kPredicateShape, node, "when", {std::string(word)});
      return {};
    }
    return Negated(ReadWord(text, rest));
  }
  if (word == "meets_standard") return Test(Op::kMeetsStandard, 0);
  const auto definition = std::ranges::find(pack_.definitions, word, &Definition::id);
  if (definition != pack_.definitions.end()) {
    return Named(definition->when,
                 static_cast<std::uint16_t>(std::distance(pack_.definitions.begin(), definition)));
  }
  Names names = FactNames();
  for (const Definition& other : pack_.definitions) names.push_back(other.id);
  const auto index = text.Choice(node, word, names);
  if (!index || *index >= pack_.facts.size()) return {};
  if (pack_.facts[*index].type != FactType::kYesNo) {
    text.Report(Code::kWrongFactType, node, word, {std::string(word), "yes_no"});
  }
  return Test(Op::kIn, static_cast<std::uint16_t>(*index), 2);
}

Predicate PackBuilder::ReadTest(const PackText& text, const TomlNode& node) const {
  static constexpr std::string_view kFields[] = {
      "all",       "any",     "not",       "fact",   "is",      "in",    "not_in", "at_least",
      "more_than", "at_most", "less_than", "stated", "reading", "since", "at",     "years"};
  if (!text.Only(node, kFields)) return {};
  if (const TomlNode* list = node.Find("all")) return ReadParts(text, *list, Op::kAll);
  if (const TomlNode* list = node.Find("any")) return ReadParts(text, *list, Op::kAny);
  if (const TomlNode* part = node.Find("not")) return Negated(ReadCondition(text, *part));
  if (node.Find("reading") != nullptr) return ReadReadingTest(text, node);
  if (node.Find("since") != nullptr) return ReadYears(text, node);
  if (const TomlNode* stated = node.Find("stated")) {
    const auto fact = FactNamed(text, *stated, stated->text);
    return Test(Op::kStated, fact.value_or(0));
  }
  const auto id = text.Text(node, "fact");
  if (!id) return {};
  const auto fact = FactNamed(text, node, *id);
  if (!fact) return {};
  for (const std::string_view name : {"is", "in", "not_in"}) {
    if (node.Find(name) != nullptr) return ReadMembership(text, node, *fact);
  }
  return ReadComparison(text, node, *fact);
}

Predicate PackBuilder::ReadMembership(const PackText& text, const TomlNode& node,
                                      std::uint16_t index) const {
  const Fact& fact = pack_.facts[index];
  if (!fact.IsSmall()) {
    text.Report(Code::kWrongFactType, node, fact.id, {fact.id, "at_least, at_most, …"});
    return {};
  }
  std::uint64_t choices = 0;
  const auto add = [&](const TomlNode& item) {
    const auto value = FactValue(text, item, fact, item.text);
    if (value) choices |= std::uint64_t{1} << static_cast<unsigned>(*value);
  };
  if (const TomlNode* one = node.Find("is")) add(*one);
  for (const std::string_view name : {"in", "not_in"}) {
    for (const TomlNode& item : text.Items(node, name)) add(item);
  }
  Predicate test = Test(Op::kIn, index, choices);
  return node.Find("not_in") != nullptr ? Negated(std::move(test)) : test;
}

Predicate PackBuilder::ReadComparison(const PackText& text, const TomlNode& node,
                                      std::uint16_t index) const {
  const Fact& fact = pack_.facts[index];
  for (std::size_t i = 0; i < std::size(kRelations); ++i) {
    const TomlNode* right = node.Find(kRelations[i]);
    if (right == nullptr) continue;
    if (!IsNumber(fact)) {
      text.Report(Code::kWrongFactType, node, fact.id, {fact.id, "is, in, not_in"});
      return {};
    }
    Predicate predicate = Test(Op::kCompare, index);
    predicate.relation = static_cast<Relation>(i);
    predicate.operand = ReadOperand(text, *right, fact);
    return predicate;
  }
  text.Report(Code::kPredicateShape, node, fact.id,
              {"is, in, not_in, at_least, more_than, at_most, less_than"});
  return {};
}

Operand PackBuilder::ReadOperand(const PackText& text, const TomlNode& node,
                                 const Fact& left) const {
  static constexpr std::string_view kFields[] = {"times", "fact", "value", "table"};
  Operand operand;
  if (node.kind != Kind::kTable) {
    operand.constant = FactValue(text, node, left, node.text).value_or(0);
    return operand;
  }
  text.Only(node, kFields);
  operand.times = ReadFactor(text, node);
  if (const auto fact = text.Text(node, "fact", false)) {
    operand.kind = Operand::Kind::kFact;
    operand.index = FactNamed(text, node, *fact).value_or(0);
  } else if (const auto value = text.Text(node, "value", false)) {
    operand.kind = Operand::Kind::kValue;
    operand.index = ValueNamed(text, node, *value).value_or(0);
  } else if (const auto name = text.Text(node, "table")) {
    operand.kind = Operand::Kind::kTable;
    const auto table = text.Choice(node, *name, TableNames());
    operand.index = static_cast<std::uint16_t>(table.value_or(0));
    const bool small = table && pack_.tables[*table].keys.size() == 1 &&
                       pack_.facts[pack_.tables[*table].keys[0]].IsSmall();
    if (table && !small) text.Report(Code::kPredicateShape, node, "table", {"one small key"});
  }
  return operand;
}

// { since = "benchmark_base_date", at = "decided_on", more_than = 3 }
Predicate PackBuilder::ReadYears(const PackText& text, const TomlNode& node) const {
  const auto earlier = text.Text(node, "since"), later = text.Text(node, "at");
  if (!earlier || !later) return {};
  const auto from = FactNamed(text, node, *earlier), to = FactNamed(text, node, *later);
  if (!from || !to) return {};
  Predicate predicate = Test(Op::kYearsSince, *from);
  predicate.other = *to;
  for (const std::uint16_t fact : {predicate.subject, predicate.other}) {
    if (pack_.facts[fact].type != FactType::kDate) {
      text.Report(Code::kWrongFactType, node, pack_.facts[fact].id, {pack_.facts[fact].id, "date"});
    }
  }
  const bool more = node.Find("more_than") != nullptr;
  predicate.relation = more ? Relation::kMoreThan : Relation::kAtLeast;
  predicate.years = static_cast<std::int32_t>(
      text.Integer(node, more ? "more_than" : "at_least", kMostYears).value_or(0));
  return predicate;
}

Predicate PackBuilder::ReadReadingTest(const PackText& text, const TomlNode& node) const {
  const auto id = text.Text(node, "reading");
  if (!id) return {};
  const auto index = text.Choice(node, *id, ReadingNames());
  if (!index) return {};
  Names names;
  for (const ReadingOption& option : pack_.readings[*index].options) names.push_back(option.id);
  std::uint64_t choices = 0;
  const auto add = [&](const TomlNode& item) {
    const auto option = text.Choice(item, item.text, names);
    if (option) choices |= std::uint64_t{1} << *option;
  };
  if (const TomlNode* one = node.Find("is")) add(*one);
  for (const TomlNode& item : text.Items(node, "in")) add(item);
  return Test(Op::kReading, static_cast<std::uint16_t>(*index), choices);
}

void PackBuilder::ReadClause(const PackDocument& document, const TomlNode& table) {
  static constexpr std::string_view kFields[] = {
      "key",        "rule",      "when",       "ratio",   "limit",  "unlawful",
      "defect",     "duty",      "says_zh",    "says_en", "met_zh", "met_en",
      "failed_zh",  "failed_en", "open_zh",    "open_en", "from",   "until",
      "instrument", "article",   "confidence", "refresh"};
  const PackText& text = document.text;
  text.Only(table, kFields);
  Clause clause;
  clause.layer = document.layer;
  clause.where = text.At(table);
  clause.key = text.Text(table, "key").value_or("");
  clause.rule = text.Text(table, "rule").value_or("");
  clause.citation = ReadCitation(text, table);
  clause.says = text.Both(table, "says");
  clause.met = text.Both(table, "met", false);
  clause.failed = text.Both(table, "failed", false);
  clause.open = text.Both(table, "open", false);
  if (const TomlNode* when = table.Find("when")) {
    clause.when = ReadCondition(text, *when);
  } else {
    text.Report(Code::kMissingField, table, "when", {"when"});
  }
  ReadGives(text, table, clause);
  clause.refresh = ReadRefresh(text, table);
  clause.sha256 = Sha256Of(clause.says.zh + '\n' + clause.says.en + '\n' + NumberOf(clause));
  CheckSentences(text, table, clause);
  for (const Clause& other : pack_.clauses) {
    if (other.key == clause.key) text.Report(Code::kNameTwice, table, "key", {clause.key});
  }
  if (clause.layer > 0 && clause.kind == ClauseKind::kRatio) {
    ReportLoosening(text, table, "ratio", clause.key);
  }
  pack_.clauses.push_back(std::move(clause));
}

void PackBuilder::ReadClaim(const PackDocument& document, const TomlNode& table) {
  static constexpr std::string_view kFields[] = {
      "id", "says_zh", "says_en", "when", "from", "until", "rules", "clauses", "exactly_one"};
  const PackText& text = document.text;
  text.Only(table, kFields);
  Claim claim;
  claim.id = text.Text(table, "id").value_or("");
  claim.says = text.Both(table, "says");
  claim.period = text.When(table);
  claim.where = text.At(table);
  claim.exactly_one = text.Flag(table, "exactly_one").value_or(false);
  if (const TomlNode* when = table.Find("when")) claim.when = ReadCondition(text, *when);
  Names keys, rules;
  for (const Clause& clause : pack_.clauses) keys.push_back(clause.key);
  for (const Clause& clause : pack_.clauses) rules.push_back(clause.rule);
  for (const TomlNode& item : text.Items(table, "clauses")) {
    if (text.Choice(item, item.text, keys)) claim.clauses.push_back(item.text);
  }
  for (const TomlNode& item : text.Items(table, "rules")) {
    if (!text.Choice(item, item.text, rules)) continue;
    for (const Clause& clause : pack_.clauses) {
      if (clause.rule == item.text) claim.clauses.push_back(clause.key);
    }
  }
  pack_.claims.push_back(std::move(claim));
}

void PackBuilder::ReadGives(const PackText& text, const TomlNode& table, Clause& clause) const {
  static constexpr std::string_view kGives[] = {"ratio", "limit", "unlawful", "defect", "duty"};
  std::size_t given = 0;
  for (std::size_t i = 0; i < std::size(kGives); ++i) {
    if (table.Find(kGives[i]) == nullptr) continue;
    ++given;
    clause.kind = static_cast<ClauseKind>(i);
  }
  if (given != 1) {
    text.Report(Code::kClauseGives, table, clause.key, {std::to_string(given)});
    return;
  }
  const bool share = clause.kind == ClauseKind::kRatio || clause.kind == ClauseKind::kDuty;
  if (share) {
    const std::string_view name = clause.kind == ClauseKind::kRatio ? "ratio" : "duty";
    clause.ratio = text.Decimal(table, name, kFactorScale).value_or(kWhole);
    if (clause.ratio <= 0 || clause.ratio > kWhole) {
      text.Report(Code::kRatioOutOfRange, *table.Find(name), name,
                  {FormatDecimal(clause.ratio, kFactorScale)});
    }
  }
  if (clause.kind == ClauseKind::kLimit) ReadLimit(text, *table.Find("limit"), clause.limit);
}

void PackBuilder::ReadLimit(const PackText& text, const TomlNode& table, Limit& limit) const {
  static constexpr std::string_view kFields[] = {"side", "of", "times", "normalised"};
  static constexpr std::string_view kSides[] = {"transfer", "rent", "package"};
  text.Only(table, kFields);
  if (const auto side = text.Text(table, "side")) {
    limit.side = static_cast<PriceSide>(text.Choice(table, *side, kSides).value_or(0));
  }
  limit.normalised = text.Flag(table, "normalised").value_or(true);
  limit.times = ReadFactor(text, table);
  const auto of = text.Text(table, "of");
  if (!of || *of == "standard") return;
  limit.amount = Limit::Amount::kFact;
  limit.fact = FactNamed(text, table, *of).value_or(0);
}

void PackBuilder::CheckSentences(const PackText& text, const TomlNode& table,
                                 const Clause& clause) const {
  for (const Bilingual* both : {&clause.met, &clause.failed, &clause.open}) {
    for (const std::string* sentence : {&both->zh, &both->en}) {
      const std::string unknown = FirstUnknownPlaceholder(*sentence, FactNames());
      if (!unknown.empty()) text.Report(Code::kPlaceholderUnknown, table, clause.key, {unknown});
    }
  }
}

// The facts of an example, each in place of that of the example it is like.
void PackBuilder::ReadExampleFacts(const PackText& text, const TomlNode& facts,
                                   Example& example) const {
  for (const TomlNode::Member& member : facts.members) {
    const auto fact = FactNamed(text, member.node, member.name);
    if (!fact) continue;
    std::erase_if(example.facts, [&](const auto& pair) { return pair.first == *fact; });
    if (member.node.text == "unknown") continue;
    const auto value = FactValue(text, member.node, pack_.facts[*fact], member.node.text);
    if (value) example.facts.emplace_back(*fact, *value);
  }
}

void PackBuilder::ReadExample(const PackDocument& document, const TomlNode& table) {
  static constexpr std::string_view kFields[] = {"name",
                                                 "source",
                                                 "like",
                                                 "facts",
                                                 "verdict",
                                                 "minimum",
                                                 "rule",
                                                 "finding",
                                                 "outcome",
                                                 "missing",
                                                 "equal_within_rounding"};
  const PackText& text = document.text;
  text.Only(table, kFields);
  Example example;
  example.where = text.At(table);
  example.name = text.Text(table, "name").value_or("");
  example.source = text.Text(table, "source", false).value_or("");
  if (const auto like = text.Text(table, "like", false)) {
    Names names;
    for (const Example& other : pack_.examples) names.push_back(other.name);
    const auto index = text.Choice(table, *like, names);
    if (index) example.facts = pack_.examples[*index].facts;
  }
  if (const TomlNode* facts = table.Find("facts")) ReadExampleFacts(text, *facts, example);
  example.verdict = text.Text(table, "verdict", false).value_or("");
  example.minimum = text.Text(table, "minimum", false).value_or("");
  example.rule = text.Text(table, "rule", false).value_or("");
  example.finding = text.Text(table, "finding", false).value_or("");
  example.outcome = text.Text(table, "outcome", false).value_or("");
  example.equal_within_rounding = text.Flag(table, "equal_within_rounding").value_or(false);
  for (const TomlNode& item : text.Items(table, "missing")) example.missing.push_back(item.text);
  pack_.examples.push_back(std::move(example));
}

}  // namespace dijia::rules
