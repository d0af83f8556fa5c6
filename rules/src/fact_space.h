// The finite space of cases that the conditions of a pack can tell apart in one era: facts of few
// values by groups of values, numbers by the cells between the points at which comparisons turn,
// pairs of numbers by their ratio, pairs of dates by the years between them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "decision_diagram.h"
#include "dijia/rules/decision_table.h"
#include "dijia/rules/reserve_price.h"

namespace dijia::rules {

class FactSpace {
 public:
  using Set = DecisionDiagram::Set;
  using Box = DecisionDiagram::Box;

  using Variable = CaseVariable;

  // The space in which the conditions are told apart on the days of a period. The pack and the
  // conditions must outlive it.
  FactSpace(const RulePack& pack, const Period& era, std::span<const Predicate* const> conditions);

  // The cases in which a condition holds. Precondition: it is one of those of the constructor or
  // made of their parts.
  Set Of(const Predicate& condition);
  DecisionDiagram& diagram() { return diagram_; }
  const std::vector<Variable>& variables() const { return variables_; }
  // A fact with more cells than the space can hold: nothing is proved about its comparisons.
  std::optional<std::uint16_t> overfull() const { return overfull_; }

  Set SetOf(const Box& box);

  // A case of the box that states only what matters, decided in the era; readings are the pack's
  // and no part of it.
  ReservePriceCase CaseOf(const Box& box) const;
  // The options of readings that the box asks for, by reading; 0 = it does not matter.
  std::vector<std::uint64_t> ReadingsOf(const Box& box) const;
  // A day of the era.
  Days day() const { return day_; }

 private:
  using Key = std::tuple<Variable::Kind, std::uint16_t, std::uint16_t>;

  Variable& Take(Variable::Kind kind, std::uint16_t first, std::uint16_t second = 0);
  std::size_t IndexOf(Variable::Kind kind, std::uint16_t first, std::uint16_t second = 0) const;
  void Collect(const Predicate& predicate);
  void CollectComparison(const Predicate& predicate);
  void Turn(const Predicate& comparison, std::int64_t right, int right_scale);
  void Finish();
  Set OfComparison(const Predicate& predicate);
  Set OfNumber(const Predicate& comparison, std::int64_t right, int right_scale);
  Set OfTable(const Predicate& comparison);
  std::optional<std::int64_t> ValueOf(const Operand& operand) const;
  void StateYears(const Variable& variable, std::size_t cell, ReservePriceCase& the_case) const;
  void StatePair(const Variable& variable, std::size_t cell, ReservePriceCase& the_case) const;
  void StatePrice(bool meets, ReservePriceCase& the_case) const;
  void State(const Variable& variable, std::size_t cell, ReservePriceCase& the_case) const;

  const RulePack& pack_;
  Period era_;
  Days day_;
  std::vector<Variable> variables_;
  std::map<Key, std::size_t> places_;
  std::optional<std::uint16_t> overfull_;
  DecisionDiagram diagram_{{}};
};

}  // namespace dijia::rules
