#include "report/series.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "report/number_text.h"
#include "report/texts.h"

namespace dijia::report {
namespace {

bool SameSeries(const CellKey& a, const CellKey& b) {
  return a.use == b.use && a.sub_use == b.sub_use;
}

const OrderCheck* OrderOf(const PublicationView& view, const CellKey& key) {
  for (const OrderCheck& order : view.Orders()) {
    if (SameSeries(order.series, key)) return &order;
  }
  return nullptr;
}

// The place of a use in the plan; uses without a section come last.
std::size_t RankOf(const ComputePlan& plan, LandUse use) {
  const auto found = std::find_if(plan.uses.begin(), plan.uses.end(),
                                  [&](const UsePlan& section) { return section.use == use; });
  return static_cast<std::size_t>(found - plan.uses.begin());
}

// Which figures of a sample the corrections of its use know.
class KnownFigures {
 public:
  KnownFigures(const SampleTable& samples, const UsePlan& use)
      : levels_(samples.development_levels.size(), false) {
    for (const auto& [level, cost] : use.development.cost_by_level) {
      const std::uint32_t code = samples.development_levels.Find(level);
      if (code != Dictionary::kAbsent) levels_[code] = true;
    }
    if (use.date.kind == DateCorrectionKind::kIndex && !use.date.points.empty()) {
      first_ = ToDays(use.date.points.front().first);
      last_ = ToDays(use.date.points.back().first);
    }
  }

  void Count(const SampleTable& samples, std::size_t row, Tally::Unknown& unknown) const {
    if (samples.far[row] == kMissing64) ++unknown.far;
    if (samples.term_years[row] == kMissing32) ++unknown.term;
    if (!levels_[samples.development_level[row]]) ++unknown.development;
    const Days day = samples.date[row];
    if (day < first_ || day > last_) ++unknown.date_outside_index;
  }

 private:
  std::vector<bool> levels_;  // by code
  Days first_ = std::numeric_limits<Days>::min(), last_ = std::numeric_limits<Days>::max();
};

}  // namespace

const UsePlan* PlanOf(const ComputePlan& plan, LandUse use) {
  const std::size_t rank = RankOf(plan, use);
  return rank < plan.uses.size() ? &plan.uses[rank] : nullptr;
}

std::vector<Series> SeriesOf(const PublicationView& view) {
  std::vector<Series> series;
  const std::span<const GradePrice> cells = view.Cells();
  for (std::size_t first = 0; first < cells.size();) {
    const CellKey& key = cells[first].key;
    std::size_t last = first + 1;
    while (last < cells.size() && SameSeries(cells[last].key, key)) ++last;
    series.push_back({key.use, key.sub_use, PlanOf(view.plan, key.use),
                      cells.subspan(first, last - first), OrderOf(view, key)});
    first = last;
  }
  std::stable_sort(series.begin(), series.end(), [&](const Series& a, const Series& b) {
    return RankOf(view.plan, a.use) < RankOf(view.plan, b.use);
  });
  return series;
}

std::string NameOf(LandUse use, const PublicationView& view, Language language) {
  const UsePlan* plan = PlanOf(view.plan, use);
  if (language == Language::kZh && plan != nullptr && !plan->name.empty()) return plan->name;
  std::string name(view.labels.Of(CodeOf(use), language));
  if (name.front() >= 'a' && name.front() <= 'z') {
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
  }
  return name;
}

std::string NameOf(const Series& series, const PublicationView& view, Language language) {
  std::string name = NameOf(series.use, view, language);
  if (series.sub_use != 0) name += " · " + view.samples.sub_uses.Name(series.sub_use);
  return name;
}

std::string NameOf(const GradePrice& cell, const PublicationView& view, Language language) {
  const Series series{cell.key.use, cell.key.sub_use, nullptr, {}, nullptr};
  return Say(Text::kCellName, language,
             {NameOf(series, view, language), GradeText(cell.key.grade, language)});
}

Tally TallyOf(const PublicationView& view) {
  const SampleTable& samples = view.samples;
  std::array<std::optional<KnownFigures>, kLandUseCount> known;
  for (const UsePlan& use : view.plan.uses) {
    known[static_cast<std::size_t>(use.use)].emplace(samples, use);
  }
  Tally tally;
  tally.rows = view.scope.rows.size();
  for (const std::uint32_t row : view.scope.rows) {
    const auto fate = static_cast<std::size_t>(samples.fate[row]);
    const std::uint8_t use = samples.use[row];
    ++tally.total[fate];
    if (use == kMissing8 || !known[use]) {
      ++tally.other[fate];
      continue;
    }
    ++tally.by_use[use][fate];
    if (samples.fate[row] == Fate::kUsed) known[use]->Count(samples, row, tally.unknown[use]);
  }
  return tally;
}

std::vector<const Rejection*> RejectionsOf(const PublicationView& view) {
  std::vector<const Rejection*> found;
  const std::vector<std::uint32_t>& rows = view.scope.rows;
  auto row = rows.begin();
  for (const Rejection& rejection : view.report.rejections) {
    // Steps that double: the next one is mostly near.
    std::ptrdiff_t step = 1;
    while (step < rows.end() - row && row[step] < rejection.sample) step *= 2;
    row = std::lower_bound(row, row + std::min(step + 1, rows.end() - row), rejection.sample);
    if (row == rows.end()) break;
    if (*row == rejection.sample) found.push_back(&rejection);
  }
  return found;
}

std::vector<DecidedSample> DecidedOf(const PublicationView& view) {
  std::vector<DecidedSample> found;
  for (const DecidedSample& one : view.decided) {
    if (std::ranges::binary_search(view.scope.rows, one.sample)) found.push_back(one);
  }
  return found;
}

}  // namespace dijia::report
