// What was left out and why, how samples are corrected and screened.
#include <algorithm>
#include <cmath>

#include "report/number_text.h"
#include "report/section.h"
#include "report/table.h"

namespace dijia::report {
namespace {

constexpr std::size_t kRejectionsShown = 20;

std::string CountOrDash(std::size_t count) { return count == 0 ? "—" : Count(count); }

// One row of the table of fates: a count for each use of the plan, the other uses, and all.
std::vector<Cell> CountsOf(const Page& page, Cell first, auto count_of) {
  std::vector<Cell> cells{std::move(first)};
  for (const UsePlan& use : page.view.plan.uses) {
    cells.emplace_back(CountOrDash(count_of(page.tally.by_use[static_cast<std::size_t>(use.use)])));
  }
  cells.emplace_back(CountOrDash(count_of(page.tally.other)));
  cells.emplace_back(Count(count_of(page.tally.total)));
  return cells;
}

void WriteFateTable(Page& page) {
  const auto text = [&](Text word) { return std::string(page.Words(word)); };
  std::vector<Column> columns{{text(Text::kReason)}};
  for (const UsePlan& use : page.view.plan.uses) {
    columns.push_back({NameOf(use.use, page.view, page.language), Align::kNumber});
  }
  columns.push_back({text(Text::kOtherUses), Align::kNumber});
  columns.push_back({text(Text::kTotal), Align::kNumber});
  columns.push_back({text(Text::kMeaning), Align::kWide});
  Table table(page.out, page.Words(Text::kLeftOutCaption), std::move(columns));
  for (std::size_t fate = 0; fate < kFateCount; ++fate) {
    if (page.tally.total[fate] == 0) continue;
    const auto value = static_cast<Fate>(fate);
    std::vector<Cell> cells =
        CountsOf(page, page.Label(CodeOf(value)), [&](const auto& counts) { return counts[fate]; });
    cells.emplace_back(page.Words(SentenceOf(value)));
    table.Row(cells);
  }
  std::vector<Cell> total = CountsOf(page, page.Words(Text::kTotal), [](const auto& counts) {
    std::size_t sum = 0;
    for (const std::size_t count : counts) sum += count;
    return sum;
  });
  total.emplace_back(std::string_view());
  table.Row(total, "sum");
  table.Close();
}

std::string DateWords(const Page& page, const DateCorrection& date) {
  switch (date.kind) {
    case DateCorrectionKind::kNone:
      return std::string(page.Words(Text::kCorrectionNone));
    case DateCorrectionKind::kMonthlyRate:
      return page.Words(Text::kDateMonthlyRate, {Percent(date.monthly_rate)});
    case DateCorrectionKind::kIndex:
      return page.Words(Text::kDateIndex, {Count(date.points.size())});
    case DateCorrectionKind::kEstimated:
      return page.Words(Text::kDateEstimated, {std::to_string(date.estimated_period_months)});
  }
  return {};
}

std::string FarWords(const Page& page, const FarCorrection& far) {
  switch (far.kind) {
    case FarCorrectionKind::kNone:
      return std::string(page.Words(Text::kCorrectionNone));
    case FarCorrectionKind::kPower:
      return std::string(page.Words(Text::kFarPower));
    case FarCorrectionKind::kTable:
      return page.Words(Text::kFarTable, {Count(far.table.size())});
    case FarCorrectionKind::kEstimated:
      return std::string(page.Words(Text::kFarEstimated));
  }
  return {};
}

// Rows by use; uses that have the same row share one.
void WriteRowsByUse(Page& page, Table& table, std::vector<std::vector<Cell>> rows) {
  const auto same = [](const std::vector<Cell>& a, const std::vector<Cell>& b) {
    return std::equal(a.begin() + 1, a.end(), b.begin() + 1, b.end(),
                      [](const Cell& x, const Cell& y) { return x.text == y.text; });
  };
  const std::size_t uses = rows.size();
  for (auto row = rows.begin(); row != rows.end(); ++row) {
    const std::size_t before = rows.size();
    std::string& names = row->front().text;
    for (auto next = row + 1; next != rows.end();) {
      if (same(*row, *next)) {
        names += std::string(page.Words(Text::kEnumerationComma)) + next->front().text;
        next = rows.erase(next);
      } else {
        ++next;
      }
    }
    if (uses > 1 && rows.size() == 1) names = page.Words(Text::kAllUses);
    table.Row(*row, rows.size() < before ? "merged" : "");
  }
}

// What became of samples whose figure is unknown.
std::string UnknownWords(const Page& page, UnknownPolicy policy, std::size_t kept) {
  const std::string separator(page.Words(Text::kSemicolon));
  if (policy == UnknownPolicy::kExclude) {
    return separator + std::string(page.Words(Text::kUnknownExcluded));
  }
  return kept == 0 ? std::string() : separator + page.Words(Text::kUnknownKept, {Count(kept)});
}

void WriteCorrections(Page& page) {
  const auto text = [&](Text word) { return std::string(page.Words(word)); };
  Table table(page.out, page.Words(Text::kCorrectionsCaption),
              {{text(Text::kUse)},
               {text(Text::kDateCorrection)},
               {text(Text::kFarCorrection)},
               {text(Text::kTermCorrection)},
               {text(Text::kDevelopmentCorrection)}});
  std::vector<std::vector<Cell>> rows;
  for (const UsePlan& use : page.view.plan.uses) {
    const Tally::Unknown& unknown = page.tally.unknown[static_cast<std::size_t>(use.use)];
    std::string far = FarWords(page, use.far);
    if (use.far.kind != FarCorrectionKind::kNone) {
      far += UnknownWords(page, use.far.unknown, unknown.far);
    }
    const std::string term =
        page.Words(Text::kTermFormula, {Percent(use.conditions.capitalization_rate)}) +
        UnknownWords(page, use.unknown_term, unknown.term);
    std::string development(page.Words(Text::kCorrectionNone));
    if (!use.development.cost_by_level.empty()) {
      development =
          page.Words(Text::kDevelopmentCosts, {Count(use.development.cost_by_level.size())}) +
          UnknownWords(page, use.development.unknown, unknown.development);
    }
    std::string date = DateWords(page, use.date);
    if (unknown.date_outside_index > 0) {
      date += page.Words(Text::kSemicolon);
      date += page.Words(Text::kDateOutside, {Count(unknown.date_outside_index)});
    }
    rows.push_back({NameOf(use.use, page.view, page.language), date, far, term, development});
  }
  WriteRowsByUse(page, table, std::move(rows));
  table.Close();
}

std::string RuleWords(const Page& page, const ScreeningPlan& screening) {
  switch (screening.rule) {
    case OutlierRule::kNone:
      return std::string(page.Words(Text::kRuleNone));
    case OutlierRule::kMad:
      return page.Words(Text::kRuleMad, {Fixed(screening.mad_limit, 1)});
    case OutlierRule::kTwoSigma:
      return std::string(page.Words(Text::kRuleTwoSigma));
    case OutlierRule::kThreeSigma:
      return std::string(page.Words(Text::kRuleThreeSigma));
  }
  return {};
}

std::string PoliciesWords(const Page& page, const EstimationPlan& estimation) {
  std::string words;
  for (const ThinCellPolicy policy : estimation.thin_cells) {
    if (!words.empty()) words += page.Words(Text::kThen);
    words += page.Label(CodeOf(policy));
  }
  return words;
}

void WriteRules(Page& page) {
  const auto text = [&](Text word) { return std::string(page.Words(word)); };
  Table table(page.out, page.Words(Text::kScreeningCaption),
              {{text(Text::kUse)},
               {text(Text::kOutlierRule)},
               {text(Text::kPasses), Align::kNumber},
               {text(Text::kLargestRejectedShare), Align::kNumber},
               {text(Text::kCvLimit), Align::kNumber},
               {text(Text::kMinSamples), Align::kNumber},
               {text(Text::kGoodSamples), Align::kNumber},
               {text(Text::kEstimator)},
               {text(Text::kIntervalMethod)},
               {text(Text::kThinCells)}});
  std::vector<std::vector<Cell>> rows;
  for (const UsePlan& use : page.view.plan.uses) {
    const EstimationPlan& estimation = use.estimation;
    rows.push_back({NameOf(use.use, page.view, page.language), RuleWords(page, use.screening),
                    std::to_string(use.screening.max_passes),
                    Percent(use.screening.largest_rejected_share, 0),
                    Fixed(use.screening.cv_limit, 2), Count(estimation.min_samples),
                    Count(estimation.good_samples), page.Label(CodeOf(estimation.estimator)),
                    page.Label(CodeOf(estimation.interval)), PoliciesWords(page, estimation)});
  }
  WriteRowsByUse(page, table, std::move(rows));
  table.Close();
}

void WriteChecks(Page& page) {
  const auto text = [&](Text word) { return std::string(page.Words(word)); };
  Table table(page.out, page.Words(Text::kChecksCaption),
              {{text(Text::kUseAndGrade)},
               {text(Text::kSamples), Align::kNumber},
               {text(Text::kUsed), Align::kNumber},
               {text(Text::kRejectedMad), Align::kNumber},
               {text(Text::kRejectedTwoSigma), Align::kNumber},
               {text(Text::kRejectedThreeSigma), Align::kNumber},
               {text(Text::kNormalityP), Align::kNumber},
               {text(Text::kLogNormalityP), Align::kNumber},
               {text(Text::kTwoPopulationP), Align::kNumber},
               {text(Text::kSplitPriceUnit), Align::kNumber},
               {text(Text::kFlags)}});
  for (const Series& series : page.series) {
    for (const GradePrice& cell : series.cells) {
      const CellChecks& checks = cell.checks;
      table.Row({NameOf(cell, page.view, page.language), Count(cell.samples), Count(cell.used),
                 Count(checks.rejected_by_mad), Count(checks.rejected_by_two_sigma),
                 Count(checks.rejected_by_three_sigma), PValue(checks.normality_p),
                 PValue(checks.log_normality_p), PValue(checks.two_population_p),
                 checks.two_populations ? Rounded(checks.split_price) : std::string("—"),
                 FlagWords(checks, page.language)});
    }
  }
  table.Close();
  page.out.Element("p", {{"class", "soft"}}, page.Words(Text::kRejectedIfOnce));
}

// The farthest from the rest first; equal ones by sample id, so that the order of the rows does not
// show.
void SortForReading(const PublicationView& view, std::vector<const Rejection*>& rejections) {
  const auto rank = [&](const Rejection* r) {
    return std::tuple(-std::abs(r->figure), view.samples.sample_id[r->sample],
                      view.report.normalized.normalized[r->sample]);
  };
  const auto end = rejections.begin() +
                   static_cast<std::ptrdiff_t>(std::min(rejections.size(), kRejectionsShown));
  std::partial_sort(rejections.begin(), end, rejections.end(),
                    [&](const Rejection* a, const Rejection* b) { return rank(a) < rank(b); });
}

void WriteRejection(Page& page, Table& table, const Rejection& rejection) {
  const SampleTable& samples = page.view.samples;
  const std::size_t row = rejection.sample;
  table.Row({samples.sample_id[row],
             NameOf(static_cast<LandUse>(samples.use[row]), page.view, page.language),
             page.Words(Text::kGradeName, {GradeText(samples.grade[row], page.language)}),
             Rounded(page.view.report.normalized.raw_price[row]),
             Rounded(page.view.report.normalized.normalized[row]),
             page.Label(CodeOf(rejection.rule)), std::to_string(rejection.pass),
             Fixed(rejection.figure, 2), Fixed(rejection.limit, 2)});
}

void WriteRejections(Page& page) {
  std::vector<const Rejection*> rejections = RejectionsOf(page.view);
  page.out.Element("h3", page.Words(Text::kRejections));
  if (rejections.empty()) {
    page.out.Element("p", page.Words(Text::kNoRejections));
    return;
  }
  SortForReading(page.view, rejections);
  const auto text = [&](Text word) { return std::string(page.Words(word)); };
  Table table(page.out, page.Words(Text::kRejectionsCaption),
              {{text(Text::kSampleId)},
               {text(Text::kUse)},
               {text(Text::kGrade)},
               {text(Text::kRawPriceYuanPerSqm), Align::kNumber},
               {text(Text::kNormalizedYuanPerSqm), Align::kNumber},
               {text(Text::kRule)},
               {text(Text::kPass), Align::kNumber},
               {text(Text::kFigure), Align::kNumber},
               {text(Text::kLimit), Align::kNumber}});
  const std::size_t shown = std::min(rejections.size(), kRejectionsShown);
  for (std::size_t i = 0; i < shown; ++i) WriteRejection(page, table, *rejections[i]);
  table.Close();
  if (shown < rejections.size()) {
    page.out.Element("p", {{"class", "soft"}},
                     page.Words(Text::kShownOf, {Count(shown), Count(rejections.size())}));
  }
}

}  // namespace

void WriteLeftOut(Page& page) {
  page.Begin("left-out", Text::kLeftOut);
  page.out.Element("p", page.Words(Text::kLeftOutIntro));
  WriteFateTable(page);
  const std::size_t here = page.tally.rows, used = page.tally.used();
  std::string sum = page.Words(Text::kFateSum, {Count(used), Count(here - used), Count(here)});
  if (const std::size_t run = page.view.samples.size(); here < run) {
    sum += page.Words(Text::kRunTotal, {Count(run), Count(here), Count(run - here)});
  }
  page.out.Element("p", sum);
  page.out.Close();
}

void WriteScreening(Page& page) {
  page.Begin("screening", Text::kScreening);
  WriteCorrections(page);
  WriteRules(page);
  WriteChecks(page);
  WriteRejections(page);
  WriteDecisions(page);
  page.out.Close();
}

}  // namespace dijia::report
