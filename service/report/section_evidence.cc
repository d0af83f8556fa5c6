// Estimated corrections, the evidence, and how to read the page.
#include <algorithm>
#include <map>

#include "report/chart.h"
#include "report/number_text.h"
#include "report/section.h"
#include "report/table.h"

namespace dijia::report {
namespace {

void WriteIndexTable(Page& page, const EstimatedIndex& index, const std::string& name) {
  const auto text = [&](Text word) { return std::string(page.Words(word)); };
  Table table(page.out, page.Words(Text::kIndexCaption, {name}),
              {{text(Text::kPeriod)},
               {text(Text::kIndex), Align::kNumber},
               {text(Text::kLogStandardError), Align::kNumber},
               {text(Text::kSales), Align::kNumber},
               {text(Text::kNote)}});
  for (const EstimatedIndex::Point& point : index.points) {
    table.Row({FormatDate(point.period_start), Fixed(point.index, 4),
               Fixed(point.standard_error, 4), Count(point.sales),
               point.interpolated ? text(Text::kInterpolated) : std::string("—")});
  }
  table.Close();
}

void WriteIndex(Page& page, const EstimatedIndex& index, int number) {
  const std::string name = NameOf(index.use, page.view, page.language);
  const std::string title = page.Words(Text::kIndexTitle, {name});
  page.out.Element("h3", title);
  if (index.points.size() >= 2) {
    page.out.Open("figure");
    page.out.Open(
        "div", {{"class", "scroll"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", title}});
    WriteIndexChart(page.out, index, name, number, page.language);
    page.out.Close();
    page.out.Close();
  }
  page.out.Open("details");
  page.out.Element("summary", page.Words(Text::kIndexCaption, {name}));
  WriteIndexTable(page, index, name);
  page.out.Close();
}

void WriteExponents(Page& page, const std::vector<const EstimatedFarExponent*>& exponents) {
  const auto text = [&](Text word) { return std::string(page.Words(word)); };
  Table table(page.out, page.Words(Text::kFarExponents),
              {{text(Text::kUse)},
               {text(Text::kGrade)},
               {text(Text::kExponent), Align::kNumber},
               {text(Text::kStandardError), Align::kNumber},
               {text(Text::kSamples), Align::kNumber}});
  for (const EstimatedFarExponent* far : exponents) {
    const std::string grade =
        far->grade == 0 ? text(Text::kAllGrades)
                        : page.Words(Text::kGradeName, {GradeText(far->grade, page.language)});
    table.Row({NameOf(far->use, page.view, page.language), grade, Fixed(far->exponent, 4),
               Fixed(far->standard_error, 4), Count(far->samples)});
  }
  table.Close();
}

void WriteFiles(Page& page) {
  const auto text = [&](Text word) { return std::string(page.Words(word)); };
  Table table(page.out, page.Words(Text::kFilesCaption),
              {{text(Text::kFile)},
               {text(Text::kContentsOfFile)},
               {text(Text::kRows), Align::kNumber},
               {text(Text::kSha256)}});
  for (const InputFile& file : page.view.evidence.inputs) {
    table.Row({file.name, FileWords(file.contents, page.language),
               file.rows == 0 ? std::string("—") : Count(file.rows), Cell(file.sha256)});
  }
  table.Close();
}

}  // namespace

bool HasEstimatedCorrections(const PublicationView& view) {
  const auto here = [&](const auto& item) { return item.county == view.scope.county; };
  const auto& report = view.report;
  return std::any_of(report.indices.begin(), report.indices.end(), here) ||
         std::any_of(report.far_exponents.begin(), report.far_exponents.end(), here);
}

void WriteEstimatedCorrections(Page& page) {
  if (!HasEstimatedCorrections(page.view)) return;
  page.Begin("estimates", Text::kEstimates);
  int number = 0;
  for (const EstimatedIndex& index : page.view.report.indices) {
    if (index.county == page.view.scope.county) WriteIndex(page, index, ++number);
  }
  std::vector<const EstimatedFarExponent*> exponents;
  for (const EstimatedFarExponent& far : page.view.report.far_exponents) {
    if (far.county == page.view.scope.county) exponents.push_back(&far);
  }
  if (!exponents.empty()) WriteExponents(page, exponents);
  page.out.Close();
}

void WriteEvidence(Page& page) {
  const EvidenceSummary& evidence = page.view.evidence;
  page.Begin("evidence", Text::kEvidence);
  page.out.Element("p", page.Words(Text::kEvidenceIntro));
  page.out.Element("p", std::string(page.Words(Text::kEngineVersion)) +
                            std::string(page.Words(Text::kColon)) + evidence.engine_version);
  WriteFiles(page);
  page.out.Open("details");
  page.out.Element("summary", page.Words(Text::kEffectivePlan));
  page.out.Element("pre", evidence.effective_plan);
  page.out.Close();
  page.out.Close();
}

void WriteHowToRead(Page& page) {
  page.Begin("reading", Text::kHowToRead);
  page.out.Open("ul", {{"class", "key"}});
  for (const Text text :
       {Text::kReadChart, Text::kReadInterval, Text::kReadMonotone, Text::kReadCv, Text::kReadP}) {
    page.out.Element("li", page.Words(text));
  }
  page.out.Close();
  page.out.Close();
}

}  // namespace dijia::report
