// The rows of prepared columns: look up, multiply, round.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "coefficient_memo.h"
#include "dijia/prepared_valuation.h"
#include "prepared_plan.h"
#include "quick_rounding.h"
#include "rounds_away.h"
#include "waterfall_shares.h"

namespace dijia {
namespace {

using Kind = PreparedOp::Kind;

constexpr std::int64_t kNotKnown = ParcelColumns::kNotKnown;
constexpr std::size_t kMostRemembered = std::size_t{1} << 18;  // 8 MB

// A whole number rounded to a multiple of `interval`.
std::int64_t RoundTo(std::int64_t value, std::int64_t interval, RoundingMode mode) {
  const std::int64_t magnitude = value < 0 ? -value : value;
  const std::int64_t steps = magnitude / interval, rest = magnitude % interval;
  if (rest == 0) return value;
  const bool away = RoundsAway(rest <=> interval - rest, steps % 2 != 0, mode);
  const std::int64_t rounded = (steps + (away ? 1 : 0)) * interval;
  return value < 0 ? -rounded : rounded;
}

// RoundQuotient, quicker where doubles or 64 bits suffice. Preconditions: numerator ≥ 0,
// denominator > 0.
std::optional<std::int64_t> RoundedQuotient(Int128 numerator, std::int64_t denominator,
                                            const Rounding& rounding) {
  const double quotient = static_cast<double>(numerator) / (static_cast<double>(denominator) *
                                                            static_cast<double>(rounding.interval));
  const auto quick = RoundedSteps(quotient, quotient * RelativeError(5), rounding.mode);
  std::int64_t multiple = 0;
  if (quick && !__builtin_mul_overflow(*quick, rounding.interval, &multiple)) return multiple;
  std::int64_t divisor = 0;
  if (numerator > INT64_MAX || __builtin_mul_overflow(denominator, rounding.interval, &divisor)) {
    return RoundQuotient(numerator, denominator, rounding.interval, rounding.mode);
  }
  const auto magnitude = static_cast<std::int64_t>(numerator);
  std::int64_t steps = magnitude / divisor;
  const std::int64_t rest = magnitude % divisor;
  if (rest != 0 && RoundsAway(rest <=> divisor - rest, steps % 2 != 0, rounding.mode)) ++steps;
  std::int64_t rounded = 0;
  if (__builtin_mul_overflow(steps, rounding.interval, &rounded)) return std::nullopt;
  return rounded;
}

// number / 10^scale as the shortest decimal.
void AppendDecimal(WideNumber number, int scale, std::string& out) {
  constexpr int kStep = 18;
  std::array<char, 96> digits;
  char* const end = digits.data() + digits.size();
  char* at = end;
  const auto put = [&](std::uint64_t part, int least) {
    for (int i = 0; i < least || part != 0; ++i, part /= 10)
      *--at = static_cast<char>('0' + part % 10);
  };
  while (!number.IsSmall() || number.low() >= static_cast<std::uint64_t>(PowerOfTen(kStep))) {
    put(number.Divide(static_cast<std::uint64_t>(PowerOfTen(kStep))), kStep);
  }
  put(number.low(), 1);
  while (end - at <= scale) *--at = '0';
  const char* const point = end - scale;
  const char* last = end;
  while (last > point && last[-1] == '0') --last;
  const auto text = [](const char* from, const char* to) {
    return std::string_view(from, static_cast<std::size_t>(to - from));
  };
  out += text(at, point);
  if (last == point) return;
  out += '.';
  out += text(point, last);
}

}  // namespace

std::optional<std::int64_t> WideRounding::operator()(WideNumber number) const {
  number.Multiply(multiplier_);
  if (number.overflows()) return std::nullopt;
  bool more = false;
  for (std::size_t i = 0; i + 1 < count_; ++i) more = number.Divide(divisors_[i]) != 0 || more;
  const std::uint64_t last = divisors_[count_ - 1];
  const std::uint64_t rest = number.Divide(last);
  if (!number.IsSmall()) return std::nullopt;
  Int128 steps = number.low();
  if (rest != 0 || more) {
    auto half = rest <=> last / 2;
    if (half == 0 && more) half = std::strong_ordering::greater;
    if (RoundsAway(half, steps % 2 != 0, rounding_.mode)) ++steps;
  }
  constexpr Int128 kPerUnit = PowerOfTen(Rounding::kScale - UnitPrice::kScale);
  const Int128 units = steps * rounding_.interval / kPerUnit;
  if (units > INT64_MAX) return std::nullopt;
  return static_cast<std::int64_t>(units);
}

struct ColumnValuer::State {
  // A price before its rounding.
  struct Exact {
    const PlacePlan* place = nullptr;
    WideNumber number;  // a count of 10^-scale of the place
    std::int64_t unit_price = 0;
  };

