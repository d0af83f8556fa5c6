#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string>
#include <vector>

#include "report/axis.h"
#include "report/chart.h"
#include "support/sample_report.h"

namespace dijia::report {
namespace {

TEST(Axis, MapsItsEndsToItsEndsAndClampsWhatIsBeyond) {
  Axis axis{100.0, 1000.0, 10.0, 210.0, false};
  EXPECT_DOUBLE_EQ(axis.At(100.0), 10.0);
  EXPECT_DOUBLE_EQ(axis.At(1000.0), 210.0);
  EXPECT_DOUBLE_EQ(axis.At(550.0), 110.0);
  EXPECT_DOUBLE_EQ(axis.At(-INFINITY), 10.0);
  EXPECT_DOUBLE_EQ(axis.At(1e9), 210.0);
  axis.logarithmic = true;
  EXPECT_NEAR(axis.At(std::sqrt(1e5)), 110.0, 1e-9);
}

TEST(Axis, IsLogarithmicOnlyOverAFourfoldRange) {
  EXPECT_FALSE(AxisOver(100.0, 400.0).logarithmic);
  EXPECT_TRUE(AxisOver(100.0, 401.0).logarithmic);
  EXPECT_FALSE(AxisOver(0.0, 500.0).logarithmic);
  EXPECT_GE(AxisOver(1.0, 3.0).low, 0.0);
  EXPECT_LT(AxisOver(96.0, 96.0).low, 96.0);  // all the same price
  EXPECT_GT(AxisOver(96.0, 96.0).high, 96.0);
  EXPECT_GT(AxisOver(0.0, 0.0).high, 0.0);
}

TEST(Axis, HasRoundTicksInsideItsEnds) {
  for (const auto& [least, most] : std::vector<std::pair<double, double>>{
           {96.0, 131.0}, {0.0, 1.0}, {73.0, 13'824.0}, {188.0, 3'250.0}, {0.93, 1.21}}) {
    const Axis axis = AxisOver(least, most);
    const std::vector<double> ticks = axis.Ticks();
    EXPECT_GE(ticks.size(), 3U) << least;
    EXPECT_LE(ticks.size(), 16U) << least;
    EXPECT_TRUE(std::is_sorted(ticks.begin(), ticks.end()));
    EXPECT_GE(ticks.front(), axis.low);
    EXPECT_LE(ticks.back(), axis.high);
  }
}

TEST(Axis, WritesItsTicksWithEqualDecimals) {
  EXPECT_EQ(TickTexts({0.95, 1.0, 1.05}), (std::vector<std::string>{"0.95", "1.00", "1.05"}));
  EXPECT_EQ(TickTexts({200.0, 2000.0}), (std::vector<std::string>{"200", "2,000"}));
  EXPECT_TRUE(TickTexts({}).empty());
}

test::SampleReport WithCommercial(std::size_t used) {
  test::SampleReportBuilder builder;
  builder.Used(LandUse::kCommercial, 1, 1000.0, used);
  builder.Rejected(LandUse::kCommercial, 1, 9000.0, 8.0);
  builder.Cell(LandUse::kCommercial, 1, CellStatus::kComputed, 1000.0, 1000);
  return std::move(builder).Finish();
}

TEST(Strip, DrawsEverySampleWhereThereAreFew) {
  const test::SampleReport sample = WithCommercial(kDrawnPerGrade);
  const std::vector<Strip> strips = StripsOf(sample.View());
  ASSERT_EQ(strips.size(), 1U);
  EXPECT_EQ(strips[0].used_total, kDrawnPerGrade);
  EXPECT_EQ(strips[0].used.size(), kDrawnPerGrade);
  EXPECT_TRUE(std::is_sorted(strips[0].used.begin(), strips[0].used.end()));
  EXPECT_EQ(strips[0].rejected, std::vector<double>{9000.0});
}

TEST(Strip, ThinsManySamplesEvenlyByRankAndKeepsTheirCount) {
  const test::SampleReport sample = WithCommercial(5000);
  const Strip strip = StripsOf(sample.View())[0];
  EXPECT_EQ(strip.used_total, 5000U);
  ASSERT_EQ(strip.used.size(), kDrawnPerGrade);
  std::vector<double> all;
  for (std::size_t row = 0; row < sample.samples.size(); ++row) {
    if (sample.samples.fate[row] == Fate::kUsed) {
      all.push_back(sample.report.normalized.normalized[row]);
    }
  }
  std::sort(all.begin(), all.end());
  // Classes are 1/4096 of the range wide, so a drawn price is that near to the one of its rank.
  const double width = (all.back() - all.front()) / 4096.0;
  for (std::size_t i = 0; i < strip.used.size(); ++i) {
    const double of_rank = all[(2 * i + 1) * all.size() / (2 * kDrawnPerGrade)];
    EXPECT_NEAR(strip.used[i], of_rank, width * 1.001) << i;
  }
}

TEST(Strip, IsTheSameForEveryNumberOfThreads) {
  const test::SampleReport sample = WithCommercial(1'100'000);
  PublicationView one = sample.View(), three = sample.View();
  one.threads = 1;
  three.threads = 3;
  const Strip a = StripsOf(one)[0], b = StripsOf(three)[0];
  EXPECT_EQ(a.used, b.used);
  EXPECT_EQ(a.used_total, b.used_total);
  EXPECT_EQ(a.rejected, b.rejected);
}

TEST(Strip, TakesSamplesOfOneSubUseOnlyWhereCellsAreSplit) {
  test::SampleReport sample = WithCommercial(6);
  const auto office = static_cast<std::uint16_t>(sample.samples.sub_uses.Add("商务"));
  for (std::size_t row = 0; row < 4; ++row) sample.samples.sub_use[row] = office;
  sample.report.cells[0].key.sub_use = office;
  EXPECT_EQ(StripsOf(sample.View())[0].used_total, 4U);
}

// Every number pair of a path, made absolute.
std::vector<std::pair<double, double>> PointsOf(const std::string& path) {
  std::vector<std::pair<double, double>> points;
  std::size_t at = 0;
  double x = 0.0, y = 0.0;
  const auto number = [&] {
    while (at < path.size() && (path[at] == ' ' || path[at] == ',')) ++at;
    std::size_t used = 0;
    const double value = std::stod(path.substr(at), &used);
    at += used;
    return value;
  };
  char command = 'M';
  while (at < path.size()) {
    if (std::isalpha(static_cast<unsigned char>(path[at])) != 0) command = path[at++];
    if (command == 'z') continue;
    if (command == 'h') {
      x += number();
    } else {
      const double first = number(), second = number();
      const bool relative = command == 'l' || command == 'm';
      x = relative ? x + first : first;
      y = relative ? y + second : second;
    }
    points.emplace_back(x, y);
  }
  return points;
}

std::string Attribute(const std::string& tag, const std::string& name) {
  const std::size_t start = tag.find(" " + name + "=\"");
  if (start == std::string::npos) return {};
  const std::size_t value = start + name.size() + 3;
  return tag.substr(value, tag.find('"', value) - value);
}

// Checks every element of the charts against the view box of its svg; returns how many points.
std::size_t CheckCoordinates(const std::string& html) {
  double width = 0.0, height = 0.0;
  std::size_t checked = 0;
  const auto check = [&](double x, double y, const std::string& tag) {
    EXPECT_TRUE(x >= 0.0 && x <= width && y >= 0.0 && y <= height) << tag;
    ++checked;
  };
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    const std::string tag = html.substr(at, html.find('>', at) - at + 1);
    const auto get = [&](const char* name) { return std::stod("0" + Attribute(tag, name)); };
    if (tag.rfind("<svg", 0) == 0) {
      const auto box = PointsOf("M" + Attribute(tag, "viewBox"));
      width = box.at(1).first;
      height = box.at(1).second;
    } else if (tag.rfind("<line", 0) == 0) {
      check(get("x1"), get("y1"), tag);
      check(get("x2"), get("y2"), tag);
    } else if (tag.rfind("<text", 0) == 0) {
      check(get("x"), get("y"), tag);
    } else if (tag.rfind("<circle", 0) == 0) {
      check(get("cx"), get("cy"), tag);
    } else if (tag.rfind("<path", 0) == 0) {
      for (const auto& [x, y] : PointsOf(Attribute(tag, "d"))) check(x, y, tag);
    }
  }
  return checked;
}

std::string ChartsOf(const test::SampleReport& sample, Language language) {
  const PublicationView view = sample.View();
  const std::vector<Strip> strips = StripsOf(view);
  Markup page;
  int number = 0;
  for (const Series& series : SeriesOf(view)) {
    const auto first = static_cast<std::size_t>(series.cells.data() - view.Cells().data());
    WriteGradeChart(page, view, series, std::span(strips).subspan(first, series.cells.size()),
                    ++number, language);
  }
  for (const EstimatedIndex& index : sample.report.indices) {
    WriteIndexChart(page, index, "x", ++number, language);
  }
  return std::move(page).Take();
}

TEST(Chart, KeepsEveryCoordinateInsideItsViewBox) {
  EXPECT_GT(CheckCoordinates(ChartsOf(test::MakeSampleReport(), Language::kZh)), 300U);
}

TEST(Chart, SurvivesIntervalsWithoutEnd) {
  test::SampleReport sample = test::MakeSampleReport();
  for (GradePrice& cell : sample.report.cells) cell.interval = Interval{-INFINITY, INFINITY, 0.95};
  for (EstimatedIndex& index : sample.report.indices) {
    index.points[3].standard_error = INFINITY;
    index.points[4].standard_error = NAN;
  }
  const std::string charts = ChartsOf(sample, Language::kEn);
  CheckCoordinates(charts);
  EXPECT_EQ(charts.find("nan"), std::string::npos);
  EXPECT_EQ(charts.find("inf"), std::string::npos);
}

TEST(Chart, OfAUseWithoutSamplesAndEstimatesIsEmptyButWhole) {
  test::SampleReportBuilder builder;
  builder.Cell(LandUse::kIndustrial, 1, CellStatus::kWithheld, 0.0, 0);
  const std::string chart = ChartsOf(std::move(builder).Finish(), Language::kZh);
  CheckCoordinates(chart);
  EXPECT_NE(chart.find("暂不公布"), std::string::npos);
}

TEST(Chart, HasATitleAndADescriptionThatNamesEveryGrade) {
  const std::string charts = ChartsOf(test::MakeSampleReport(), Language::kZh);
  EXPECT_NE(charts.find("<title id=\"chart-1-title\">商业服务业用地"), std::string::npos);
  EXPECT_NE(charts.find("二级：采用 31 个，剔除 2 个，估计值 977。"), std::string::npos);
}

TEST(Chart, MarksWhatTheCellsHave) {
  const test::SampleReport sample = test::MakeSampleReport();
  std::size_t moved = 0, split = 0, modelled = 0;
  for (const GradePrice& cell : sample.report.cells) {
    moved += MonotoneDiffers(cell) ? 1U : 0U;
    split += ShowsSplit(cell) ? 1U : 0U;
    modelled += IsModelled(cell) ? 1U : 0U;
  }
  EXPECT_EQ(moved, 4U);
  EXPECT_EQ(split, 1U);
  EXPECT_EQ(modelled, 2U);
}

}  // namespace
}  // namespace dijia::report
