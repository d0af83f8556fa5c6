// summary.html: every publication of a run on one page.
#include <algorithm>
#include <array>

#include "dijia/base/codes.h"
#include "report/frame.h"
#include "report/html.h"
#include "report/number_text.h"
#include "report/points.h"
#include "report/series.h"
#include "report/table.h"
#include "report/texts.h"
#include "report/words.h"

namespace dijia::report {
namespace {

constexpr std::size_t kStatuses = EnumTableOf<CellStatus>::kRows.size();

// What the table says about one publication.
struct Line {
  std::size_t rows = 0, used = 0;
  std::array<std::size_t, kStatuses> cells{};

  void Add(const Line& other) {
    rows += other.rows;
    used += other.used;
    for (std::size_t i = 0; i < kStatuses; ++i) cells[i] += other.cells[i];
  }
};

PublicationView ViewOf(const SummaryView& summary, const SummaryEntry& entry) {
  return {summary.samples, summary.plan, summary.report, summary.evidence,
          summary.labels,  *entry.scope, std::string(),  entry.county_name};
}

Line Count(const SummaryView& summary, const SummaryEntry& entry) {
  Line line;
  line.rows = entry.scope->rows.size();
  for (const std::uint32_t row : entry.scope->rows) {
    line.used += summary.samples.fate[row] == Fate::kUsed ? 1U : 0U;
  }
  for (const GradePrice& cell : ViewOf(summary, entry).Cells()) {
    ++line.cells[static_cast<std::size_t>(cell.status)];
  }
  return line;
}

class SummaryPage {
 public:
  SummaryPage(const SummaryView& view, Language language) : view_(view), language_(language) {}

  std::string Write() && {
    std::vector<Line> lines;
    Line total;
    for (const SummaryEntry& entry : view_.entries) {
      lines.push_back(Count(view_, entry));
      total.Add(lines.back());
    }
    const std::string& title = view_.plan.title;
    BeginDocument(out_, title.empty() ? Words(Text::kSummary) : title, language_);
    Choose(total);
    WriteTop(total);
    WriteTable(lines, total);
    WriteRunNotes();
    EndDocument(out_, view_.evidence.engine_version);
    return std::move(out_).Take();
  }

 private:
  std::string_view Words(Text text) const { return Say(text, language_); }
  std::string Word(Text text) const { return std::string(Say(text, language_)); }
  std::string Label(CellStatus status) const {
    return std::string(view_.labels.Of(CodeOf(status), language_));
  }

  // Columns that would be empty are left out.
  void Choose(const Line& total) {
    has_areas_ =
        std::any_of(view_.entries.begin(), view_.entries.end(), [&](const SummaryEntry& entry) {
          return !view_.samples.areas.Name(entry.scope->area).empty();
        });
    for (std::size_t i = 0; i < kStatuses; ++i) {
      const auto status = static_cast<CellStatus>(i);
      const bool always = status == CellStatus::kComputed || status == CellStatus::kWithheld;
      if (always || total.cells[i] > 0) statuses_.push_back(status);
    }
  }

  void WriteTop(const Line& total) {
    out_.Open("header", {{"class", "top"}});
    out_.Open("p", {{"class", "kicker"}});
    out_.Write(Words(Text::kSummary));
    out_.Element("span", {{"class", "stamp"}}, Words(Text::kDraft));
    out_.Close();
    out_.Element("h1", view_.plan.title.empty() ? Words(Text::kSummary) : view_.plan.title);
    out_.Open("dl", {{"class", "facts"}});
    WriteFact(out_, Words(Text::kBaseDate), FormatDate(view_.plan.base_date));
    WriteFact(out_, Words(Text::kPublicationId), view_.plan.id);
    out_.Close();
    out_.Close();
    out_.Element("p", {{"class", "notice"}}, Words(Text::kDraftNote));
    out_.Element("p", Say(Text::kSummaryIntro, language_,
                          {report::Count(total.rows), report::Count(view_.entries.size()),
                           report::Count(total.used), report::Count(total.rows - total.used)}));
  }

  void WriteHeadRow() {
    out_.Open("thead");
    out_.Open("tr");
    const auto head = [&](std::string_view words, bool number) {
      out_.Element("th", {{"scope", "col"}, {"class", number ? "n" : ""}}, words);
    };
    head(Words(Text::kCounty), false);
    if (has_areas_) head(Words(Text::kArea), false);
    head(Words(Text::kRecords), true);
    head(Words(Text::kUsed), true);
    head(Words(Text::kLeftOutShort), true);
    for (const CellStatus status : statuses_) head(Label(status), true);
    head(Words(Text::kReasonsWithheld), false);
    out_.Close();
    out_.Close();
    out_.Line();
  }

