#include "fact_space.h"

#include <algorithm>
#include <bit>

#include "dijia/base/decimal.h"
#include "formula_facts.h"

namespace dijia::rules {
namespace {

using Kind = FactSpace::Variable::Kind;
using Op = Predicate::Op;

constexpr std::int64_t kWhole = 1'000'000;  // 1 in units of 10^-kFactorScale
constexpr int kValueScale = 6;
constexpr std::size_t kMostCells = 64;

std::uint64_t Bit(std::size_t index) { return std::uint64_t{1} << index; }

std::uint64_t BitsUpTo(std::size_t count) {
  return count >= 64 ? ~std::uint64_t{0} : Bit(count) - 1;
}

bool Upward(Relation relation) {
  return relation == Relation::kAtLeast || relation == Relation::kMoreThan;
}

// The least value of the left side at which the truth of a comparison changes. The right side may
// be any number of its scale.
Int128 TurningPoint(const Predicate& comparison, const Fact& left, std::int64_t right,
                    int right_scale) {
  const Int128 unit = Int128{PowerOfTen(right_scale)} * kWhole;
  const Int128 limit = Int128{right} * PowerOfTen(left.scale) * comparison.operand.times;
  const Int128 floor = limit >= 0 ? limit / unit : -((-limit + unit - 1) / unit);
  const bool included =
      comparison.relation == Relation::kAtLeast || comparison.relation == Relation::kLessThan;
  return included && floor * unit == limit ? floor : floor + 1;
}

// The values of a small fact for which a comparison holds.
std::uint64_t ValuesFor(const Predicate& comparison, const Fact& left, std::int64_t right,
                        int right_scale) {
  const Int128 point = TurningPoint(comparison, left, right, right_scale);
  const auto below =
      point <= 0 ? std::size_t{0} : static_cast<std::size_t>(point > 64 ? Int128{64} : point);
  const std::uint64_t low = BitsUpTo(below);
  return Upward(comparison.relation) ? ~low : low;
}

void Split(std::vector<std::uint64_t>& groups, std::uint64_t values) {
  const std::size_t count = groups.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t inside = groups[i] & values, outside = groups[i] & ~values;
    if (inside == 0 || outside == 0) continue;
    groups[i] = outside;
    groups.push_back(inside);
  }
}

template <class Item>
void Insert(std::vector<Item>& sorted, const Item& item) {
  const auto place = std::ranges::lower_bound(sorted, item);
  if (place == sorted.end() || *place != item) sorted.insert(place, item);
}

std::uint64_t GroupsWithin(const std::vector<std::uint64_t>& groups, std::uint64_t values) {
  std::uint64_t cells = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if ((groups[i] & ~values) == 0) cells |= Bit(i);
  }
  return cells;
}

std::uint64_t OptionsInForce(const Reading& reading, Days day) {
  if (reading.selected) return Bit(reading.InForce(reading.chosen, day));
  std::uint64_t options = 0;
  for (std::size_t i = 0; i < reading.options.size(); ++i) {
    if (reading.options[i].period.Contains(day)) options |= Bit(i);
  }
  return options != 0 ? options : Bit(reading.chosen);
}

// A day on which people decide, if the era has one.
Days DayOf(const Period& era) {
  const Days usual = ToDays(std::chrono::year(1980) / 1 / 1);
  return era.from >= usual ? era.from : std::min(usual, era.until - 1);
}

}  // namespace

FactSpace::FactSpace(const RulePack& pack, const Period& era,
                     std::span<const Predicate* const> conditions)
    : pack_(pack), era_(era), day_(DayOf(era)) {
  for (const Predicate* condition : conditions) Collect(*condition);
  Finish();
}

FactSpace::Variable& FactSpace::Take(Kind kind, std::uint16_t first, std::uint16_t second) {
  const auto [place, is_new] = places_.try_emplace({kind, first, second}, variables_.size());
  if (!is_new) return variables_[place->second];
  Variable& variable = variables_.emplace_back();
  variable.kind = kind;
  variable.first = first;
  variable.second = second;
  if (kind == Kind::kReading) variable.groups = {OptionsInForce(pack_.readings[first], day_)};
  if (kind != Kind::kSmall && kind != Kind::kNumber) return variable;
  const Fact& fact = pack_.facts[first];
  if (kind == Kind::kSmall) {
    variable.groups = {BitsUpTo(static_cast<std::size_t>(fact.highest) + 1) &
                       ~BitsUpTo(static_cast<std::size_t>(fact.lowest))};
    return variable;
  }
  const bool decided =
      fact.id == kFormulaFactIds[static_cast<std::size_t>(FormulaFact::kDecidedOn)];
  variable.starts = {decided ? std::max<std::int64_t>(fact.lowest, era_.from) : fact.lowest};
  variable.highest = decided ? std::min<std::int64_t>(fact.highest, era_.until - 1) : fact.highest;
  return variable;
}

