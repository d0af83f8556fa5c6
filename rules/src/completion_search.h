// The verdicts of all completions of what is unknown: the three-valued evaluation decides most
// cases at once; where it does not, unknown facts are split until it does, and what has been found
// is remembered by what the clauses still leave open.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "case_state.h"
#include "residue.h"

namespace dijia::rules {

// For one case: states of one era and, where there is one, of one trace.
class CompletionSearch {
 public:
  explicit CompletionSearch(const Era& era) : era_(era) {}
  CompletionSearch(const CompletionSearch&) = delete;
  CompletionSearch& operator=(const CompletionSearch&) = delete;

  // The verdicts of the completions; exact when it is one, else at least two of them.
  VerdictSet PossibleVerdicts(const State& state);

  // Is there a choice of readings under which the facts leave more than one verdict?
  bool NeedsFacts(const State& state);

  // Does the value of the slot change the verdict in at least one completion of the others?
  bool Decides(const State& state, std::size_t slot);

  // How much work it was, for tests and benchmarks: states evaluated.
  std::size_t evaluations() const { return evaluations_; }

 private:
  VerdictSet Evaluate(const State& state, SlotSet& touched);
  // The verdicts of a state whose evaluation gave `set` and touched these slots.
  VerdictSet Explore(const State& state, const Residue& residue, VerdictSet set,
                     const SlotSet& touched);
  // The slot of `among` to ask for next, or nothing when none is left.
  std::optional<std::size_t> NextOf(const State& state, const Residue& residue,
                                    const SlotSet& among) const;
  int CostOf(const State& state, std::size_t slot) const;

  struct Split {
    std::size_t slot = 0;
    std::vector<Domain> parts;
  };
  // The next slot of `among` with the parts to split it into, so that no values are lost that
  // matter for the verdicts or, where `decides` is asked, for the difference that another fact
  // makes.
  std::optional<Split> NextSplit(const State& state, const Residue& residue, const SlotSet& among,
                                 bool decides) const;
  bool MayTakeEnds(const State& state, std::size_t slot, bool decides) const;
  bool FindsDifference(const State& state, const Residue& residue, std::size_t slot);

  const Era& era_;
  std::size_t evaluations_ = 0;
  std::unordered_map<std::string, VerdictSet> verdicts_;
  // By what is asked, a reading or a slot, and the key.
  std::unordered_map<std::string, bool> answers_;
};

}  // namespace dijia::rules
