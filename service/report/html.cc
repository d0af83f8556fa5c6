#include "report/html.h"

#include <array>

#include "report/frame.h"
#include "report/number_text.h"
#include "report/section.h"
#include "report/table.h"

namespace dijia::report {
namespace {

struct Entry {
  std::string_view id;
  Text title;
};

constexpr Entry kContents[] = {
    {"prices", Text::kPriceTable},     {"points", Text::kPointsToNote},
    {"conditions", Text::kConditions}, {"uses", Text::kByUse},
    {"left-out", Text::kLeftOut},      {"screening", Text::kScreening},
    {"estimates", Text::kEstimates},   {"evidence", Text::kEvidence},
    {"reading", Text::kHowToRead},
};

std::string TitleOf(const Page& page) {
  const std::string& title = page.view.plan.title;
  return title.empty() ? page.Words(Text::kDefaultTitle, {PlaceName(page.view)}) : title;
}

// The last day of a half-open window.
std::string WindowWords(const Page& page) {
  const DateRange& window = page.view.plan.window;
  if (!window.from.ok() || !window.until.ok()) return {};
  return page.Words(Text::kWindowDates,
                    {FormatDate(window.from), FormatDate(FromDays(ToDays(window.until) - 1))});
}

void WriteTop(Page& page) {
  const ComputePlan& plan = page.view.plan;
  page.out.Open("header", {{"class", "top"}});
  page.out.Open("p", {{"class", "kicker"}});
  page.out.Write(page.Words(Text::kKicker));
  page.out.Element("span", {{"class", "stamp"}}, page.Words(Text::kDraft));
  page.out.Close();
  page.out.Element("h1", TitleOf(page));
  page.out.Open("dl", {{"class", "facts"}});
  WriteFact(page.out, page.Words(Text::kCounty), page.view.county_name);
  WriteFact(page.out, page.Words(Text::kCountyCode), page.view.CountyCode());
  WriteFact(page.out, page.Words(Text::kArea), page.view.AreaName());
  WriteFact(page.out, page.Words(Text::kBaseDate), FormatDate(plan.base_date));
  WriteFact(page.out, page.Words(Text::kWindow), WindowWords(page));
  WriteFact(page.out, page.Words(Text::kPublicationId), page.view.publication_id);
  WriteFact(page.out, page.Words(Text::kDocumentNo), plan.document_no);
  if (plan.effective_from) {
    WriteFact(page.out, page.Words(Text::kEffectiveFrom), FormatDate(*plan.effective_from));
  }
  page.out.Close();
  page.out.Close();
  page.out.Line();
  page.out.Element("p", {{"class", "notice"}}, page.Words(Text::kDraftNote));
}

void WriteTile(Page& page, Text name, std::string_view value, std::string_view of = {}) {
  page.out.Open("div");
  page.out.Element("dt", page.Words(name));
  page.out.Open("dd");
  page.out.Write(value);
  if (!of.empty()) page.out.Element("small", std::string(" / ") + std::string(of));
  page.out.Close();
  page.out.Close();
}

using StatusCounts = std::array<std::size_t, EnumTableOf<CellStatus>::kRows.size()>;

StatusCounts CountStatuses(std::span<const GradePrice> cells) {
  StatusCounts counts{};
  for (const GradePrice& cell : cells) ++counts[static_cast<std::size_t>(cell.status)];
  return counts;
}

void WriteTiles(Page& page) {
  const std::span<const GradePrice> cells = page.view.Cells();
  const StatusCounts counts = CountStatuses(cells);
  const std::size_t withheld = counts[static_cast<std::size_t>(CellStatus::kWithheld)];
  page.out.Open("dl", {{"class", "tiles"}});
  WriteTile(page, Text::kTileRecords, Count(page.tally.rows));
  WriteTile(page, Text::kTileUsed, Count(page.tally.used()));
  WriteTile(page, Text::kTilePriced, Count(cells.size() - withheld), Count(cells.size()));
  WriteTile(page, Text::kTileWithheld, Count(withheld));
  page.out.Close();
  page.out.Line();
  if (cells.empty()) {
    page.out.Element("p", page.Words(Text::kNothing));
    return;
  }
  std::string verdict;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    if (!verdict.empty()) verdict += page.Words(Text::kListComma);
    verdict += page.Words(Text::kVerdictPart,
                          {page.Label(CodeOf(static_cast<CellStatus>(i))), Count(counts[i])});
  }
  page.out.Element("p", page.Words(Text::kVerdict, {Count(cells.size())}) + verdict +
                            std::string(page.Words(Text::kFullStop)));
}

void WriteContents(Page& page) {
  page.out.Open("nav", {{"aria-label", page.Words(Text::kContents)}});
  page.out.Open("ol");
  for (const Entry& entry : kContents) {
    if (entry.title == Text::kEstimates && !HasEstimatedCorrections(page.view)) continue;
    page.out.Open("li");
    page.out.Element("a", {{"href", "#" + std::string(entry.id)}}, page.Words(entry.title));
    page.out.Close();
  }
  page.out.Close();
  page.out.Close();
  page.out.Line();
}

void WriteSections(Page& page) {
  WritePriceTable(page);
  WritePoints(page);
  WriteConditions(page);
  WriteResultsByUse(page);
  WriteLeftOut(page);
  WriteScreening(page);
  WriteEstimatedCorrections(page);
  WriteEvidence(page);
  WriteHowToRead(page);
}

}  // namespace

void Page::Begin(std::string_view id, Text title) {
  out.Open("section", {{"id", id}});
  out.Element("h2", Words(title));
}

std::string ReportHtml(const PublicationView& view, Language language) {
  Markup out;
  Page page{out, view, language, SeriesOf(view), StripsOf(view), TallyOf(view)};
  BeginDocument(out, TitleOf(page), language);
  WriteTop(page);
  WriteTiles(page);
  WriteContents(page);
  WriteSections(page);
  EndDocument(out, view.evidence.engine_version);
  return std::move(out).Take();
}

}  // namespace dijia::report