std::size_t FactSpace::IndexOf(Kind kind, std::uint16_t first, std::uint16_t second) const {
  return places_.at({kind, first, second});
}

void FactSpace::Collect(const Predicate& predicate) {
  for (const Predicate& part : predicate.parts) Collect(part);
  switch (predicate.op) {
    case Op::kIn:
      return Split(Take(Kind::kSmall, predicate.subject).groups, predicate.choices);
    case Op::kReading:
      return Split(Take(Kind::kReading, predicate.subject).groups, predicate.choices);
    case Op::kCompare:
      return CollectComparison(predicate);
    case Op::kYearsSince:
      return Insert(Take(Kind::kYears, predicate.subject, predicate.other).years,
                    {predicate.years, predicate.relation == Relation::kMoreThan});
    case Op::kStated:
      Take(Kind::kStated, predicate.subject);
      return;
    case Op::kMeetsStandard:
      Take(Kind::kMeets, 0);
      return;
    case Op::kAll:
    case Op::kAny:
    case Op::kNot:
      return;
  }
}

std::optional<std::int64_t> FactSpace::ValueOf(const Operand& operand) const {
  if (operand.kind == Operand::Kind::kConstant) return operand.constant;
  const DatedValue* value = pack_.ValueOn(operand.index, day_);
  return value == nullptr ? std::nullopt : std::optional(value->value);
}

void FactSpace::CollectComparison(const Predicate& predicate) {
  const Operand& operand = predicate.operand;
  switch (operand.kind) {
    case Operand::Kind::kFact:
      return Insert(Take(Kind::kPair, predicate.subject, operand.index).times, operand.times);
    case Operand::Kind::kConstant:
      return Turn(predicate, operand.constant, pack_.facts[predicate.subject].scale);
    case Operand::Kind::kValue:
      if (const auto value = ValueOf(operand)) Turn(predicate, *value, kValueScale);
      return;
    case Operand::Kind::kTable: {
      const Table& table = pack_.tables[operand.index];
      const Fact& key = pack_.facts[table.keys[0]];
      for (std::int64_t value = key.lowest; value <= key.highest; ++value) {
        const auto cell = table.Find(value, 0, day_);
        Split(Take(Kind::kSmall, table.keys[0]).groups, Bit(static_cast<std::size_t>(value)));
        if (cell) Turn(predicate, *cell, table.scale);
      }
    }
  }
}

void FactSpace::Turn(const Predicate& comparison, std::int64_t right, int right_scale) {
  const Fact& left = pack_.facts[comparison.subject];
  if (left.IsSmall()) {
    return Split(Take(Kind::kSmall, comparison.subject).groups,
                 ValuesFor(comparison, left, right, right_scale));
  }
  Variable& variable = Take(Kind::kNumber, comparison.subject);
  const Int128 point = TurningPoint(comparison, left, right, right_scale);
  if (point <= variable.starts.front() || point > variable.highest) return;
  Insert(variable.starts, static_cast<std::int64_t>(point));
}

void FactSpace::Finish() {
  std::vector<std::uint8_t> sizes;
  for (Variable& variable : variables_) {
    // The first cell is that of the first choice: examples then are the plainest cases.
    std::ranges::sort(variable.groups, {}, [](std::uint64_t g) { return std::countr_zero(g); });
    if (variable.size() > kMostCells) overfull_ = variable.first;
    sizes.push_back(static_cast<std::uint8_t>(std::min(variable.size(), kMostCells)));
  }
  diagram_ = DecisionDiagram(std::move(sizes));
}

