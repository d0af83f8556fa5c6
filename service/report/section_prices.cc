// The price table, the conditions it stands for and the points a reader must know.
#include <algorithm>
#include <array>
#include <set>

#include "dijia/base/codes.h"
#include "report/number_text.h"
#include "report/section.h"
#include "report/table.h"

namespace dijia::report {
namespace {

constexpr std::size_t kRunNotesShown = 30;

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

void WritePriceCell(Page& page, const GradePrice* cell) {
  page.out.Open("td");
  if (cell == nullptr) {
    page.out.Write("／");
  } else {
    if (cell->price) {
      const PrintedPrice printed = Print(*cell->price, page.view.plan);
      page.out.Element("span", {{"class", "yuan"}}, printed.yuan_per_sqm);
      page.out.Element("span", {{"class", "mu"}}, printed.wan_yuan_per_mu);
    } else {
      page.out.Element("span", {{"class", "yuan"}}, "—");
    }
    if (cell->status != CellStatus::kComputed) {
      WriteTag(page.out, CodeOf(cell->status), page.Label(CodeOf(cell->status)));
    }
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

Text WordOf(Severity severity) {
  switch (severity) {
    case Severity::kNote:
      return Text::kNotice;
    case Severity::kWarning:
      return Text::kWarning;
    case Severity::kError:
      return Text::kError;
  }
  return Text::kNotice;
}

std::string_view TagOf(Severity severity) {
  switch (severity) {
    case Severity::kNote:
      return "note";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "note";
}

void WriteNote(Page& page, const Diagnostic& note) {
  const Severity severity = RowOf(note.code).severity;
  page.out.Open("li");
  if (severity != Severity::kNote) {
    WriteTag(page.out, TagOf(severity), page.Words(WordOf(severity)));
    page.out.Write(" ");
  }
  page.out.Write(NoteWords(note, page.view.labels, page.language));
  page.out.Write(" ");
  page.out.Element("span", {{"class", "count"}}, CodeId(note.code));
  page.out.Close();
}

// True when a reader has to know something about the cell.
bool IsNotable(const GradePrice& cell) {
  return cell.status != CellStatus::kComputed ||
         std::any_of(cell.notes.begin(), cell.notes.end(), [](const Diagnostic& note) {
           return RowOf(note.code).severity != Severity::kNote;
         });
}

bool HasOnlyRemarks(const GradePrice& cell) { return !IsNotable(cell) && !cell.notes.empty(); }

// True when one entry can stand for both cells.
bool SayTheSame(const GradePrice& a, const GradePrice& b) {
  return a.status == b.status &&
         std::equal(a.notes.begin(), a.notes.end(), b.notes.begin(), b.notes.end(),
                    [](const Diagnostic& x, const Diagnostic& y) {
                      return x.code == y.code && x.arguments == y.arguments;
                    });
}

// Cells of one series, of which the first speaks for all.
using CellGroup = std::vector<const GradePrice*>;

std::vector<CellGroup> GroupsOf(const Series& series, bool (*belongs)(const GradePrice&)) {
  std::vector<CellGroup> groups;
  for (const GradePrice& cell : series.cells) {
    if (!belongs(cell)) continue;
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const CellGroup& group) {
      return SayTheSame(*group.front(), cell);
    });
    if (same == groups.end()) {
      groups.push_back({&cell});
    } else {
      same->push_back(&cell);
    }
  }
  return groups;
}

void WriteGroup(Page& page, const Series& series, const CellGroup& group) {
  const GradePrice& first = *group.front();
  std::string grades;
  for (const GradePrice* cell : group) {
    if (!grades.empty()) grades += page.Words(Text::kEnumerationComma);
    grades += page.Words(Text::kGradeName, {GradeText(cell->key.grade, page.language)});
  }
  page.out.Open("li");
  page.out.Element("strong", NameOf(series, page.view, page.language) +
                                 std::string(page.Words(Text::kUseGradeGap)) + grades);
  page.out.Write(" ");
  WriteTag(page.out, CodeOf(first.status), page.Label(CodeOf(first.status)));
  if (!first.notes.empty()) {
    page.out.Open("ul");
    for (const Diagnostic& note : first.notes) WriteNote(page, note);
    page.out.Close();
  }
  page.out.Close();
  page.out.Line();
}

void WriteCellNotes(Page& page, bool (*belongs)(const GradePrice&)) {
  page.out.Open("ul", {{"class", "points"}});
  for (const Series& series : page.series) {
    for (const CellGroup& group : GroupsOf(series, belongs)) WriteGroup(page, series, group);
  }
  page.out.Close();
}

void WriteRunNotes(Page& page) {
  const Diagnostics& diagnostics = page.view.report.diagnostics;
  page.out.Element("h3", page.Words(Text::kRunNotes));
  page.out.Open("ul", {{"class", "points"}});
  const std::size_t shown = std::min(diagnostics.kept().size(), kRunNotesShown);
  for (std::size_t i = 0; i < shown; ++i) WriteNote(page, diagnostics.kept()[i]);
  page.out.Close();
  if (diagnostics.total() > shown) {
    page.out.Element("p", {{"class", "soft"}},
                     page.Words(Text::kMoreNotes, {Count(diagnostics.total() - shown)}));
  }
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
               FarWords(conditions, page.language), Percent(conditions.capitalization_rate) + " %",
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

void WritePoints(Page& page) {
  page.Begin("points", Text::kPointsToNote);
  const std::span<const GradePrice> cells = page.view.Cells();
  const bool any_cell = std::any_of(cells.begin(), cells.end(), IsNotable);
  const bool any_run = page.view.report.diagnostics.total() > 0;
  if (any_cell) {
    page.out.Element("h3", page.Words(Text::kCellNotes));
    WriteCellNotes(page, IsNotable);
  }
  if (any_run) WriteRunNotes(page);
  if (!any_cell && !any_run) page.out.Element("p", page.Words(Text::kNoPoints));
  if (std::any_of(cells.begin(), cells.end(), HasOnlyRemarks)) {
    page.out.Open("details");
    page.out.Element("summary", page.Words(Text::kRemarks));
    WriteCellNotes(page, HasOnlyRemarks);
    page.out.Close();
  }
  page.out.Close();
}

}  // namespace dijia::report
