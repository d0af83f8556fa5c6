// The price table and the conditions it stands for.
#include <algorithm>
#include <set>

#include "dijia/base/codes.h"
#include "report/number_text.h"
#include "report/section.h"
#include "report/table.h"

namespace dijia::report {
namespace {

const GradePrice* CellOf(const Series& series, int grade) {
  for (const GradePrice& cell : series.cells) {
    if (cell.key.grade == grade) return &cell;
  }
  return nullptr;
}

void WritePriceHead(Page& page) {
  page.out.Open("thead");
  page.out.Open("tr");
  page.out.Element("th", {{"scope", "col"}}, page.Words(Text::kGrade));
  for (const Series& series : page.series) {
    page.out.Element("th", {{"scope", "col"}}, NameOf(series, page.view, page.language));
  }
  page.out.Close();
  page.out.Close();
  page.out.Line();
}

// The price in both units; its ground and its label tell how firm it is.
void WritePriceCell(Page& page, const GradePrice* cell) {
  if (cell == nullptr) return page.out.Element("td", {{"class", "none"}}, "／");
  page.out.Open("td", {{"class", CodeOf(cell->status)}});
  if (cell->price) {
    const PrintedPrice printed = Print(*cell->price, page.view.plan);
    page.out.Open("span", {{"class", "yuan"}});
    page.out.Write(printed.yuan_per_sqm);
    page.out.Element("small", " " + std::string(page.Words(Text::kYuanPerSqm)));
    page.out.Close();
    page.out.Element("span", {{"class", "mu"}},
                     page.Words(Text::kPerMuAmount, {printed.wan_yuan_per_mu}));
  } else {
    page.out.Element("span", {{"class", "yuan"}}, "—");
  }
  if (cell->status != CellStatus::kComputed) {
    WriteTag(page.out, CodeOf(cell->status), page.Label(CodeOf(cell->status)));
  }
  page.out.Close();
}

Text MeaningOf(CellStatus status) {
  switch (status) {
    case CellStatus::kComputed:
      return Text::kStatusComputed;
    case CellStatus::kThin:
      return Text::kStatusThin;
    case CellStatus::kModelled:
      return Text::kStatusModelled;
    case CellStatus::kCarriedForward:
      return Text::kStatusCarriedForward;
    case CellStatus::kWithheld:
      return Text::kStatusWithheld;
  }
  return Text::kStatusWithheld;
}

void WriteStatusKey(Page& page) {
  std::set<CellStatus> present;
  for (const GradePrice& cell : page.view.Cells()) present.insert(cell.status);
  page.out.Open("ul", {{"class", "key"}});
  for (const CellStatus status : present) {
    page.out.Open("li");
    WriteTag(page.out, CodeOf(status), page.Label(CodeOf(status)));
    page.out.Write(" ");
    page.out.Write(page.Words(MeaningOf(status)));
    page.out.Close();
  }
  page.out.Close();
}

Text WordOf(RoundingMode mode) {
  switch (mode) {
    case RoundingMode::kHalfUp:
      return Text::kHalfUp;
    case RoundingMode::kHalfEven:
      return Text::kHalfEven;
    case RoundingMode::kUp:
      return Text::kUp;
    case RoundingMode::kDown:
      return Text::kDown;
  }
  return Text::kHalfUp;
}

Text PrimaryUnit(const ComputePlan& plan) {
  return plan.primary_unit == PriceUnit::kWanYuanPerMu ? Text::kWanYuanPerMu : Text::kYuanPerSqm;
}

}  // namespace

void WritePriceTable(Page& page) {
  page.Begin("prices", Text::kPriceTable);
  const std::string caption =
      page.Words(Text::kPriceTableCaption, {page.Words(PrimaryUnit(page.view.plan))});
  page.out.Open("div", {{"class", "scroll"},
                        {"role", "region"},
                        {"tabindex", "0"},
                        {"aria-label", page.Words(Text::kPriceTable)}});
  page.out.Open("table", {{"class", "prices"}});
  page.out.Element("caption", caption);
  WritePriceHead(page);
  page.out.Open("tbody");
  std::set<int> grades;
  for (const GradePrice& cell : page.view.Cells()) grades.insert(cell.key.grade);
  for (const int grade : grades) {
    page.out.Open("tr");
    page.out.Element("th", {{"scope", "row"}},
                     page.Words(Text::kGradeName, {GradeText(grade, page.language)}));
    for (const Series& series : page.series) WritePriceCell(page, CellOf(series, grade));
    page.out.Close();
    page.out.Line();
  }
  page.out.Close();
  page.out.Close();
  page.out.Close();
  WriteStatusKey(page);
  page.out.Element("p", {{"class", "soft"}}, page.Words(Text::kNoSuchGrade));
  page.out.Close();
}

void WriteConditions(Page& page) {
  page.Begin("conditions", Text::kConditions);
  const ComputePlan& plan = page.view.plan;
  Table table(page.out,
              std::string(page.Words(Text::kConditionsCaption)) + " " + FormatDate(plan.base_date),
              {{std::string(page.Words(Text::kUse))},
               {std::string(page.Words(Text::kTerm)), Align::kNumber},
               {std::string(page.Words(Text::kFar))},
               {std::string(page.Words(Text::kCapitalizationRate)), Align::kNumber},
               {std::string(page.Words(Text::kDevelopmentLevel))}});
  for (const UsePlan& use : plan.uses) {
    const BenchmarkConditions& conditions = use.conditions;
    table.Row({NameOf(use.use, page.view, page.language),
               page.Words(Text::kYears, {conditions.term.ToString()}),
               FarWords(conditions, page.language), Percent(conditions.capitalization_rate),
               conditions.development_level.empty() ? std::string(page.Words(Text::kNotSet))
                                                    : conditions.development_level});
  }
  table.Close();
  if (plan.rounding.unit_price) {
    const Rounding& rounding = *plan.rounding.unit_price;
    page.out.Element(
        "p", {{"class", "soft"}},
        std::string(page.Words(Text::kRoundingRule)) + std::string(page.Words(Text::kColon)) +
            page.Words(Text::kRoundingTo,
                       {FormatDecimal(rounding.interval, Rounding::kScale),
                        page.Words(PrimaryUnit(plan)), page.Words(WordOf(rounding.mode))}));
  }
  page.out.Close();
}

}  // namespace dijia::report