  void WriteCounts(const Line& line) {
    const auto number = [&](std::size_t count) {
      out_.Element("td", {{"class", "n"}}, count == 0 ? "—" : report::Count(count));
    };
    number(line.rows);
    number(line.used);
    number(line.rows - line.used);
    for (const CellStatus status : statuses_) number(line.cells[static_cast<std::size_t>(status)]);
  }

  // Why prices are withheld: one line for each use and reason.
  void WriteReasons(const SummaryEntry& entry, std::size_t withheld) {
    out_.Open("td", {{"class", "w"}});
    if (withheld == 0) out_.Write("—");
    const PublicationView view = ViewOf(view_, entry);
    for (const Series& series : SeriesOf(view)) {
      for (const Point& point : PointsOf(series)) {
        if (point.weight != Weight::kReason) continue;
        out_.Open("div");
        out_.Element("strong", NameOf(series, view, language_));
        out_.Write(Word(Text::kUseGradeGap) + GradesWords(point, language_) + Word(Text::kColon) +
                   PointWords(point, view_.labels, language_));
        out_.Close();
      }
    }
    out_.Close();
  }

  void WriteLine(const SummaryEntry& entry, const Line& line) {
    const std::string& code = view_.samples.counties.Name(entry.scope->county);
    const std::string_view unnamed = code.empty() ? Words(Text::kUnknownCounty) : code;
    out_.Open("tr");
    const std::string_view name = entry.county_name.empty() ? unnamed : entry.county_name;
    out_.Open("th", {{"scope", "row"}});
    if (entry.link.empty()) {
      out_.Write(name);
    } else {
      out_.Element("a", {{"href", entry.link}}, name);
    }
    if (!entry.county_name.empty()) out_.Element("small", code);
    out_.Close();
    if (has_areas_) out_.Element("td", view_.samples.areas.Name(entry.scope->area));
    WriteCounts(line);
    WriteReasons(entry, line.cells[static_cast<std::size_t>(CellStatus::kWithheld)]);
    out_.Close();
    out_.Line();
  }

  void WriteTable(const std::vector<Line>& lines, const Line& total) {
    const std::string_view caption = Words(Text::kSummaryCaption);
    out_.Open(
        "div",
        {{"class", "scroll"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", caption}});
    out_.Open("table");
    out_.Element("caption", caption);
    WriteHeadRow();
    out_.Open("tbody");
    for (std::size_t i = 0; i < lines.size(); ++i) WriteLine(view_.entries[i], lines[i]);
    out_.Close();
    out_.Open("tfoot");
    out_.Open("tr");
    out_.Element("th", {{"scope", "row"}, {"colspan", has_areas_ ? "2" : ""}}, Words(Text::kTotal));
    WriteCounts(total);
    out_.Element("td", "");
    out_.Close();
    out_.Close();
    out_.Close();
    out_.Close();
  }

  // What there is to say about the whole run, by county where it names one.
  void WriteRunNotes() {
    const Diagnostics& diagnostics = view_.report.diagnostics;
    if (diagnostics.total() == 0) return;
    out_.Element("h2", Words(Text::kRunNotes));
    out_.Open("ul", {{"class", "points"}});
    for (const Diagnostic& note : diagnostics.kept()) {
      out_.Open("li");
      out_.Write(NoteWords(WithCountyName(note, CountyNameOf(note)), view_.labels, language_));
      out_.Write(" ");
      out_.Element("span", {{"class", "count"}}, CodeId(note.code));
      out_.Close();
    }
    out_.Close();
    if (const std::size_t more = diagnostics.total() - diagnostics.kept().size(); more > 0) {
      out_.Element("p", {{"class", "soft"}},
                   Say(Text::kMoreNotes, language_, {report::Count(more)}));
    }
  }

  // The name of the county that a note gives by its code; empty = none or not known.
  std::string CountyNameOf(const Diagnostic& note) const {
    for (const SummaryEntry& entry : view_.entries) {
      const std::string& code = view_.samples.counties.Name(entry.scope->county);
      if (!note.arguments.empty() && note.arguments.front() == code) return entry.county_name;
    }
    return {};
  }

  const SummaryView& view_;
  Language language_;
  bool has_areas_ = false;
  std::vector<CellStatus> statuses_;
  Markup out_;
};

}  // namespace

std::string SummaryHtml(const SummaryView& view, Language language) {
  return SummaryPage(view, language).Write();
}

}  // namespace dijia::report
