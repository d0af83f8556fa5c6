#include "search.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <set>

namespace dijia::rules {
namespace {

constexpr VerdictSet kBoth = kCanBeLawful | kCanBeUnlawful;

// The table row, division or other fact that a fact is taken from when the case does not state it.
std::optional<std::int64_t> Derived(const Era& era, const std::vector<std::int64_t>& values,
                                    const Fact& fact) {
  const Derivation& from = fact.derivation;
  if (from.first && values[*from.first] != kNotStated) return values[*from.first];
  if (from.kind == Derivation::Kind::kNone) return std::nullopt;
  std::int64_t keys[2] = {0, 0};
  for (std::size_t i = 0; i < from.keys.size(); ++i) {
    keys[i] = values[from.keys[i]];
    if (keys[i] == kNotStated) return std::nullopt;
  }
  if (from.kind == Derivation::Kind::kTable) {
    const std::int64_t day = values[era.SlotOf(FormulaFact::kDecidedOn)];
    return era.pack->tables[from.table].Find(
        keys[0], keys[1], day == kNotStated ? era.period.from : static_cast<Days>(day));
  }
  return std::clamp(keys[0] / 100, fact.lowest, fact.highest);
}

std::vector<std::int64_t> ValuesOf(const Era& era, const ReservePriceCase& the_case) {
  std::vector<std::int64_t> values = the_case.values;
  for (const GivenFact& given : era.pack->given) {
    const bool open = values[given.fact] == kNotStated;
    if (open && given.citation.in_force.Contains(era.period.from)) values[given.fact] = given.value;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] != kNotStated) continue;
    values[i] = Derived(era, values, era.pack->facts[i]).value_or(kNotStated);
  }
  return values;
}

Domain Whole(const Fact& fact) {
  if (!fact.IsSmall()) return {0, fact.lowest, fact.highest};
  const auto count = static_cast<unsigned>(fact.highest + 1);
  const std::uint64_t below_high =
      count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
  return SmallDomain(below_high & ~((std::uint64_t{1} << static_cast<unsigned>(fact.lowest)) - 1));
}

Domain Single(const Fact& fact, std::int64_t value) {
  if (!fact.IsSmall()) return {0, value, value};
  return SmallDomain(std::uint64_t{1} << static_cast<unsigned>(value));
}

// Does the other side of the comparison differ between the cases of a profile?
bool ComparedWithVarying(const State& state, std::size_t slot, const Predicate& comparison) {
  if (comparison.op == Predicate::Op::kYearsSince) {
    const bool first = comparison.subject == slot;
    return state.slots[first ? comparison.other : comparison.subject].varies != 0;
  }
  if (comparison.subject != slot) return state.slots[comparison.subject].varies != 0;
  const bool fact = comparison.operand.kind == Operand::Kind::kFact;
  return fact && state.slots[comparison.operand.index].varies != 0;
}

// Where the truth of a comparison changes in the range of a number, or nothing when it does not or
// still depends on something else.
std::optional<std::int64_t> ChangePoint(const Era& era, const State& state, std::size_t slot,
                                        const Predicate& comparison) {
  State probe = state;
  const auto at = [&](std::int64_t value) {
    probe.slots[slot] = {0, value, value};
    return Evaluation(era, probe).Of(comparison);
  };
  std::int64_t low = state.slots[slot].low, high = state.slots[slot].high;
  const Truth first = at(low), last = at(high);
  if (first == last || first == Truth::kUnknown || last == Truth::kUnknown) return std::nullopt;
  probe.trace = nullptr;  // the ends decide whether there is a point; where it is does not matter
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (at(middle) == first ? low : high) = middle;
  }
  return high;
}

// The ends of a range as its parts.
std::vector<Domain> Ends(const Domain& domain) {
  const auto varies = [&](bool at_high) -> std::uint8_t {
    return domain.Varies(at_high) ? Domain::kLowVaries | Domain::kHighVaries : 0;
  };
  return {{0, domain.low, domain.low, varies(false)}, {0, domain.high, domain.high, varies(true)}};
}

// The slot to split next: small facts before numbers, few options before many.
std::size_t NextSlot(const State& state, const SlotSet& touched, std::size_t except) {
  std::size_t best = kMostSlots;
  int least = INT32_MAX;
  for (std::size_t slot = 0; slot < kMostSlots; ++slot) {
    if (!touched.test(slot) || slot == except) continue;
    const std::uint64_t bits = state.slots[slot].bits;
    const int cost = bits == 0 ? 100 : std::popcount(bits);
    if (cost < least) {
      least = cost;
      best = slot;
    }
  }
  return best;
}

}  // namespace

