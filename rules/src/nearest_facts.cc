#include "nearest_facts.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

#include "compiled.h"

namespace dijia::rules {
namespace {

constexpr std::size_t kMostWays = 5;

using Changes = std::vector<std::pair<std::uint16_t, std::int64_t>>;

// Facts outside `facts.` that an office can still change; use, county, class and date it cannot.
constexpr std::string_view kChangeable[] = {"method", "term_years", "capitalization_rate",
                                            "rebates_yuan_per_sqm"};

bool IsChangeable(const Fact& fact) {
  if (fact.regional || fact.derivation.kind != Derivation::Kind::kNone) return false;
  if (fact.derivation.first || fact.type == FactType::kDate) return false;
  return fact.id.starts_with("facts.") ||
         std::ranges::find(kChangeable, fact.id) != std::end(kChangeable);
}

ReservePriceCase Changed(ReservePriceCase the_case, const Changes& changes) {
  for (const auto& [fact, value] : changes) the_case.values[fact] = value;
  return the_case;
}

// The cheapest changes that give a condition a truth, in one state.
class ConditionSolver {
 public:
  ConditionSolver(const Era& era, const State& state) : era_(era), state_(state) {}

  // Nothing when no change of facts can.
  std::optional<Changes> Make(const Predicate& predicate, bool wanted) const {
    const Truth now = Evaluation(era_, state_).Of(predicate);
    if (now == (wanted ? Truth::kTrue : Truth::kFalse)) return Changes{};
    switch (predicate.op) {
      case Predicate::Op::kNot:
        return Make(predicate.parts[0], !wanted);
      case Predicate::Op::kAll:
        return wanted ? Every(predicate, true) : Cheapest(predicate, false);
      case Predicate::Op::kAny:
        return wanted ? Cheapest(predicate, true) : Every(predicate, false);
      case Predicate::Op::kIn:
        return Choose(predicate, wanted);
      case Predicate::Op::kCompare:
        return Move(predicate, wanted);
      default:
        return std::nullopt;
    }
  }

 private:
  std::optional<Changes> Every(const Predicate& predicate, bool wanted) const {
    Changes all;
    for (const Predicate& part : predicate.parts) {
      const auto changes = Make(part, wanted);
      if (!changes) return std::nullopt;
      for (const auto& change : *changes) {
        const auto same = std::ranges::find(all, change.first, &Changes::value_type::first);
        if (same == all.end()) {
          all.push_back(change);
        } else if (same->second != change.second) {
          return std::nullopt;
        }
      }
    }
    return all;
  }

  std::optional<Changes> Cheapest(const Predicate& predicate, bool wanted) const {
    std::optional<Changes> best;
    for (const Predicate& part : predicate.parts) {
      auto changes = Make(part, wanted);
      if (changes && (!best || changes->size() < best->size())) best = std::move(changes);
    }
    return best;
  }

  std::optional<Changes> Choose(const Predicate& predicate, bool wanted) const {
    const Fact& fact = era_.pack->facts[predicate.subject];
    if (!IsChangeable(fact)) return std::nullopt;
    for (std::int64_t value = fact.lowest; value <= fact.highest; ++value) {
      const bool in = (predicate.choices >> static_cast<unsigned>(value) & 1U) != 0;
      if (in == wanted) return Changes{{predicate.subject, value}};
    }
    return std::nullopt;
  }

  // The number nearest to where the comparison turns.
  std::optional<Changes> Move(const Predicate& predicate, bool wanted) const {
    const Fact& fact = era_.pack->facts[predicate.subject];
    if (!IsChangeable(fact)) return std::nullopt;
    State probe = state_;
    const auto gives = [&](std::int64_t value) {
      Domain& slot = probe.slots[predicate.subject];
      slot = fact.IsSmall() ? SmallDomain(std::uint64_t{1} << static_cast<unsigned>(value))
                            : Domain{0, value, value};
      return Evaluation(era_, probe).Of(predicate) == (wanted ? Truth::kTrue : Truth::kFalse);
    };
    const bool at_low = gives(fact.lowest), at_high = gives(fact.highest);
    if (!at_low && !at_high) return std::nullopt;
    std::int64_t good = at_high ? fact.highest : fact.lowest;
    std::int64_t bad = at_high ? fact.lowest : fact.highest;
    while (std::max(good, bad) - std::min(good, bad) > 1) {
      const std::int64_t middle =
          std::min(good, bad) + (std::max(good, bad) - std::min(good, bad)) / 2;
      (gives(middle) ? good : bad) = middle;
    }
    return Changes{{predicate.subject, good}};
  }

  const Era& era_;
  const State& state_;
};

class Search {
 public:
  Search(const ReservePriceCase& the_case, const PreparedRules& rules, const Era& era)
      : case_(the_case), rules_(rules), era_(era) {}

