#include "program.h"

#include <algorithm>
#include <bit>
#include <set>

#include "dijia/base/decimal.h"
#include "dijia/base/land.h"

namespace dijia::rules {
namespace {

using Op = Predicate::Op;

constexpr std::int64_t kWhole = 1'000'000;
constexpr int kValueScale = 6;

Truth TruthOf(bool value) { return value ? Truth::kTrue : Truth::kFalse; }
Truth Not(Truth truth) {
  if (truth == Truth::kUnknown) return truth;
  return TruthOf(truth == Truth::kFalse);
}
// The truth when it is `best` at one end of a monotone range and `worst` at the other.
Truth Between(bool best, bool worst) { return best == worst ? TruthOf(best) : Truth::kUnknown; }

template <class Enum>
constexpr std::uint64_t BitOf(Enum value) {
  return std::uint64_t{1} << static_cast<unsigned>(value);
}

void Cut(std::set<Days>& cuts, const Period& period) {
  cuts.insert(period.from);
  cuts.insert(period.until);
}

// `all_tables`: also those of more or larger keys, which eras do not hold as columns.
std::set<Days> CutsOf(const RulePack& pack, bool all_tables) {
  std::set<Days> cuts{kNoBeginning, kNoEnd};
  for (const Clause& clause : pack.clauses) Cut(cuts, clause.citation.in_force);
  for (const DatedValue& value : pack.values) Cut(cuts, value.citation.in_force);
  for (const Reading& reading : pack.readings) {
    for (const ReadingOption& option : reading.options) Cut(cuts, option.period);
  }
  for (const Table& table : pack.tables) {
    const bool is_column = table.keys.size() == 1 && pack.facts[table.keys[0]].IsSmall();
    for (const TableRow& row : table.rows) {
      if (is_column || all_tables) Cut(cuts, row.period);
    }
  }
  return cuts;
}

// Every comparison below a predicate, filed under the facts in it.
void FileComparisons(const Predicate& predicate,
                     std::vector<std::vector<const Predicate*>>& comparisons) {
  for (const Predicate& part : predicate.parts) FileComparisons(part, comparisons);
  if (predicate.op == Op::kCompare) {
    comparisons[predicate.subject].push_back(&predicate);
    if (predicate.operand.kind == Operand::Kind::kFact) {
      comparisons[predicate.operand.index].push_back(&predicate);
    }
  } else if (predicate.op == Op::kYearsSince) {
    comparisons[predicate.subject].push_back(&predicate);
    comparisons[predicate.other].push_back(&predicate);
  }
}

bool Alike(const Predicate& a, const Predicate& b) {
  return a.op == b.op && a.relation == b.relation && a.subject == b.subject && a.other == b.other &&
         a.years == b.years && a.operand.kind == b.operand.kind &&
         a.operand.times == b.operand.times && a.operand.constant == b.operand.constant &&
         a.operand.index == b.operand.index;
}

void FillReadings(const RulePack& pack, Era& era) {
  for (const Reading& reading : pack.readings) {
    std::uint64_t options = 0;
    const std::size_t chosen = reading.InForce(reading.chosen, era.period.from);
    for (std::size_t i = 0; i < reading.options.size(); ++i) {
      const ReadingOption& option = reading.options[i];
      if (option.contested && option.period.Contains(era.period.from)) {
        options |= std::uint64_t{1} << i;
      }
    }
    const bool decided = reading.selected || !reading.options[chosen].contested || options == 0;
    if (decided) options = std::uint64_t{1} << chosen;
    era.reading_options.push_back(options);
    era.reading_defaults.push_back(static_cast<std::uint8_t>(chosen));
  }
}

Era CompileEra(const RulePack& pack, const Period& period) {
  Era era;
  era.period = period;
  era.pack = &pack;
  for (std::size_t i = 0; i < kFormulaFacts; ++i) era.slots[i] = *pack.FindFact(kFormulaFactIds[i]);
  era.comparisons.resize(pack.facts.size());
  for (const Clause& clause : pack.clauses) {
    if (!clause.citation.in_force.Contains(period.from)) continue;
    era.clauses.push_back(&clause);
    FileComparisons(clause.when, era.comparisons);
  }
  for (std::size_t fact = 0; fact < era.comparisons.size(); ++fact) {
    const auto& all = era.comparisons[fact];
    era.compared_alike.set(fact, std::ranges::all_of(all, [&](const Predicate* one) {
                             return Alike(*one, *all.front());
                           }));
  }
  for (std::size_t i = 0; i < pack.value_ids.size(); ++i) {
    const DatedValue* value = pack.ValueOn(static_cast<std::uint16_t>(i), period.from);
    era.values.push_back(value == nullptr ? std::nullopt : std::optional(value->value));
  }
  for (const Table& table : pack.tables) {
    auto& column = era.columns.emplace_back();
    if (table.keys.size() != 1 || !pack.facts[table.keys[0]].IsSmall()) continue;
    for (std::size_t key = 0; key < column.size(); ++key) {
      column[key] = table.Find(static_cast<std::int64_t>(key), 0, period.from);
    }
  }
  FillReadings(pack, era);
  era.full_term = era.values[pack.formula.full_term].value_or(0) / kWhole;
  era.tolerance = {era.values[pack.formula.tolerance].value_or(0), kWhole};
  return era;
}

}  // namespace

Domain SmallDomain(std::uint64_t bits) {
  return {bits, std::countr_zero(bits), 63 - std::countl_zero(bits)};
}

std::vector<Era> CompileEras(const RulePack& pack) {
  const std::set<Days> cuts = CutsOf(pack, false);
  auto by_id = std::make_shared<std::unordered_map<std::string_view, std::uint16_t>>();
  for (std::size_t fact = 0; fact < pack.facts.size(); ++fact) {
    by_id->emplace(pack.facts[fact].id, static_cast<std::uint16_t>(fact));
  }
  std::vector<Era> eras;
  for (auto cut = cuts.begin(); std::next(cut) != cuts.end(); ++cut) {
    eras.push_back(CompileEra(pack, {*cut, *std::next(cut)}));
    eras.back().facts_by_id = by_id;
  }
  return eras;
}

std::vector<Days> DayCuts(const RulePack& pack) {
  const std::set<Days> cuts = CutsOf(pack, true);
  return {cuts.begin(), cuts.end()};
}

Truth Evaluation::Of(const Predicate& predicate) {
  switch (predicate.op) {
    case Op::kAll:
      return OfParts(predicate, false);
    case Op::kAny:
      return OfParts(predicate, true);
    case Op::kNot:
      return Not(Of(predicate.parts[0]));
    case Op::kIn:
    case Op::kReading: {
      const std::size_t slot = predicate.op == Op::kIn ? std::size_t{predicate.subject}
                                                       : era_.ReadingSlot(predicate.subject);
      const std::uint64_t bits = Slot(slot).bits;
      if ((bits & ~predicate.choices) == 0) return Truth::kTrue;
      return (bits & predicate.choices) == 0 ? Truth::kFalse : Truth::kUnknown;
    }
    case Op::kCompare:
      return OfComparison(predicate);
    case Op::kYearsSince:
      return OfYears(predicate);
    case Op::kStated:
      return TruthOf(state_.stated.test(predicate.subject));
    case Op::kMeetsStandard:
      return MeetsStandard();
  }
  return Truth::kUnknown;
}

Truth Evaluation::OfParts(const Predicate& predicate, bool any) {
  const Truth decisive = TruthOf(any);
  bool unknown = false;
  const SlotSet before = touched_;
  for (const Predicate& part : predicate.parts) {
    const Truth truth = Of(part);
    if (truth == decisive) {
      touched_ = before;  // the other parts cannot change it
      return decisive;
    }
    unknown = unknown || truth == Truth::kUnknown;
  }
  return unknown ? Truth::kUnknown : Not(decisive);
}

std::optional<Domain> Evaluation::RightSide(const Operand& operand, int& scale) {
  switch (operand.kind) {
    case Operand::Kind::kConstant:
      return Domain{0, operand.constant, operand.constant};
    case Operand::Kind::kFact:
      scale = era_.pack->facts[operand.index].scale;
      return Slot(operand.index);
    case Operand::Kind::kValue: {
      scale = kValueScale;
      const auto& value = era_.values[operand.index];
      if (!value) return std::nullopt;
      return Domain{0, *value, *value};
    }
    case Operand::Kind::kTable: {
      const Table& table = era_.pack->tables[operand.index];
      scale = table.scale;
      Domain range{0, INT64_MAX, INT64_MIN};
      std::uint64_t keys = Slot(table.keys[0]).bits;
      for (; keys != 0; keys &= keys - 1) {
        const auto& value =
            era_.columns[operand.index][static_cast<std::size_t>(std::countr_zero(keys))];
        if (!value) return std::nullopt;
        range.low = std::min(range.low, *value);
        range.high = std::max(range.high, *value);
      }
      return range;
    }
  }
  return std::nullopt;
}

Truth Evaluation::OfComparison(const Predicate& predicate) {
  const Domain& left = Slot(predicate.subject);
  int left_scale = era_.pack->facts[predicate.subject].scale, right_scale = left_scale;
  const std::optional<Domain> right = RightSide(predicate.operand, right_scale);
  if (!right) return Truth::kFalse;  // the law gives no such number in this era
  const Int128 left_unit = Int128{PowerOfTen(right_scale)} * kWhole;
  const Int128 right_unit = Int128{PowerOfTen(left_scale)} * predicate.operand.times;
  const bool upward =
      predicate.relation == Relation::kAtLeast || predicate.relation == Relation::kMoreThan;
  const auto holds = [&](bool left_high, bool right_high) {
    const std::int64_t l = left_high ? left.high : left.low;
    const std::int64_t r = right_high ? right->high : right->low;
    const bool result = Holds(predicate.relation, l * left_unit, r * right_unit);
    // A bound at which this very comparison turns leaves its outcome the same in every case.
    const bool turns = ((left.varies | right->varies) & Domain::kTurns) != 0;
    if (state_.trace != nullptr && !turns) {
      const bool other_fact = predicate.operand.kind == Operand::Kind::kFact;
      const Trace::Side left_side{VaryingSlot(predicate.subject, left_high), l, left_unit};
      const Trace::Side right_side{
          other_fact ? VaryingSlot(predicate.operand.index, right_high) : kFixed, r, right_unit};
      state_.trace->AddComparison(predicate.relation, left_side, right_side, result);
    }
    return result;
  };
  const bool best = holds(upward, !upward), worst = holds(!upward, upward);
  return Between(best, worst);
}

Truth Evaluation::OfYears(const Predicate& predicate) {
  const Domain &earlier = Slot(predicate.subject), &later = Slot(predicate.other);
  const auto holds = [&](bool earlier_high, bool later_high) {
    const Trace::Side from{VaryingSlot(predicate.subject, earlier_high),
                           earlier_high ? earlier.high : earlier.low, 1};
    const Trace::Side to{VaryingSlot(predicate.other, later_high),
                         later_high ? later.high : later.low, 1};
    const bool result = YearsHold(predicate.relation, predicate.years, from.value, to.value);
    if (state_.trace != nullptr) {
      state_.trace->AddYears(predicate.relation, predicate.years, from, to, result);
    }
    return result;
  };
  const bool best = holds(false, true), worst = holds(true, false);
  return Between(best, worst);
}

RatioRange Evaluation::Ratios() {
  if (ratios_) {
    touched_ |= ratio_slots_;
    return *ratios_;
  }
  const SlotSet before = touched_;
  touched_.reset();
  RatioRange range{kWhole, kWhole};
  for (const Clause* clause : era_.clauses) {
    if (clause->kind != ClauseKind::kRatio) continue;
    const Truth applies = Of(clause->when);
    if (applies != Truth::kFalse) range.low = std::min(range.low, clause->ratio);
    if (applies == Truth::kTrue) range.high = std::min(range.high, clause->ratio);
  }
  ratios_ = range;
  ratio_slots_ = touched_;
  touched_ |= before;
  return range;
}

RatioRange Evaluation::HeldRatios() {
  return MeetsStandard() == Truth::kTrue ? RatioRange{kWhole, kWhole} : Ratios();
}

std::optional<Domain> Evaluation::Standard() {
  int scale = 0;
  Operand operand;
  operand.kind = Operand::Kind::kTable;
  operand.index = era_.pack->formula.standard_table;
  return RightSide(operand, scale);
}

PriceLimit Evaluation::StandardAt(std::int64_t ratio, bool best) {
  const Table& table = era_.pack->tables[era_.pack->formula.standard_table];
  const Domain standard = Standard().value_or(Domain{});
  PriceLimit limit;
  limit.amount = {Int128{best ? standard.low : standard.high} * ratio,
                  Int128{PowerOfTen(table.scale)} * kWhole};
  limit.full_term = era_.full_term;
  limit.tolerance = era_.tolerance;
  return limit;
}

PriceLimit Evaluation::LimitAt(const Limit& limit, bool best) {
  PriceLimit result;
  if (limit.amount == Limit::Amount::kStandard) {
    const RatioRange ratios = Ratios();
    result = StandardAt(best ? ratios.low : ratios.high, best);
  } else {
    const Domain& fact = Slot(limit.fact);
    result.amount = {Int128{best ? fact.low : fact.high} * limit.times,
                     Int128{PowerOfTen(era_.pack->facts[limit.fact].scale)} * kWhole};
    result.full_term = era_.full_term;
    result.tolerance = era_.tolerance;
    result.times = limit.times;
    result.slot = VaryingSlot(limit.fact, !best);
  }
  result.normalised = limit.normalised;
  return result;
}

PriceLimit Evaluation::HeldLimitAt(const Limit& limit, bool best) {
  if (limit.amount != Limit::Amount::kStandard) return LimitAt(limit, best);
  const RatioRange ratios = HeldRatios();
  PriceLimit held = StandardAt(best ? ratios.low : ratios.high, best);
  held.normalised = limit.normalised;
  return held;
}

PriceSide Evaluation::SideOfPrice() const {
  const std::uint64_t methods = state_.slots[era_.SlotOf(FormulaFact::kMethod)].bits;
  if (methods == BitOf(AssignmentMethod::kLeaseThenTransfer)) return PriceSide::kPackage;
  if (methods == BitOf(AssignmentMethod::kLease)) return PriceSide::kRent;
  return IsYearly() ? PriceSide::kRent : PriceSide::kTransfer;
}

bool Evaluation::IsYearly() const {
  const std::uint64_t yearly = BitOf(PriceUnit::kYuanPerSqmYear) | BitOf(PriceUnit::kYuanPerMuYear);
  return (state_.slots[era_.SlotOf(FormulaFact::kUnit)].bits & ~yearly) == 0;
}

bool Evaluation::MayBe(PriceSide side) const {
  constexpr std::uint64_t kLease = BitOf(AssignmentMethod::kLease);
  constexpr std::uint64_t kPackage = BitOf(AssignmentMethod::kLeaseThenTransfer);
  const std::uint64_t methods = state_.slots[era_.SlotOf(FormulaFact::kMethod)].bits;
  const std::uint64_t others = methods & ~(kLease | kPackage);
  switch (side) {
    case PriceSide::kTransfer:
      return others != 0 && !IsYearly();
    case PriceSide::kRent:
      return (methods & kLease) != 0 || (others != 0 && IsYearly());
    case PriceSide::kPackage:
      return (methods & kPackage) != 0;
  }
  return false;
}

Truth Evaluation::MeetsStandard() {
  bool some = false, all = true;
  int sides = 0;
  for (const PriceSide side : kPriceSides) {
    if (!MayBe(side)) continue;
    const Truth met = Met(side, StandardAt(kWhole, true), StandardAt(kWhole, false));
    if (++sides > 1) Slot(FormulaFact::kMethod);
    if (met == Truth::kUnknown) return met;
    some = some || met == Truth::kTrue;
    all = all && met == Truth::kTrue;
  }
  return Between(some, all);
}

std::int16_t Evaluation::VaryingSlot(std::size_t slot, bool at_high) const {
  const Domain& domain = state_.slots[slot];
  if (state_.trace != nullptr && (domain.varies & Domain::kTurns) != 0) state_.trace->GiveUp();
  return domain.Varies(at_high) ? static_cast<std::int16_t>(slot) : kFixed;
}

// A price that is not stated has no unit: yuan per m².
StatedAmount Evaluation::AmountAt(bool best) {
  const Domain& amount = Slot(FormulaFact::kAmount);
  const Domain& kind = state_.slots[era_.SlotOf(FormulaFact::kPriceKind)];
  StatedAmount stated;
  stated.units = best ? amount.high : amount.low;
  stated.units_slot = VaryingSlot(era_.SlotOf(FormulaFact::kAmount), best);
  const bool may_start = (kind.bits >> static_cast<unsigned>(PriceKind::kStarting) & 1U) != 0;
  if (may_start && !kind.IsSingle()) {  // the reserve may lie above the starting price
    Slot(FormulaFact::kPriceKind);
    if (best) {
      stated.units = era_.pack->facts[era_.SlotOf(FormulaFact::kAmount)].highest;
      stated.units_slot = kFixed;
    }
  }
  const Domain& unit = state_.slots[era_.SlotOf(FormulaFact::kUnit)];
  if (!unit.IsSingle()) return stated;
  stated.unit = static_cast<PriceUnit>(unit.low);
  if (stated.unit == PriceUnit::kYuanTotal || stated.unit == PriceUnit::kWanYuanTotal) {
    const Domain& area = Slot(FormulaFact::kArea);
    stated.area = best ? area.low : area.high;
    stated.area_slot = VaryingSlot(era_.SlotOf(FormulaFact::kArea), !best);
  } else if (stated.unit == PriceUnit::kYuanPerSqmFloor) {
    const Domain& ratio = Slot(FormulaFact::kFar);
    stated.floor_area_ratio = best ? ratio.high : ratio.low;
    stated.floor_area_ratio_slot = VaryingSlot(era_.SlotOf(FormulaFact::kFar), best);
  }
  return stated;
}

AgreedPrice Evaluation::PriceAt(PriceSide side, bool best) {
  const auto low_is_best = [&](FormulaFact fact) {
    const Domain& domain = Slot(fact);
    if (state_.trace != nullptr && domain.varies != 0) state_.trace->GiveUp();
    return best ? domain.low : domain.high;
  };
  AgreedPrice price;
  price.side = side;
  price.stated = AmountAt(best);
  price.amount = AmountOf(price.stated);
  const Domain& rebates = Slot(FormulaFact::kRebates);
  price.rebates = best ? rebates.low : rebates.high;
  price.rebates_slot = VaryingSlot(era_.SlotOf(FormulaFact::kRebates), !best);
  price.term = low_is_best(FormulaFact::kTerm);
  const std::int64_t full = era_.full_term * PowerOfTen(kYearsScale);
  if (side == PriceSide::kTransfer && price.term == full) return price;
  price.rate = low_is_best(FormulaFact::kRate);
  if (side == PriceSide::kTransfer) return price;
  const Domain& timing = Slot(FormulaFact::kRentTiming);
  price.advance = (best ? timing.high : timing.low) == static_cast<int>(RentTiming::kAdvance);
  if (side == PriceSide::kRent) return price;
  const Domain& transfer = Slot(FormulaFact::kTransferPrice);
  if (state_.trace != nullptr && transfer.varies != 0) state_.trace->GiveUp();
  price.transfer = best ? transfer.high : transfer.low;
  price.lease_years = low_is_best(FormulaFact::kLeaseYears);
  return price;
}

bool Evaluation::Reaches(const AgreedPrice& price, const PriceLimit& limit, Meeting wanted) {
  const bool reached = rules::Reaches(Compare(price, limit), wanted);
  if (state_.trace != nullptr) {
    const Fact& amount = era_.pack->facts[era_.SlotOf(FormulaFact::kAmount)];
    state_.trace->AddPrice(price, limit, wanted, amount.highest, reached);
  }
  return reached;
}

Truth Evaluation::Met(PriceSide side, const PriceLimit& best, const PriceLimit& worst) {
  AgreedPrice high = PriceAt(side, true), low = PriceAt(side, false);
  const auto reaches = [&](const AgreedPrice& price, const PriceLimit& limit) {
    return Reaches(price, limit, Meeting::kWithinRounding);
  };
  bool at_best = reaches(high, best);
  bool at_worst = reaches(low, worst);
  if (high.lease_years != low.lease_years) {
    // A longer lease is better or worse, as rent and transfer price have it: both ends count.
    std::swap(high.lease_years, low.lease_years);
    at_best = at_best || reaches(high, best);
    at_worst = at_worst && reaches(low, worst);
  }
  return Between(at_best, at_worst);
}

ClauseState Evaluation::Of(const Clause& clause) {
  ClauseState result;
  result.applies = Of(clause.when);
  if (clause.kind != ClauseKind::kLimit || result.applies == Truth::kFalse) return result;
  const SlotSet before = touched_;
  result.met = Met(clause.limit.side, LimitAt(clause.limit, true), LimitAt(clause.limit, false));
  if (result.met == Truth::kTrue) touched_ = before;
  return result;
}

VerdictSet Evaluation::Verdicts() {
  bool may_fail = false, may_apply = false, applies = false;
  const SlotSet before = touched_;
  for (const Clause* clause : era_.clauses) {
    if (clause->kind != ClauseKind::kLimit && clause->kind != ClauseKind::kUnlawful) continue;
    const ClauseState state = Of(*clause);
    if (state.applies == Truth::kFalse) continue;
    const bool limit = clause->kind == ClauseKind::kLimit;
    const Truth fails = limit ? Not(state.met) : Truth::kTrue;
    if (state.applies == Truth::kTrue && fails == Truth::kTrue) {
      touched_ = before;
      return kCanBeUnlawful;
    }
    may_fail = may_fail || fails != Truth::kFalse;
    may_apply = may_apply || limit;
    applies = applies || (limit && state.applies == Truth::kTrue);
  }
  VerdictSet set = 0;
  if (may_fail) set |= kCanBeUnlawful;
  if (may_apply) set |= kCanBeLawful;
  if (!applies) set |= kCanBeNotApplicable;
  return set;
}

}  // namespace dijia::rules