  explicit State(const ValuationPlan& of) : plan(of), memos(of.contexts.size()) {}

  const ValuationPlan& plan;
  std::vector<CoefficientMemo> memos;       // by context
  std::size_t remembered = 0;               // in all of them
  std::vector<const std::uint8_t*> levels;  // of the columns at work
  std::vector<const std::int64_t*> measures;
  std::vector<PriceChange> changes;
  std::vector<UnitPrice> yuan;

  std::int64_t OfNumber(std::uint16_t context, std::int64_t number) {
    if (number < 0) return ValuationPlan::kNoCoefficient;
    const std::int64_t* known = memos[context].Find(number);
    return known != nullptr ? *known : Learn(context, number);
  }

  // When it is full it forgets everything, so that numbers that hardly ever come twice take bounded
  // memory.
  [[gnu::noinline]] std::int64_t Learn(std::uint16_t context, std::int64_t number) {
    if (remembered == kMostRemembered) {
      memos.assign(memos.size(), CoefficientMemo());
      remembered = 0;
    }
    const std::int64_t coefficient = plan.CoefficientOf(context, number);
    memos[context].Keep(number, coefficient);
    ++remembered;
    return coefficient;
  }

  void Take(const ParcelColumns& columns) {
    const auto begin = [](const auto& column) { return column.data(); };
    levels.resize(columns.levels.size());
    std::ranges::transform(columns.levels, levels.begin(), begin);
    measures.resize(columns.measures.size());
    std::ranges::transform(columns.measures, measures.begin(), begin);
  }

  // 1 + Σ as a count of 10^-scale; kNoCoefficient where a level is missing.
  std::int64_t OfSum(const PreparedOp& op, std::size_t row) const {
    constexpr std::int64_t kOne = PowerOfTen(Percent::kScale + 2);
    std::int64_t sum = 0;
    for (const SumFactor& factor : op.factors) {
      sum += factor.table[levels[factor.column][row]];
    }
    if (sum > ValuationPlan::kMostPercent) return ValuationPlan::kNoCoefficient;
    if (plan.sum_rounding) {
      constexpr std::int64_t kPerUnit = PowerOfTen(Percent::kScale + 2 - Rounding::kScale);
      sum = RoundTo(sum, plan.sum_rounding->interval * kPerUnit, plan.sum_rounding->mode);
    }
    return std::max(kOne + sum, std::int64_t{0}) / plan.sum_unit;
  }

  std::int64_t CoefficientOf(const PreparedOp& op, const ParcelColumns& columns, std::size_t row) {
    switch (op.kind) {
      case Kind::kLevel:
        return op.table[levels[op.column][row]];
      case Kind::kSum:
        return OfSum(op, row);
      case Kind::kTerm:
        return OfNumber(op.context, columns.term[row]);
      case Kind::kDate:
        return OfNumber(op.context, columns.date[row]);
      case Kind::kFar:
        return OfNumber(op.context, columns.far[row]);
      case Kind::kMeasure:
        return OfNumber(op.context, measures[op.column][row]);
      case Kind::kFloorPrice:
        return columns.far[row];
      case Kind::kAdd:
        break;
    }
    return ValuationPlan::kNoCoefficient;
  }

  // The exact price; false where the row is not plain. Each step goes to `seen` with its units and
  // the product behind it.
  template <class Seen>
  bool Multiply(const ParcelColumns& columns, std::size_t row, Exact& out, const Seen& seen) {
    const std::uint16_t index = columns.place[row];
    if (index == ParcelColumns::kNoPlace) return false;
    const PlacePlan& place = plan.places[index];
    out.place = &place;
    out.number = WideNumber(place.base);
    std::int64_t additions = 0;
    for (const PreparedOp& op : place.ops) {
      if (op.kind == Kind::kAdd) {
        const std::int64_t addition = op.table[levels[op.column][row]];
        if (addition == ValuationPlan::kNoAddition ||
            __builtin_add_overflow(additions, addition, &additions)) {
          return false;
        }
        seen(op, addition, out.number);
        continue;
      }
      const std::int64_t k = CoefficientOf(op, columns, row);
      if (k <= 0) return false;
      out.number.Multiply(static_cast<std::uint64_t>(k));
      seen(op, k, out.number);
    }
    if (additions != 0 && !Add(additions, out)) return false;
    return !out.number.overflows();
  }

