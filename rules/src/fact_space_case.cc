// Cases out of boxes: one value for every fact that matters.
#include <algorithm>
#include <bit>

#include "dijia/base/decimal.h"
#include "dijia/base/land.h"
#include "fact_space.h"
#include "formula_facts.h"

namespace dijia::rules {
namespace {

using Kind = FactSpace::Variable::Kind;

constexpr std::int64_t kWhole = 1'000'000;

std::int64_t Floor(Int128 a, Int128 b) { return static_cast<std::int64_t>(a / b); }

}  // namespace

FactSpace::Set FactSpace::SetOf(const Box& box) {
  Set set = DecisionDiagram::kEverything;
  for (std::size_t i = variables_.size(); i-- > 0;) {
    if (box[i] != variables_[i].AllCells()) set = diagram_.And(diagram_.Where(i, box[i]), set);
  }
  return set;
}

ReservePriceCase FactSpace::CaseOf(const Box& box) const {
  ReservePriceCase the_case = EmptyCase(pack_);
  the_case.values[*pack_.FindFact("decided_on")] = day_;
  // What stands alone first, what is measured against it then, what is not stated last.
  static constexpr Kind kOrder[] = {Kind::kSmall, Kind::kNumber, Kind::kYears,
                                    Kind::kPair,  Kind::kMeets,  Kind::kStated};
  for (const Kind kind : kOrder) {
    for (std::size_t i = 0; i < variables_.size(); ++i) {
      const Variable& variable = variables_[i];
      if (variable.kind != kind || box[i] == variable.AllCells()) continue;
      State(variable, static_cast<std::size_t>(std::countr_zero(box[i])), the_case);
    }
  }
  return the_case;
}

void FactSpace::State(const Variable& variable, std::size_t cell,
                      ReservePriceCase& the_case) const {
  std::int64_t& value = the_case.values[variable.first];
  switch (variable.kind) {
    case Kind::kSmall:
      value = std::countr_zero(variable.groups[cell]);
      return;
    case Kind::kNumber:  // as near to a limit as can be
      value = cell > 0 || variable.size() == 1 ? variable.starts[cell] : variable.starts[1] - 1;
      return;
    case Kind::kYears:
      return StateYears(variable, cell, the_case);
    case Kind::kPair:
      return StatePair(variable, cell, the_case);
    case Kind::kMeets:
      return StatePrice(cell == 1, the_case);
    case Kind::kStated:
      if (cell == 0) value = kNotStated;
      if (cell == 1 && value == kNotStated) value = pack_.facts[variable.first].lowest;
      return;
    case Kind::kReading:
      return;
  }
}

// Dates so many years apart: the last day of the shorter time, the first of the longer one.
void FactSpace::StateYears(const Variable& variable, std::size_t cell,
                           ReservePriceCase& the_case) const {
  std::int64_t &earlier = the_case.values[variable.first],
               &later = the_case.values[variable.second];
  if (later == kNotStated) later = day_;
  if (cell == 0) {
    earlier = later;
    return;
  }
  const auto [years, more] = variable.years[cell - 1];
  Date date = FromDays(static_cast<Days>(later)) - std::chrono::years(years);
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  earlier = ToDays(date) - (more ? 1 : 0);
}

// The right number measured by the left one, which is chosen when nothing else has.
void FactSpace::StatePair(const Variable& variable, std::size_t cell,
                          ReservePriceCase& the_case) const {
  const Fact &left = pack_.facts[variable.first], &right = pack_.facts[variable.second];
  std::int64_t &value = the_case.values[variable.first], &other = the_case.values[variable.second];
  const Int128 left_unit = PowerOfTen(left.scale), right_unit = PowerOfTen(right.scale);
  const std::int64_t nearest = variable.times[std::min(cell / 2, variable.times.size() - 1)];
  if (value == kNotStated) {
    const std::int64_t one = other != kNotStated ? other : static_cast<std::int64_t>(right_unit);
    const Int128 at = Int128{one} * nearest * left_unit / (right_unit * kWhole);
    value = std::clamp(static_cast<std::int64_t>(at), left.lowest, left.highest);
  }
  const Int128 scaled = Int128{value} * right_unit * kWhole, unit = Int128{nearest} * left_unit;
  const std::int64_t exact = Floor(scaled, unit);
  const bool even = exact * unit == scaled;
  if (cell % 2 == 1) {
    other = exact;
  } else if (cell / 2 < variable.times.size()) {  // below: the right one is greater
    other = exact + 1;
  } else {
    other = even ? exact - 1 : exact;
  }
  other = std::clamp(other, right.lowest, right.highest);
}

// A price that meets every standard, or none.
void FactSpace::StatePrice(bool meets, ReservePriceCase& the_case) const {
  const auto at = [&](FormulaFact fact) -> std::int64_t& {
    return the_case.values[*pack_.FindFact(kFormulaFactIds[static_cast<std::size_t>(fact)])];
  };
  const std::int64_t method = at(FormulaFact::kMethod);
  const bool rent = method == static_cast<int>(AssignmentMethod::kLease) ||
                    method == static_cast<int>(AssignmentMethod::kLeaseThenTransfer);
  at(FormulaFact::kUnit) =
      static_cast<int>(rent ? PriceUnit::kYuanPerSqmYear : PriceUnit::kYuanPerSqm);
  at(FormulaFact::kPriceKind) = static_cast<int>(PriceKind::kReserve);
  at(FormulaFact::kRebates) = 0;
  at(FormulaFact::kTransferPrice) = 0;
  const Fact& amount = pack_.facts[*pack_.FindFact("price.amount")];
  at(FormulaFact::kAmount) = meets ? amount.highest : amount.lowest;
}

std::vector<std::uint64_t> FactSpace::ReadingsOf(const Box& box) const {
  std::vector<std::uint64_t> options(pack_.readings.size(), 0);
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    const Variable& variable = variables_[i];
    if (variable.kind != Kind::kReading || box[i] == variable.AllCells()) continue;
    for (std::size_t cell = 0; cell < variable.groups.size(); ++cell) {
      if ((box[i] >> cell & 1U) != 0) options[variable.first] |= variable.groups[cell];
    }
  }
  return options;
}

}  // namespace dijia::rules
