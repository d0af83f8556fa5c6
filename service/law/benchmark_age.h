// Whether benchmark prices are recent enough to value parcels by (rule benchmark.age).
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "dijia/base/code.h"
#include "dijia/base/date.h"
#include "dijia/base/diagnostic.h"
#include "dijia/rules/reserve_price.h"

namespace dijia::law {

// What the clauses of benchmark.age say about prices of a base date on the day of a valuation, with
// their citations: kBaseBarred where they must not be used any more, kBaseOverdue where they are
// due for a refresh, overdue, or overdue unless a fact that nobody stated excuses it. Nothing for a
// pack without the rule. Remembers what it has judged; one object serves one thread.
class BaseAgeJudge {
 public:
  // `rules` must outlive the object.
  BaseAgeJudge(const rules::PreparedRules& rules, Language language)
      : rules_(rules), language_(language) {}

  // Until the next call.
  const std::vector<Diagnostic>& Judge(Date base_date, Date valuation_date);

 private:
  std::vector<Diagnostic> JudgeAfresh(Date base_date, Date valuation_date) const;

  const rules::PreparedRules& rules_;
  Language language_;
  std::map<std::pair<Days, Days>, std::vector<Diagnostic>> judged_;
};

}  // namespace dijia::law
