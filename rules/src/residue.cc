#include "residue.h"

#include <utility>

#include "dijia/base/decimal.h"

namespace dijia::rules {
namespace {

using Op = Predicate::Op;

// What a word of the key begins. A comparison is named by its address, which is larger than any
// slot and smaller than these.
constexpr std::uint64_t kOfClause = std::uint64_t{1} << 62, kOfRatios = std::uint64_t{1} << 61;

}  // namespace

Residue::Residue(const Era& era, const State& state)
    : era_(era), state_(state), evaluation_(era, state) {
  bool applies = false;
  std::vector<std::pair<const Clause*, ClauseState>> undecided;
  for (const Clause* clause : era.clauses) {
    const bool limit = clause->kind == ClauseKind::kLimit;
    if (!limit && clause->kind != ClauseKind::kUnlawful) continue;
    const ClauseState says = evaluation_.Of(*clause);
    applies = applies || (limit && says.applies == Truth::kTrue);
    const bool decided = says.applies == Truth::kTrue && (!limit || says.met != Truth::kUnknown);
    if (says.applies != Truth::kFalse && !decided) undecided.emplace_back(clause, says);
  }
  Put(applies ? 1 : 0);
  for (const auto& [clause, says] : undecided) {
    const bool harmless = clause->kind == ClauseKind::kLimit && says.met == Truth::kTrue;
    // A limit that cannot fail matters only where it may be the only one that applies.
    if (!harmless || !applies) AddClause(*clause, says);
  }
}

void Residue::AddClause(const Clause& clause, const ClauseState& says) {
  of_clause_.reset();
  const auto index = static_cast<std::uint64_t>(&clause - era_.pack->clauses.data());
  Put(kOfClause | index << 8U | static_cast<std::uint64_t>(says.applies) << 4U |
      static_cast<std::uint64_t>(says.met));
  if (says.applies == Truth::kUnknown) AddCondition(clause.when);
  if (clause.kind == ClauseKind::kLimit && says.met == Truth::kUnknown) AddLimit(clause.limit);
  open_.push_back(of_clause_);
}

void Residue::AddCondition(const Predicate& predicate) {
  switch (predicate.op) {
    case Op::kAll:
    case Op::kAny:
    case Op::kNot:
      for (const Predicate& part : predicate.parts) {
        if (evaluation_.Of(part) == Truth::kUnknown) AddCondition(part);
      }
      return;
    default:
      AddComparison(predicate);
  }
}

void Residue::AddComparison(const Predicate& predicate) {
  Put(reinterpret_cast<std::uintptr_t>(&predicate));
  const Operand& operand = predicate.operand;
  switch (predicate.op) {
    case Op::kReading:
      AddSlot(era_.ReadingSlot(predicate.subject));
      return;
    case Op::kMeetsStandard:
      AddFact(FormulaFact::kMethod);
      AddFact(FormulaFact::kLandClass);
      for (const PriceSide side : kPriceSides) {
        if (evaluation_.MayBe(side)) AddPrice(side);
      }
      return;
    case Op::kYearsSince:
      AddSlot(predicate.other);
      break;
    case Op::kCompare:
      if (operand.kind == Operand::Kind::kFact) AddSlot(operand.index);
      if (operand.kind == Operand::Kind::kTable) {
        AddSlot(era_.pack->tables[operand.index].keys[0]);
      }
      break;
    default:
      break;
  }
  AddSlot(predicate.subject);
}

void Residue::AddLimit(const Limit& limit) {
  AddPrice(limit.side);
  if (limit.amount == Limit::Amount::kFact) return AddSlot(limit.fact);
  AddFact(FormulaFact::kLandClass);
  AddRatios();
}

// A discount counts only where it is lower than the lowest that is certain.
void Residue::AddRatios() {
  const std::int64_t certain = evaluation_.Ratios().high;
  Put(kOfRatios | static_cast<std::uint64_t>(certain));
  for (const Clause* clause : era_.clauses) {
    if (clause->kind != ClauseKind::kRatio || clause->ratio >= certain) continue;
    if (evaluation_.Of(clause->when) == Truth::kUnknown) AddCondition(clause->when);
  }
}

// The facts that PriceAt asks for.
void Residue::AddPrice(PriceSide side) {
  const auto is = [](const Domain& domain, auto value) {
    return domain.bits == std::uint64_t{1} << static_cast<unsigned>(value);
  };
  AddFact(FormulaFact::kAmount);
  const Domain& kind = state_.slots[era_.SlotOf(FormulaFact::kPriceKind)];
  if ((kind.bits >> static_cast<unsigned>(PriceKind::kStarting) & 1U) != 0) {
    AddFact(FormulaFact::kPriceKind);
  }
  AddFact(FormulaFact::kUnit);
  const Domain& unit = state_.slots[era_.SlotOf(FormulaFact::kUnit)];
  const bool open = !unit.IsSingle();
  if (open || is(unit, PriceUnit::kYuanTotal) || is(unit, PriceUnit::kWanYuanTotal)) {
    AddFact(FormulaFact::kArea);
  }
  if (open || is(unit, PriceUnit::kYuanPerSqmFloor)) AddFact(FormulaFact::kFar);
  AddFact(FormulaFact::kRebates);
  AddFact(FormulaFact::kTerm);
  const Domain& term = state_.slots[era_.SlotOf(FormulaFact::kTerm)];
  const bool full = term.IsSingle() && term.low == era_.full_term * PowerOfTen(kYearsScale);
  if (side == PriceSide::kTransfer && full) return;
  AddFact(FormulaFact::kRate);
  if (side == PriceSide::kTransfer) return;
  AddFact(FormulaFact::kRentTiming);
  if (side == PriceSide::kRent) return;
  AddFact(FormulaFact::kTransferPrice);
  AddFact(FormulaFact::kLeaseYears);
}

void Residue::AddSlot(std::size_t slot) {
  const Domain& domain = state_.slots[slot];
  if (!domain.IsSingle()) of_clause_.set(slot);
  if (in_key_.test(slot)) return;
  in_key_.set(slot);
  Put(slot);
  Put(domain.bits);
  Put(static_cast<std::uint64_t>(domain.low));
  Put(static_cast<std::uint64_t>(domain.high));
  Put(domain.varies);
}

void Residue::Put(std::uint64_t word) {
  key_.append(reinterpret_cast<const char*>(&word), sizeof word);
}

}  // namespace dijia::rules
