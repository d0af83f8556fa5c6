#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "report/axis.h"
#include "report/chart.h"
#include "report/number_text.h"
#include "report/texts.h"

namespace dijia::report {
namespace {

constexpr double kWidth = 960.0, kLeft = 92.0, kRight = 786.0, kRowHeight = 78.0, kTop = 8.0;
constexpr double kBottom = 46.0;     // ticks and the name of the axis
constexpr double kSwarmY = 26.0;     // of the dots, from the top of a row
constexpr double kIntervalY = 58.0;  // of the estimate
constexpr double kDotStep = 5.6;     // dots nearer than this are stacked
constexpr int kLanes = 7;            // stacked at most

std::string Coordinate(double value) { return fmt::format("{:.1f}", value); }

struct Range {
  double least = INFINITY, most = -INFINITY;
  void Cover(double value) {
    if (!std::isfinite(value) || value <= 0.0) return;
    least = std::min(least, value);
    most = std::max(most, value);
  }
  bool empty() const { return !(least <= most); }
};

// Samples and estimates decide; an interval may widen the axis threefold, then it is cut.
Axis PriceAxis(std::span<const GradePrice> cells, std::span<const Strip> strips) {
  Range range;
  for (const Strip& strip : strips) {
    for (const double price : strip.used) range.Cover(price);
    for (const double price : strip.rejected) range.Cover(price);
  }
  for (const GradePrice& cell : cells) {
    range.Cover(cell.estimate);
    range.Cover(cell.monotone);
    if (cell.price) range.Cover(ToDouble(*cell.price));
  }
  const Range inner = range;
  for (const GradePrice& cell : cells) {
    if (!cell.interval || inner.empty()) continue;
    range.Cover(std::clamp(cell.interval->low, inner.least / 3.0, inner.most * 3.0));
    range.Cover(std::clamp(cell.interval->high, inner.least / 3.0, inner.most * 3.0));
  }
  Axis axis = range.empty() ? AxisOver(0.0, 1.0) : AxisOver(range.least, range.most);
  axis.left = kLeft;
  axis.right = kRight;
  return axis;
}

// The lane of each dot, 0 = on the line, then +1, −1, +2, …: the first where it touches no dot
// before it. `xs` ascend.
std::vector<int> Stack(std::span<const double> xs) {
  std::array<double, kLanes> last{};
  last.fill(-INFINITY);
  std::vector<int> lanes;
  lanes.reserve(xs.size());
  for (const double x : xs) {
    const auto free = std::find_if(last.begin(), last.end(),
                                   [&](double before) { return x - before >= kDotStep; });
    const auto lane = free == last.end() ? std::min_element(last.begin(), last.end()) : free;
    *lane = x;
    const int index = static_cast<int>(lane - last.begin());
    lanes.push_back(index % 2 == 0 ? -index / 2 : (index + 1) / 2);
  }
  return lanes;
}

// The estimate, or the price that came from elsewhere; NaN or 0 when there is neither.
double ShownEstimate(const GradePrice& cell) {
  if (cell.estimate > 0.0) return cell.estimate;
  return cell.price ? ToDouble(*cell.price) : 0.0;
}

class GradeChart {
 public:
  GradeChart(Markup& page, const PublicationView& view, const Series& series,
             std::span<const Strip> strips, Language language)
      : page_(page),
        view_(view),
        series_(series),
        strips_(strips),
        language_(language),
        axis_(PriceAxis(series.cells, strips)),
        bottom_(kTop + kRowHeight * static_cast<double>(series.cells.size())) {}

  void Write(int number) {
    const std::string title = fmt::format("chart-{}-title", number);
    const std::string description = fmt::format("chart-{}-desc", number);
    page_.Open("svg", {{"viewBox", fmt::format("0 0 {:.0f} {:.0f}", kWidth, bottom_ + kBottom)},
                       {"class", "chart"},
                       {"role", "img"},
                       {"aria-labelledby", title + " " + description},
                       {"xmlns", "http://www.w3.org/2000/svg"}});
    page_.Element("title", {{"id", title}},
                  Say(Text::kChartTitle, language_, {NameOf(series_, view_, language_)}));
    page_.Element("desc", {{"id", description}}, Description());
    WriteAxis();
    for (std::size_t i = 0; i < series_.cells.size(); ++i) {
      WriteRow(series_.cells[i], strips_[i], kTop + kRowHeight * static_cast<double>(i));
    }
    page_.Close();
    page_.Line();
  }

 private:
  std::string Description() const {
    std::string rows;
    for (std::size_t i = 0; i < series_.cells.size(); ++i) {
      const GradePrice& cell = series_.cells[i];
      rows += Say(Text::kChartRow, language_,
                  {GradeText(cell.key.grade, language_), Count(strips_[i].used_total),
                   Count(strips_[i].rejected_total), Rounded(cell.estimate)});
      if (language_ == Language::kEn) rows += " ";
    }
    return Say(Text::kChartDescription, language_, {rows});
  }

  void Line(std::string_view css, double x1, double y1, double x2, double y2) {
    page_.Empty("line", {{"class", css},
                         {"x1", Coordinate(x1)},
                         {"y1", Coordinate(y1)},
                         {"x2", Coordinate(x2)},
                         {"y2", Coordinate(y2)}});
  }

  void Label(std::string_view css, double x, double y, std::string_view text) {
    page_.Element("text", {{"class", css}, {"x", Coordinate(x)}, {"y", Coordinate(y)}}, text);
  }

