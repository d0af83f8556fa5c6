#include "dijia/grade_price.h"

#include <algorithm>
#include <cassert>
#include <memory>
#include <string>
#include <utility>

#include "cells.h"
#include "dijia/base/codes.h"
#include "dijia/groups.h"
#include "dijia/normalise.h"
#include "dijia/parallel.h"
#include "duplicates.h"
#include "estimated_corrections.h"
#include "fates.h"
#include "run_watch.h"
#include "series.h"

namespace dijia {
namespace {

constexpr std::size_t kBlockRows = 65'536;

// One run, step by step; each step reads what the ones before it made.
class Run {
 public:
  Run(SampleTable& samples, const ComputePlan& plan, const ComputeOptions& options)
      : samples_(samples), plan_(plan), options_(options), watch_(options), rules_(samples, plan) {}

  Result<GradePriceReport> Report() {
    samples_.overruled.assign(samples_.decision.size(), Fate::kUsed);
    report_.normalized.raw_price.resize(samples_.size());
    NormalizeAll();
    EstimateCells();
    PublishSeries();
    if (watch_.stopped()) return Error{Code::kStopped, ""};
    CompareUses();
    Count();
    return std::move(report_);
  }

 private:
  void AssignAll() {
    AssignFates(samples_, rules_, options_.threads, report_.normalized.raw_price);
    ExplainConversions(samples_, rules_, report_.diagnostics);
    watch_.Done();
    if (watch_.stopped()) return;
    MarkDuplicates(samples_, rules_, options_.threads);
    watch_.Done();
  }

  void NormalizeAll() {
    constexpr std::size_t kBefore = 3;  // fates, duplicates, corrections
    const std::size_t blocks = (samples_.size() + kBlockRows - 1) / kBlockRows;
    if (watch_.Begin(ComputeStep::kNormalizing, kBefore + blocks)) AssignAll();
    if (watch_.stopped()) return;
    CellIndex index = IndexCells(samples_, rules_, options_.threads);
    keys_ = std::move(index.keys);
    const EstimatedByCounty estimated = EstimateCorrections(
        {samples_, plan_, keys_, index.cell, report_.normalized.raw_price, options_.threads},
        report_);
    watch_.Done();
    PlaceExcluded(index.cell);
    const auto normalizer =
        std::make_shared<Normalizer>(samples_, plan_, keys_, std::move(index.cell), estimated);
    report_.normalized.normalized.resize(samples_.size());
    const std::span raw(report_.normalized.raw_price);
    const std::span normalized(report_.normalized.normalized);
    ForEachIndex(blocks, options_.threads, [&](std::size_t block) {
      if (watch_.stopped()) return;
      const std::size_t first = block * kBlockRows;
      const std::size_t rows = std::min(kBlockRows, raw.size() - first);
      normalizer->NormalizeRows(samples_, first, raw.subspan(first, rows),
                                normalized.subspan(first, rows));
      watch_.Done();
    });
    report_.normalizer = normalizer;
  }

  // Gives the rows that are excluded by decision their cell, so that they get a price at its
  // conditions; `estimated_cell_` keeps who counts in the estimates.
  void PlaceExcluded(std::vector<std::uint32_t>& cell) {
    excluded_.assign(keys_.size(), 0);
    if (samples_.decision.empty()) return;
    estimated_cell_ = cell;
    for (std::size_t row = 0; row < samples_.size(); ++row) {
      if (samples_.fate[row] != Fate::kExcluded) continue;
      const CellKey key = KeyOf(samples_, rules_, row);
      const auto found = std::lower_bound(
          keys_.begin(), keys_.end(), key,
          [&](const CellKey& a, const CellKey& b) { return ComesBefore(samples_, a, b); });
      if (found == keys_.end() || *found != key) continue;
      cell[row] = static_cast<std::uint32_t>(found - keys_.begin());
      ++excluded_[cell[row]];
    }
  }

  // The areas as weights of the order of equal prices; empty when no estimator reads areas.
  std::vector<double> Weights() const {
    std::vector<double> weights;
    const bool needed = std::any_of(plan_.uses.begin(), plan_.uses.end(), [](const UsePlan& use) {
      return use.estimation.estimator == Estimator::kAreaWeightedMean;
    });
    if (!needed) return weights;
    weights.reserve(samples_.size());
    for (const std::int64_t area : samples_.area_sqm) {
      weights.push_back(static_cast<double>(std::max<std::int64_t>(area, 0)));
    }
    return weights;
  }

