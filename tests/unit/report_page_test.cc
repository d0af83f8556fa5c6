#include <Poco/DOM/AutoPtr.h>
#include <Poco/DOM/DOMParser.h>
#include <Poco/DOM/Document.h>
#include <Poco/DOM/Element.h>
#include <Poco/DOM/NodeList.h>
#include <Poco/XML/XMLException.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>
#include <random>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "report/html.h"
#include "report/series.h"
#include "report/style.h"
#include "support/sample_report.h"

namespace dijia::report {
namespace {

using Poco::AutoPtr;
using Poco::XML::Document;
using Poco::XML::Element;
using Poco::XML::NodeList;

AutoPtr<Document> ParseXml(const std::string& html) {
  Poco::XML::DOMParser parser;
  return parser.parseString(html);
}

template <class Visit>
void ForEachElement(const AutoPtr<Document>& document, const std::string& name, Visit visit) {
  const AutoPtr<NodeList> nodes = document->getElementsByTagName(name);
  for (unsigned long i = 0; i < nodes->length(); ++i) {
    visit(*static_cast<Element*>(nodes->item(i)));
  }
}

std::string SummaryOf(const test::SampleReport& sample, Language language) {
  std::vector<SummaryEntry> entries;
  for (const PublicationScope& scope : sample.scopes) {
    entries.push_back({&scope, "示例县（合成）", "000000/report.html"});
  }
  return SummaryHtml(
      {sample.samples, sample.plan, sample.report, sample.evidence, sample.labels, entries},
      language);
}

std::vector<std::string> AllPages(const test::SampleReport& sample) {
  return {ReportHtml(sample.View(), Language::kZh), ReportHtml(sample.View(), Language::kEn),
          SummaryOf(sample, Language::kZh), SummaryOf(sample, Language::kEn)};
}

TEST(Pages, AreWellFormedXml) {
  for (const std::string& page : AllPages(test::MakeSampleReport())) {
    EXPECT_NO_THROW(ParseXml(page)) << page.substr(0, 200);
    EXPECT_EQ(page.rfind("<!DOCTYPE html>\n<html lang=\"", 0), 0U);
  }
}

TEST(Pages, StateTheirLanguage) {
  const std::vector<std::string> pages = AllPages(test::MakeSampleReport());
  EXPECT_NE(pages[0].find("<html lang=\"zh-CN\""), std::string::npos);
  EXPECT_NE(pages[1].find("<html lang=\"en\""), std::string::npos);
}

TEST(Pages, GiveEveryHeaderAScopeEveryTableACaptionAndEveryChartAName) {
  for (const std::string& page : AllPages(test::MakeSampleReport())) {
    const AutoPtr<Document> document = ParseXml(page);
    ForEachElement(document, "th", [](Element& header) {
      EXPECT_TRUE(header.hasAttribute("scope")) << header.innerText();
    });
    ForEachElement(document, "table", [](Element& table) {
      EXPECT_NE(table.getChildElement("caption"), nullptr);
      EXPECT_NE(table.getChildElement("thead"), nullptr);
    });
    ForEachElement(document, "svg", [](Element& svg) {
      if (svg.getAttribute("aria-hidden") == "true") return;
      EXPECT_EQ(svg.getAttribute("role"), "img");
      EXPECT_NE(svg.getChildElement("title"), nullptr);
      EXPECT_NE(svg.getChildElement("desc"), nullptr);
    });
  }
}

TEST(Pages, HaveTablesWhoseRowsAreAsLongAsTheirHeaders) {
  for (const std::string& page : AllPages(test::MakeSampleReport())) {
    ForEachElement(ParseXml(page), "table", [](Element& table) {
      const AutoPtr<NodeList> rows = table.getElementsByTagName("tr");
      std::set<unsigned long> lengths;
      for (unsigned long i = 0; i < rows->length(); ++i) {
        unsigned long length = 0;
        for (Poco::XML::Node* cell = rows->item(i)->firstChild(); cell != nullptr;
             cell = cell->nextSibling()) {
          const auto* element = dynamic_cast<Element*>(cell);
          if (element == nullptr) continue;
          const std::string span = element->getAttribute("colspan");
          length += span.empty() ? 1U : std::stoul(span);
        }
        lengths.insert(length);
      }
      EXPECT_EQ(lengths.size(), 1U) << table.innerText();
    });
  }
}

TEST(Pages, LinkOnlyToPlacesThatExistAndLoadNothing) {
  for (const std::string& page : AllPages(test::MakeSampleReport())) {
    const AutoPtr<Document> document = ParseXml(page);
    std::set<std::string> ids;
    ForEachElement(document, "*", [&](Element& element) {
      const std::string id = element.getAttribute("id");
      if (!id.empty()) {
        EXPECT_TRUE(ids.insert(id).second) << "twice: " << id;
      }
      for (const char* name : {"src", "srcset", "style", "onclick", "onload"}) {
        EXPECT_FALSE(element.hasAttribute(name)) << element.tagName();
      }
      for (const char* name : {"script", "link", "img", "iframe", "object", "form"}) {
        EXPECT_NE(element.tagName(), name);
      }
    });
    ForEachElement(document, "a", [&](Element& link) {
      const std::string target = link.getAttribute("href");
      if (target[0] == '#') {
        EXPECT_EQ(ids.count(target.substr(1)), 1U) << target;
      }
      EXPECT_EQ(target.find(':'), std::string::npos) << target;
    });
  }
}

std::string Base64(const std::string& hex) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bits, text;
  for (const char digit : hex) {
    const int value = std::stoi(std::string(1, digit), nullptr, 16);
    for (int bit = 3; bit >= 0; --bit) bits.push_back(static_cast<char>('0' + (value >> bit & 1)));
  }
  while (bits.size() % 6 != 0) bits.push_back('0');
  for (std::size_t i = 0; i < bits.size(); i += 6) {
    text.push_back(kDigits[std::stoi(bits.substr(i, 6), nullptr, 2)]);
  }
  while (text.size() % 4 != 0) text.push_back('=');
  return text;
}

TEST(ContentSecurityPolicy, LetsInThisStyleSheetAndNothingElse) {
  const std::string hash = "'sha256-" + Base64(Sha256Of(StyleSheet())) + "'";
  EXPECT_NE(ContentSecurityPolicy().find(hash), std::string::npos) << "should be " << hash;
  EXPECT_EQ(ContentSecurityPolicy().find("unsafe"), std::string::npos);
  EXPECT_EQ(ContentSecurityPolicy().rfind("default-src 'none'", 0), 0U);
  EXPECT_EQ(StyleSheet().find_first_of("<&"), std::string::npos);
}

double Luminance(const std::string& hex) {
  const auto channel = [&](std::size_t at) {
    const double value = std::stoi(hex.substr(at, 2), nullptr, 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4);
}

// Contrast of WCAG 2.2, 1.4.3.
double Contrast(const std::string& a, const std::string& b) {
  const double x = Luminance(a), y = Luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

TEST(StyleSheet, HasTextColoursWithAaContrast) {
  const std::string css(StyleSheet());
  const std::regex labelled(R"(background:#([0-9a-f]{6});[^}]*color:#([0-9a-f]{6}))");
  std::size_t pairs = 0;
  for (std::sregex_iterator it(css.begin(), css.end(), labelled), end; it != end; ++it, ++pairs) {
    EXPECT_GE(Contrast((*it)[1], (*it)[2]), 4.5) << it->str();
  }
  EXPECT_GE(pairs, 8U);
  // Text on white, and on the pale ground of every other row.
  for (const char* ink : {"51606d", "14507a", "12415f", "93211d", "7a4d00", "423e99", "3b4954"}) {
    EXPECT_NE(css.find(ink), std::string::npos);
    EXPECT_GE(Contrast(ink, "f8fafb"), 4.5) << ink;
  }
  EXPECT_GE(Contrast("cfe3f1", "12415f"), 4.5);
  EXPECT_GE(Contrast("ffd38a", "12415f"), 4.5);
}

TEST(Report, EscapesNamesFromTheInput) {
  const std::string attack = "<script>alert(1)</script>\"'&";
  test::SampleReport sample = test::MakeSampleReport();
  sample.plan.title = sample.plan.document_no = attack;
  sample.plan.uses[0].name = attack;
  sample.plan.uses[1].conditions.development_level = attack;
  sample.evidence.inputs[0].name = attack;
  sample.evidence.effective_plan = attack;
  sample.report.diagnostics.Add(Code::kInternal, {}, {attack});
  const auto area = static_cast<std::uint16_t>(sample.samples.areas.Add(attack));
  sample.scopes[0].area = area;
  for (GradePrice& cell : sample.report.cells) cell.key.area = area;
  TextColumn ids;
  for (std::size_t row = 0; row < sample.samples.size(); ++row) ids.Append(attack);
  sample.samples.sample_id = ids;
  for (const std::string& page : AllPages(sample)) {
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_NO_THROW(ParseXml(page));
  }
  EXPECT_NE(ReportHtml(sample.View(), Language::kZh).find("&lt;script&gt;alert(1)"),
            std::string::npos);
}

TEST(Report, SurvivesNamesThatAreNotUtf8) {
  test::SampleReport sample = test::MakeSampleReport();
  sample.plan.title = "\xB5\xD8\xBC\xDB";  // GBK bytes
  EXPECT_NO_THROW(ParseXml(ReportHtml(sample.View(), Language::kZh)));
}

TEST(Report, OfNothingSaysSo) {
  test::SampleReport sample = test::MakeSampleReport();
  sample.samples = SampleTable();
  sample.report = GradePriceReport();
  sample.scopes = {PublicationScope()};
  const std::string page = ReportHtml(sample.View(), Language::kZh);
  EXPECT_NE(page.find("本范围没有样点"), std::string::npos);
  EXPECT_NO_THROW(ParseXml(page));
}

// The sample report with its rows in another order.
test::SampleReport Shuffled(const test::SampleReport& original, unsigned seed) {
  std::vector<std::size_t> order(original.samples.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), std::mt19937(seed));
  test::SampleReport shuffled = original;
  SampleTable& table = shuffled.samples;
  table.sample_id = TextColumn();
  shuffled.report.rejections.clear();
  for (std::size_t to = 0; to < order.size(); ++to) {
    const std::size_t from = order[to];
    table.sample_id.Append(original.samples.sample_id[from]);
    table.use[to] = original.samples.use[from];
    table.grade[to] = original.samples.grade[from];
    table.date[to] = original.samples.date[from];
    table.far[to] = original.samples.far[from];
    table.fate[to] = original.samples.fate[from];
    const NormalizedSamples& prices = original.report.normalized;
    shuffled.report.normalized.raw_price[to] = prices.raw_price[from];
    shuffled.report.normalized.normalized[to] = prices.normalized[from];
    for (const Rejection& rejection : original.report.rejections) {
      if (rejection.sample != from) continue;
      shuffled.report.rejections.push_back(rejection);
      shuffled.report.rejections.back().sample = to;
    }
  }
  return shuffled;
}

TEST(Report, HasTheSameBytesForTheSameViewAndForShuffledRows) {
  const test::SampleReport sample = test::MakeSampleReport();
  const std::vector<std::string> pages = AllPages(sample);
  EXPECT_EQ(pages, AllPages(sample));
  for (const unsigned seed : {1U, 2U, 3U}) {
    EXPECT_EQ(pages, AllPages(Shuffled(sample, seed))) << "seed " << seed;
  }
}

TEST(Report, CountsEveryRowOnceInTheTableOfFates) {
  const test::SampleReport sample = test::MakeSampleReport();
  const Tally tally = TallyOf(sample.View());
  std::size_t total = 0;
  for (std::size_t fate = 0; fate < kFateCount; ++fate) {
    std::size_t of_fate = tally.other[fate];
    for (const auto& use : tally.by_use) of_fate += use[fate];
    EXPECT_EQ(of_fate, tally.total[fate]);
    EXPECT_EQ(of_fate, sample.report.fates[fate]);
    total += of_fate;
  }
  EXPECT_EQ(total, sample.samples.size());
  EXPECT_EQ(tally.rows, sample.samples.size());
}

TEST(Report, TellsOfRowsThatBelongToOtherCounties) {
  test::SampleReport sample = test::MakeSampleReport();
  const auto other = static_cast<std::uint16_t>(sample.samples.counties.Add("152502"));
  for (std::size_t row = 0; row < 12; ++row) sample.samples.county[row] = other;
  sample.scopes = ScopesOf(sample.samples, sample.plan, sample.report);
  ASSERT_EQ(sample.scopes.size(), 2U);
  EXPECT_EQ(sample.scopes[1].rows.size(), 12U);
  EXPECT_NE(ReportHtml(sample.View(), Language::kZh).find("其余 12 条属于其他县"),
            std::string::npos);
}

TEST(Scopes, HoldEveryRowOnceAndAscendByName) {
  test::SampleReport sample = test::MakeSampleReport();
  const auto later = static_cast<std::uint16_t>(sample.samples.counties.Add("999999"));
  const auto earlier = static_cast<std::uint16_t>(sample.samples.counties.Add("000000x"));
  sample.samples.county[0] = later;
  sample.samples.county[1] = earlier;
  sample.samples.county[2] = 0;  // not given: of the planned county
  const std::vector<PublicationScope> scopes = ScopesOf(sample.samples, sample.plan, sample.report);
  ASSERT_EQ(scopes.size(), 3U);
  EXPECT_EQ(scopes[1].county, earlier);
  EXPECT_EQ(scopes[2].county, later);
  std::set<std::uint32_t> rows;
  for (const PublicationScope& scope : scopes) {
    EXPECT_TRUE(std::is_sorted(scope.rows.begin(), scope.rows.end()));
    rows.insert(scope.rows.begin(), scope.rows.end());
  }
  EXPECT_EQ(rows.size(), sample.samples.size());
  EXPECT_EQ(scopes[0].rows.size(), sample.samples.size() - 2);
}

TEST(Rejections, AreThoseOfTheRowsOfThePublication) {
  std::mt19937_64 random(4);
  for (int turn = 0; turn < 200; ++turn) {
    SCOPED_TRACE("seed 4, turn " + std::to_string(turn));
    test::SampleReport sample = test::MakeSampleReport();
    const auto chosen = [&](unsigned percent) { return random() % 100 < percent; };
    const auto of_rows = static_cast<unsigned>(random() % 101);
    const auto of_rejections = static_cast<unsigned>(random() % 101);
    sample.scopes.front().rows.clear();
    sample.report.rejections.clear();
    std::vector<std::size_t> expected, found;
    for (std::size_t row = 0; row < sample.samples.size(); ++row) {
      const bool is_here = chosen(of_rows), is_rejected = chosen(of_rejections);
      if (is_here) sample.scopes.front().rows.push_back(static_cast<std::uint32_t>(row));
      if (is_rejected) sample.report.rejections.emplace_back().sample = row;
      if (is_here && is_rejected) expected.push_back(row);
    }
    for (const Rejection* one : RejectionsOf(sample.View())) found.push_back(one->sample);
    ASSERT_EQ(found, expected);
  }
}

TEST(Summary, AddsUpToTheRowsOfTheInput) {
  test::SampleReport sample = test::MakeSampleReport();
  const auto other = static_cast<std::uint16_t>(sample.samples.counties.Add("152502"));
  for (std::size_t row = 0; row < 12; ++row) sample.samples.county[row] = other;
  sample.scopes = ScopesOf(sample.samples, sample.plan, sample.report);
  const std::string page = SummaryOf(sample, Language::kZh);
  EXPECT_NE(page.find("共 249 条记录，2 个定级范围；185 条采用为样点，64 条未采用"),
            std::string::npos);
  const std::string report = ReportHtml(sample.View(0), Language::kZh);
  EXPECT_NE(report.find("采用 173 条，未采用 64 条，合计 237 条。"), std::string::npos);
  const std::string foot = page.substr(page.find("<tfoot>"));
  EXPECT_NE(foot.find("<td class=\"n\">249</td><td class=\"n\">185</td><td class=\"n\">64</td>"),
            std::string::npos);
}

TEST(Summary, GivesTheReasonOfEveryWithheldGradeAndALinkToTheReport) {
  const std::string page = SummaryOf(test::MakeSampleReport(), Language::kZh);
  EXPECT_NE(
      page.find("样点分成两群：9 宗在 240 元/㎡ 上下，7 宗在 390 元/㎡ 上下（以 305 元/㎡ 为界"),
      std::string::npos);
  EXPECT_NE(page.find("<a href=\"000000/report.html\">示例县（合成）</a><small>000000</small>"),
            std::string::npos);
}

TEST(Summary, GivesTheReasonThatDecidesNotARemarkBesideIt) {
  test::SampleReport sample = test::MakeSampleReport();
  for (GradePrice& cell : sample.report.cells) std::reverse(cell.notes.begin(), cell.notes.end());
  const std::string page = SummaryOf(sample, Language::kZh);
  EXPECT_NE(page.find("居住用地</strong> 四级：样点分成两群"), std::string::npos);
  EXPECT_EQ(page.find("变异系数"), std::string::npos);
  EXPECT_NE(page.find("商业服务业用地</strong> 四级（2 宗）：可用样点不足 5 宗"),
            std::string::npos);
  // One sentence for all grades of the use.
  EXPECT_NE(page.find("工矿用地</strong> 一级、二级：一级 96 元/㎡（16 宗）低于二级 131 元/㎡"),
            std::string::npos);
}

TEST(Summary, LeavesOutColumnsThatWouldBeEmpty) {
  test::SampleReport sample = test::MakeSampleReport();
  EXPECT_NE(SummaryOf(sample, Language::kZh).find(">定级范围<"), std::string::npos);
  EXPECT_NE(SummaryOf(sample, Language::kZh).find("沿用现行"), std::string::npos);
  sample.scopes[0].area = 0;
  for (GradePrice& cell : sample.report.cells) {
    cell.key.area = 0;
    if (cell.status == CellStatus::kCarriedForward) cell.status = CellStatus::kWithheld;
  }
  EXPECT_EQ(SummaryOf(sample, Language::kZh).find(">定级范围<"), std::string::npos);
  EXPECT_EQ(SummaryOf(sample, Language::kZh).find("沿用现行"), std::string::npos);
}

TEST(Summary, TellsOfTheRunAndNamesTheCounty) {
  test::SampleReport sample = test::MakeSampleReport();
  sample.report.diagnostics.Add(Code::kResidentialAboveCommercial, {},
                                {"000000", "城区", "2", "1310", "1290"});
  const std::string page = SummaryOf(sample, Language::kZh);
  EXPECT_NE(page.find("示例县（合成）城区 二级：居住 1,310 元/㎡ 高于商业 1,290 元/㎡"),
            std::string::npos);
}

TEST(Report, TellsWhatConcernsItsOwnCountyOnly) {
  test::SampleReport sample = test::MakeSampleReport();
  Diagnostics& diagnostics = sample.report.diagnostics;
  diagnostics.Add(Code::kResidentialAboveCommercial, {}, {"000000", "城区", "2", "1310", "1290"});
  diagnostics.Add(Code::kResidentialAboveCommercial, {}, {"000000", "乙镇", "3", "1310", "1290"});
  diagnostics.Add(Code::kIndexNotEstimated, {}, {"152502", "commercial", "9"});
  const std::string page = ReportHtml(sample.View(), Language::kZh);
  EXPECT_NE(page.find("城区 二级：居住 1,310 元/㎡"), std::string::npos);
  EXPECT_EQ(page.find("乙镇"), std::string::npos);
  EXPECT_EQ(page.find("152502"), std::string::npos);
}

TEST(Report, MarksTheOrderRestrictedEstimateWhereItDiffers) {
  const std::string page = ReportHtml(test::MakeSampleReport().View(), Language::kEn);
  EXPECT_NE(page.find("△ 321"), std::string::npos);
  EXPECT_EQ(page.find("△ 1,472"), std::string::npos);
}

TEST(Report, SharesOneRowOfRulesAmongUsesThatHaveTheSame) {
  test::SampleReport sample = test::MakeSampleReport();
  for (UsePlan& use : sample.plan.uses) use.estimation = sample.plan.uses[0].estimation;
  const std::string page = ReportHtml(sample.View(), Language::kEn);
  EXPECT_NE(page.find("<tr class=\"merged\"><th scope=\"row\">All uses</th>"), std::string::npos);
}

TEST(Report, GivesEveryPriceOfTheTableItsUnits) {
  const std::string page = ReportHtml(test::MakeSampleReport().View(), Language::kZh);
  EXPECT_NE(page.find("1,470<small> 元/㎡</small></span><span class=\"mu\">98.00 万元/亩</span>"),
            std::string::npos);
  EXPECT_NE(page.find("<td class=\"thin\"><span class=\"yuan\">610"), std::string::npos);
}

}  // namespace
}  // namespace dijia::report
