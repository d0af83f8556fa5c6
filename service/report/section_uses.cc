// Results by use: a chart and a table for each.
#include <algorithm>
#include <cmath>

#include "report/chart.h"
#include "report/number_text.h"
#include "report/section.h"
#include "report/table.h"

namespace dijia::report {
namespace {

// The strips of a series, which are a stretch of those of the publication.
std::span<const Strip> StripsOfSeries(const Page& page, const Series& series) {
  const auto first = static_cast<std::size_t>(series.cells.data() - page.view.Cells().data());
  return std::span(page.strips).subspan(first, series.cells.size());
}

struct Mark {
  Text words;
  std::string_view drawing;  // inside a 26 × 16 view
};

constexpr Mark kUsedMark{Text::kMarkUsed, R"(<path class="dots" d="M8 6h0M13 11h0M18 6h0" />)"};
constexpr Mark kRejectedMark{Text::kMarkRejected,
                             R"(<path class="crosses" d="M9.5 4.5l7 7m0 -7l-7 7" />)"};
constexpr Mark kEstimateMark{Text::kMarkEstimate,
                             R"(<line class="interval" x1="2" y1="8" x2="24" y2="8" />)"
                             R"(<line class="estimate" x1="13" y1="1" x2="13" y2="15" />)"};
constexpr Mark kThinMark{Text::kMarkThin,
                         R"(<line class="interval thin" x1="2" y1="8" x2="24" y2="8" />)"
                         R"(<line class="estimate thin" x1="13" y1="1" x2="13" y2="15" />)"};
constexpr Mark kModelMark{Text::kMarkModelled,
                          R"(<line class="interval model" x1="1" y1="8" x2="25" y2="8" />)"
                          R"(<line class="estimate model" x1="13" y1="1" x2="13" y2="15" />)"};
constexpr Mark kOffMark{Text::kMarkOff,
                        R"(<line class="interval off" x1="1" y1="8" x2="25" y2="8" />)"
                        R"(<line class="estimate off" x1="13" y1="1" x2="13" y2="15" />)"};
constexpr Mark kMonotoneMark{Text::kMarkMonotone,
                             R"(<path class="monotone" d="M13 3l5.5 9h-11z" />)"};
constexpr Mark kSplitMark{Text::kMarkSplit,
                          R"(<line class="split" x1="13" y1="0" x2="13" y2="16" />)"};

// The marks that the chart of a series has.
std::vector<Mark> MarksOf(const Series& series, std::span<const Strip> strips) {
  const auto any_strip = [&](auto has) { return std::any_of(strips.begin(), strips.end(), has); };
  const auto any_cell = [&](auto has) {
    return std::any_of(series.cells.begin(), series.cells.end(), has);
  };
  std::vector<Mark> marks;
  if (any_strip([](const Strip& strip) { return !strip.used.empty(); })) marks.push_back(kUsedMark);
  if (any_strip([](const Strip& strip) { return !strip.rejected.empty(); })) {
    marks.push_back(kRejectedMark);
  }
  const auto has = [&](CellStatus status) {
    return any_cell([status](const GradePrice& cell) { return cell.status == status; });
  };
  if (has(CellStatus::kComputed)) marks.push_back(kEstimateMark);
  if (has(CellStatus::kThin)) marks.push_back(kThinMark);
  if (any_cell(IsModelled)) marks.push_back(kModelMark);
  if (any_cell([](const GradePrice& cell) { return !cell.price && cell.estimate > 0.0; })) {
    marks.push_back(kOffMark);
  }
  if (any_cell(MonotoneDiffers)) marks.push_back(kMonotoneMark);
  if (any_cell(ShowsSplit)) marks.push_back(kSplitMark);
  return marks;
}

void WriteLegend(Page& page, const std::vector<Mark>& marks) {
  if (marks.empty()) return;
  page.out.Open("ul", {{"class", "legend"}});
  for (const Mark& mark : marks) {
    page.out.Open("li");
    page.out.Open("svg", {{"viewBox", "0 0 26 16"},
                          {"aria-hidden", "true"},
                          {"xmlns", "http://www.w3.org/2000/svg"}});
    page.out.Raw(mark.drawing);
    page.out.Close();
    page.out.Write(page.Words(mark.words));
    page.out.Close();
  }
  page.out.Close();
  page.out.Line();
}

void WriteDrawnCounts(Page& page, const Series& series, std::span<const Strip> strips) {
  for (std::size_t i = 0; i < strips.size(); ++i) {
    const Strip& strip = strips[i];
    const std::string grade = GradeText(series.cells[i].key.grade, page.language);
    if (strip.used.size() < strip.used_total) {
      page.out.Element(
          "p", {{"class", "soft"}},
          page.Words(Text::kDrawnOf, {grade, Count(strip.used.size()), Count(strip.used_total)}));
    }
    if (strip.rejected.size() < strip.rejected_total) {
      page.out.Element("p", {{"class", "soft"}},
                       page.Words(Text::kRejectedDrawnOf, {grade, Count(strip.rejected.size()),
                                                           Count(strip.rejected_total)}));
    }
  }
}

// One number of decimals for a column: that of the lowest estimate.
int DecimalsOf(const Series& series) {
  int decimals = 0;
  for (const GradePrice& cell : series.cells) {
    if (cell.estimate > 0.0) decimals = std::max(decimals, DecimalsFor(cell.estimate));
  }
  return decimals;
}

// The order-restricted estimate, with the mark of the chart where it is another one.
std::string MonotoneWords(const GradePrice& cell, int decimals) {
  return (MonotoneDiffers(cell) ? "△ " : "") + Fixed(cell.monotone, decimals);
}

void WriteGradeTable(Page& page, const Series& series, const std::string& name) {
  const auto text = [&](Text word) { return std::string(page.Words(word)); };
  Table table(page.out, page.Words(Text::kUseTableCaption, {name}),
              {{text(Text::kGrade)},
               {text(Text::kYuanPerSqm), Align::kNumber},
               {text(Text::kWanYuanPerMu), Align::kNumber},
               {text(Text::kStatus)},
               {text(Text::kUsed) + " / " + text(Text::kSamples), Align::kNumber},
               {text(Text::kEstimate), Align::kNumber},
               {text(Text::kInterval), Align::kNumber},
               {text(Text::kMonotone), Align::kNumber},
               {text(Text::kMedian), Align::kNumber},
               {text(Text::kMean), Align::kNumber},
               {text(Text::kCv), Align::kNumber},
               {text(Text::kCod), Align::kNumber},
               {text(Text::kMethod)}});
  const int decimals = DecimalsOf(series);
  for (const GradePrice& cell : series.cells) {
    const PrintedPrice printed =
        cell.price ? Print(*cell.price, page.view.plan) : PrintedPrice{"—", "—"};
    table.Row({page.Words(Text::kGradeName, {GradeText(cell.key.grade, page.language)}),
               printed.yuan_per_sqm, printed.wan_yuan_per_mu,
               Cell(page.Label(CodeOf(cell.status)), CodeOf(cell.status)),
               Count(cell.used) + " / " + Count(cell.samples), Fixed(cell.estimate, decimals),
               IntervalWords(cell.interval, page.language), MonotoneWords(cell, decimals),
               Fixed(cell.median, decimals), Fixed(cell.mean, decimals), Fixed(cell.cv, 3),
               Fixed(cell.cod, 1), MethodWords(cell.method, page.view.labels, page.language)});
  }
  table.Close();
}

std::string OrderWords(const Page& page, const OrderCheck& order) {
  const std::string grades = Count(order.grades);
  if (order.grades < 2) return std::string(page.Words(Text::kOrderNone));
  if (order.in_order) return page.Words(Text::kOrderHolds, {grades});
  return page.Words(order.significant ? Text::kOrderBroken : Text::kOrderNoise,
                    {Fixed(order.statistic, 2), PEquals(order.p_value)});
}

void WriteSeries(Page& page, const Series& series, int number) {
  const std::string name = NameOf(series, page.view, page.language);
  const std::span<const Strip> strips = StripsOfSeries(page, series);
  page.out.Element("h3", name);
  page.out.Open("figure");
  page.out.Open("div", {{"class", "scroll"},
                        {"role", "region"},
                        {"tabindex", "0"},
                        {"aria-label", page.Words(Text::kChartTitle, {name})}});
  WriteGradeChart(page.out, page.view, series, strips, number, page.language);
  page.out.Close();
  page.out.Open("figcaption");
  WriteLegend(page, MarksOf(series, strips));
  WriteDrawnCounts(page, series, strips);
  page.out.Close();
  page.out.Close();
  WriteGradeTable(page, series, name);
  if (series.order != nullptr) page.out.Element("p", OrderWords(page, *series.order));
}

}  // namespace

void WriteResultsByUse(Page& page) {
  page.Begin("uses", Text::kByUse);
  int number = 0;
  for (const Series& series : page.series) WriteSeries(page, series, ++number);
  page.out.Close();
}

}  // namespace dijia::report
