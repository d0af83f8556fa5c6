// What the clauses still leave open in a state, as a key: the search remembers by it what it has
// found, so that unknown facts that have nothing to do with each other cost the sum of their
// values and not the product.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "program.h"

namespace dijia::rules {

// The conditions and limits that are not yet decided, with the domains of the facts in them. States
// of one era with equal keys have the same verdicts in all completions of the facts that are open
// in the key; facts outside it no longer matter.
class Residue {
 public:
  Residue(const Era& era, const State& state);

  const std::string& key() const { return key_; }

  // The open slots of each clause, limits and unlawful acts alike, that is undecided.
  const std::vector<SlotSet>& open() const { return open_; }

 private:
  void AddClause(const Clause& clause, const ClauseState& says);
  // The undecided comparisons of a condition whose truth is unknown.
  void AddCondition(const Predicate& predicate);
  void AddComparison(const Predicate& predicate);
  void AddLimit(const Limit& limit);
  void AddRatios();
  void AddPrice(PriceSide side);
  void AddFact(FormulaFact fact) { AddSlot(era_.SlotOf(fact)); }
  void AddSlot(std::size_t slot);
  void Put(std::uint64_t word);

  const Era& era_;
  const State& state_;
  Evaluation evaluation_;
  std::string key_;
  std::vector<SlotSet> open_;
  SlotSet of_clause_;  // open slots of the present clause
  SlotSet in_key_;     // slots whose domain stands in the key
};

}  // namespace dijia::rules
