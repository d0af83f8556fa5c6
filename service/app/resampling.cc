#include "app/resampling.h"

#include <algorithm>
#include <string>
#include <utility>

#include "app/draft.h"
#include "dijia/base/codes.h"

namespace dijia::app {
namespace {

// Whether a cell belongs to the county and grading area.
bool IsInside(const GradePrice& cell, const report::PublicationScope& scope) {
  return cell.key.county == scope.county && cell.key.area == scope.area;
}

// The estimate that the price was rounded from; nothing where the price stands in for samples.
std::optional<double> OwnEstimate(const Computed& computed, const GradePrice& cell) {
  const bool is_own =
      cell.price && (cell.status == CellStatus::kComputed || cell.status == CellStatus::kThin);
  if (!is_own) return std::nullopt;
  const auto use = std::ranges::find(computed.plan.uses, cell.key.use, &UsePlan::use);
  const bool is_fitted = use->order.policy == MonotonePolicy::kIsotonic;
  return is_fitted ? cell.monotone : cell.estimate;
}

std::vector<double> UsedPrices(const Computed& computed, const report::PublicationScope& scope,
                               const CellKey& key) {
  const SampleTable& samples = computed.samples;
  std::vector<double> prices;
  for (const std::uint32_t row : scope.rows) {
    const bool is_of_cell = samples.fate[row] == Fate::kUsed &&
                            samples.use[row] == static_cast<std::uint8_t>(key.use) &&
                            samples.grade[row] == key.grade &&
                            (!computed.plan.split_sub_uses || samples.sub_use[row] == key.sub_use);
    if (is_of_cell) prices.push_back(computed.report.normalized.normalized[row]);
  }
  return prices;
}

ResampledGrade SamplesOf(const Computed& computed, const report::PublicationScope& scope,
                         const GradePrice& cell) {
  ResampledGrade grade;
  grade.grade = cell.key.grade;
  grade.sub_use = computed.samples.sub_uses.Name(cell.key.sub_use);
  grade.used = cell.used;
  grade.estimate = OwnEstimate(computed, cell);
  if (cell.price) grade.interval = cell.interval;
  grade.prices = UsedPrices(computed, scope, cell.key);
  return grade;
}

std::string PlacesOf(const Computed& computed) {
  std::string places;
  for (const ComputedPublication& publication : computed.publications) {
    const Publication& draft = publication.draft;
    places +=
        (places.empty() ? "" : ", ") + draft.county + (draft.area.empty() ? "" : " " + draft.area);
  }
  return places;
}

}  // namespace

std::optional<Resampling> Resample(ComputeRequest request, const Publication& before,
                                   Diagnostics& diagnostics) {
  request.earlier = EarlierPricesOf(before);
  Diagnostics found;
  std::optional<Computed> computed = Compute(request, found);
  diagnostics.Append(found);
  if (!computed) return std::nullopt;
  const auto own = std::ranges::find_if(
      computed->publications, [&before](const ComputedPublication& publication) {
        return publication.draft.county == before.county && publication.draft.area == before.area;
      });
  if (own == computed->publications.end()) {
    diagnostics.Add(Code::kNoResampledArea, {request.plan.string(), 0, 0, ""},
                    {before.county, before.area, PlacesOf(*computed)});
    return std::nullopt;
  }
  Resampling resampling;
  for (const GradePrice& cell : computed->report.cells) {
    if (!IsInside(cell, own->scope)) continue;
    resampling.samples[cell.key.use].push_back(SamplesOf(*computed, own->scope, cell));
  }
  resampling.draft = own->draft;
  resampling.effective_plan = computed->effective_plan;
  resampling.inputs = computed->inputs;
  for (InputRecord& input : resampling.inputs) {
    if (input.contents == "plan") input.contents = "compute_plan";
  }
  ComputedPublication only = std::move(*own);
  only.folder.clear();
  computed->publications.clear();
  computed->publications.push_back(std::move(only));
  resampling.computed = std::make_shared<const Computed>(*std::move(computed));
  return resampling;
}

}  // namespace dijia::app