  // False for a price below 0.
  static bool Add(std::int64_t addition, Exact& out) {
    if (addition == INT64_MIN) return false;
    WideNumber amount(static_cast<std::uint64_t>(addition < 0 ? -addition : addition));
    amount.MultiplyByPowerOfTen(out.place->scale - UnitPrice::kScale);
    if (amount.overflows()) return false;
    if (addition > 0) {
      out.number.Add(amount);
      return true;
    }
    if (out.number.overflows() || out.number < amount) return false;
    out.number.Subtract(amount);
    return true;
  }

  // False for a price that does not fit and for one that rounds to 0.
  static bool Round(Exact& out) {
    const auto& roundings = out.place->unit_price;
    std::size_t at = roundings.size() - 1;
    while (at > 0 && out.number < roundings[at].from) --at;
    const auto units = roundings[at].rounding(out.number);
    out.unit_price = units.value_or(0);
    return out.unit_price > 0;
  }

  template <class Seen>
  bool Price(const ParcelColumns& columns, std::size_t row, Exact& out, const Seen& seen) {
    return Multiply(columns, row, out, seen) && Round(out);
  }

  // The unit price where doubles tell it.
  enum class Quick : std::uint8_t { kPriced, kNotPlain, kUndecided };
  Quick QuickPrice(const ParcelColumns& columns, std::size_t row, std::int64_t& unit_price) {
    const std::uint16_t index = columns.place[row];
    if (index == ParcelColumns::kNoPlace) return Quick::kNotPlain;
    const PlacePlan& place = plan.places[index];
    double number = static_cast<double>(place.base), added = 0, size_of_added = 0;
    for (const PreparedOp& op : place.ops) {
      if (op.kind == Kind::kAdd) {
        const std::int64_t addition = op.table[levels[op.column][row]];
        if (addition == ValuationPlan::kNoAddition) return Quick::kNotPlain;
        added += static_cast<double>(addition);
        size_of_added += std::abs(static_cast<double>(addition));
        continue;
      }
      const std::int64_t k = CoefficientOf(op, columns, row);
      if (k <= 0) return Quick::kNotPlain;
      number *= static_cast<double>(k);
    }
    const double error = (number + size_of_added * place.addition) * place.error;
    number += added * place.addition;
    const PlacePlan::FromPrice* rounding = &place.unit_price.back();
    for (; rounding != &place.unit_price.front(); --rounding) {
      if (number - error >= rounding->from_double) break;
      if (number + error >= rounding->from_double) return Quick::kUndecided;
    }
    const auto steps =
        RoundedSteps(number * rounding->steps, error * rounding->steps, rounding->mode);
    if (!steps || *steps == 0 || __builtin_mul_overflow(*steps, rounding->step, &unit_price) ||
        unit_price == 0) {
      return Quick::kUndecided;
    }
    return Quick::kPriced;
  }

  // What rounding added to the price: its magnitude, and whether it is below 0.
  static std::optional<std::pair<WideNumber, bool>> RoundingOf(const Exact& exact) {
    WideNumber price(static_cast<std::uint64_t>(exact.unit_price)), from = exact.number;
    price.MultiplyByPowerOfTen(exact.place->scale - UnitPrice::kScale);
    if (price.overflows()) return std::nullopt;
    const bool negative = price < from;
    if (negative) std::swap(price, from);
    price.Subtract(from);
    return std::pair(price, negative);
  }

  std::int64_t FloorPriceOf(std::int64_t unit_price, std::int64_t far) const {
    if (far <= 0) return kNotKnown;  // not known included
    return RoundedQuotient(Int128{unit_price} * FloorAreaRatio::kOne, far, plan.floor_price)
        .value_or(kNotKnown);
  }

