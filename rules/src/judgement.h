// From possible verdicts to the verdict under every reading.
#pragma once

#include <vector>

#include "completion_search.h"

namespace dijia::rules {

// One choice of an option for every reading that matters.
struct ReadingCase {
  State state;
  Verdict verdict = Verdict::kNeedsFacts;
};

struct Judgement {
  const Era* era = nullptr;
  State state;  // readings open
  Verdict verdict = Verdict::kNeedsFacts;
  std::vector<std::size_t> readings;  // those that may matter; empty: the same under all
  // All combinations of them; empty when the verdict needs facts.
  std::vector<ReadingCase> cases;
};

Verdict VerdictOfSet(VerdictSet set);

// The search must be of the era and may have answered other states of the case before.
Judgement Judge(const Era& era, const State& state, CompletionSearch& search);

// A state with every reading at its default.
State WithDefaultReadings(const Era& era, State state);

// The state of the case with every reading at its default.
State DefaultState(const Judgement& judgement);

}  // namespace dijia::rules
