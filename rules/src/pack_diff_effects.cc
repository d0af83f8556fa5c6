// For whom the law changes: the cases of each result under both packs, era by era.
#include <algorithm>
#include <bit>
#include <map>

#include "dijia/base/decimal.h"
#include "dijia/rules/words.h"
#include "fact_space.h"
#include "pack_diff.h"
#include "pack_union.h"
#include "program.h"

namespace dijia::rules {
namespace {

using Set = FactSpace::Set;

constexpr std::int64_t kWhole = 1'000'000;
constexpr std::size_t kMostGroups = 8;

class Effects {
 public:
  Effects(const RulePack& before, const RulePack& after, Language language)
      : after_(after), both_(Unite(before, after)), language_(language) {}

  std::vector<EffectChange> Find() {
    for (const Era& era : CompileEras(both_.pack)) Compare(era.period);
    return std::move(changes_);
  }

 private:
  std::string Say(std::string_view zh, std::string_view en) const {
    return std::string(In(language_, zh, en));
  }

  void Compare(const Period& era) {
    std::vector<const Predicate*> conditions;
    for (const Clause& clause : both_.pack.clauses) {
      if (clause.citation.in_force.Contains(era.from)) conditions.push_back(&clause.when);
    }
    FactSpace space(both_.pack, era, conditions);
    if (!space.overfull()) {
      CompareRatios(space, era);
      CompareResults(space, era);
    }
  }

  // The cases of every ratio that is the lowest one, by ratio, for one of the packs.
  std::map<std::int64_t, Set> LowestRatios(FactSpace& space, const Period& era, bool second) {
    std::map<std::int64_t, Set> applies;
    for (std::size_t i = 0; i < both_.pack.clauses.size(); ++i) {
      const Clause& clause = both_.pack.clauses[i];
      const bool counts = clause.kind == ClauseKind::kRatio && (i >= both_.first) == second &&
                          clause.citation.in_force.Contains(era.from);
      if (!counts) continue;
      Set& set = applies.try_emplace(clause.ratio, DecisionDiagram::kNone).first->second;
      set = space.diagram().Or(set, space.Of(clause.when));
    }
    Set left = DecisionDiagram::kEverything;
    for (auto& [ratio, set] : applies) {
      set = space.diagram().And(set, left);
      left = space.diagram().Without(left, set);
    }
    Set& full = applies.try_emplace(kWhole, DecisionDiagram::kNone).first->second;
    full = space.diagram().Or(full, left);
    return applies;
  }

  void CompareRatios(FactSpace& space, const Period& era) {
    const auto before = LowestRatios(space, era, false), after = LowestRatios(space, era, true);
    for (const auto& [old_ratio, old_set] : before) {
      for (const auto& [new_ratio, new_set] : after) {
        if (old_ratio == new_ratio) continue;
        Add(space, era, Say("适用的最低比例", "lowest ratio that applies"),
            FormatDecimal(old_ratio, kFactorScale - 2) + "%",
            FormatDecimal(new_ratio, kFactorScale - 2) + "%",
            space.diagram().And(old_set, new_set));
      }
    }
  }

  // Limits by what they ask, other clauses by their rule.
  std::string ResultOf(const Clause& clause) const {
    const std::string result = ResultInWords(both_.pack, clause, language_);
    if (clause.kind == ClauseKind::kLimit) return result;
    return both_.pack.TitleOf(clause.rule).In(language_) + Say("：", ": ") + result;
  }

  void CompareResults(FactSpace& space, const Period& era) {
    std::map<std::string, std::pair<Set, Set>> results;
    for (std::size_t i = 0; i < both_.pack.clauses.size(); ++i) {
      const Clause& clause = both_.pack.clauses[i];
      const bool counts =
          clause.kind != ClauseKind::kRatio && clause.citation.in_force.Contains(era.from);
      if (!counts) continue;
      auto& sets = results[ResultOf(clause)];
      Set& set = i < both_.first ? sets.first : sets.second;
      set = space.diagram().Or(set, space.Of(clause.when));
    }
    const std::string yes = Say("适用", "applies"), no = Say("不适用", "does not apply");
    for (const auto& [what, sets] : results) {
      Add(space, era, what, yes, no, space.diagram().Without(sets.first, sets.second));
      Add(space, era, what, no, yes, space.diagram().Without(sets.second, sets.first));
    }
  }

  void Add(FactSpace& space, const Period& era, const std::string& what, const std::string& before,
           const std::string& after, Set set) {
    if (set == DecisionDiagram::kNone) return;
    EffectChange change;
    change.period = era;
    change.what = what;
    change.before = before;
    change.after = after;
    const auto boxes = space.diagram().Boxes(set, kMostGroups + 1);
    change.whom_is_whole = boxes.size() <= kMostGroups;
    for (std::size_t i = 0; i < std::min(boxes.size(), kMostGroups); ++i) {
      change.whom.push_back(BoxInWords(space, boxes[i]));
    }
    for (EffectChange& earlier : changes_) {
      if (Continues(earlier, change)) {
        earlier.period.until = era.until;
        return;
      }
    }
    if (const auto box = space.diagram().Some(set)) change.example = CaseOf(space, *box);
    changes_.push_back(std::move(change));
  }

  static bool Continues(const EffectChange& earlier, const EffectChange& change) {
    return earlier.period.until == change.period.from && earlier.what == change.what &&
           earlier.before == change.before && earlier.after == change.after &&
           earlier.whom == change.whom;
  }

  std::string BoxInWords(const FactSpace& space, const FactSpace::Box& box) const {
    std::string text;
    for (std::size_t i = 0; i < box.size(); ++i) {
      const CaseVariable& variable = space.variables()[i];
      const std::string cells = CellsInWords(both_.pack, variable, box[i], language_);
      if (cells.empty()) continue;
      if (!text.empty()) text += Say("；", "; ");
      text += VariableInWords(both_.pack, variable, language_) + Say("：", ": ") + cells;
    }
    return text.empty() ? Say("一切情形", "every case") : text;
  }

  // The case in the vocabulary of the new pack.
  ReservePriceCase CaseOf(const FactSpace& space, const FactSpace::Box& box) const {
    const ReservePriceCase of_both = space.CaseOf(box);
    ReservePriceCase the_case = EmptyCase(after_);
    for (std::size_t i = 0; i < of_both.values.size(); ++i) {
      const std::uint16_t fact = both_.fact_of_second[i];
      if (fact < the_case.values.size()) the_case.values[fact] = of_both.values[i];
    }
    return the_case;
  }

  const RulePack& after_;
  PackUnion both_;
  Language language_;
  std::vector<EffectChange> changes_;
};

}  // namespace

std::vector<EffectChange> EffectChanges(const RulePack& before, const RulePack& after,
                                        Language language) {
  return Effects(before, after, language).Find();
}

}  // namespace dijia::rules
