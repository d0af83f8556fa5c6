// What a judgement compared: a record of every comparison that facts of columns took part in. Cases
// of one profile whose comparisons come out alike have the same verdict, because a judgement
// depends on such facts through nothing else.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dijia/rules/predicate.h"
#include "exact.h"

namespace dijia::rules {

// A condition on facts of columns.
struct Test {
  enum class Kind : std::uint8_t {
    kAtLeast,  // the fact is at least `least`
    kLinear,   // `linear` holds
    kPrice,    // the price reaches `wanted`
    kYears,    // `years` lie between the dates
  };
  Kind kind = Kind::kAtLeast;
  std::int16_t slot = kFixed;
  std::int64_t least = 0;
  LinearCondition linear;
  AgreedPrice price;
  PriceLimit limit;
  Meeting wanted = Meeting::kWithinRounding;
  std::int16_t other_slot = kFixed;  // kYears: the later date; `slot` is the earlier one
  Relation relation = Relation::kAtLeast;
  std::int32_t years = 0;

  friend bool operator==(const Test&, const Test&) = default;
};

// A number in a check that differs between the cases of a profile.
struct RowFigure {
  enum class Kind : std::uint8_t {
    kFact,      // of `slot`
    kLimit,     // LimitRoundedUp
    kDeficit,   // DeficitRoundedUp, at least 0
    kPrice,     // ShownPrice of the amount
    kNet,       // ShownPrice of the amount less the rebates
    kFullTerm,  // FullTermPrice
  };
  Kind kind = Kind::kFact;
  std::int16_t slot = kFixed;
  AgreedPrice price;
  PriceLimit limit;

  friend bool operator==(const RowFigure&, const RowFigure&) = default;
};

// Price and limit of a case: what differs is taken from `value_of`(slot).
template <class ValueOf>
void PutValues(AgreedPrice& price, PriceLimit& limit, const ValueOf& value_of) {
  const auto put = [&](std::int16_t slot, std::int64_t& value) {
    if (slot != kFixed) value = value_of(slot);
  };
  put(price.stated.units_slot, price.stated.units);
  put(price.stated.area_slot, price.stated.area);
  put(price.stated.floor_area_ratio_slot, price.stated.floor_area_ratio);
  put(price.rebates_slot, price.rebates);
  price.amount = AmountOf(price.stated);
  if (limit.slot != kFixed) limit.amount.numerator = Int128{value_of(limit.slot)} * limit.times;
}

// Does any number of it differ between the cases of a profile?
bool Varies(const AgreedPrice& price);

// The value of a figure that is no fact, with its numbers in it.
std::int64_t ValueOf(const RowFigure& figure);

// The same for the case whose facts `value_of`(slot) gives.
template <class Values>
std::int64_t ValueOf(const RowFigure& figure, const Values& value_of) {
  RowFigure own = figure;
  PutValues(own.price, own.limit, value_of);
  return ValueOf(own);
}

bool Holds(Relation relation, Int128 left, Int128 right);

// Does the later date lie that many years after the earlier one? An anniversary that does not exist
// is the last day of its month.
bool YearsHold(Relation relation, std::int32_t years, std::int64_t earlier, std::int64_t later);

class Trace {
 public:
  struct Step {
    Test test;
    bool holds = false;
  };

  // One side of a comparison: `slot` is kFixed where the value is the same for the whole profile.
  struct Side {
    std::int16_t slot = kFixed;
    std::int64_t value = 0;
    Int128 unit = 1;
  };
  void AddComparison(Relation relation, const Side& left, const Side& right, bool holds);
  // Of a comparison of dates; the sides' units do not count.
  void AddYears(Relation relation, std::int32_t years, const Side& earlier, const Side& later,
                bool holds);
  // `highest`: of the amount.
  void AddPrice(const AgreedPrice& price, const PriceLimit& limit, Meeting wanted,
                std::int64_t highest, bool reached);

  // The judgement depended on the case in a way that has no test: it must not be reused.
  void GiveUp() { irregular_ = true; }

  // Figures are numbered, and stand in the check as marks until a case puts its own in.
  static constexpr std::int64_t kFirstMark = 912'345'678'901'000'001;
  static constexpr std::int64_t kMarkStep = 10;
  static constexpr std::size_t kMostFigures = 1000;
  void MarkFigures() { marks_figures_ = true; }
  bool marks_figures() const { return marks_figures_; }
  std::int64_t MarkOf(RowFigure figure);
  // a > b, where either may be a mark of a limit.
  bool Exceeds(std::int64_t a, std::int64_t b);
  // Is the fact at least `least`?
  void AddAtLeast(std::int16_t slot, std::int64_t least, bool holds);
  const std::vector<RowFigure>& figures() const { return figures_; }

  bool irregular() const { return irregular_; }
  const std::vector<Step>& steps() const { return steps_; }
  void Clear();

 private:
  struct Range {
    std::int16_t slot;
    std::int64_t low, high;  // what the steps so far leave
  };

  // A comparison of prices as it was added.
  struct Compared {
    AgreedPrice price;
    PriceLimit limit;
    Meeting wanted = Meeting::kWithinRounding;

    friend bool operator==(const Compared&, const Compared&) = default;
  };

  void AddOther(Test test, bool holds);

  std::vector<Step> steps_;
  std::vector<Compared> compared_;
  std::vector<Range> ranges_;
  std::vector<RowFigure> figures_;
  std::vector<std::int64_t> own_;  // by figure: the value in the case that is judged
  bool irregular_ = false;
  bool marks_figures_ = false;
};

}  // namespace dijia::rules
