#include "completion_search.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace dijia::rules {
namespace {

constexpr VerdictSet kBoth = kCanBeLawful | kCanBeUnlawful;
// What it costs to ask for facts that are not the first of a price, which cost their values.
constexpr int kOfPrice = 100, kAmount = 200, kSmall = 300, kNumber = 400;

constexpr char kReadings = static_cast<char>(kMostSlots);

SlotSet ReadingSlots(const Era& era) {
  SlotSet slots;
  for (std::size_t i = 0; i < era.pack->readings.size(); ++i) slots.set(era.ReadingSlot(i));
  return slots;
}

}  // namespace

VerdictSet CompletionSearch::Evaluate(const State& state, SlotSet& touched) {
  ++evaluations_;
  Evaluation evaluation(era_, state);
  const VerdictSet set = evaluation.Verdicts();
  touched = evaluation.touched();
  return set;
}

VerdictSet CompletionSearch::PossibleVerdicts(const State& state) {
  SlotSet touched;
  const VerdictSet set = Evaluate(state, touched);
  return IsOne(set) ? set : Explore(state, Residue(era_, state), set, touched);
}

VerdictSet CompletionSearch::Explore(const State& state, const Residue& residue, VerdictSet set,
                                     const SlotSet& touched) {
  const auto known = verdicts_.find(residue.key());
  if (known != verdicts_.end()) return known->second;
  const auto split = NextSplit(state, residue, touched, false);
  VerdictSet found = split ? 0 : set;
  if (split) {
    for (const Domain& part : split->parts) {
      found |= PossibleVerdicts(Narrowed(era_, state, split->slot, part));
      if ((found & kBoth) == kBoth) break;
    }
  }
  verdicts_.emplace(residue.key(), found);
  return found;
}

bool CompletionSearch::NeedsFacts(const State& state) {
  SlotSet touched;
  const VerdictSet set = Evaluate(state, touched);
  if (IsOne(set)) return false;
  const Residue residue(era_, state);
  const auto reading = NextOf(state, residue, touched & ReadingSlots(era_));
  if (!reading) return !IsOne(Explore(state, residue, set, touched));
  const auto known = answers_.find(residue.key() + kReadings);
  if (known != answers_.end()) return known->second;
  bool needs = false;
  for (const Domain& option : Parts(era_, state, *reading)) {
    needs = needs || NeedsFacts(Narrowed(era_, state, *reading, option));
  }
  answers_.emplace(residue.key() + kReadings, needs);
  return needs;
}

bool CompletionSearch::Decides(const State& state, std::size_t slot) {
  SlotSet touched;
  if (IsOne(Evaluate(state, touched)) || !touched.test(slot)) return false;
  const Residue residue(era_, state);
  const std::string asked = residue.key() + static_cast<char>(slot);
  const auto known = answers_.find(asked);
  if (known != answers_.end()) return known->second;
  const bool decides = FindsDifference(state, residue, slot);
  answers_.emplace(asked, decides);
  return decides;
}

bool CompletionSearch::FindsDifference(const State& state, const Residue& residue,
                                       std::size_t slot) {
  SlotSet others;
  VerdictSet seen = 0;
  for (const Domain& part : Parts(era_, state, slot)) {
    SlotSet touched;
    const VerdictSet set = Evaluate(Narrowed(era_, state, slot, part), touched);
    if (IsOne(set)) {
      seen |= set;
    } else {
      others |= touched;
    }
    if (!IsOne(seen)) return true;
  }
  others.reset(slot);
  const auto split = NextSplit(state, residue, others, true);
  // Only this fact is left: its parts may still hold both verdicts.
  if (!split) return !IsOne(PossibleVerdicts(state));
  for (const Domain& part : split->parts) {
    if (Decides(Narrowed(era_, state, split->slot, part), slot)) return true;
  }
  return false;
}

// Of the clause that leaves the fewest facts open, the cheapest.
std::optional<std::size_t> CompletionSearch::NextOf(const State& state, const Residue& residue,
                                                    const SlotSet& among) const {
  std::optional<std::size_t> best;
  std::pair<std::size_t, int> least{kMostSlots + 1, 0};
  for (SlotSet open : residue.open()) {
    open &= among;
    for (std::size_t slot = 0; slot < kMostSlots; ++slot) {
      if (!open.test(slot)) continue;
      const std::pair<std::size_t, int> cost{open.count(), CostOf(state, slot)};
      if (cost >= least) continue;
      best = slot;
      least = cost;
    }
  }
  return best;
}

// What makes a price comes first, the amount last of it: when all else of it is known, the amount
// falls into what no discount can save, what needs none, and the range between, outside which the
// facts of discounts no longer matter.
int CompletionSearch::CostOf(const State& state, std::size_t slot) const {
  static constexpr FormulaFact kFirst[] = {FormulaFact::kMethod, FormulaFact::kUnit,
                                           FormulaFact::kPriceKind, FormulaFact::kRentTiming,
                                           FormulaFact::kLandClass};
  const auto is = [&](FormulaFact fact) { return era_.SlotOf(fact) == slot; };
  const int values = std::popcount(state.slots[slot].bits);
  if (std::ranges::any_of(kFirst, is)) return values;
  if (std::ranges::any_of(kPriceNumbers, is)) return kOfPrice;
  if (is(FormulaFact::kAmount)) return kAmount;
  return values > 0 ? kSmall + values : kNumber;
}

std::optional<CompletionSearch::Split> CompletionSearch::NextSplit(const State& state,
                                                                   const Residue& residue,
                                                                   const SlotSet& among,
                                                                   bool decides) const {
  std::optional<std::size_t> waits;
  SlotSet left = among;
  while (const auto slot = NextOf(state, residue, left)) {
    const Domain& domain = state.slots[*slot];
    if (domain.bits != 0) return Split{*slot, Options(domain)};
    std::vector<Domain> cuts =
        decides ? CutsWithLimits(era_, state, *slot, among) : Cuts(era_, state, *slot);
    if (cuts.size() > 1) return Split{*slot, std::move(cuts)};
    if (MayTakeEnds(state, *slot, decides)) return Split{*slot, Ends(domain)};
    if (!waits || *waits == era_.SlotOf(FormulaFact::kAmount)) waits = slot;
    left.reset(*slot);
  }
  if (!waits) return std::nullopt;
  return Split{*waits, Ends(state.slots[*waits])};
}

// While something else is open, a number waits for it where the values between its ends may matter:
// in comparisons; and in limits where it is asked whether a fact decides, unless the amount is
// open, which then reaches every limit from either end.
bool CompletionSearch::MayTakeEnds(const State& state, std::size_t slot, bool decides) const {
  Evaluation evaluation(era_, state);
  const bool compared = std::ranges::any_of(era_.comparisons[slot], [&](const Predicate* one) {
    return evaluation.Of(*one) == Truth::kUnknown;
  });
  if (compared || !decides) return !compared;
  const std::size_t amount = era_.SlotOf(FormulaFact::kAmount);
  return slot != amount && !state.slots[amount].IsSingle();
}

}  // namespace dijia::rules
