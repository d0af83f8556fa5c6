// From possible verdicts to the verdict under every reading.
#pragma once

#include <vector>

#include "search.h"

namespace dijia::rules {

// One choice of an option for every reading that matters.
struct ReadingCase {
  State state;
  Verdict verdict = Verdict::kNeedsFacts;
  bool is_default = true;
};

struct Judgement {
  const Era* era = nullptr;
  State state;  // readings open
  Verdict verdict = Verdict::kNeedsFacts;
  std::vector<std::size_t> readings;  // those that may matter; empty: the same under all
  std::vector<ReadingCase> cases;     // all combinations of them; one when there are none
};

Verdict VerdictOfSet(VerdictSet set);

// The verdict of all readings together: one of them needs facts → needs facts, else they agree or
// there is a conflict.
Verdict Combined(const std::vector<ReadingCase>& cases);

Judgement Judge(const Era& era, const State& state);

// A state with every reading at its default.
State WithDefaultReadings(const Era& era, State state);

// The state of the case with every reading at its default.
State DefaultState(const Judgement& judgement);

}  // namespace dijia::rules
