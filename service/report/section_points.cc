// The points a reader must know before signing.
#include <algorithm>

#include "dijia/base/codes.h"
#include "report/number_text.h"
#include "report/points.h"
#include "report/section.h"
#include "report/table.h"

namespace dijia::report {
namespace {

constexpr std::size_t kRunNotesShown = 30;

// A label for what is more than a note.
void WriteSeverity(Page& page, Code code) {
  const Severity severity = RowOf(code).severity;
  if (severity == Severity::kNote) return;
  const bool is_error = severity == Severity::kError;
  WriteTag(page.out, is_error ? "error" : "warning",
           page.Words(is_error ? Text::kError : Text::kWarning));
  page.out.Write(" ");
}

void WriteCode(Page& page, Code code) {
  page.out.Write(" ");
  page.out.Element("span", {{"class", "count"}}, CodeId(code));
}

void WriteWeight(Page& page, const Point& point) {
  if (point.weight == Weight::kWarning) return WriteSeverity(page, point.note->code);
  if (point.weight == Weight::kRemark) return;
  const std::string_view status = CodeOf(point.places.front().cell->status);
  WriteTag(page.out, status, page.Label(status));
  page.out.Write(" ");
}

void WritePoint(Page& page, const Point& point) {
  page.out.Open("li");
  WriteWeight(page, point);
  page.out.Element("strong", GradesWords(point, page.language));
  page.out.Write(page.Words(Text::kColon));
  page.out.Write(PointWords(point, page.view.labels, page.language));
  WriteCode(page, point.note->code);
  page.out.Close();
}

// Either the remarks of one use or everything else; nothing when there is none.
void WriteSeriesPoints(Page& page, const Series& series, bool remarks) {
  std::vector<Point> points = PointsOf(series);
  std::erase_if(points,
                [&](const Point& point) { return (point.weight == Weight::kRemark) != remarks; });
  if (points.empty()) return;
  page.out.Open("li");
  page.out.Element("h3", NameOf(series, page.view, page.language));
  page.out.Open("ul");
  for (const Point& point : points) WritePoint(page, point);
  page.out.Close();
  page.out.Close();
  page.out.Line();
}

bool HasPoints(const Page& page, bool remarks) {
  return std::any_of(page.series.begin(), page.series.end(), [&](const Series& series) {
    const std::vector<Point> points = PointsOf(series);
    return std::any_of(points.begin(), points.end(), [&](const Point& point) {
      return (point.weight == Weight::kRemark) == remarks;
    });
  });
}

void WritePointsByUse(Page& page, bool remarks) {
  page.out.Open("ul", {{"class", "points"}});
  for (const Series& series : page.series) WriteSeriesPoints(page, series, remarks);
  page.out.Close();
}

void WriteRunNotes(Page& page, const std::vector<Diagnostic>& notes) {
  page.out.Element("h3", page.Words(Text::kRunNotes));
  page.out.Open("ul", {{"class", "points"}});
  const std::size_t shown = std::min(notes.size(), kRunNotesShown);
  for (std::size_t i = 0; i < shown; ++i) {
    page.out.Open("li");
    WriteSeverity(page, notes[i].code);
    page.out.Write(NoteWords(notes[i], page.view.labels, page.language));
    WriteCode(page, notes[i].code);
    page.out.Close();
  }
  page.out.Close();
  const Diagnostics& all = page.view.report.diagnostics;
  const std::size_t more = notes.size() - shown + (all.total() - all.kept().size());
  if (more > 0) {
    page.out.Element("p", {{"class", "soft"}}, page.Words(Text::kMoreNotes, {Count(more)}));
  }
}

}  // namespace

void WritePoints(Page& page) {
  page.Begin("points", Text::kPointsToNote);
  const bool any_point = HasPoints(page, false);
  const std::vector<Diagnostic> run_notes = RunNotesOf(page.view);
  if (any_point) WritePointsByUse(page, false);
  if (!run_notes.empty()) WriteRunNotes(page, run_notes);
  if (!any_point && run_notes.empty()) page.out.Element("p", page.Words(Text::kNoPoints));
  if (HasPoints(page, true)) {
    page.out.Open("details");
    page.out.Element("summary", page.Words(Text::kRemarks));
    WritePointsByUse(page, true);
    page.out.Close();
  }
  page.out.Close();
}

}  // namespace dijia::report