  void WriteAxis() {
    const std::vector<double> ticks = axis_.Ticks();
    const std::vector<std::string> texts = TickTexts(ticks);
    for (std::size_t i = 0; i < ticks.size(); ++i) {
      const double x = axis_.At(ticks[i]);
      Line("grid", x, kTop, x, bottom_);
      Label("tick", x, bottom_ + 17.0, texts[i]);
    }
    Line("axis", kLeft, bottom_, kRight, bottom_);
    Label("axis-name", (kLeft + kRight) / 2.0, bottom_ + 38.0,
          Say(axis_.logarithmic ? Text::kAxisLog : Text::kAxisLinear, language_));
  }

  void WriteRow(const GradePrice& cell, const Strip& strip, double top) {
    Line("row", 0.0, top, kWidth, top);
    Label("grade", 8.0, top + 34.0,
          Say(Text::kGradeName, language_, {GradeText(cell.key.grade, language_)}));
    Label("count", 8.0, top + 52.0, "n = " + Count(strip.used_total));
    WriteDots(strip.used, top + kSwarmY);
    WriteCrosses(strip.rejected, top + kSwarmY);
    WriteSplit(cell, top);
    WriteEstimate(cell, top + kIntervalY);
    WritePrice(cell, top);
  }

  void WriteDots(std::span<const double> prices, double y) {
    if (prices.empty()) return;
    std::vector<double> xs;
    xs.reserve(prices.size());
    for (const double price : prices) xs.push_back(axis_.At(price));
    const std::vector<int> lanes = Stack(xs);
    std::string path;
    for (std::size_t i = 0; i < xs.size(); ++i) {
      fmt::format_to(std::back_inserter(path), "M{:.1f} {:.1f}h0", xs[i], y + 5.0 * lanes[i]);
    }
    page_.Empty("path", {{"class", "dots"}, {"d", path}});
  }

  void WriteCrosses(std::span<const double> prices, double y) {
    if (prices.empty()) return;
    std::string path;
    for (const double price : prices) {
      fmt::format_to(std::back_inserter(path), "M{:.1f} {:.1f}l7 7m0 -7l-7 7",
                     axis_.At(price) - 3.5, y - 3.5);
    }
    page_.Empty("path", {{"class", "crosses"}, {"d", path}});
  }

  void WriteSplit(const GradePrice& cell, double top) {
    if (!ShowsSplit(cell)) return;
    const double x = axis_.At(cell.checks.split_price);
    Line("split", x, top + 4.0, x, top + kIntervalY - 8.0);
  }

  void WriteEstimate(const GradePrice& cell, double y) {
    const std::string kind = cell.status == CellStatus::kWithheld ? " off"
                             : cell.status == CellStatus::kThin   ? " thin"
                             : IsModelled(cell)                   ? " model"
                                                                  : "";
    if (cell.interval) {
      const double low = axis_.At(cell.interval->low), high = axis_.At(cell.interval->high);
      Line("interval" + kind, low, y, high, y);
      if (cell.interval->low >= axis_.low) Line("cap" + kind, low, y - 5.0, low, y + 5.0);
      if (cell.interval->high <= axis_.high) Line("cap" + kind, high, y - 5.0, high, y + 5.0);
    }
    const double shown = ShownEstimate(cell);
    if (shown > 0.0) {
      Line("estimate" + kind, axis_.At(shown), y - 9.0, axis_.At(shown), y + 9.0);
    }
    if (MonotoneDiffers(cell)) {
      const double x = axis_.At(cell.monotone);
      page_.Empty("path", {{"class", "monotone"},
                           {"d", fmt::format("M{:.1f} {:.1f}l5.5 9h-11z", x, y + 2.0)}});
    }
  }

  void WritePrice(const GradePrice& cell, double top) {
    const double x = kRight + 18.0;
    if (cell.price) {
      const PrintedPrice printed = Print(*cell.price, view_.plan);
      Label("price", x, top + 28.0,
            printed.yuan_per_sqm + " " + std::string(Say(Text::kYuanPerSqm, language_)));
      Label("per-mu", x, top + 46.0, Say(Text::kPerMuAmount, language_, {printed.wan_yuan_per_mu}));
    }
    if (cell.status != CellStatus::kComputed) {
      Label("state " + std::string(CodeOf(cell.status)), x, top + (cell.price ? 64.0 : 38.0),
            view_.labels.Of(CodeOf(cell.status), language_));
    }
  }

  Markup& page_;
  const PublicationView& view_;
  const Series& series_;
  std::span<const Strip> strips_;
  Language language_;
  Axis axis_;
  double bottom_;
};

}  // namespace

bool IsModelled(const GradePrice& cell) {
  return cell.status == CellStatus::kModelled || cell.status == CellStatus::kCarriedForward;
}

bool MonotoneDiffers(const GradePrice& cell) {
  return cell.monotone > 0.0 && cell.estimate > 0.0 &&
         std::abs(cell.monotone - cell.estimate) > 1e-9 * cell.estimate;
}

bool ShowsSplit(const GradePrice& cell) {
  return cell.checks.two_populations && cell.checks.split_price > 0.0;
}

void WriteGradeChart(Markup& page, const PublicationView& view, const Series& series,
                     std::span<const Strip> strips, int number, Language language) {
  GradeChart(page, view, series, strips, language).Write(number);
}

}  // namespace dijia::report
