#include "dijia/rules/reserve_price.h"

#include <algorithm>

#include "compiled.h"
#include "dijia/base/decimal.h"
#include "findings.h"
#include "judgement.h"

namespace dijia::rules {

PreparedRules::PreparedRules(RulePack pack) {
  auto compiled = std::make_shared<Compiled>();
  compiled->pack = std::move(pack);
  compiled->eras = CompileEras(compiled->pack);
  compiled->cuts = DayCuts(compiled->pack);
  compiled_ = std::move(compiled);
}

PreparedRules::~PreparedRules() = default;

const RulePack& PreparedRules::pack() const { return compiled_->pack; }

namespace {

std::int64_t DecidedOn(const ReservePriceCase& the_case, const std::vector<Era>& eras) {
  return the_case.values[eras.front().SlotOf(FormulaFact::kDecidedOn)];
}

// Without a date every era is possible: the verdict is one only when all eras agree on it.
Verdict VerdictWithoutDate(const ReservePriceCase& the_case, const std::vector<Era>& eras,
                           const Columns* columns) {
  std::optional<Verdict> verdict;
  for (const Era& era : eras) {
    CompletionSearch search(era);
    const Verdict one = Judge(era, StateOf(era, the_case, columns), search).verdict;
    if (one == Verdict::kNeedsFacts || (verdict && *verdict != one)) return Verdict::kNeedsFacts;
    verdict = one;
  }
  return *verdict;
}

// No number without a clause that cites it: land that no such limit binds has no standard.
bool IsHeldAgainstStandard(const Era& era, Evaluation& evaluation) {
  return std::ranges::any_of(era.clauses, [&](const Clause* clause) {
    return clause->kind == ClauseKind::kLimit && clause->limit.amount == Limit::Amount::kStandard &&
           evaluation.Of(clause->when) != Truth::kFalse;
  });
}

// A verdict proves the figures of the standard by a limit that was measured.
bool MeasuresStandard(const ReservePriceCheck& check) {
  return std::ranges::any_of(check.findings, [](const Finding& finding) {
    return std::ranges::find(finding.values, "standard_yuan_per_sqm", &NamedNumber::name) !=
           finding.values.end();
  });
}

void AddFigures(const Judgement& judgement, ReservePriceCheck& check) {
  const Era& era = *judgement.era;
  const State state = DefaultState(judgement);
  Evaluation evaluation(era, state);
  const PriceSide side = evaluation.SideOfPrice();
  const AgreedPrice price = evaluation.PriceAt(side, false);
  const auto single = [&](FormulaFact fact) { return state.slots[era.SlotOf(fact)].IsSingle(); };
  if (IsPriceStated(era, state)) {
    check.price = Shown(state, RowFigure::Kind::kPrice, price);
  }
  const bool full =
      price.term == era.full_term * PowerOfTen(kYearsScale) && side == PriceSide::kTransfer;
  const bool restatable = (side == PriceSide::kRent || single(FormulaFact::kTerm)) &&
                          single(FormulaFact::kRebates) && (full || single(FormulaFact::kRate));
  if (check.price && restatable) {
    PriceLimit full_term;
    full_term.full_term = era.full_term;
    check.price_full_term = Shown(state, RowFigure::Kind::kFullTerm, price, full_term);
  }
  check.lawful_minimum = MinimumOf(era, state, judgement.verdict);
  if (!IsHeldAgainstStandard(era, evaluation)) return;
  const bool decided =
      judgement.verdict == Verdict::kLawful || judgement.verdict == Verdict::kUnlawful;
  if (decided && !MeasuresStandard(check)) return;
  const auto standard = evaluation.Standard();
  const RatioRange ratios = evaluation.HeldRatios();
  if (standard && standard->IsSingle()) {
    const Table& table = era.pack->tables[era.pack->formula.standard_table];
    check.standard = standard->low * PowerOfTen(kPriceScale - table.scale);
  }
  if (judgement.verdict == Verdict::kLawful) check.ratio = ratios.high;
  if (judgement.verdict == Verdict::kUnlawful) check.ratio = ratios.low;
  if (ratios.low == ratios.high) check.ratio = ratios.high;
}

// Below a limit, but by less than rounding hides.
bool HidesInRounding(const Judgement& judgement) {
  const Era& era = *judgement.era;
  const State state = DefaultState(judgement);
  for (const Clause* clause : era.clauses) {
    if (clause->kind != ClauseKind::kLimit) continue;
    Evaluation evaluation(era, state);
    if (evaluation.Of(clause->when) != Truth::kTrue) continue;
    const AgreedPrice price = evaluation.PriceAt(clause->limit.side, false);
    const PriceLimit limit = evaluation.HeldLimitAt(clause->limit, false);
    const bool met = evaluation.Reaches(price, limit, Meeting::kMet);
    if (!met && evaluation.Reaches(price, limit, Meeting::kWithinRounding)) return true;
  }
  return false;
}

}  // namespace

const Era& EraOn(const std::vector<Era>& eras, Days day) {
  const auto next =
      std::ranges::upper_bound(eras, day, {}, [](const Era& era) { return era.period.from; });
  return next == eras.begin() ? eras.front() : *std::prev(next);
}

Verdict VerdictIn(const ReservePriceCase& the_case, const PreparedRules::Compiled& compiled,
                  const Columns* columns) {
  const std::int64_t day = DecidedOn(the_case, compiled.eras);
  if (day == kNotStated) return VerdictWithoutDate(the_case, compiled.eras, columns);
  const Era& era = EraOn(compiled.eras, static_cast<Days>(day));
  CompletionSearch search(era);
  return Judge(era, StateOf(era, the_case, columns), search).verdict;
}

Verdict VerdictOf(const ReservePriceCase& the_case, const PreparedRules& rules) {
  return VerdictIn(the_case, rules.compiled(), nullptr);
}

ReservePriceCheck CheckReservePrice(const ReservePriceCase& the_case, const PreparedRules& rules) {
  return CheckIn(the_case, rules.compiled(), nullptr);
}

std::vector<Finding> FindingsOfRule(std::string_view rule, const ReservePriceCase& the_case,
                                    const PreparedRules& rules) {
  const std::vector<Era>& eras = rules.compiled().eras;
  const Era& era = EraOn(eras, static_cast<Days>(DecidedOn(the_case, eras)));
  return FindingsOf(era, StateOf(era, the_case), rule);
}

ReservePriceCheck CheckIn(const ReservePriceCase& the_case, const PreparedRules::Compiled& compiled,
                          const Columns* columns) {
  const std::vector<Era>& eras = compiled.eras;
  const std::int64_t day = DecidedOn(the_case, eras);
  const Era& era = day == kNotStated ? eras.back() : EraOn(eras, static_cast<Days>(day));
  CompletionSearch search(era);
  const Judgement judgement = Judge(era, StateOf(era, the_case, columns), search);
  ReservePriceCheck check;
  check.case_id = the_case.case_id;
  check.verdict = judgement.verdict;
  if (day != kNotStated) check.decided_on = static_cast<Days>(day);
  AddFindings(judgement, check);
  AddFigures(judgement, check);
  AddMissingFacts(judgement, search, check);
  AddReadings(judgement, search, check);
  check.equal_within_rounding = check.verdict == Verdict::kLawful && HidesInRounding(judgement);
  if (day != kNotStated) return check;
  check.verdict = VerdictWithoutDate(the_case, eras, columns);
  if (check.verdict != Verdict::kNeedsFacts) return check;
  const Fact& date = compiled.pack.facts[era.SlotOf(FormulaFact::kDecidedOn)];
  check.missing.insert(check.missing.begin(),
                       {date.id,
                        date.question,
                        date.evidence,
                        {"各时期的规定不同", "the law differs between periods"},
                        {}});
  return check;
}

}  // namespace dijia::rules
