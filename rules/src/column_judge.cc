#include <algorithm>

#include "columns.h"
#include "compiled.h"
#include "decision_forest.h"

namespace dijia::rules {
namespace {

// Profiles beyond this many are judged case by case.
constexpr std::size_t kMostProfiles = std::size_t{1} << 20;

std::vector<std::int16_t> ColumnsOfSlots(const CaseColumns::Store& store, const RulePack& pack) {
  std::vector<std::int16_t> column_of_slot(kMostSlots, kNoColumn);
  for (std::size_t column = 0; column < store.fact_of.size(); ++column) {
    const auto slot = pack.FindFact(store.facts[store.fact_of[column]]);
    if (slot) column_of_slot[*slot] = static_cast<std::int16_t>(column);
  }
  return column_of_slot;
}

// Facts of columns from which the pack derives others could not be told from their comparisons.
bool DerivesFromColumns(const RulePack& pack, const std::vector<std::int16_t>& column_of_slot) {
  return std::ranges::any_of(pack.facts, [&](const Fact& fact) {
    const Derivation& from = fact.derivation;
    const bool first = from.first && column_of_slot[*from.first] != kNoColumn;
    return first || std::ranges::any_of(from.keys, [&](std::uint16_t key) {
             return column_of_slot[key] != kNoColumn;
           });
  });
}

// The span of time of a day, without searching.
class SpanOfDay {
 public:
  explicit SpanOfDay(const std::vector<Days>& cuts) : count_(cuts.size() - 1) {
    if (cuts.size() <= 2) return;
    first_ = cuts[1];
    std::uint16_t span = 1;
    for (std::size_t i = 1; i + 2 < cuts.size(); ++i, ++span) {
      spans_.insert(spans_.end(), static_cast<std::size_t>(cuts[i + 1] - cuts[i]), span);
    }
  }

  std::size_t count() const { return count_; }
  std::size_t Of(std::int64_t day) const {
    if (day < first_) return 0;
    const auto offset = static_cast<std::size_t>(day - first_);
    return offset < spans_.size() ? spans_[offset] : count_ - 1;
  }

 private:
  std::size_t count_;
  std::int64_t first_ = INT64_MAX;
  std::vector<std::uint16_t> spans_;  // by day from the first cut to the last
};

}  // namespace

struct ColumnJudge::State {
  State(const CaseColumns::Store& store_of_columns, const PreparedRules& prepared)
      : store(&store_of_columns),
        rules(prepared),
        column_of_slot(ColumnsOfSlots(*store, rules.pack())),
        derives_from_columns(DerivesFromColumns(rules.pack(), column_of_slot)),
        spans(rules.compiled().cuts),
        date(column_of_slot[rules.compiled().eras.front().SlotOf(FormulaFact::kDecidedOn)]),
        forest(column_of_slot) {
    for (const std::string& fact : store->facts)
      slot_of_fact.push_back(rules.pack().FindFact(fact));
    columns.trace = &trace;
    for (std::size_t slot = 0; slot < kMostSlots; ++slot) {
      if (column_of_slot[slot] != kNoColumn)
        columns.facts.push_back(static_cast<std::uint16_t>(slot));
    }
    the_case = EmptyCase(rules.pack());
  }

  void FillCase(std::size_t row);
  Verdict JudgeSingly(std::size_t row, DecisionForest::Branch* root);
  void AddProfiles();

  const CaseColumns::Store* store;
  PreparedRules rules;
  std::vector<std::int16_t> column_of_slot;
  bool derives_from_columns;
  std::vector<std::optional<std::uint16_t>> slot_of_fact;
  SpanOfDay spans;
  std::int16_t date;
  DecisionForest forest;
  std::vector<DecisionForest::Branch> roots;  // by profile and span; the last span: no date
  std::vector<bool> dated;                    // by profile
  std::vector<const std::int64_t*> values;    // by column
  Trace trace;
  Columns columns;
  ReservePriceCase the_case;
  std::size_t judged_singly = 0;
};

void ColumnJudge::State::FillCase(std::size_t row) {
  const Profile& profile = store->profiles[store->profile_of[row]];
  std::ranges::fill(the_case.values, kNotStated);
  the_case.land_class_candidates = profile.land_class_candidates;
  for (const StatedFact& one : profile.stated) {
    if (!slot_of_fact[one.fact]) continue;
    const std::int16_t column = store->column_of[one.fact];
    the_case.values[*slot_of_fact[one.fact]] =
        column == kNoColumn ? one.value : values[static_cast<std::size_t>(column)][row];
  }
}

Verdict ColumnJudge::State::JudgeSingly(std::size_t row, DecisionForest::Branch* root) {
  ++judged_singly;
  FillCase(row);
  const bool record = root != nullptr && !derives_from_columns;
  trace.Clear();
  const Verdict verdict = VerdictIn(the_case, rules.compiled(), record ? &columns : nullptr);
  if (record) forest.Grow(*root, trace, verdict);
  return verdict;
}

void ColumnJudge::State::AddProfiles() {
  for (std::size_t profile = dated.size(); profile < store->profiles.size(); ++profile) {
    dated.push_back(date != kNoColumn &&
                    std::ranges::any_of(
                        store->profiles[profile].stated,
                        [&](const StatedFact& one) { return store->column_of[one.fact] == date; }));
  }
  const std::size_t profiles = std::min(dated.size(), kMostProfiles);
  roots.resize(profiles * (spans.count() + 1), DecisionForest::kUnseen);
}

ColumnJudge::ColumnJudge(const CaseColumns& columns, const PreparedRules& rules)
    : state_(std::make_unique<State>(columns.store(), rules)) {}
ColumnJudge::~ColumnJudge() = default;
ColumnJudge::ColumnJudge(ColumnJudge&&) noexcept = default;
ColumnJudge& ColumnJudge::operator=(ColumnJudge&&) noexcept = default;

void ColumnJudge::Judge(std::size_t first, std::span<Verdict> verdicts) {
  State& state = *state_;
  state.AddProfiles();
  state.values.clear();
  for (const auto& column : state.store->columns) state.values.push_back(column.data());
  const std::size_t spans = state.spans.count();
  const std::int64_t* days =
      state.date == kNoColumn ? nullptr : state.values[static_cast<std::size_t>(state.date)];
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const std::size_t row = first + i;
    const std::uint32_t profile = state.store->profile_of[row];
    if (profile >= kMostProfiles) {
      verdicts[i] = state.JudgeSingly(row, nullptr);
      continue;
    }
    const std::size_t span = state.dated[profile] ? state.spans.Of(days[row]) : spans;
    DecisionForest::Branch& root = state.roots[profile * (spans + 1) + span];
    const DecisionForest::Branch found = state.forest.Find(root, state.values, row);
    if (found < DecisionForest::kSingly) {
      verdicts[i] = static_cast<Verdict>(found & ~DecisionForest::kVerdict);
    } else {
      const bool known = found == DecisionForest::kSingly;
      verdicts[i] = state.JudgeSingly(row, known ? nullptr : &root);
    }
  }
}

std::size_t ColumnJudge::judged_singly() const { return state_->judged_singly; }

std::vector<Verdict> VerdictsOf(const CaseColumns& columns, const PreparedRules& rules) {
  std::vector<Verdict> verdicts(columns.size());
  ColumnJudge(columns, rules).Judge(0, verdicts);
  return verdicts;
}

}  // namespace dijia::rules
