#include "column_reader.h"

#include <algorithm>
#include <cstring>

namespace dijia::rules {
namespace {

// Columns are counted from 1: column 0 of the forest is any readable one.
std::vector<std::int16_t> ColumnsOfSlots(const CaseColumns::Store& store, const RulePack& pack) {
  std::vector<std::int16_t> column_of_slot(kMostSlots, 0);
  for (std::size_t column = 0; column < store.fact_of.size(); ++column) {
    const auto slot = pack.FindFact(store.facts[store.fact_of[column]]);
    if (slot) column_of_slot[*slot] = static_cast<std::int16_t>(column + 1);
  }
  return column_of_slot;
}

// Facts of columns from which the pack derives others could not be told from their comparisons.
bool DerivesFromColumns(const RulePack& pack, const std::vector<std::int16_t>& column_of_slot) {
  return std::ranges::any_of(pack.facts, [&](const Fact& fact) {
    const Derivation& from = fact.derivation;
    const bool first = from.first && column_of_slot[*from.first] != 0;
    return first || std::ranges::any_of(
                        from.keys, [&](std::uint16_t key) { return column_of_slot[key] != 0; });
  });
}

}  // namespace

SpanOfDay::SpanOfDay(const std::vector<Days>& cuts) : count_(cuts.size() - 1) {
  if (cuts.size() <= 2) return;
  first_ = cuts[1];
  std::uint16_t span = 1;
  for (std::size_t i = 1; i + 2 < cuts.size(); ++i, ++span) {
    spans_.insert(spans_.end(), static_cast<std::size_t>(cuts[i + 1] - cuts[i]), span);
  }
}

ColumnReader::ColumnReader(const CaseColumns::Store& store, const PreparedRules& rules)
    : store_(&store),
      rules_(rules),
      column_of_slot_(ColumnsOfSlots(store, rules.pack())),
      derives_from_columns_(DerivesFromColumns(rules.pack(), column_of_slot_)),
      spans_(rules.compiled().cuts),
      date_(column_of_slot_[rules.compiled().eras.front().SlotOf(FormulaFact::kDecidedOn)]),
      roots_(spans_.count() + 1),
      case_(EmptyCase(rules.pack())) {
  for (const std::string& fact : store.facts) slot_of_fact_.push_back(rules.pack().FindFact(fact));
  for (std::size_t slot = 0; slot < kMostSlots; ++slot) {
    if (column_of_slot_[slot] != 0) traced_.facts.push_back(static_cast<std::uint16_t>(slot));
  }
}

void ColumnReader::Read(std::size_t rows) {
  for (std::size_t profile = dated_.size(); profile < store_->profiles.size(); ++profile) {
    const auto& stated = store_->profiles[profile].stated;
    dated_.push_back(date_ != 0 && std::ranges::any_of(stated, [&](const StatedFact& one) {
                       return store_->column_of[one.fact] + 1 == date_;
                     }));
  }
  for (auto& of_span : roots_) {
    if (!of_span.empty()) of_span.resize(dated_.size(), DecisionForest::kUnseen);
  }
  values_.assign(1, nullptr);
  for (const auto& column : store_->columns) {
    values_.push_back(column.data());
    if (column.size() >= rows) values_[0] = column.data();
  }
  days_ = values_[static_cast<std::size_t>(date_)];
  if (values_[0] != nullptr) return;
  nothing_.resize(rows);
  values_[0] = nothing_.data();
}

DecisionForest ColumnReader::MakeForest() const {
  std::vector<std::int64_t> farthest = {0};
  farthest.insert(farthest.end(), store_->farthest.begin(), store_->farthest.end());
  return {column_of_slot_, std::move(farthest)};
}

std::string ColumnReader::KeyOfRoot(std::size_t row) const {
  const Profile& profile = store_->profiles[store_->profile_of[row]];
  std::string key;
  const auto put = [&key](std::uint64_t word) {
    char bytes[sizeof word];
    std::memcpy(bytes, &word, sizeof word);
    key.append(bytes, sizeof bytes);
  };
  put(SpanOf(row));
  put(profile.land_class_candidates);
  for (const StatedFact& one : profile.stated) {
    put(one.fact);
    put(static_cast<std::uint64_t>(one.value));
  }
  return key;
}

const ReservePriceCase& ColumnReader::CaseAt(std::size_t row) {
  const Profile& profile = store_->profiles[store_->profile_of[row]];
  std::ranges::fill(case_.values, kNotStated);
  case_.land_class_candidates = profile.land_class_candidates;
  for (const StatedFact& one : profile.stated) {
    if (!slot_of_fact_[one.fact]) continue;
    const std::int16_t column = store_->column_of[one.fact];
    case_.values[*slot_of_fact_[one.fact]] =
        column == kNoColumn ? one.value : values_[static_cast<std::size_t>(column) + 1][row];
  }
  return case_;
}

const Columns* ColumnReader::Traced(Trace& trace) {
  if (derives_from_columns_) return nullptr;
  trace.Clear();
  traced_.trace = &trace;
  return &traced_;
}

}  // namespace dijia::rules
