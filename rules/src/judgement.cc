#include "judgement.h"

namespace dijia::rules {

Verdict VerdictOfSet(VerdictSet set) {
  if (set == kCanBeLawful) return Verdict::kLawful;
  if (set == kCanBeUnlawful) return Verdict::kUnlawful;
  if (set == kCanBeNotApplicable) return Verdict::kNotApplicable;
  return Verdict::kNeedsFacts;
}

namespace {

// Every combination of the options of the readings.
std::vector<ReadingCase> Combinations(const Era& era, const State& state,
                                      const std::vector<std::size_t>& readings) {
  std::vector<ReadingCase> cases = {{state, Verdict::kNeedsFacts}};
  for (const std::size_t reading : readings) {
    const std::size_t slot = era.ReadingSlot(reading);
    std::vector<ReadingCase> split;
    for (const ReadingCase& one : cases) {
      for (const Domain& option : Parts(era, state, slot)) {
        split.push_back({Narrowed(era, one.state, slot, option), Verdict::kNeedsFacts});
      }
    }
    cases = std::move(split);
  }
  return cases;
}

}  // namespace

Judgement Judge(const Era& era, const State& state, CompletionSearch& search) {
  Judgement judgement;
  judgement.era = &era;
  judgement.state = state;
  Evaluation evaluation(era, state);
  const VerdictSet set = evaluation.Verdicts();
  if (IsOne(set)) {
    judgement.verdict = VerdictOfSet(set);
    judgement.cases.push_back({state, judgement.verdict});
    return judgement;
  }
  for (std::size_t reading = 0; reading < era.pack->readings.size(); ++reading) {
    if (evaluation.touched().test(era.ReadingSlot(reading))) judgement.readings.push_back(reading);
  }
  if (search.NeedsFacts(state)) return judgement;
  judgement.cases = Combinations(era, state, judgement.readings);
  for (ReadingCase& one : judgement.cases) {
    one.verdict = VerdictOfSet(search.PossibleVerdicts(one.state));
  }
  judgement.verdict = judgement.cases.front().verdict;
  for (const ReadingCase& one : judgement.cases) {
    if (one.verdict != judgement.verdict) judgement.verdict = Verdict::kConflictReview;
  }
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
