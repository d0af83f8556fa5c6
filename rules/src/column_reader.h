// Columns of cases as a pack reads them: which column belongs to which fact, and where in a forest
// a case begins.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "columns.h"
#include "compiled.h"
#include "decision_forest.h"

namespace dijia::rules {

// The span of time of a day, without searching.
class SpanOfDay {
 public:
  explicit SpanOfDay(const std::vector<Days>& cuts);

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

class ColumnReader {
 public:
  ColumnReader(const CaseColumns::Store& store, const PreparedRules& rules);

  // To be called when the columns have changed; rows below `rows` are read afterwards.
  void Read(std::size_t rows);

  const PreparedRules& rules() const { return rules_; }
  std::size_t rows() const { return store_->profile_of.size(); }
  // Of facts, as the forest counts columns; kNoColumn + 1 for none.
  const std::vector<std::int16_t>& columns_of_slots() const { return column_of_slot_; }
  DecisionForest::ColumnValues values() const { return values_; }
  // A forest of tests of these columns.
  DecisionForest MakeForest() const;

  // Where the case of a row begins: a branch of its profile and span. Null: it is judged by itself.
  DecisionForest::Branch* RootOf(std::size_t row) {
    const std::uint32_t profile = store_->profile_of[row];
    auto& of_span = roots_[SpanOf(row)];
    if (of_span.empty()) of_span.resize(dated_.size(), DecisionForest::kUnseen);
    return profile < of_span.size() ? &of_span[profile] : nullptr;
  }
  // All of them.
  std::span<std::vector<DecisionForest::Branch>> roots() { return roots_; }
  // The same for all cases that begin there, whatever reader they are of.
  std::string KeyOfRoot(std::size_t row) const;
  bool IsDated(std::size_t row) const { return dated_[store_->profile_of[row]] != 0; }
  std::int64_t ValueAt(std::int16_t slot, std::size_t row) const {
    return values_[static_cast<std::size_t>(column_of_slot_[static_cast<std::size_t>(slot)])][row];
  }

  // The case of a row in the facts of the pack. It is overwritten by the next.
  const ReservePriceCase& CaseAt(std::size_t row);
  // The facts of columns, for tracing a judgement; null when the pack derives facts from them.
  const Columns* Traced(Trace& trace);

 private:
  std::size_t SpanOf(std::size_t row) const {
    return IsDated(row) ? spans_.Of(days_[row]) : spans_.count();
  }

  const CaseColumns::Store* store_;
  PreparedRules rules_;
  std::vector<std::int16_t> column_of_slot_;
  std::vector<std::optional<std::uint16_t>> slot_of_fact_;
  bool derives_from_columns_;
  SpanOfDay spans_;
  std::int16_t date_;  // the column of the day of decision
  // By span and profile; the last span: no date. A span that no case has met yet is empty.
  std::vector<std::vector<DecisionForest::Branch>> roots_;
  std::vector<std::uint8_t> dated_;          // by profile
  std::vector<const std::int64_t*> values_;  // as the forest counts columns
  std::vector<std::int64_t> nothing_;        // readable where no column is long enough
  const std::int64_t* days_ = nullptr;
  Columns traced_;
  ReservePriceCase case_;
};

}  // namespace dijia::rules
