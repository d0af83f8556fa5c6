#include "case_state.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <set>

namespace dijia::rules {
namespace {

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

// The fact that a comparison compares the slot with; the slot itself where it is none.
std::size_t OtherSlot(std::size_t slot, const Predicate& comparison) {
  const bool first = comparison.subject == slot;
  if (!first) return comparison.subject;
  if (comparison.op == Predicate::Op::kYearsSince) return comparison.other;
  return comparison.operand.kind == Operand::Kind::kFact ? comparison.operand.index : slot;
}

bool IsOpenNumber(const State& state, std::size_t slot) {
  return state.slots[slot].bits == 0 && !state.slots[slot].IsSingle();
}

// Where a truth changes in the range of a number, each point the least value after the change: up
// to two, because between "no" and "yes" it may depend on facts of few values. On another open
// number it may depend everywhere: `beside_number` gives one point and only between known ends, so
// that two numbers do not cut each other down step by step. `truth_in`(state).
template <class TruthIn>
std::set<std::int64_t> ChangePoints(const State& state, std::size_t slot, bool beside_number,
                                    const TruthIn& truth_in) {
  State probe = state;
  const auto at = [&](std::int64_t value) {
    probe.slots[slot] = {0, value, value};
    return truth_in(probe);
  };
  const std::int64_t lowest = state.slots[slot].low, highest = state.slots[slot].high;
  const Truth first = at(lowest), last = at(highest);
  const bool ends_known = first != Truth::kUnknown && last != Truth::kUnknown;
  if (first == last || (beside_number && !ends_known)) return {};
  probe.trace = nullptr;  // the ends decide whether there are points, not where they are
  // The least value above `low` for which `is_after` holds, which it does for `high`.
  const auto turn = [&](std::int64_t low, std::int64_t high, const auto& is_after) {
    while (high - low > 1) {
      const std::int64_t middle = low + (high - low) / 2;
      (is_after(at(middle)) ? high : low) = middle;
    }
    return high;
  };
  const std::int64_t leaves = turn(lowest, highest, [&](Truth truth) { return truth != first; });
  if (beside_number || at(leaves) == last) return {leaves};
  return {leaves, turn(leaves, highest, [&](Truth truth) { return truth == last; })};
}

// Where the parts of a number start between which its comparisons change. `turns`: a start differs
// between the cases of a profile.
std::set<std::int64_t> ComparisonStarts(const Era& era, const State& state, std::size_t slot,
                                        bool& turns) {
  const Domain& domain = state.slots[slot];
  std::set<std::int64_t> starts{domain.low};
  if (state.trace != nullptr && domain.varies != 0 && !era.comparisons[slot].empty()) {
    state.trace->GiveUp();
  }
  for (const Predicate* comparison : era.comparisons[slot]) {
    const std::size_t other = OtherSlot(slot, *comparison);
    const bool beside_number = other != slot && IsOpenNumber(state, other);
    std::set<std::int64_t> points =
        ChangePoints(state, slot, beside_number,
                     [&](const State& probe) { return Evaluation(era, probe).Of(*comparison); });
    turns = turns || (!points.empty() && other != slot && state.slots[other].varies != 0);
    starts.merge(points);
  }
  const bool mixed = turns && !era.compared_alike.test(slot);
  if (state.trace != nullptr && mixed) state.trace->GiveUp();
  return starts;
}

// A range cut where the parts start; the first of them is its low end.
std::vector<Domain> Cut(const Domain& domain, const std::set<std::int64_t>& starts,
                        std::uint8_t mark) {
  std::vector<Domain> parts;
  for (auto start = starts.begin(); start != starts.end(); ++start) {
    const auto next = std::next(start);
    parts.push_back({0, *start, next == starts.end() ? domain.high : *next - 1, mark});
  }
  return parts;
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

std::vector<Domain> Options(const Domain& domain) {
  std::vector<Domain> options;
  for (std::uint64_t bits = domain.bits; bits != 0; bits &= bits - 1) {
    options.push_back(SmallDomain(bits & -bits));
  }
  return options;
}

std::vector<Domain> Cuts(const Era& era, const State& state, std::size_t slot) {
  bool turns = false;
  const std::set<std::int64_t> starts = ComparisonStarts(era, state, slot, turns);
  return Cut(state.slots[slot], starts, turns ? Domain::kTurns : 0);
}

std::vector<Domain> CutsWithLimits(const Era& era, const State& state, std::size_t slot,
                                   const SlotSet& open) {
  bool turns = false;
  std::set<std::int64_t> starts = ComparisonStarts(era, state, slot, turns);
  const std::size_t of_comparisons = starts.size();
  const auto is_beside = [&](std::size_t other) {
    return other != slot && open.test(other) && IsOpenNumber(state, other);
  };
  // A floor area ratio makes the price where that is one of floor space.
  const Domain& unit = state.slots[era.SlotOf(FormulaFact::kUnit)];
  const bool of_floor =
      unit.IsSingle() && unit.low == static_cast<std::int64_t>(PriceUnit::kYuanPerSqmFloor);
  const bool beside_price = is_beside(era.SlotOf(FormulaFact::kAmount)) ||
                            (of_floor && is_beside(era.SlotOf(FormulaFact::kFar))) ||
                            std::ranges::any_of(kPriceNumbers, [&](FormulaFact fact) {
                              return is_beside(era.SlotOf(fact));
                            });
  for (const Clause* clause : era.clauses) {
    if (clause->kind != ClauseKind::kLimit) continue;
    const Limit& limit = clause->limit;
    const bool beside_number =
        beside_price || (limit.amount == Limit::Amount::kFact && is_beside(limit.fact));
    starts.merge(ChangePoints(state, slot, beside_number, [&](const State& probe) {
      const ClauseState says = Evaluation(era, probe).Of(*clause);
      return says.applies == Truth::kFalse ? Truth::kTrue : says.met;
    }));
  }
  // Where a limit turns may differ between the cases of a profile.
  if (state.trace != nullptr && starts.size() > of_comparisons) state.trace->GiveUp();
  return Cut(state.slots[slot], starts, turns ? Domain::kTurns : 0);
}

std::vector<Domain> Ends(const Domain& domain) {
  const auto varies = [&](bool at_high) -> std::uint8_t {
    return domain.Varies(at_high) ? Domain::kLowVaries | Domain::kHighVaries : 0;
  };
  return {{0, domain.low, domain.low, varies(false)}, {0, domain.high, domain.high, varies(true)}};
}

std::vector<Domain> Parts(const Era& era, const State& state, std::size_t slot) {
  const Domain& domain = state.slots[slot];
  if (domain.bits != 0) return Options(domain);
  std::vector<Domain> cuts = Cuts(era, state, slot);
  return cuts.size() > 1 ? cuts : Ends(domain);
}

}  // namespace dijia::rules
