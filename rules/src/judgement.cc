#include "judgement.h"

namespace dijia::rules {

Verdict VerdictOfSet(VerdictSet set) {
  if (set == kCanBeLawful) return Verdict::kLawful;
  if (set == kCanBeUnlawful) return Verdict::kUnlawful;
  if (set == kCanBeNotApplicable) return Verdict::kNotApplicable;
  return Verdict::kNeedsFacts;
}

Verdict Combined(const std::vector<ReadingCase>& cases) {
  const Verdict first = cases.front().verdict;
  bool same = true;
  for (const ReadingCase& one : cases) {
    if (one.verdict == Verdict::kNeedsFacts) return Verdict::kNeedsFacts;
    same = same && one.verdict == first;
  }
  return same ? first : Verdict::kConflictReview;
}

Judgement Judge(const Era& era, const State& state) {
  Judgement judgement;
  judgement.era = &era;
  judgement.state = state;
  judgement.cases.push_back({state, Verdict::kNeedsFacts, true});
  Evaluation evaluation(era, state);
  const VerdictSet set = evaluation.Verdicts();
  if (IsOne(set)) {
    judgement.verdict = judgement.cases[0].verdict = VerdictOfSet(set);
    return judgement;
  }
  for (std::size_t reading = 0; reading < era.pack->readings.size(); ++reading) {
    const std::size_t slot = era.ReadingSlot(reading);
    if (!evaluation.touched().test(slot)) continue;
    judgement.readings.push_back(reading);
    std::vector<ReadingCase> split;
    for (const ReadingCase& one : judgement.cases) {
      for (const Domain& option : Parts(era, state, slot)) {
        const bool chosen = option.low == era.reading_defaults[reading];
        split.push_back({Narrowed(era, one.state, slot, option), Verdict::kNeedsFacts,
                         one.is_default && chosen});
      }
    }
    judgement.cases = std::move(split);
  }
  for (ReadingCase& one : judgement.cases) {
    one.verdict = VerdictOfSet(PossibleVerdicts(era, one.state));
  }
  judgement.verdict = Combined(judgement.cases);
  return judgement;
}

State WithDefaultReadings(const Era& era, State state) {
  for (std::size_t reading = 0; reading < era.pack->readings.size(); ++reading) {
    state.slots[era.ReadingSlot(reading)] =
        SmallDomain(std::uint64_t{1} << era.reading_defaults[reading]);
  }
  return state;
}

State DefaultState(const Judgement& judgement) {
  return WithDefaultReadings(*judgement.era, judgement.state);
}

}  // namespace dijia::rules
