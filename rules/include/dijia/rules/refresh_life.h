// How benchmark prices age by rule benchmark.age: from current to barred.
#pragma once

#include <string>
#include <vector>

#include "dijia/base/date.h"
#include "dijia/rules/reserve_price.h"

namespace dijia::rules {

// What a clause on the age says of the prices.
struct AgeFinding {
  Finding finding;
  const Clause* clause = nullptr;  // of the pack
  bool is_open = false;            // a fact that is not known here would excuse the prices
};

// What the clauses say on a day of prices of a base date: those that apply, and those that a fact
// which is not known leaves open. Nothing for a pack without the rule.
std::vector<AgeFinding> FindingsOnAge(Date base_date, Date day, const PreparedRules& rules);

// One span of days in which the law says the same about the prices.
struct RefreshSpan {
  Days from = kNoDate;  // included
  Refresh refresh = Refresh::kCurrent;
  // Of the clause that says so, the gravest one; empty while the prices are current.
  std::string clause;
  Bilingual says, reason;  // the clause, and what it says about these prices
  Citation citation;
  bool is_open = false;  // a fact that is not known here would excuse the prices

  friend bool operator==(const RefreshSpan&, const RefreshSpan&) = default;
};

// The spans from the base date on, ascending; the last one has no end, each other one ends where
// the next begins. The clock starts at the base date (legal-rules §8, the conservative reading).
// Never empty: without clauses on the age, the prices stay current.
std::vector<RefreshSpan> RefreshLifeOf(Date base_date, const PreparedRules& rules);

// The span in which a day lies: nothing before the base date.
const RefreshSpan* SpanOn(const std::vector<RefreshSpan>& life, Days day);

}  // namespace dijia::rules
