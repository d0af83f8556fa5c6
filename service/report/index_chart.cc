#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "report/axis.h"
#include "report/chart.h"
#include "report/number_text.h"
#include "report/texts.h"

namespace dijia::report {
namespace {

constexpr double kWidth = 960.0, kLeft = 64.0, kRight = 940.0, kTop = 12.0, kBase = 210.0,
                 kHeight = 252.0;
constexpr double kNormal95 = 1.959963984540054;  // quantile 0.975 of the standard normal

struct Band {
  double low = 0.0, high = 0.0;
};

Band BandOf(const EstimatedIndex::Point& point) {
  const double width = std::exp(kNormal95 * point.standard_error);
  if (!std::isfinite(width)) return {point.index, point.index};
  return {point.index / width, point.index * width};
}

class IndexChart {
 public:
  IndexChart(Markup& page, const EstimatedIndex& index, Language language)
      : page_(page), points_(index.points), language_(language) {
    double least = points_.front().index, most = least;
    for (const EstimatedIndex::Point& point : points_) {
      // A period with next to no sales has a band that would flatten the line.
      least = std::min(least, std::max(BandOf(point).low, point.index / 2.0));
      most = std::max(most, std::min(BandOf(point).high, point.index * 2.0));
    }
    axis_ = AxisOver(least, most);
    axis_.left = kBase;
    axis_.right = kTop;
  }

  void Write(const std::string& name, int number) {
    const std::string title = fmt::format("index-{}-title", number);
    const std::string description = fmt::format("index-{}-desc", number);
    page_.Open("svg", {{"viewBox", fmt::format("0 0 {:.0f} {:.0f}", kWidth, kHeight)},
                       {"class", "chart"},
                       {"role", "img"},
                       {"aria-labelledby", title + " " + description},
                       {"xmlns", "http://www.w3.org/2000/svg"}});
    page_.Element("title", {{"id", title}}, Say(Text::kIndexTitle, language_, {name}));
    page_.Element(
        "desc", {{"id", description}},
        Say(Text::kIndexDescription, language_,
            {FormatDate(points_.front().period_start), FormatDate(points_.back().period_start)}));
    WriteAxes();
    WriteBand();
    WriteLine();
    page_.Close();
    page_.Line();
  }

 private:
  double X(std::size_t i) const {
    return kLeft + 20.0 +
           (kRight - kLeft - 60.0) * static_cast<double>(i) /
               static_cast<double>(points_.size() - 1);
  }

  void Line(std::string_view css, double x1, double y1, double x2, double y2) {
    page_.Empty("line", {{"class", css},
                         {"x1", fmt::format("{:.1f}", x1)},
                         {"y1", fmt::format("{:.1f}", y1)},
                         {"x2", fmt::format("{:.1f}", x2)},
                         {"y2", fmt::format("{:.1f}", y2)}});
  }

  void Label(std::string_view css, double x, double y, std::string_view text) {
    page_.Element(
        "text", {{"class", css}, {"x", fmt::format("{:.1f}", x)}, {"y", fmt::format("{:.1f}", y)}},
        text);
  }

  void WriteAxes() {
    const std::vector<double> ticks = axis_.Ticks();
    const std::vector<std::string> texts = TickTexts(ticks);
    for (std::size_t i = 0; i < ticks.size(); ++i) {
      const double y = axis_.At(ticks[i]);
      Line("grid", kLeft, y, kRight, y);
      Label("tick side", kLeft - 8.0, y + 4.0, texts[i]);
    }
    Line("axis", kLeft, kBase, kRight, kBase);
    const std::size_t step = (points_.size() + 7) / 8;
    for (std::size_t i = 0; i < points_.size(); i += step) {
      Label("tick", X(i), kBase + 20.0, FormatDate(points_[i].period_start));
    }
  }

  void WriteBand() {
    std::string path;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      fmt::format_to(std::back_inserter(path), "{}{:.1f} {:.1f}", i == 0 ? "M" : "L", X(i),
                     axis_.At(BandOf(points_[i]).high));
    }
    for (std::size_t i = points_.size(); i-- > 0;) {
      fmt::format_to(std::back_inserter(path), "L{:.1f} {:.1f}", X(i),
                     axis_.At(BandOf(points_[i]).low));
    }
    page_.Empty("path", {{"class", "band"}, {"d", path + "z"}});
  }

  void WriteLine() {
    std::string path;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      fmt::format_to(std::back_inserter(path), "{}{:.1f} {:.1f}", i == 0 ? "M" : "L", X(i),
                     axis_.At(points_[i].index));
    }
    page_.Empty("path", {{"class", "index"}, {"d", path}});
    for (std::size_t i = 0; i < points_.size(); ++i) {
      page_.Empty("circle", {{"class", points_[i].interpolated ? "point hollow" : "point"},
                             {"cx", fmt::format("{:.1f}", X(i))},
                             {"cy", fmt::format("{:.1f}", axis_.At(points_[i].index))},
                             {"r", "3.5"}});
    }
  }

  Markup& page_;
  const std::vector<EstimatedIndex::Point>& points_;
  Language language_;
  Axis axis_;
};

}  // namespace

void WriteIndexChart(Markup& page, const EstimatedIndex& index, const std::string& name, int number,
                     Language language) {
  IndexChart(page, index, language).Write(name, number);
}

}  // namespace dijia::report
