#include "law/benchmark_age.h"

#include <algorithm>

#include "dijia/base/codes.h"
#include "dijia/rules/words.h"

namespace dijia::law {

std::vector<Diagnostic> JudgeBaseAge(Date base_date, Date valuation_date,
                                     const rules::PreparedRules& rules, Language language) {
  const rules::RulePack& pack = rules.pack();
  const auto base = pack.FindFact("benchmark_base_date");
  if (!base) return {};
  rules::ReservePriceCase the_case = rules::EmptyCase(pack);
  the_case.values[*base] = ToDays(base_date);
  the_case.values[*pack.FindFact("decided_on")] = ToDays(valuation_date);
  std::vector<Diagnostic> problems;
  for (const rules::Finding& finding : FindingsOfRule("benchmark.age", the_case, rules)) {
    const auto clause = std::ranges::find(pack.clauses, finding.clause, &rules::Clause::key);
    const bool applies = finding.outcome == rules::Outcome::kDefect;
    // A clause that excuses has no words for a failure: left open, it is no fault.
    if (!applies && clause->failed.zh.empty()) continue;
    const Code code = applies && clause->bars_valuation ? Code::kBaseBarred : Code::kBaseOverdue;
    problems.push_back({code,
                        {"", 0, 0, "valuation_date"},
                        {FormatDate(base_date), FormatDate(valuation_date),
                         finding.reason.In(language), rules::CitationInWords(finding.citation)}});
  }
  return problems;
}

}  // namespace dijia::law
