#include "dijia/rules/refresh_life.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <string_view>
#include <utility>

namespace dijia::rules {
namespace {

constexpr std::string_view kAgeRule = "benchmark.age";

// The years that a condition counts from the base date to the day of the decision.
void AddYearsSince(const Predicate& when, std::uint16_t base, std::uint16_t decided,
                   std::set<std::int32_t>& years) {
  if (when.op == Predicate::Op::kYearsSince && when.subject == base && when.other == decided) {
    years.insert(when.years);
  }
  for (const Predicate& part : when.parts) AddYearsSince(part, base, decided, years);
}

// Every day on which what the clauses say may change, and some more: a period of the law begins or
// ends, or an anniversary of the base date comes or has passed.
std::set<Days> TurningDays(Date base_date, std::uint16_t base, std::uint16_t decided,
                           const RulePack& pack) {
  const Days first = ToDays(base_date);
  std::set<Days> days{first};
  std::set<std::int32_t> years;
  for (const Clause& clause : pack.clauses) {
    if (clause.rule != kAgeRule) continue;
    days.insert(clause.citation.in_force.from);
    days.insert(clause.citation.in_force.until);
    AddYearsSince(clause.when, base, decided, years);
  }
  for (const std::int32_t count : years) {
    Date anniversary = base_date + std::chrono::years(count);
    if (!anniversary.ok())
      anniversary = anniversary.year() / anniversary.month() / std::chrono::last;
    for (const Days near : {-1, 0, 1}) days.insert(ToDays(anniversary) + near);
  }
  std::erase_if(days, [&](Days day) { return day < first || day == kNoEnd; });
  return days;
}

// What the gravest of the clauses says on a day.
RefreshSpan SpanFrom(Days day, Date base_date, const PreparedRules& rules) {
  RefreshSpan span;
  span.from = day;
  for (AgeFinding& found : FindingsOnAge(base_date, FromDays(day), rules)) {
    if (found.clause->refresh <= span.refresh) continue;
    span.refresh = found.clause->refresh;
    span.clause = found.clause->key;
    span.says = found.clause->says;
    span.reason = std::move(found.finding.reason);
    span.citation = std::move(found.finding.citation);
    span.is_open = found.is_open;
  }
  return span;
}

}  // namespace

std::vector<AgeFinding> FindingsOnAge(Date base_date, Date day, const PreparedRules& rules) {
  const RulePack& pack = rules.pack();
  const auto base = pack.FindFact("benchmark_base_date");
  if (!base) return {};
  ReservePriceCase the_case = EmptyCase(pack);
  the_case.values[*base] = ToDays(base_date);
  the_case.values[*pack.FindFact("decided_on")] = ToDays(day);
  std::vector<AgeFinding> found;
  for (Finding& finding : FindingsOfRule(kAgeRule, the_case, rules)) {
    const auto clause = std::ranges::find(pack.clauses, finding.clause, &Clause::key);
    const bool is_open = finding.outcome != Outcome::kDefect;
    // A clause that excuses has no words for a failure: left open, it is no fault.
    if (is_open && clause->failed.zh.empty()) continue;
    found.push_back({std::move(finding), &*clause, is_open});
  }
  return found;
}

std::vector<RefreshSpan> RefreshLifeOf(Date base_date, const PreparedRules& rules) {
  const RulePack& pack = rules.pack();
  const auto base = pack.FindFact("benchmark_base_date");
  std::vector<RefreshSpan> life;
  if (!base) {
    life.emplace_back().from = ToDays(base_date);
    return life;
  }
  for (const Days day : TurningDays(base_date, *base, *pack.FindFact("decided_on"), pack)) {
    RefreshSpan span = SpanFrom(day, base_date, rules);
    const bool is_new = life.empty() || span.refresh != life.back().refresh ||
                        span.clause != life.back().clause || span.is_open != life.back().is_open;
    if (is_new) life.push_back(std::move(span));
  }
  return life;
}

const RefreshSpan* SpanOn(const std::vector<RefreshSpan>& life, Days day) {
  const auto after = std::ranges::upper_bound(life, day, {}, &RefreshSpan::from);
  return after == life.begin() ? nullptr : &*(after - 1);
}

}  // namespace dijia::rules