State StateOf(const Era& era, const ReservePriceCase& the_case, const Columns* columns) {
  const RulePack& pack = *era.pack;
  const std::vector<std::int64_t> values = ValuesOf(era, the_case);
  State state;
  const std::size_t land_class = era.SlotOf(FormulaFact::kLandClass);
  for (std::size_t i = 0; i < pack.facts.size(); ++i) {
    const bool known = values[i] != kNotStated;
    state.slots[i] = known ? Single(pack.facts[i], values[i]) : Whole(pack.facts[i]);
    state.stated.set(i, known);
  }
  if (!state.stated.test(land_class) && the_case.land_class_candidates != 0) {
    state.slots[land_class] = SmallDomain(the_case.land_class_candidates);
  }
  for (std::size_t i = 0; i < pack.readings.size(); ++i) {
    state.slots[era.ReadingSlot(i)] = SmallDomain(era.reading_options[i]);
  }
  if (columns != nullptr) {
    state.trace = columns->trace;
    for (const std::uint16_t fact : columns->facts) {
      if (the_case.values[fact] == kNotStated) continue;
      state.slots[fact].varies = Domain::kLowVaries | Domain::kHighVaries;
    }
  }
  const std::size_t kind = era.SlotOf(FormulaFact::kPriceKind);
  if (!state.slots[kind].IsSingle()) return state;
  return Narrowed(era, state, kind, state.slots[kind]);
}

State Narrowed(const Era& era, const State& state, std::size_t slot, const Domain& domain) {
  State result = state;
  result.slots[slot] = domain;
  const bool starting = slot == era.SlotOf(FormulaFact::kPriceKind) && domain.IsSingle() &&
                        domain.low == static_cast<int>(PriceKind::kStarting);
  if (starting) {
    const auto amount = era.SlotOf(FormulaFact::kAmount);
    const std::int64_t highest = era.pack->facts[amount].highest, low = state.slots[amount].low;
    if (state.trace != nullptr && state.slots[amount].Varies(false)) {
      state.trace->AddAtLeast(static_cast<std::int16_t>(amount), highest, low >= highest);
    }
    result.slots[amount].high = highest;
    result.slots[amount].varies &= static_cast<std::uint8_t>(~Domain::kHighVaries);
    result.slots[slot] = Single(era.pack->facts[slot], static_cast<int>(PriceKind::kReserve));
  }
  return result;
}

std::vector<Domain> Parts(const Era& era, const State& state, std::size_t slot) {
  const Domain& domain = state.slots[slot];
  std::vector<Domain> parts;
  for (std::uint64_t bits = domain.bits; bits != 0; bits &= bits - 1) {
    parts.push_back(SmallDomain(bits & -bits));
  }
  if (!parts.empty()) return parts;
  std::set<std::int64_t> starts{domain.low};
  bool turns = false;
  if (state.trace != nullptr && domain.varies != 0 && !era.comparisons[slot].empty()) {
    state.trace->GiveUp();
  }
  for (const Predicate* comparison : era.comparisons[slot]) {
    const auto point = ChangePoint(era, state, slot, *comparison);
    if (!point) continue;
    starts.insert(*point);
    turns = turns || ComparedWithVarying(state, slot, *comparison);
  }
  if (starts.size() == 1) return Ends(domain);
  const bool mixed = turns && !era.compared_alike.test(slot);
  if (state.trace != nullptr && mixed) state.trace->GiveUp();
  const std::uint8_t mark = turns ? Domain::kTurns : 0;
  for (auto start = starts.begin(); start != starts.end(); ++start) {
    const auto next = std::next(start);
    parts.push_back({0, *start, next == starts.end() ? domain.high : *next - 1, mark});
  }
  return parts;
}

VerdictSet PossibleVerdicts(const Era& era, const State& state) {
  Evaluation evaluation(era, state);
  const VerdictSet set = evaluation.Verdicts();
  if (IsOne(set)) return set;
  const std::size_t slot = NextSlot(state, evaluation.touched(), kMostSlots);
  if (slot == kMostSlots) return set;
  VerdictSet found = 0;
  for (const Domain& part : Parts(era, state, slot)) {
    found |= PossibleVerdicts(era, Narrowed(era, state, slot, part));
    if ((found & kBoth) == kBoth) break;
  }
  return found;
}

bool Decides(const Era& era, const State& state, std::size_t slot) {
  Evaluation whole(era, state);
  if (IsOne(whole.Verdicts()) || !whole.touched().test(slot)) return false;
  SlotSet others;
  VerdictSet seen = 0;
  for (const Domain& part : Parts(era, state, slot)) {
    const State narrowed = Narrowed(era, state, slot, part);
    Evaluation evaluation(era, narrowed);
    const VerdictSet set = evaluation.Verdicts();
    if (IsOne(set)) {
      seen |= set;
    } else {
      others |= evaluation.touched();
    }
    if (!IsOne(seen)) return true;
  }
  // A part may open what is single here: "starting" opens the amount. That belongs to the part.
  for (std::size_t other = 0; other < kMostSlots; ++other) {
    if (state.slots[other].IsSingle()) others.reset(other);
  }
  const std::size_t next = NextSlot(state, others, slot);
  if (next == kMostSlots) {
    // Only this fact is left: its parts may still hold both verdicts.
    const VerdictSet all = PossibleVerdicts(era, state);
    return !IsOne(all);
  }
  for (const Domain& part : Parts(era, state, next)) {
    if (Decides(era, Narrowed(era, state, next, part), slot)) return true;
  }
  return false;
}

}  // namespace dijia::rules
