#include "trace.h"

#include <algorithm>
#include <chrono>

#include "dijia/base/date.h"
#include "marks.h"

namespace dijia::rules {
namespace {

constexpr std::size_t kMostCompared = 32;  // that are kept; most judgements compare a few

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

// What differs between cases does not belong to a test or a figure.
void TakeValues(AgreedPrice& price, PriceLimit& limit) {
  PutValues(price, limit, [](std::int16_t) { return std::int64_t{1}; });
  price.amount = {};
}

std::int64_t AnniversaryOf(std::int64_t day, std::int32_t years) {
  Date anniversary = FromDays(static_cast<Days>(day)) + std::chrono::years(years);
  if (!anniversary.ok()) {
    anniversary = anniversary.year() / anniversary.month() / std::chrono::last;
  }
  return ToDays(anniversary);
}

}  // namespace

bool Holds(Relation relation, Int128 left, Int128 right) {
  switch (relation) {
    case Relation::kAtLeast:
      return left >= right;
    case Relation::kMoreThan:
      return left > right;
    case Relation::kAtMost:
      return left <= right;
    case Relation::kLessThan:
      return left < right;
  }
  return false;
}

bool Varies(const AgreedPrice& price) {
  return price.stated.units_slot != kFixed || price.stated.area_slot != kFixed ||
         price.stated.floor_area_ratio_slot != kFixed || price.rebates_slot != kFixed;
}

std::int64_t ValueOf(const RowFigure& figure) {
  const AgreedPrice& price = figure.price;
  switch (figure.kind) {
    case RowFigure::Kind::kFact:
      return 0;  // the value of the fact, which the figure does not hold
    case RowFigure::Kind::kLimit:
      return LimitRoundedUp(price, figure.limit);
    case RowFigure::Kind::kDeficit:
      return std::max<std::int64_t>(0, DeficitRoundedUp(price, figure.limit));
    case RowFigure::Kind::kPrice:
      return ShownPrice(price.amount);
    case RowFigure::Kind::kNet:
      return ShownPrice(NetAmount(price));
    case RowFigure::Kind::kFullTerm:
      return FullTermPrice(price, figure.limit.full_term);
  }
  return 0;
}

void Trace::Clear() {
  steps_.clear();
  compared_.clear();
  ranges_.clear();
  figures_.clear();
  own_.clear();
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

void Trace::AddPrice(const AgreedPrice& price, const PriceLimit& limit, Meeting wanted,
                     std::int64_t highest, bool reached) {
  if (irregular_ || (!Varies(price) && limit.slot == kFixed)) return;
  AgreedPrice others = price;
  others.stated.units_slot = kFixed;
  if (!Varies(others) && limit.slot == kFixed) {
    return AddAtLeast(price.stated.units_slot, LeastAmount(price, limit, wanted, highest), reached);
  }
  // A judgement compares the same prices many times.
  const Compared compared{price, limit, wanted};
  if (std::ranges::find(compared_, compared) != compared_.end()) return;
  if (compared_.size() < kMostCompared) compared_.push_back(compared);
  Test test;
  if (const auto linear = LinearConditionOf(price, limit, wanted)) {
    test.kind = Test::Kind::kLinear;
    test.linear = *linear;
    return AddOther(std::move(test), reached);
  }
  test.kind = Test::Kind::kPrice;
  test.price = price;
  test.limit = limit;
  test.wanted = wanted;
  TakeValues(test.price, test.limit);
  AddOther(std::move(test), reached);
}

bool Trace::Exceeds(std::int64_t a, std::int64_t b) {
  const std::int64_t left = FigureOf(a), right = FigureOf(b);
  if (left < 0 && right < 0) return a > b;
  if (left == right) return false;
  if (left >= 0 && right >= 0) {
    GiveUp();
    return own_[static_cast<std::size_t>(left)] > own_[static_cast<std::size_t>(right)];
  }
  // b > a when a is a number: not (b's limit > … ) one below.
  const bool mirrored = left < 0;
  const auto index = static_cast<std::size_t>(mirrored ? right : left);
  const RowFigure& figure = figures_[index];
  const std::int64_t bound = mirrored ? (a == INT64_MIN ? a : a - 1) : b;
  const bool above = own_[index] > bound;
  const auto least = figure.kind == RowFigure::Kind::kLimit
                         ? LeastFactAbove(figure.price, figure.limit, bound)
                         : std::nullopt;
  if (least) {
    AddAtLeast(figure.limit.slot, *least, above);
  } else {
    GiveUp();
  }
  return above != mirrored;
}

std::int64_t Trace::MarkOf(RowFigure figure) {
  const std::int64_t own = ValueOf(figure);
  TakeValues(figure.price, figure.limit);
  auto found = std::ranges::find(figures_, figure);
  if (found == figures_.end()) {
    if (figures_.size() == kMostFigures) GiveUp();
    figures_.push_back(std::move(figure));
    own_.push_back(own);
    found = std::prev(figures_.end());
  }
  return kFirstMark + kMarkStep * (found - figures_.begin());
}

bool YearsHold(Relation relation, std::int32_t years, std::int64_t earlier, std::int64_t later) {
  return Holds(relation, later, AnniversaryOf(earlier, years));
}

void Trace::AddYears(Relation relation, std::int32_t years, const Side& earlier, const Side& later,
                     bool holds) {
  if (irregular_ || (earlier.slot == kFixed && later.slot == kFixed)) return;
  if (earlier.slot == kFixed) {
    // The least later day that reaches the anniversary.
    const std::int64_t day = AnniversaryOf(earlier.value, years);
    return AddComparison(relation, later, {kFixed, day, 1}, holds);
  }
  if (later.slot == kFixed) {
    // The first earlier day from which on the outcome is that of the latest days.
    std::int64_t low = later.value - years * std::int64_t{366} - 400;
    std::int64_t high = later.value - years * std::int64_t{365} + 400;
    const bool late = YearsHold(relation, years, high, later.value);
    while (high - low > 1) {
      const std::int64_t middle = low + (high - low) / 2;
      (YearsHold(relation, years, middle, later.value) == late ? high : low) = middle;
    }
    return AddAtLeast(earlier.slot, high, holds == late);
  }
  Test test;
  test.kind = Test::Kind::kYears;
  test.slot = earlier.slot;
  test.other_slot = later.slot;
  test.relation = relation;
  test.years = years;
  AddOther(std::move(test), holds);
}

}  // namespace dijia::rules
