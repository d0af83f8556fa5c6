// What appraisers decided about single samples, and why.
#include <cmath>

#include "report/number_text.h"
#include "report/section.h"
#include "report/table.h"

namespace dijia::report {
namespace {

std::string PriceWords(double price) {
  return std::isfinite(price) ? Rounded(price) : std::string("—");
}

void WriteDecision(Page& page, Table& table, const DecidedSample& decided) {
  const SampleTable& samples = page.view.samples;
  const AppraiserDecision& decision = page.view.decisions->rows[decided.decision];
  const std::size_t row = decided.sample;
  const std::uint8_t use = samples.use[row];
  const Fate overruled = samples.OverruledOf(row);
  table.Row({samples.sample_id[row],
             use < kLandUseCount ? NameOf(static_cast<LandUse>(use), page.view, page.language)
                                 : std::string("—"),
             samples.grade[row] == 0
                 ? std::string("—")
                 : page.Words(Text::kGradeName, {GradeText(samples.grade[row], page.language)}),
             PriceWords(page.view.report.normalized.raw_price[row]),
             PriceWords(page.view.report.normalized.normalized[row]),
             page.Label(CodeOf(decision.decision)),
             overruled == Fate::kUsed ? std::string("—") : page.Label(CodeOf(overruled)),
             decision.reason, decision.decided_by, decision.decided_at});
}

}  // namespace

void WriteDecisions(Page& page) {
  const std::vector<DecidedSample> decided = DecidedOf(page.view);
  if (decided.empty()) return;
  std::size_t included = 0;
  for (const DecidedSample& one : decided) {
    const bool is_inclusion =
        page.view.decisions->rows[one.decision].decision == SampleDecision::kInclude;
    included += is_inclusion ? 1U : 0U;
  }
  page.out.Element("h3", page.Words(Text::kDecisions));
  page.out.Element(
      "p", page.Words(Text::kDecisionsIntro, {Count(decided.size() - included), Count(included)}));
  const auto text = [&](Text word) { return std::string(page.Words(word)); };
  Table table(page.out, page.Words(Text::kDecisionsCaption),
              {{text(Text::kSampleId)},
               {text(Text::kUse)},
               {text(Text::kGrade)},
               {text(Text::kRawPriceYuanPerSqm), Align::kNumber},
               {text(Text::kNormalizedYuanPerSqm), Align::kNumber},
               {text(Text::kDecision)},
               {text(Text::kOverruled)},
               {text(Text::kDecisionReason), Align::kWide},
               {text(Text::kDecidedBy)},
               {text(Text::kDecidedAt)}});
  for (const DecidedSample& one : decided) WriteDecision(page, table, one);
  table.Close();
}

}  // namespace dijia::report
