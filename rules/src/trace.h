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
    kPrice,    // the price is not short of the limit
  };
  Kind kind = Kind::kAtLeast;
  std::int16_t slot = kFixed;
  std::int64_t least = 0;
  LinearCondition linear;
  AgreedPrice price;
  PriceLimit limit;

  friend bool operator==(const Test&, const Test&) = default;
};

// The facts of one case by slot.
using SlotValues = std::span<const std::int64_t>;

bool Holds(const LinearCondition& condition, SlotValues values);
bool Holds(const AgreedPrice& price, const PriceLimit& limit, SlotValues values);

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
  // `highest`: of the amount.
  void AddPrice(const AgreedPrice& price, const PriceLimit& limit, std::int64_t highest, bool met);

  // The judgement depended on the case in a way that has no test: it must not be reused.
  void GiveUp() { irregular_ = true; }

  bool irregular() const { return irregular_; }
  const std::vector<Step>& steps() const { return steps_; }
  void Clear();

 private:
  struct Range {
    std::int16_t slot;
    std::int64_t low, high;  // what the steps so far leave
  };

  void AddAtLeast(std::int16_t slot, std::int64_t least, bool holds);
  void AddOther(Test test, bool holds);

  std::vector<Step> steps_;
  std::vector<Range> ranges_;
  bool irregular_ = false;
};

}  // namespace dijia::rules