  void EstimateCells() {
    if (!watch_.stopped()) watch_.Begin(ComputeStep::kEstimating, keys_.size());
    if (watch_.stopped()) return;
    const std::span<const std::uint32_t> cell_of =
        samples_.decision.empty() ? report_.normalizer->cell() : estimated_cell_;
    const GroupedValues grouped = SortGroups(report_.normalized.normalized, Weights(), cell_of,
                                             keys_.size(), options_.threads);
    cells_.resize(keys_.size());
    ForEachIndex(keys_.size(), options_.threads, [&](std::size_t i) {
      if (watch_.stopped()) return;
      const CellKey& key = keys_[i];
      const CellSamples cell{.prices = grouped.Group(i),
                             .rows = grouped.RowsOf(i),
                             .areas = samples_.area_sqm,
                             .decisions = samples_.decision};
      cells_[i] = EstimateCell(key, cell, UseOf(key.use), plan_.seed, StreamOf(samples_, key));
      for (const Rejection& rejection : cells_[i].rejected) {
        samples_.fate[rejection.sample] = Fate::kOutlier;
      }
      CountDecisions(cell.rows, excluded_[i], cells_[i]);
      watch_.Done();
    });
    if (watch_.stopped()) return;
    for (CellEstimate& cell : cells_) {
      Move(cell.rejected, report_.rejections);
      Move(cell.overruled, report_.overruled);
    }
    std::ranges::sort(report_.rejections, {}, &Rejection::sample);
    std::ranges::sort(report_.overruled, {}, &Rejection::sample);
  }

  static void Move(std::vector<Rejection>& from, std::vector<Rejection>& to) {
    to.insert(to.end(), from.begin(), from.end());
    from = {};
  }

  // What appraisers decided about the samples of a cell, where it overrules what the rules say.
  void CountDecisions(std::span<const std::uint32_t> rows, std::size_t excluded,
                      CellEstimate& estimate) {
    if (samples_.decision.empty()) return;
    for (const Rejection& overruled : estimate.overruled) {
      Fate& reason = samples_.overruled[overruled.sample];
      if (reason == Fate::kUsed) reason = Fate::kOutlier;
    }
    GradePrice& cell = estimate.cell;
    cell.excluded = excluded;
    cell.included = static_cast<std::size_t>(std::ranges::count_if(
        rows, [&](std::uint32_t row) { return samples_.overruled[row] != Fate::kUsed; }));
    if (cell.excluded + cell.included == 0) return;
    cell.notes.push_back({Code::kSamplesDecided,
                          {},
                          {std::to_string(cell.excluded), std::to_string(cell.included)}});
  }

  const UsePlan& UseOf(LandUse use) const {
    const auto found = std::find_if(plan_.uses.begin(), plan_.uses.end(),
                                    [&](const UsePlan& section) { return section.use == use; });
    assert(found != plan_.uses.end());
    return *found;
  }

  void PublishSeries() {
    if (watch_.stopped()) return;
    std::vector<Series> series = SeriesOf(cells_, plan_);
    watch_.Begin(ComputeStep::kOrdering, series.size());
    ForEachIndex(series.size(), options_.threads, [&](std::size_t i) {
      if (watch_.stopped()) return;
      PublishInOrder(cells_, series[i], plan_, StreamOf(samples_, series[i].order.series));
      watch_.Done();
    });
    if (watch_.stopped()) return;
    std::map<CellKey, std::size_t> cell_of;
    for (std::size_t i = 0; i < keys_.size(); ++i) cell_of[keys_[i]] = i;
    const Surroundings around{
        .samples = samples_, .plan = plan_, .earlier = options_.earlier, .cell_of = cell_of};
    for (const Series& one : series) {
      FillThinCells(cells_, one, around);
      report_.orders.push_back(one.order);
    }
    for (CellEstimate& cell : cells_) report_.cells.push_back(std::move(cell.cell));
  }

