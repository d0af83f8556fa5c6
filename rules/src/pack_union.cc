#include "pack_union.h"

#include <algorithm>
#include <bit>

namespace dijia::rules {
namespace {

constexpr std::uint16_t kNowhere = 0xFFFF;

bool SameShape(const Fact& a, const Fact& b) {
  return a.type == b.type && a.scale == b.scale && a.choices == b.choices && a.lowest == b.lowest &&
         a.highest == b.highest;
}

class Uniter {
 public:
  Uniter(const RulePack& first, const RulePack& second) : second_(second) {
    union_.pack = first;
    union_.first = first.clauses.size();
    RulePack& pack = union_.pack;
    pack.definitions.clear();  // conditions are compared, not their names
    pack.claims.clear();
    pack.examples.clear();
    for (Clause& clause : pack.clauses) Forget(clause.when);
    union_.fact_of_second.assign(first.facts.size(), kNowhere);
  }

  PackUnion Unite() {
    UniteFacts();
    UniteReadings();
    UniteNumbers();
    for (const RuleTitle& rule : second_.rules) {
      const auto known = std::ranges::find(union_.pack.rules, rule.id, &RuleTitle::id);
      if (known == union_.pack.rules.end()) union_.pack.rules.push_back(rule);
    }
    for (Clause clause : second_.clauses) {
      Move(clause.when);
      clause.limit.fact = facts_[clause.limit.fact];
      union_.pack.clauses.push_back(std::move(clause));
    }
    return std::move(union_);
  }

 private:
  static void Forget(Predicate& predicate) {
    predicate.definition = kNoDefinition;
    for (Predicate& part : predicate.parts) Forget(part);
  }

  void UniteFacts() {
    RulePack& pack = union_.pack;
    for (std::size_t i = 0; i < second_.facts.size(); ++i) {
      const Fact& fact = second_.facts[i];
      std::optional<std::uint16_t> known = pack.FindFact(fact.id);
      if (known && !SameShape(pack.facts[*known], fact)) known.reset();
      if (!known) {
        known = static_cast<std::uint16_t>(pack.facts.size());
        pack.facts.push_back(fact);
        pack.facts.back().derivation = {};
        union_.fact_of_second.push_back(kNowhere);
      }
      union_.fact_of_second[*known] = static_cast<std::uint16_t>(i);
      facts_.push_back(*known);
    }
  }

  // An option of the second pack is that of the same id, or one more.
  void UniteReadings() {
    RulePack& pack = union_.pack;
    for (const Reading& reading : second_.readings) {
      const auto known = pack.FindReading(reading.id);
      std::vector<std::uint8_t> options;
      const std::size_t index = known ? *known : pack.readings.size();
      if (!known) pack.readings.push_back(reading);
      Reading& both = pack.readings[index];
      both.selected = both.selected && reading.selected && both.chosen == reading.chosen;
      for (const ReadingOption& option : reading.options) {
        const auto same = std::ranges::find(both.options, option.id, &ReadingOption::id);
        options.push_back(static_cast<std::uint8_t>(same - both.options.begin()));
        if (same == both.options.end()) both.options.push_back(option);
      }
      readings_.push_back(static_cast<std::uint16_t>(index));
      options_.push_back(std::move(options));
    }
  }

  void UniteNumbers() {
    RulePack& pack = union_.pack;
    first_value_ = static_cast<std::uint16_t>(pack.value_ids.size());
    first_table_ = static_cast<std::uint16_t>(pack.tables.size());
    for (const std::string& id : second_.value_ids) pack.value_ids.push_back(id + "'");
    for (DatedValue value : second_.values) {
      value.id += "'";
      pack.values.push_back(std::move(value));
    }
    for (Table table : second_.tables) {
      for (std::uint16_t& key : table.keys) key = facts_[key];
      pack.tables.push_back(std::move(table));
    }
  }

  void Move(Predicate& predicate) const {
    predicate.definition = kNoDefinition;
    for (Predicate& part : predicate.parts) Move(part);
    if (predicate.op == Predicate::Op::kReading) {
      std::uint64_t choices = 0;
      for (std::uint64_t bits = predicate.choices; bits != 0; bits &= bits - 1) {
        const auto option = static_cast<std::size_t>(std::countr_zero(bits));
        choices |= std::uint64_t{1} << options_[predicate.subject][option];
      }
      predicate.choices = choices;
      predicate.subject = readings_[predicate.subject];
      return;
    }
    predicate.subject = facts_[predicate.subject];
    predicate.other = facts_[predicate.other];
    Operand& operand = predicate.operand;
    if (operand.kind == Operand::Kind::kFact) operand.index = facts_[operand.index];
    const auto shift = [&](std::uint16_t by) {
      operand.index = static_cast<std::uint16_t>(operand.index + by);
    };
    if (operand.kind == Operand::Kind::kValue) shift(first_value_);
    if (operand.kind == Operand::Kind::kTable) shift(first_table_);
  }

  const RulePack& second_;
  PackUnion union_;
  std::vector<std::uint16_t> facts_, readings_;  // by index in the second pack
  std::vector<std::vector<std::uint8_t>> options_;
  std::uint16_t first_value_ = 0, first_table_ = 0;
};

}  // namespace

PackUnion Unite(const RulePack& first, const RulePack& second) {
  return Uniter(first, second).Unite();
}

}  // namespace dijia::rules
