#include "law/simulation.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace dijia::law {
namespace {

using rules::Outcome;
using rules::ReservePriceCase;
using rules::ReservePriceCheck;
using rules::Verdict;

// Cases whose verdicts are held at once: they stay in the cache.
constexpr std::size_t kBlock = std::size_t{1} << 14;

// By fact of the first pack the one of the second that means the same.
std::vector<std::optional<std::uint16_t>> SameFacts(const rules::RulePack& before,
                                                    const rules::RulePack& after) {
  std::vector<std::optional<std::uint16_t>> same;
  for (const rules::Fact& fact : before.facts) {
    const std::optional<std::uint16_t> one = after.FindFact(fact.id);
    const bool shape = one && after.facts[*one].type == fact.type &&
                       after.facts[*one].scale == fact.scale &&
                       after.facts[*one].choices == fact.choices;
    same.push_back(shape ? one : std::nullopt);
  }
  return same;
}

// Whether every fact that both packs name means the same.
bool MeanTheSame(const rules::RulePack& before, const rules::RulePack& after,
                 const std::vector<std::optional<std::uint16_t>>& same) {
  for (std::size_t fact = 0; fact < same.size(); ++fact) {
    if (!same[fact] && after.FindFact(before.facts[fact].id)) return false;
  }
  return true;
}

// The clause that makes the price unlawful, or else the one that decides.
std::string ClauseOf(const ReservePriceCheck& check) {
  for (const rules::Finding& finding : check.findings) {
    if (finding.outcome == Outcome::kUnlawful) return finding.clause;
  }
  for (const rules::Finding& finding : check.findings) {
    const bool open =
        finding.outcome == Outcome::kNeedsFacts || finding.outcome == Outcome::kConflictReview;
    if (open) return finding.clause;
  }
  for (const rules::Finding& finding : check.findings) {
    if (finding.rule == check.deciding_rule) return finding.clause;
  }
  return check.deciding_rule;
}

void Count(FlipGroup& group, Verdict after) {
  ++group.flips;
  if (after == Verdict::kLawful) ++group.to_lawful;
  if (after == Verdict::kUnlawful) ++group.to_unlawful;
  if (after != Verdict::kLawful && after != Verdict::kUnlawful) ++group.to_open;
}

void Add(Money& sum, const Money& more) {
  sum.before += more.before;
  sum.after += more.after;
}

void Add(FlipGroup& sum, const FlipGroup& more) {
  sum.cases += more.cases;
  sum.flips += more.flips;
  sum.to_lawful += more.to_lawful;
  sum.to_unlawful += more.to_unlawful;
  sum.to_open += more.to_open;
  Add(sum.deficits, more.deficits);
}

}  // namespace

void DecideOn(const rules::RulePack& pack, Days day, ReservePriceCase& the_case) {
  if (const auto fact = pack.FindFact("decided_on")) the_case.values[*fact] = day;
}

Simulator::Judged::Judged(const rules::CaseColumns& columns, rules::PreparedRules prepared)
    : rules(std::move(prepared)), judge(columns, rules), checker(columns, rules) {}

Simulator::Side Simulator::Judged::SideAt(std::size_t row) {
  std::uint32_t found = rules::kNoOutline;
  checker.FindAll(row, std::span(&found, 1));
  if (found == rules::kNoOutline) {
    const ReservePriceCheck check = checker.Check(row);
    return {check.verdict, ClauseOf(check), check.price, check.lawful_minimum, check.deficit};
  }
  const ReservePriceCheck& check = checker.outline(found);
  if (clause_of.size() <= found) clause_of.resize(found + std::size_t{1});
  std::optional<std::string>& clause = clause_of[found];
  if (!clause) clause = ClauseOf(check);
  const auto number = [&](const auto& one) { return checker.NumberAt(found, row, one); };
  return {check.verdict, *clause, number(check.price), number(check.lawful_minimum),
          number(check.deficit)};
}

Simulator::Simulator(const rules::CaseColumns& columns, rules::PreparedRules before,
                     rules::PreparedRules after, std::optional<Days> day_after)
    : columns_(columns),
      fact_after_(SameFacts(before.pack(), after.pack())),
      day_after_(day_after),
      translated_(!day_after && MeanTheSame(before.pack(), after.pack(), fact_after_)
                      ? std::nullopt
                      : std::optional<rules::CaseColumns>(after.pack())),
      before_(columns, std::move(before)),
      after_(translated_ ? *translated_ : columns, std::move(after)),
      county_(before_.rules.pack().FindFact("county")),
      area_(before_.rules.pack().FindFact("area_sqm")) {}