  // Housing above commerce in the same place and grade is worth a look, not an error: real
  // published tables have it (real-cases §5).
  void CompareUses() {
    std::map<CellKey, const GradePrice*> commercial;
    for (const GradePrice& cell : report_.cells) {
      if (cell.key.use == LandUse::kCommercial && cell.price) commercial[cell.key] = &cell;
    }
    for (const GradePrice& cell : report_.cells) {
      if (cell.key.use != LandUse::kResidential || !cell.price) continue;
      CellKey key = cell.key;
      key.use = LandUse::kCommercial;
      const auto found = commercial.find(key);
      if (found == commercial.end() || *found->second->price >= *cell.price) continue;
      report_.diagnostics.Add(
          Code::kResidentialAboveCommercial, {},
          {samples_.counties.Name(key.county), samples_.areas.Name(key.area),
           std::to_string(key.grade), cell.price->ToString(), found->second->price->ToString()});
    }
  }

  struct Counts {
    std::array<std::size_t, kFateCount> fates{};
    std::size_t far = 0, term = 0, development = 0, date = 0;
  };

  Counts CountBlock(std::size_t first, std::size_t last) const {
    Counts counts;
    for (std::size_t row = first; row < last; ++row) {
      ++counts.fates[static_cast<std::size_t>(samples_.fate[row])];
      if (samples_.fate[row] != Fate::kUsed) continue;
      const Normalizer::Unknown unknown = report_.normalizer->UnknownOf(samples_, row);
      counts.far += unknown.far ? 1 : 0;
      counts.term += unknown.term ? 1 : 0;
      counts.development += unknown.development ? 1 : 0;
      counts.date += unknown.date_outside_index ? 1 : 0;
    }
    return counts;
  }

  void Count() {
    std::vector<Counts> blocks((samples_.size() + kBlockRows - 1) / kBlockRows);
    ForEachIndex(blocks.size(), options_.threads, [&](std::size_t i) {
      blocks[i] = CountBlock(i * kBlockRows, std::min((i + 1) * kBlockRows, samples_.size()));
    });
    NormalizedSamples& normalized = report_.normalized;
    for (const Counts& counts : blocks) {
      for (std::size_t i = 0; i < kFateCount; ++i) report_.fates[i] += counts.fates[i];
      normalized.far_unknown += counts.far;
      normalized.term_unknown += counts.term;
      normalized.development_unknown += counts.development;
      normalized.date_outside_index += counts.date;
    }
    const std::size_t used = report_.fates[static_cast<std::size_t>(Fate::kUsed)];
    if (used == 0) report_.diagnostics.Add(Code::kNoUsableSample, {}, {});
    WarnOfUnknown(Code::kFarUnknownKept, normalized.far_unknown, used);
    WarnOfUnknown(Code::kTermUnknownKept, normalized.term_unknown, used);
    WarnOfUnknown(Code::kDevelopmentUnknownKept, normalized.development_unknown, used);
    WarnOfUnknown(Code::kDateOutsideIndex, normalized.date_outside_index, used);
  }

  void WarnOfUnknown(Code code, std::size_t count, std::size_t used) {
    if (count == 0) return;
    report_.diagnostics.Add(code, {}, {std::to_string(count), std::to_string(used)});
  }

  SampleTable& samples_;
  const ComputePlan& plan_;
  const ComputeOptions& options_;
  RunWatch watch_;
  PlanRules rules_;
  GradePriceReport report_;
  std::vector<CellKey> keys_;
  std::vector<std::size_t> excluded_;          // rows of each cell, by decision
  std::vector<std::uint32_t> estimated_cell_;  // of each row; empty when nobody decided anything
  std::vector<CellEstimate> cells_;
};

}  // namespace

Result<GradePriceReport> ComputeGradePrices(SampleTable& samples, const ComputePlan& plan,
                                            const ComputeOptions& options) {
  const Diagnostics found = plan.Validate();
  for (const Diagnostic& diagnostic : found.kept()) {
    if (RowOf(diagnostic.code).severity == Severity::kError) {
      return Error{diagnostic.code, TextOf(diagnostic, Language::kEn)};
    }
  }
  return Run(samples, plan, options).Report();
}

NormalizationFactors FactorsOf(const SampleTable& samples, const GradePriceReport& report,
                               std::size_t row) {
  return report.normalizer->Factors(samples, row);
}

void FactorsOfRows(const SampleTable& samples, const GradePriceReport& report, std::size_t first,
                   std::span<NormalizationFactors> out) {
  report.normalizer->FactorsOfRows(samples, first, out);
}

}  // namespace dijia
