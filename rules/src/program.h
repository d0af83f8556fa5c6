// A pack compiled for one span of days, and its three-valued evaluation.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dijia/rules/reserve_price.h"
#include "exact.h"
#include "formula_facts.h"
#include "trace.h"

namespace dijia::rules {

inline constexpr std::size_t kMostSlots = 96;  // facts and readings of a pack
using SlotSet = std::bitset<kMostSlots>;

// What is known of a fact or reading: bits of a small one, an interval of a number.
struct Domain {
  // Bounds that differ between the cases of a profile, see trace.h.
  static constexpr std::uint8_t kLowVaries = 1, kHighVaries = 2;
  static constexpr std::uint8_t kTurns = 4;  // a bound is where a comparison with such a fact turns

  std::uint64_t bits = 0;  // 0 for numbers
  std::int64_t low = 0, high = 0;
  std::uint8_t varies = 0;

  bool IsSingle() const { return low == high; }
  bool Varies(bool at_high) const { return (varies & (at_high ? kHighVaries : kLowVaries)) != 0; }
};
Domain SmallDomain(std::uint64_t bits);

struct State {
  std::array<Domain, kMostSlots> slots;
  SlotSet stated;          // by the case itself
  Trace* trace = nullptr;  // where comparisons are recorded; null: nowhere
};

enum class Truth : std::uint8_t { kFalse, kTrue, kUnknown };

inline constexpr PriceSide kPriceSides[] = {PriceSide::kTransfer, PriceSide::kRent,
                                            PriceSide::kPackage};

// A set of verdicts, each a bit.
using VerdictSet = std::uint8_t;
inline constexpr VerdictSet kCanBeLawful = 1, kCanBeUnlawful = 2, kCanBeNotApplicable = 4;
inline bool IsOne(VerdictSet set) { return (set & (set - 1)) == 0; }

struct RatioRange {
  std::int64_t low = 0, high = 0;  // of the lowest eligible ratio, 10^-6
};

// The clauses, values and table columns in force in one span of days in which nothing changes.
struct Era {
  Period period;
  const RulePack* pack = nullptr;
  std::shared_ptr<const std::unordered_map<std::string_view, std::uint16_t>> facts_by_id;
  std::vector<const Clause*> clauses;
  std::vector<std::optional<std::int64_t>> values;  // by value id
  // Tables of one small key, by table and key.
  std::vector<std::array<std::optional<std::int64_t>, kMostChoices + 1>> columns;
  std::vector<std::uint64_t> reading_options;  // contested and in force, or the selected one
  std::vector<std::uint8_t> reading_defaults;
  std::array<std::uint16_t, kFormulaFacts> slots{};  // of the formula facts
  // Comparisons in which a number stands, for splitting its range.
  std::vector<std::vector<const Predicate*>> comparisons;
  SlotSet compared_alike;  // all comparisons of the number are the same one

  std::uint16_t SlotOf(FormulaFact fact) const { return slots[static_cast<std::size_t>(fact)]; }
  std::uint16_t ReadingSlot(std::size_t reading) const {
    return static_cast<std::uint16_t>(pack->facts.size() + reading);
  }
  std::int64_t full_term = 0;  // whole years
  Fraction tolerance;
};

// All eras of a pack, ascending, without gaps.
std::vector<Era> CompileEras(const RulePack& pack);

// All days on which anything in the pack changes, table rows of every kind included; ascending,
// from kNoBeginning to kNoEnd.
std::vector<Days> DayCuts(const RulePack& pack);

// What one clause amounts to in a state.
struct ClauseState {
  Truth applies = Truth::kFalse;
  Truth met = Truth::kTrue;  // of limits
};

// Evaluates an era in a state. Collects the slots whose being unknown kept something undecided.
class Evaluation {
 public:
  Evaluation(const Era& era, const State& state) : era_(era), state_(state) {}

  // A superset of the verdicts of the completions; exact when it is one.
  VerdictSet Verdicts();
  ClauseState Of(const Clause& clause);
  Truth Of(const Predicate& predicate);
  RatioRange Ratios();
  // The ratios that the price is held against: exceptions are granted, not automatic (legal-rules
  // §3), so a price that meets the full standard for certain needs none.
  RatioRange HeldRatios();

  // Does the price reach `wanted` (kMet or kWithinRounding)?
  bool Reaches(const AgreedPrice& price, const PriceLimit& limit, Meeting wanted);

  // The price at the corner of the unknown facts that is best or worst for it.
  AgreedPrice PriceAt(PriceSide side, bool best);
  PriceLimit LimitAt(const Limit& limit, bool best);
  PriceLimit StandardAt(std::int64_t ratio, bool best);
  // The limit that the price is held against (HeldRatios), at that corner.
  PriceLimit HeldLimitAt(const Limit& limit, bool best);
  PriceSide SideOfPrice() const;
  // May the price be of that side, as method and unit leave it? One side where both are known.
  bool MayBe(PriceSide side) const;
  // Lowest and highest standard of the possible classes; nothing when one has no row.
  std::optional<Domain> Standard();

  const SlotSet& touched() const { return touched_; }

 private:
  const Domain& Slot(std::size_t slot) {
    if (!state_.slots[slot].IsSingle()) touched_.set(slot);
    return state_.slots[slot];
  }
  const Domain& Slot(FormulaFact fact) { return Slot(era_.SlotOf(fact)); }
  Truth OfParts(const Predicate& predicate, bool any);
  Truth OfComparison(const Predicate& predicate);
  Truth OfYears(const Predicate& predicate);
  std::optional<Domain> RightSide(const Operand& operand, int& scale);
  Truth Met(PriceSide side, const PriceLimit& best, const PriceLimit& worst);
  // Does the price meet the full standard, whatever side it may be of?
  Truth MeetsStandard();
  StatedAmount AmountAt(bool best);
  bool IsYearly() const;  // is the unit known to be of a year?
  // The slot of a fact when that bound differs between the cases of a profile.
  std::int16_t VaryingSlot(std::size_t slot, bool at_high) const;

  const Era& era_;
  const State& state_;
  SlotSet touched_;
  std::optional<RatioRange> ratios_;
  SlotSet ratio_slots_;  // what Ratios touched
};

}  // namespace dijia::rules