  std::vector<LawfulFacts> Run() const {
    std::vector<Changes> ways;
    AddWay(nullptr, ways);
    for (const Clause* clause : era_.clauses) {
      if (clause->kind == ClauseKind::kRatio) AddWay(clause, ways);
    }
    std::ranges::stable_sort(ways, {}, &Changes::size);
    if (ways.size() > kMostWays) ways.resize(kMostWays);
    std::vector<LawfulFacts> told;
    for (const Changes& way : ways) told.push_back(Tell(way));
    return told;
  }

 private:
  bool IsLawful(const Changes& changes) const {
    return VerdictOf(Changed(case_, changes), rules_) == Verdict::kLawful;
  }

  // No condition that is unlawful in itself, and the ratio of `clause`, under every reading.
  void AddWay(const Clause* clause, std::vector<Changes>& ways) const {
    Changes changes;
    for (const Clause* other : era_.clauses) {
      if (other->kind == ClauseKind::kUnlawful && !Solve(other->when, false, changes)) return;
    }
    if (clause != nullptr && !Solve(clause->when, true, changes)) return;
    if (!IsLawful(changes)) AddHarmless(changes);
    if (!IsLawful(changes)) return;
    Prune(changes);
    // Two ratios may ask for the same changes in another order.
    const bool told = std::ranges::any_of(
        ways, [&](const Changes& way) { return std::ranges::is_permutation(way, changes); });
    if (!changes.empty() && !told) ways.push_back(std::move(changes));
  }

  // Adds what the condition needs, reading by reading; false when it cannot be.
  bool Solve(const Predicate& condition, bool wanted, Changes& changes) const {
    const State state = StateOf(era_, Changed(case_, changes));
    if (!SolveIn(state, condition, wanted, changes)) return false;
    for (std::size_t reading = 0; reading < era_.pack->readings.size(); ++reading) {
      const std::size_t slot = era_.ReadingSlot(reading);
      for (std::uint64_t bits = state.slots[slot].bits; bits != 0; bits &= bits - 1) {
        State chosen = ByDefault(StateOf(era_, Changed(case_, changes)));
        chosen.slots[slot] = SmallDomain(bits & -bits);
        if (!SolveIn(chosen, condition, wanted, changes)) return false;
      }
    }
    return true;
  }

  bool SolveIn(const State& state, const Predicate& condition, bool wanted,
               Changes& changes) const {
    const State start = ByDefault(state);
    const auto more = ConditionSolver(era_, start).Make(condition, wanted);
    if (!more) return false;
    for (const auto& change : *more) {
      std::erase_if(changes, [&](const auto& old) { return old.first == change.first; });
      changes.push_back(change);
    }
    return true;
  }

  // Readings that are open at their default, those that are chosen as they are.
  State ByDefault(State state) const {
    for (std::size_t reading = 0; reading < era_.pack->readings.size(); ++reading) {
      Domain& slot = state.slots[era_.ReadingSlot(reading)];
      if (!slot.IsSingle()) slot = SmallDomain(std::uint64_t{1} << era_.reading_defaults[reading]);
    }
    return state;
  }

  // No rebate, costs covered: what every lawful price below the standard has to state.
  void AddHarmless(Changes& changes) const {
    const auto add = [&](std::string_view id, std::int64_t value) {
      const auto fact = era_.pack->FindFact(id);
      if (!fact || case_.values[*fact] == value) return;
      std::erase_if(changes, [&](const auto& old) { return old.first == *fact; });
      changes.emplace_back(*fact, value);
    };
    add("rebates_yuan_per_sqm", 0);
    const auto cost = era_.pack->FindFact("cost_yuan_per_sqm");
    if (cost && case_.values[*cost] == kNotStated) add("facts.cost_covered", 1);
  }

  // Leaves out what is not needed, until every change is: one less may free another.
  void Prune(Changes& changes) const {
    for (std::size_t i = 0; i < changes.size();) {
      Changes fewer = changes;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (IsLawful(fewer)) {
        changes = std::move(fewer);
        i = 0;
      } else {
        ++i;
      }
    }
  }

  LawfulFacts Tell(const Changes& changes) const {
    LawfulFacts told;
    for (const auto& [fact, value] : changes) {
      const Fact& of = era_.pack->facts[fact];
      told.changes.push_back({of.id, FormatFact(of, case_.values[fact]), FormatFact(of, value)});
    }
    told.minimum = CheckReservePrice(Changed(case_, changes), rules_).lawful_minimum;
    return told;
  }

  const ReservePriceCase& case_;
  const PreparedRules& rules_;
  const Era& era_;
};

}  // namespace

std::vector<LawfulFacts> NearestLawfulFacts(const ReservePriceCase& the_case,
                                            const PreparedRules& rules) {
  const Verdict verdict = VerdictOf(the_case, rules);
  if (verdict == Verdict::kLawful || verdict == Verdict::kNotApplicable) return {};
  const std::vector<Era>& eras = rules.compiled().eras;
  const std::int64_t day = the_case.values[eras.front().SlotOf(FormulaFact::kDecidedOn)];
  if (day == kNotStated) return {};
  return Search(the_case, rules, EraOn(eras, static_cast<Days>(day))).Run();
}

}  // namespace dijia::rules
