#include "trace.h"

#include <algorithm>

namespace dijia::rules {
namespace {

// The least integer that is at least numerator / denominator; denominator > 0.
Int128 QuotientUp(Int128 numerator, Int128 denominator) {
  const Int128 whole = numerator / denominator;
  return whole * denominator < numerator ? whole + 1 : whole;
}

std::int64_t Clamped(Int128 value) {
  return static_cast<std::int64_t>(std::clamp<Int128>(value, INT64_MIN, INT64_MAX));
}

Relation Mirrored(Relation relation) {
  switch (relation) {
    case Relation::kAtLeast:
      return Relation::kAtMost;
    case Relation::kMoreThan:
      return Relation::kLessThan;
    case Relation::kAtMost:
      return Relation::kAtLeast;
    case Relation::kLessThan:
      return Relation::kMoreThan;
  }
  return relation;
}

std::int64_t ValueOf(std::int16_t slot, std::int64_t fixed, SlotValues values) {
  return slot == kFixed ? fixed : values[static_cast<std::size_t>(slot)];
}

}  // namespace

bool Holds(const LinearCondition& condition, SlotValues values) {
  Int128 sum = 0;
  for (int i = 0; i < 3 && condition.slots[i] != kFixed; ++i) {
    sum += Int128{condition.factors[i]} * values[static_cast<std::size_t>(condition.slots[i])];
  }
  return sum >= condition.least;
}

bool Holds(const AgreedPrice& price, const PriceLimit& limit, SlotValues values) {
  AgreedPrice at = price;
  PriceLimit held = limit;
  StatedAmount& stated = at.stated;
  stated.units = ValueOf(stated.units_slot, stated.units, values);
  stated.area = ValueOf(stated.area_slot, stated.area, values);
  stated.floor_area_ratio = ValueOf(stated.floor_area_ratio_slot, stated.floor_area_ratio, values);
  at.amount = AmountOf(stated);
  at.rebates = ValueOf(at.rebates_slot, at.rebates, values);
  if (held.slot != kFixed) {
    held.amount.numerator = Int128{values[static_cast<std::size_t>(held.slot)]} * held.times;
  }
  return Compare(at, held) != Meeting::kShort;
}

void Trace::Clear() {
  steps_.clear();
  ranges_.clear();
  irregular_ = false;
}

void Trace::AddAtLeast(std::int16_t slot, std::int64_t least, bool holds) {
  auto range = std::ranges::find(ranges_, slot, &Range::slot);
  if (range == ranges_.end()) {
    ranges_.push_back({slot, INT64_MIN, INT64_MAX});
    range = std::prev(ranges_.end());
  }
  // What the steps so far imply needs no step.
  if (least <= range->low || least > range->high) return;
  if (holds) {
    range->low = least;
  } else {
    range->high = least - 1;
  }
  Step& step = steps_.emplace_back();
  step.test.slot = slot;
  step.test.least = least;
  step.holds = holds;
}

void Trace::AddOther(Test test, bool holds) {
  if (std::ranges::find(steps_, test, &Step::test) != steps_.end()) return;
  steps_.push_back({std::move(test), holds});
}

void Trace::AddComparison(Relation relation, const Side& left, const Side& right, bool holds) {
  if (irregular_ || (left.slot == kFixed && right.slot == kFixed)) return;
  if (left.slot == kFixed) return AddComparison(Mirrored(relation), right, left, holds);
  if (left.unit <= 0 || right.unit <= 0) return GiveUp();
  // "At most" and "less" are the opposites of "more" and "at least".
  const bool strict = relation == Relation::kMoreThan || relation == Relation::kAtMost;
  const bool opposite = relation == Relation::kAtMost || relation == Relation::kLessThan;
  if (right.slot == kFixed) {
    const Int128 bound = right.value * right.unit + (strict ? 1 : 0);
    return AddAtLeast(left.slot, Clamped(QuotientUp(bound, left.unit)), holds != opposite);
  }
  if (left.slot == right.slot || left.unit > INT64_MAX || right.unit > INT64_MAX) return GiveUp();
  Test test;
  test.kind = Test::Kind::kLinear;
  test.linear.slots[0] = left.slot;
  test.linear.slots[1] = right.slot;
  test.linear.factors[0] = static_cast<std::int64_t>(left.unit);
  test.linear.factors[1] = -static_cast<std::int64_t>(right.unit);
  test.linear.least = strict ? 1 : 0;
  AddOther(std::move(test), holds != opposite);
}

void Trace::AddPrice(const AgreedPrice& price, const PriceLimit& limit, std::int64_t highest,
                     bool met) {
  if (irregular_) return;
  const StatedAmount& stated = price.stated;
  const bool amount = stated.units_slot != kFixed;
  const bool others = stated.area_slot != kFixed || stated.floor_area_ratio_slot != kFixed ||
                      price.rebates_slot != kFixed || limit.slot != kFixed;
  if (!amount && !others) return;
  if (!others) return AddAtLeast(stated.units_slot, LeastAmount(price, limit, highest), met);
  // The values of this case do not belong to the test.
  Test test;
  if (const auto linear = LinearConditionOf(price, limit)) {
    test.kind = Test::Kind::kLinear;
    test.linear = *linear;
    return AddOther(std::move(test), met);
  }
  test.kind = Test::Kind::kPrice;
  test.price = price;
  test.limit = limit;
  if (amount) test.price.stated.units = 0;
  if (stated.area_slot != kFixed) test.price.stated.area = 1;
  if (stated.floor_area_ratio_slot != kFixed) test.price.stated.floor_area_ratio = 0;
  if (price.rebates_slot != kFixed) test.price.rebates = 0;
  if (limit.slot != kFixed) test.limit.amount.numerator = 0;
  test.price.amount = {};
  AddOther(std::move(test), met);
}

}  // namespace dijia::rules
