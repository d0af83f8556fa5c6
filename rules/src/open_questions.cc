// What a judgement leaves open: the facts to ask for, and the readings that matter.
#include <algorithm>

#include "findings.h"

namespace dijia::rules {
namespace {

std::string TextOfPart(const Fact& fact, const Domain& whole, const Domain& part) {
  if (part.IsSingle() && (whole.bits != 0 || part.low > whole.low)) {
    return FormatFact(fact, part.low);
  }
  const bool all = part.low == whole.low && part.high == whole.high;
  if (part.low == whole.low && !all) return "< " + FormatFact(fact, part.high + 1);
  if (part.high == whole.high) return ">= " + FormatFact(fact, part.low);
  return FormatFact(fact, part.low) + " – " + FormatFact(fact, part.high);
}

// Parts of a fact with different verdicts: the comparisons' parts, or for a number that only
// formulas use, the point where the verdict turns.
std::vector<Domain> AnswerParts(const Judgement& judgement, CompletionSearch& search,
                                std::size_t slot) {
  const Era& era = *judgement.era;
  const State& state = judgement.state;
  std::vector<Domain> parts = Parts(era, state, slot);
  const Domain& whole = state.slots[slot];
  const bool ends_only = whole.bits == 0 && parts.size() == 2 && parts[0].high == whole.low;
  const bool turns =
      std::ranges::any_of(parts, [](const Domain& part) { return part.varies != 0; });
  // Where it turns may differ between cases, and is shown.
  if (state.trace != nullptr && (ends_only || turns)) state.trace->GiveUp();
  if (!ends_only) return parts;
  const auto verdict_at = [&](std::int64_t value) {
    return Judge(era, Narrowed(era, state, slot, {0, value, value}), search).verdict;
  };
  std::int64_t low = whole.low, high = whole.high;
  const Verdict first = verdict_at(low);
  if (first == verdict_at(high)) return {whole};
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (verdict_at(middle) == first ? low : high) = middle;
  }
  return {{0, whole.low, low}, {0, high, whole.high}};
}

MissingFact Ask(const Judgement& judgement, CompletionSearch& search, std::size_t slot) {
  const Era& era = *judgement.era;
  const Fact& fact = era.pack->facts[slot];
  MissingFact missing;
  // A number that is looked up is asked for by what it is looked up from; the answers to a yes/no
  // question fit only its own words.
  const auto asked = era.pack->FindFact(fact.asked_as);
  const bool own = !asked || fact.type == FactType::kYesNo;
  const Fact& shown = own ? fact : era.pack->facts[*asked];
  missing.fact = asked ? fact.asked_as : fact.id;
  missing.question = shown.question;
  missing.evidence = shown.evidence;
  missing.matters_because = {"不同的答案得出不同的结论", "its answers lead to different verdicts"};
  for (const Domain& part : AnswerParts(judgement, search, slot)) {
    const Judgement then = Judge(era, Narrowed(era, judgement.state, slot, part), search);
    missing.answers.push_back({TextOfPart(fact, judgement.state.slots[slot], part), then.verdict,
                               MinimumOf(era, DefaultState(then), then.verdict)});
  }
  return missing;
}

}  // namespace

void AddMissingFacts(const Judgement& judgement, CompletionSearch& search,
                     ReservePriceCheck& check) {
  if (judgement.verdict != Verdict::kNeedsFacts) return;
  const Era& era = *judgement.era;
  for (std::size_t slot = 0; slot < era.pack->facts.size(); ++slot) {
    if (judgement.state.slots[slot].IsSingle()) continue;
    // Under some choice of readings, which are open here as the other facts are.
    if (!search.Decides(judgement.state, slot)) continue;
    MissingFact missing = Ask(judgement, search, slot);
    const auto known = std::ranges::find(check.missing, missing.fact, &MissingFact::fact);
    if (known == check.missing.end()) check.missing.push_back(std::move(missing));
  }
}

void AddReadings(const Judgement& judgement, CompletionSearch& search, ReservePriceCheck& check) {
  const Era& era = *judgement.era;
  for (const std::size_t reading : judgement.readings) {
    const std::size_t slot = era.ReadingSlot(reading);
    const std::size_t first = check.readings.size();
    bool differs = false;
    for (const Domain& option : Parts(era, judgement.state, slot)) {
      State state = DefaultState(judgement);
      state.slots[slot] = option;
      const Verdict verdict = VerdictOfSet(search.PossibleVerdicts(state));
      const Reading& contested = era.pack->readings[reading];
      check.readings.push_back(
          {contested.id + "=" + contested.options[static_cast<std::size_t>(option.low)].id, verdict,
           option.low == era.reading_defaults[reading]});
      differs = differs || verdict != check.readings[first].verdict;
    }
    // A reading that changes nothing is not worth a line, unless it is the only one.
    if (!differs && judgement.readings.size() > 1) check.readings.resize(first);
  }
}

}  // namespace dijia::rules