FactSpace::Set FactSpace::Of(const Predicate& condition) {
  switch (condition.op) {
    case Op::kAll:
    case Op::kAny: {
      const bool all = condition.op == Op::kAll;
      Set set = all ? DecisionDiagram::kEverything : DecisionDiagram::kNone;
      for (const Predicate& part : condition.parts) {
        set = all ? diagram_.And(set, Of(part)) : diagram_.Or(set, Of(part));
      }
      return set;
    }
    case Op::kNot:
      return diagram_.Not(Of(condition.parts[0]));
    case Op::kIn:
    case Op::kReading: {
      const Kind kind = condition.op == Op::kIn ? Kind::kSmall : Kind::kReading;
      const std::size_t index = IndexOf(kind, condition.subject);
      return diagram_.Where(index, GroupsWithin(variables_[index].groups, condition.choices));
    }
    case Op::kCompare:
      return OfComparison(condition);
    case Op::kYearsSince: {
      const std::size_t index = IndexOf(Kind::kYears, condition.subject, condition.other);
      const auto& years = variables_[index].years;
      const std::pair<int, bool> from{condition.years, condition.relation == Relation::kMoreThan};
      const auto cell = std::ranges::lower_bound(years, from) - years.begin() + 1;
      return diagram_.Where(index, ~BitsUpTo(static_cast<std::size_t>(cell)));
    }
    case Op::kStated:
      return diagram_.Where(IndexOf(Kind::kStated, condition.subject), 2);
    case Op::kMeetsStandard:
      return diagram_.Where(IndexOf(Kind::kMeets, 0), 2);
  }
  return DecisionDiagram::kNone;
}

FactSpace::Set FactSpace::OfComparison(const Predicate& predicate) {
  const Operand& operand = predicate.operand;
  switch (operand.kind) {
    case Operand::Kind::kFact: {
      const std::size_t index = IndexOf(Kind::kPair, predicate.subject, operand.index);
      const auto& times = variables_[index].times;
      const auto at = std::ranges::lower_bound(times, operand.times) - times.begin();
      const bool equal_is_low =
          predicate.relation == Relation::kMoreThan || predicate.relation == Relation::kAtMost;
      const std::uint64_t low = BitsUpTo(static_cast<std::size_t>(2 * at + (equal_is_low ? 2 : 1)));
      return diagram_.Where(index, Upward(predicate.relation) ? ~low : low);
    }
    case Operand::Kind::kTable:
      return OfTable(predicate);
    case Operand::Kind::kConstant:
      return OfNumber(predicate, operand.constant, pack_.facts[predicate.subject].scale);
    case Operand::Kind::kValue: {
      const auto value = ValueOf(operand);
      return value ? OfNumber(predicate, *value, kValueScale) : DecisionDiagram::kNone;
    }
  }
  return DecisionDiagram::kNone;
}

FactSpace::Set FactSpace::OfNumber(const Predicate& comparison, std::int64_t right,
                                   int right_scale) {
  const Fact& left = pack_.facts[comparison.subject];
  if (left.IsSmall()) {
    const std::size_t index = IndexOf(Kind::kSmall, comparison.subject);
    return diagram_.Where(index, GroupsWithin(variables_[index].groups,
                                              ValuesFor(comparison, left, right, right_scale)));
  }
  const std::size_t index = IndexOf(Kind::kNumber, comparison.subject);
  const Int128 point = TurningPoint(comparison, left, right, right_scale);
  const auto& starts = variables_[index].starts;
  const auto below =
      std::ranges::count_if(starts, [&](std::int64_t start) { return start < point; });
  const std::uint64_t low = BitsUpTo(static_cast<std::size_t>(below));
  return diagram_.Where(index, Upward(comparison.relation) ? ~low : low);
}

FactSpace::Set FactSpace::OfTable(const Predicate& comparison) {
  const Table& table = pack_.tables[comparison.operand.index];
  const Fact& key = pack_.facts[table.keys[0]];
  const std::size_t index = IndexOf(Kind::kSmall, table.keys[0]);
  Set set = DecisionDiagram::kNone;
  for (std::int64_t value = key.lowest; value <= key.highest; ++value) {
    const auto cell = table.Find(value, 0, day_);
    if (!cell) continue;
    const std::uint64_t group =
        GroupsWithin(variables_[index].groups, Bit(static_cast<std::size_t>(value)));
    set = diagram_.Or(
        set, diagram_.And(diagram_.Where(index, group), OfNumber(comparison, *cell, table.scale)));
  }
  return set;
}

}  // namespace dijia::rules
