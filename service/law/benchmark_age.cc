#include "law/benchmark_age.h"

#include "dijia/base/codes.h"
#include "dijia/rules/refresh_life.h"
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
  std::vector<Diagnostic> problems;
  for (const rules::AgeFinding& found : FindingsOnAge(base_date, valuation_date, rules_)) {
    const bool bars = !found.is_open && found.clause->refresh == rules::Refresh::kBarred;
    problems.push_back(
        {bars ? Code::kBaseBarred : Code::kBaseOverdue,
         {"", 0, 0, "valuation_date"},
         {FormatDate(base_date), FormatDate(valuation_date), found.finding.reason.In(language_),
          rules::CitationInWords(found.finding.citation)}});
  }
  return problems;
}

}  // namespace dijia::law