void Simulator::Translate(std::size_t first, std::size_t count) {
  shift_ = first;
  translated_->Clear();
  for (std::size_t row = first; row < first + count; ++row) {
    const ReservePriceCase the_case = columns_.At(row);
    ReservePriceCase after = EmptyCase(after_.rules.pack());
    after.land_class_candidates = the_case.land_class_candidates;
    for (std::size_t i = 0; i < fact_after_.size(); ++i) {
      if (fact_after_[i]) after.values[*fact_after_[i]] = the_case.values[i];
    }
    if (day_after_) DecideOn(after_.rules.pack(), *day_after_, after);
    translated_->Add(after);
  }
}

// The county is no amount and so part of the profile.
const std::string& Simulator::CountyOf(std::size_t row) {
  std::optional<std::string>& name = counties_[columns_.ProfileAt(row)];
  if (!name) {
    const std::int64_t county = county_ ? columns_.ValueAt(row, *county_) : rules::kNotStated;
    name.emplace();
    if (county != rules::kNotStated) {
      name = FormatFact(before_.rules.pack().facts[*county_], county);
    }
  }
  return *name;
}

void Simulator::AddFlip(std::size_t row, std::string case_id, Simulation& result) {
  Side before = before_.SideAt(row), after = after_.SideAt(row - shift_);
  // The clause that the price fails is the one to look at: the new one, or the one that is gone.
  const bool freed = after.verdict == Verdict::kLawful || after.verdict == Verdict::kNotApplicable;
  Flip flip;
  flip.case_id = std::move(case_id);
  flip.county = CountyOf(row);
  flip.before = before.verdict;
  flip.after = after.verdict;
  flip.clause = std::move(freed ? before.clause : after.clause);
  flip.price = after.price;
  flip.minimum_before = before.minimum;
  flip.minimum_after = after.minimum;
  if (flip.before == Verdict::kUnlawful) flip.deficit_before = before.deficit;
  if (flip.after == Verdict::kUnlawful) flip.deficit_after = after.deficit;
  FlipGroup& of_clause = result.by_clause[flip.clause];
  ++of_clause.cases;
  ++result.flips;
  Money money;
  const std::int64_t area = area_ ? columns_.ValueAt(row, *area_) : rules::kNotStated;
  if (area != rules::kNotStated) {
    money = {Int128{area} * flip.deficit_before.value_or(0),
             Int128{area} * flip.deficit_after.value_or(0)};
  }
  for (FlipGroup* group : {&result.by_county[flip.county], &of_clause}) {
    Count(*group, flip.after);
    Add(group->deficits, money);
  }
  Add(result.deficits, money);
  result.listed.push_back(std::move(flip));
}

void Simulator::RunBlock(std::size_t first, std::size_t count, std::span<const std::string> ids,
                         Simulation& result) {
  before_.judge.Judge(first, std::span(before_.verdicts).first(count));
  after_.judge.Judge(first - shift_, std::span(after_.verdicts).first(count));
  std::vector<std::size_t> first_of_profile;
  for (std::size_t i = 0; i < count; ++i) {
    const Verdict before = before_.verdicts[i], after = after_.verdicts[i];
    ++result.verdicts[static_cast<std::size_t>(before)][static_cast<std::size_t>(after)];
    if (counted_[columns_.ProfileAt(first + i)]++ == 0) first_of_profile.push_back(first + i);
    if (before != after) {
      AddFlip(first + i, ids.empty() ? std::to_string(first + i + 1) : ids[i], result);
    }
  }
  for (const std::size_t row : first_of_profile) {
    std::size_t& cases = counted_[columns_.ProfileAt(row)];
    result.by_county[CountyOf(row)].cases += cases;
    cases = 0;
  }
}

Simulation Simulator::Run(std::size_t first, std::size_t count, std::span<const std::string> ids) {
  if (translated_) Translate(first, count);
  before_.checker.Read();
  after_.checker.Read();
  for (Judged* one : {&before_, &after_}) one->verdicts.resize(std::min(count, kBlock));
  counted_.resize(columns_.profiles());
  counties_.resize(columns_.profiles());
  Simulation result;
  result.cases = count;
  for (std::size_t done = 0; done < count; done += kBlock) {
    const std::size_t rows = std::min(kBlock, count - done);
    RunBlock(first + done, rows, ids.empty() ? ids : ids.subspan(done, rows), result);
  }
  return result;
}

void Merge(Simulation& all, Simulation&& more) {
  all.cases += more.cases;
  all.flips += more.flips;
  for (std::size_t i = 0; i < Simulation::kVerdicts; ++i) {
    for (std::size_t k = 0; k < Simulation::kVerdicts; ++k) {
      all.verdicts[i][k] += more.verdicts[i][k];
    }
  }
  for (const auto& [county, group] : more.by_county) Add(all.by_county[county], group);
  for (const auto& [clause, group] : more.by_clause) Add(all.by_clause[clause], group);
  Add(all.deficits, more.deficits);
  std::ranges::move(more.listed, std::back_inserter(all.listed));
}

}  // namespace dijia::law
