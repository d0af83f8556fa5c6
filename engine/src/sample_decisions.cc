#include "dijia/sample_decisions.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "dijia/base/codes.h"
#include "dijia/base/names.h"

namespace dijia {
namespace {

Location PlaceOf(const SampleDecisions& decisions, std::size_t i, std::string_view field) {
  const bool is_id = field == "sample_id";
  return {decisions.source, decisions.rows[i].row,
          is_id ? decisions.sample_id_column : decisions.decision_column, std::string(field)};
}

// The ids of a table, asked for those that are like one that is not there.
class KnownIds {
 public:
  explicit KnownIds(const SampleTable& samples) {
    for (std::size_t row = 0; row < samples.size(); ++row) {
      if (!samples.sample_id[row].empty()) ids_.push_back(samples.sample_id[row]);
    }
    std::ranges::sort(ids_);
    ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
  }

  // By spelling; the neighbour in the order of the ids where none is spelt alike, or where so many
  // were compared already that more would keep people waiting. Empty without ids.
  std::string_view NearestTo(std::string_view id) {
    constexpr std::size_t kMostCompared = 10'000'000;
    if (ids_.empty()) return {};
    if (compared_ + ids_.size() <= kMostCompared) {
      compared_ += ids_.size();
      const std::string_view nearest = NearestName(id, ids_);
      if (!nearest.empty()) return nearest;
    }
    const auto after = std::ranges::lower_bound(ids_, id);
    return after == ids_.end() ? ids_.back() : *after;
  }

 private:
  std::vector<std::string_view> ids_;
  std::size_t compared_ = 0;
};

// How many rows of the table each decision is about.
std::vector<std::size_t> RowsOfEach(const SampleDecisions& decisions,
                                    const std::vector<DecidedSample>& decided) {
  std::vector<std::size_t> rows(decisions.rows.size());
  for (const DecidedSample& one : decided) ++rows[one.decision];
  return rows;
}

void ReportIds(const SampleDecisions& decisions, const std::vector<DecidedSample>& decided,
               const SampleTable& samples, Diagnostics& diagnostics) {
  const std::vector<std::size_t> rows = RowsOfEach(decisions, decided);
  std::vector<KnownIds> known;  // made when it is asked for
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const AppraiserDecision& decision = decisions.rows[i];
    if (rows[i] == 0) {
      if (known.empty()) known.emplace_back(samples);
      diagnostics.Add(Code::kDecisionOnUnknownSample, PlaceOf(decisions, i, "sample_id"),
                      {decision.sample_id, std::string(known[0].NearestTo(decision.sample_id))});
    } else if (rows[i] > 1 && decision.decision == SampleDecision::kInclude) {
      diagnostics.Add(Code::kDecisionAmbiguous, PlaceOf(decisions, i, "sample_id"),
                      {decision.sample_id, std::to_string(rows[i])});
    }
  }
}

std::string ScreeningReasons() {
  std::vector<std::string_view> codes;
  for (const EnumRow<Fate>& row : EnumTableOf<Fate>::kRows) {
    if (IsScreening(row.value)) codes.push_back(row.code);
  }
  return JoinNames(codes);
}

}  // namespace

std::vector<DecidedSample> Decide(const SampleDecisions& decisions, SampleTable& samples,
                                  Diagnostics& diagnostics) {
  std::vector<DecidedSample> decided;
  if (decisions.rows.empty()) return decided;
  std::unordered_map<std::string_view, std::size_t> by_id;
  for (std::size_t i = 0; i < decisions.rows.size(); ++i) {
    by_id.emplace(decisions.rows[i].sample_id, i);
  }
  samples.decision.assign(samples.size(), SampleDecision::kNone);
  for (std::size_t row = 0; row < samples.size(); ++row) {
    const auto found = by_id.find(samples.sample_id[row]);
    if (found == by_id.end()) continue;
    samples.decision[row] = decisions.rows[found->second].decision;
    decided.push_back({.sample = row, .decision = found->second});
  }
  ReportIds(decisions, decided, samples, diagnostics);
  return decided;
}

void ReportDecisions(const SampleDecisions& decisions, const std::vector<DecidedSample>& decided,
                     const SampleTable& samples, Diagnostics& diagnostics) {
  // What each decision came to: the fate of its row, of several that of one where it had an effect.
  struct Outcome {
    Fate fate = Fate::kUsed;
    std::size_t rows = 0;
    bool has_effect = false;
  };
  std::vector<Outcome> outcomes(decisions.rows.size());
  for (const DecidedSample& one : decided) {
    Outcome& outcome = outcomes[one.decision];
    const Fate fate = samples.fate[one.sample];
    if (!outcome.has_effect) outcome.fate = fate;
    ++outcome.rows;
    outcome.has_effect |= fate == Fate::kExcluded || samples.OverruledOf(one.sample) != Fate::kUsed;
  }
  const std::string screening = ScreeningReasons();
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const Outcome& outcome = outcomes[i];
    const AppraiserDecision& decision = decisions.rows[i];
    const bool is_inclusion = decision.decision == SampleDecision::kInclude;
    if (outcome.rows == 0 || (is_inclusion && outcome.rows > 1)) continue;  // reported by Decide
    const std::string fate(CodeOf(outcome.fate));
    if (is_inclusion && outcome.fate != Fate::kUsed) {
      diagnostics.Add(Code::kInclusionNotPossible, PlaceOf(decisions, i, "decision"),
                      {decision.sample_id, fate, screening});
    } else if (!outcome.has_effect) {
      diagnostics.Add(Code::kDecisionWithoutEffect, PlaceOf(decisions, i, "decision"),
                      {decision.sample_id, std::string(CodeOf(decision.decision)), fate});
    }
  }
}

}  // namespace dijia
