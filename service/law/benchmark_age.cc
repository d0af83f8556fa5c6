#include "law/benchmark_age.h"

#include <algorithm>

#include "dijia/base/codes.h"
#include "dijia/rules/words.h"

namespace dijia::law {

const std::vector<Diagnostic>& BaseAgeJudge::Judge(Date base_date, Date valuation_date) {
  constexpr std::size_t kMost = 4096;
  const std::pair key(ToDays(base_date), ToDays(valuation_date));
  const auto found = judged_.find(key);
  if (found != judged_.end()) return found->second;
  if (judged_.size() >= kMost) judged_.clear();
  return judged_.emplace(key, JudgeAfresh(base_date, valuation_date)).first->second;
}

std::vector<Diagnostic> BaseAgeJudge::JudgeAfresh(Date base_date, Date valuation_date) const {
  const rules::RulePack& pack = rules_.pack();
  const auto base = pack.FindFact("benchmark_base_date");
  if (!base) return {};
  rules::ReservePriceCase the_case = rules::EmptyCase(pack);
  the_case.values[*base] = ToDays(base_date);
  the_case.values[*pack.FindFact("decided_on")] = ToDays(valuation_date);
  std::vector<Diagnostic> problems;
  for (const rules::Finding& finding : FindingsOfRule("benchmark.age", the_case, rules_)) {
    const auto clause = std::ranges::find(pack.clauses, finding.clause, &rules::Clause::key);
    const bool applies = finding.outcome == rules::Outcome::kDefect;
    // A clause that excuses has no words for a failure: left open, it is no fault.
    if (!applies && clause->failed.zh.empty()) continue;
    const Code code = applies && clause->refresh == rules::Refresh::kBarred ? Code::kBaseBarred
                                                                            : Code::kBaseOverdue;
    problems.push_back({code,
                        {"", 0, 0, "valuation_date"},
                        {FormatDate(base_date), FormatDate(valuation_date),
                         finding.reason.In(language_), rules::CitationInWords(finding.citation)}});
  }
  return problems;
}

}  // namespace dijia::law