  // False where the total leaves its type.
  bool TotalOf(std::int64_t unit_price, std::int64_t area, std::int64_t& total) const {
    total = kNotKnown;
    if (area == kNotKnown) return true;
    const auto units = RoundedQuotient(Int128{unit_price} * area, Area::kOne, plan.total);
    if (units) total = *units;
    return units.has_value();
  }
};

ColumnValuer::ColumnValuer(const PreparedValuation& prepared)
    : state_(std::make_unique<State>(*prepared.plan_)) {}
ColumnValuer::~ColumnValuer() = default;
ColumnValuer::ColumnValuer(ColumnValuer&&) noexcept = default;

std::size_t ColumnValuer::Value(const ParcelColumns& columns, std::size_t first, std::size_t count,
                                ColumnPrices& prices) {
  State& state = *state_;
  state.Take(columns);
  std::size_t priced = 0;
  State::Exact exact;
  for (std::size_t row = first; row < first + count; ++row) {
    std::int64_t total = kNotKnown;
    const State::Quick quick = state.QuickPrice(columns, row, exact.unit_price);
    const bool plain = (quick == State::Quick::kPriced ||
                        (quick == State::Quick::kUndecided &&
                         state.Price(columns, row, exact, [](const auto&...) {}))) &&
                       state.TotalOf(exact.unit_price, columns.area[row], total);
    prices.unit_price[row] = plain ? exact.unit_price : kNotKnown;
    prices.floor_price[row] =
        plain ? state.FloorPriceOf(exact.unit_price, columns.far[row]) : kNotKnown;
    prices.total[row] = plain ? total : kNotKnown;
    priced += plain ? 1 : 0;
  }
  return priced;
}

bool ColumnValuer::Explain(const ParcelColumns& columns, std::size_t row, PricedRow& out) {
  State& state = *state_;
  state.Take(columns);
  State::Exact exact;
  out.steps.clear();
  const bool plain = state.Price(
      columns, row, exact, [&](const PreparedOp& op, std::int64_t units, const WideNumber&) {
        const int scale = op.kind == Kind::kAdd ? AppliedCoefficient::kScale : op.scale;
        std::int64_t step = 0;
        const bool fits =
            !__builtin_mul_overflow(units, PowerOfTen(AppliedCoefficient::kScale - scale), &step);
        out.steps.push_back(fits ? step : kNotKnown);
      });
  std::int64_t total = kNotKnown;
  if (!plain || !state.TotalOf(exact.unit_price, columns.area[row], total)) return false;
  if (std::ranges::find(out.steps, kNotKnown) != out.steps.end()) return false;
  out.unit_price = UnitPrice::FromUnits(exact.unit_price);
  out.base_price = exact.place->price;
  out.floor_price.reset();
  const std::int64_t floor_price = state.FloorPriceOf(exact.unit_price, columns.far[row]);
  if (floor_price != kNotKnown) out.floor_price = FloorPrice::FromUnits(floor_price);
  out.total.reset();
  if (total != kNotKnown) out.total = Money::FromUnits(total);
  const auto rounding = State::RoundingOf(exact);
  if (!rounding) return false;
  out.rounding = rounding->second ? "-" : "";
  AppendDecimal(rounding->first, exact.place->scale, out.rounding);
  return true;
}

bool ColumnValuer::Waterfall(const ParcelColumns& columns, std::size_t row,
                             std::vector<std::int64_t>& bars) {
  State& state = *state_;
  state.Take(columns);
  State::Exact exact;
  state.changes.clear();
  bool fits = true;
  const bool plain = state.Price(
      columns, row, exact, [&](const PreparedOp& op, std::int64_t units, const WideNumber& after) {
        PriceChange& change = state.changes.emplace_back();
        if (op.kind == Kind::kAdd) {
          change.add = UnitPrice::FromUnits(units);
          return;
        }
        std::int64_t k = 0;
        fits =
            !__builtin_mul_overflow(units, PowerOfTen(AppliedCoefficient::kScale - op.scale), &k) &&
            fits;
        change.coefficient = AppliedCoefficient::FromUnits(k);
        const auto rounded = op.after(after);
        fits = fits && rounded;
        change.after = UnitPrice::FromUnits(rounded.value_or(0));
      });
  if (!plain || !fits) return false;
  const auto rounding = State::RoundingOf(exact);
  const auto units = rounding ? exact.place->nearest(rounding->first) : std::nullopt;
  if (!units) return false;
  state.changes.emplace_back().add = UnitPrice::FromUnits(rounding->second ? -*units : *units);
  state.yuan.resize(state.changes.size());
  ShareChange(exact.place->price, UnitPrice::FromUnits(exact.unit_price), state.changes,
              state.yuan);
  bars.resize(state.yuan.size());
  std::ranges::transform(state.yuan, bars.begin(), &UnitPrice::units);
  return true;
}

}  // namespace dijia
