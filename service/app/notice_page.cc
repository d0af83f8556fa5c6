#include "app/notice_page.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "app/version.h"
#include "dijia/publication_diff.h"
#include "report/frame.h"
#include "report/markup.h"
#include "report/number_text.h"
#include "report/table.h"
#include "workbook/layout.h"
#include "workbook/publication_sheets.h"

namespace dijia::app {
namespace {

using report::Align;
using report::Cell;
using report::Column;

constexpr Language kZh = Language::kZh;
constexpr const char* kNothing = "／";

std::string DayText(const std::optional<Date>& day) { return day ? FormatDate(*day) : ""; }

class NoticeWriter {
 public:
  NoticeWriter(const Notice& notice, const report::Labels& labels)
      : notice_(notice), publication_(notice.publication), labels_(labels) {}

  std::string Write() && {
    report::BeginDocument(out_, Title(), kZh);
    WriteHead();
    WriteOpening();
    WriteGrades();
    WriteConditions();
    WriteZones();
    WriteRoutes();
    WriteComparison();
    WriteFormulas();
    WriteTables();
    WriteSteps();
    report::EndDocument(out_, Version());
    return std::move(out_).Take();
  }

 private:
  std::string Title() const {
    return publication_.title.empty() ? publication_.id : publication_.title;
  }
  std::string Place() const { return notice_.county_name + publication_.area; }
  std::string Label(std::string_view code) const { return std::string(labels_.Of(code, kZh)); }
  std::string StatusName(std::string_view status) const {
    return Label("publication." + std::string(status));
  }
  std::string UseName(LandUse use) const {
    const std::string& name = publication_.uses.at(use).name;
    return name.empty() ? Label(CodeOf(use)) : name;
  }
  bool IsFloorPrice() const { return publication_.primary_unit == PriceUnit::kYuanPerSqmFloor; }

  void Begin(const std::string& heading) {
    out_.Open("section");
    out_.Element("h2", heading);
  }

  void WriteHead() {
    out_.Open("header", {{"class", "top"}});
    out_.Open("p", {{"class", "kicker"}});
    out_.Write("基准地价公告");
    if (publication_.status != PublicationStatus::kPublished) {
      out_.Element("span", {{"class", "stamp"}}, StatusName(CodeOf(publication_.status)));
    }
    out_.Close();
    out_.Element("h1", Title());
    out_.Open("dl", {{"class", "facts"}});
    report::WriteFact(out_, "县（市、区、旗）", notice_.county_name);
    report::WriteFact(out_, "行政区划代码", publication_.county);
    report::WriteFact(out_, "定级范围", publication_.area);
    report::WriteFact(out_, "文号", publication_.document_no);
    report::WriteFact(out_, "评估基准日", FormatDate(publication_.base_date));
    report::WriteFact(out_, "施行日期", DayText(publication_.effective_from));
    report::WriteFact(out_, "施行至（不含）", DayText(publication_.effective_until));
    report::WriteFact(out_, "成果代号", publication_.id);
    out_.Close();
    out_.Close();
  }

  void WriteOpening() {
    if (publication_.status == PublicationStatus::kDraft ||
        publication_.status == PublicationStatus::kSubmitted ||
        publication_.status == PublicationStatus::kApproved) {
      out_.Element(
          "p", {{"class", "notice"}},
          "本页为公告稿，尚未公布，不得作为确定出让底价、协议出让最低价或宗地估价的依据。");
    }
    std::string words =
        Place() + "基准地价成果如下，评估基准日 " + FormatDate(publication_.base_date);
    if (publication_.effective_from)
      words += "，自 " + DayText(publication_.effective_from) + " 起施行";
    out_.Element("p", words + "。");
  }

  // A price in both units, as the report of a computation shows it.
  void WritePrice(const std::optional<UnitPrice>& price) {
    if (!price) return out_.Element("span", {{"class", "yuan"}}, "—");
    out_.Open("span", {{"class", "yuan"}});
    out_.Write(report::WithThousands(price->ToString()));
    out_.Element("small", IsFloorPrice() ? " 元/㎡（楼面）" : " 元/㎡");
    out_.Close();
    if (!IsFloorPrice()) out_.Element("span", {{"class", "mu"}}, PerMu(*price) + " 万元/亩");
  }
  std::string PerMu(UnitPrice price) const {
    return report::PerMuText(price, publication_.primary_unit);
  }

  using SubUse = std::pair<LandUse, std::string>;
  const PublishedGrade* GradeOf(const SubUse& column, int grade) const {
    for (const PublishedGrade& row : publication_.uses.at(column.first).grades) {
      if (row.grade == grade && row.sub_use == column.second) return &row;
    }
    return nullptr;
  }

  void WriteGrades() {
    std::vector<SubUse> columns;
    std::set<int> grades;
    for (const auto& [code, use] : publication_.uses) {
      for (const PublishedGrade& grade : use.grades) {
        grades.insert(grade.grade);
        const SubUse column(code, grade.sub_use);
        if (std::ranges::find(columns, column) == columns.end()) columns.push_back(column);
      }
    }
    if (grades.empty()) return;
    Begin("级别基准地价");
    out_.Open("div", {{"class", "scroll"},
                      {"role", "region"},
                      {"tabindex", "0"},
                      {"aria-label", "级别基准地价"}});
    out_.Open("table", {{"class", "prices"}});
    out_.Element("caption", IsFloorPrice() ? "每平方米建筑面积的价格"
                                           : "每平方米土地的价格；1 万元/亩 = 15 元/㎡");
    out_.Open("thead");
    out_.Open("tr");
    out_.Element("th", {{"scope", "col"}}, "级别");
    for (const auto& [use, sub_use] : columns) {
      out_.Element("th", {{"scope", "col"}},
                   UseName(use) + (sub_use.empty() ? "" : " · " + sub_use));
    }
    out_.Close();
    out_.Close();
    out_.Open("tbody");
    for (const int grade : grades) {
      out_.Open("tr");
      out_.Element("th", {{"scope", "row"}}, report::GradeText(grade, kZh) + "级");
      for (const SubUse& column : columns) {
        const PublishedGrade* row = GradeOf(column, grade);
        if (row == nullptr) {
          out_.Element("td", {{"class", "none"}}, kNothing);
          continue;
        }
        out_.Open("td", {{"class", row->price ? "" : "withheld"}});
        WritePrice(row->price);
        out_.Close();
      }
      out_.Close();
      out_.Line();
    }
    out_.Close();
    out_.Close();
    out_.Close();
    out_.Element("p", {{"class", "soft"}}, "／ 表示该用途未设此级别；— 表示此级别暂不公布价格。");
    out_.Close();
  }

  // The base ratios of a use: one for all grades, or by grade.
  std::string FarText(const PublishedUse& use) const {
    std::vector<std::pair<int, FloorAreaRatio>> ratios;
    for (const PublishedGrade& grade : use.grades) {
      if (grade.far && grade.sub_use.empty()) ratios.emplace_back(grade.grade, *grade.far);
    }
    if (ratios.empty()) return kNothing;
    const bool is_one = std::ranges::all_of(
        ratios, [&](const auto& ratio) { return ratio.second == ratios.front().second; });
    if (is_one) return report::FarText(ratios.front().second);
    std::string text;
    for (const auto& [grade, ratio] : ratios) {
      text += (text.empty() ? "" : "；") + report::GradeText(grade, kZh) + "级 " +
              report::FarText(ratio);
    }
    return text;
  }

  void WriteConditions() {
    if (publication_.uses.empty()) return;
    Begin("基准地价内涵");
    report::Table table(out_, "价格所对应的条件，评估基准日 " + FormatDate(publication_.base_date),
                        {{"用途"},
                         {"使用年期", Align::kNumber},
                         {"容积率"},
                         {"土地还原率", Align::kNumber},
                         {"开发程度"}});
    for (const auto& [code, use] : publication_.uses) {
      table.Row({UseName(code), use.term.ToString() + " 年", FarText(use),
                 report::Percent(use.capitalization_rate),
                 use.development_level.empty() ? std::string(kNothing) : use.development_level});
    }
    table.Close();
    out_.Close();
  }

  std::vector<Cell> PriceCells(const std::optional<UnitPrice>& price) const {
    if (!price) return {std::string("—"), std::string("—")};
    return {report::WithThousands(price->ToString()), IsFloorPrice() ? "—" : PerMu(*price)};
  }

  void WriteZones() {
    if (std::ranges::all_of(publication_.uses,
                            [](const auto& use) { return use.second.zones.empty(); }))
      return;
    Begin("区片基准地价");
    report::Table table(out_, "区片地价",
                        {{"用途"},
                         {"区片"},
                         {"级别"},
                         {"元/㎡", Align::kNumber},
                         {"万元/亩", Align::kNumber},
                         {"容积率", Align::kNumber}});
    for (const auto& [code, use] : publication_.uses) {
      for (const PublishedZone& zone : use.zones) {
        std::vector<Cell> row{UseName(code), zone.zone, report::GradeText(zone.grade, kZh) + "级"};
        std::ranges::move(PriceCells(zone.price), std::back_inserter(row));
        row.emplace_back(zone.far ? report::FarText(*zone.far) : std::string(kNothing));
        table.Row(row);
      }
    }
    table.Close();
    out_.Close();
  }

  void WriteRoutes() {
    if (std::ranges::all_of(publication_.uses,
                            [](const auto& use) { return use.second.routes.empty(); }))
      return;
    Begin("路线价");
    report::Table table(out_, "临街标准深度宗地的价格",
                        {{"用途"},
                         {"路线"},
                         {"元/㎡", Align::kNumber},
                         {"万元/亩", Align::kNumber},
                         {"标准深度（米）", Align::kNumber}});
    for (const auto& [code, use] : publication_.uses) {
      for (const PublishedRoute& route : use.routes) {
        std::vector<Cell> row{UseName(code), route.route};
        std::ranges::move(PriceCells(route.price), std::back_inserter(row));
        row.emplace_back(route.standard_depth ? route.standard_depth->ToString()
                                              : std::string(kNothing));
        table.Row(row);
      }
    }
    table.Close();
    out_.Close();
  }

  std::string PlaceText(const PriceDiff& price) const {
    const StatedPrice& stated = price.after ? *price.after : *price.before;
    if (price.place != PricePlace::kGrade) return price.name;
    return report::GradeText(stated.grade, kZh) + "级" +
           (price.name.empty() ? "" : " · " + price.name);
  }
  static std::string PriceText(const std::optional<StatedPrice>& stated) {
    return stated && stated->price ? report::WithThousands(stated->price->ToString()) : "—";
  }

  void WriteComparison() {
    if (!notice_.before) return;
    Begin("与上一轮基准地价比较");
    const PublicationDiff diff = DiffPublications(*notice_.before, publication_);
    out_.Element("p", "上一轮：" + notice_.before->id + "，评估基准日 " +
                          FormatDate(notice_.before->base_date) + "。");
    for (const auto& [use, counts] : diff.counts) {
      out_.Element("p", {{"class", "soft"}},
                   Label(CodeOf(use)) + "：上调 " + std::to_string(counts.raised) + "，下调 " +
                       std::to_string(counts.lowered) + "，不变 " + std::to_string(counts.same) +
                       (counts.unlike == 0 ? "" : "，不可比 " + std::to_string(counts.unlike)) +
                       "。");
    }
    if (!diff.prices.empty()) {
      report::Table table(out_, "有变动的价格（元/㎡）",
                          {{"用途"},
                           {"级别、区片、路线"},
                           {"上一轮", Align::kNumber},
                           {"本轮", Align::kNumber},
                           {"变动（%）", Align::kNumber}});
      for (const PriceDiff& price : diff.prices) {
        table.Row({Label(CodeOf(price.use)), PlaceText(price), PriceText(price.before),
                   PriceText(price.after), price.change ? price.change->ToString() : "—"});
      }
      table.Close();
    }
    out_.Close();
  }

  std::string FormulaText(const PriceFormula& formula, const std::string& base) const {
    std::string text = base;
    if (!formula.sum.empty() || !formula.excess.empty()) {
      std::string sum = "1";
      if (!formula.sum.empty()) sum += " + Σ " + Name(formula.sum);
      for (const std::string& name : formula.excess) sum += " + (" + Name(name) + " − 1)";
      text += " × (" + sum + ")";
    }
    for (const std::string& name : formula.product) text += " × " + Name(name);
    for (const std::string& name : formula.add) text += " + " + Name(name);
    return text;
  }
  static std::string Name(const std::string& coefficient) {
    return std::string(workbook::WordOf(workbook::kCoefficientWords, coefficient));
  }

  void WriteFormulas() {
    if (publication_.uses.empty()) return;
    Begin("宗地地价计算公式");
    report::Table table(out_, "由基准地价评估宗地地价", {{"用途"}, {"公式", Align::kWide}});
    for (const auto& [code, use] : publication_.uses) {
      table.Row({UseName(code), FormulaText(use.formula, "基准地价")});
      if (use.frontage_formula) {
        table.Row({UseName(code) + "（临街）", FormulaText(*use.frontage_formula, "路线价")});
      }
    }
    table.Close();
    out_.Close();
  }

  // The directory of coefficients and every table of it, as in the workbook.
  void WriteTables() {
    Diagnostics unused;  // what no spreadsheet can hold is no matter of a page
    std::vector<workbook::SheetText> sheets = workbook::SheetsOf(publication_, unused);
    std::erase_if(sheets, [](const workbook::SheetText& sheet) {
      return sheet.name != workbook::kCoefficientsSheet &&
             std::ranges::find(workbook::kFixedSheets, sheet.name) !=
                 std::end(workbook::kFixedSheets);
    });
    std::erase_if(sheets, [](const workbook::SheetText& sheet) { return sheet.rows.empty(); });
    if (sheets.empty()) return;
    Begin("修正体系");
    for (const workbook::SheetText& sheet : sheets) WriteSheet(sheet);
    out_.Close();
  }

  void WriteSheet(const workbook::SheetText& sheet) {
    // Columns without any cell say nothing.
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < sheet.header.size(); ++i) {
      const auto has_cell = [i](const auto& row) { return i < row.size() && !row[i].text.empty(); };
      if (std::ranges::any_of(sheet.rows, has_cell)) shown.push_back(i);
    }
    std::vector<Column> columns;
    for (const std::size_t i : shown) {
      const auto is_number = [i](const auto& row) { return i < row.size() && row[i].is_number; };
      columns.push_back(
          {sheet.header[i] == "工作表" ? "见表" : sheet.header[i],
           std::ranges::any_of(sheet.rows, is_number) ? Align::kNumber : Align::kText});
    }
    report::Table table(out_, sheet.name, columns);
    for (const auto& row : sheet.rows) {
      std::vector<Cell> cells;
      for (const std::size_t i : shown)
        cells.emplace_back(i < row.size() ? row[i].text : std::string());
      table.Row(cells);
    }
    table.Close();
  }

  void WriteSteps() {
    if (notice_.steps.empty()) return;
    Begin("办理经过");
    report::Table table(out_, "由存储的办理记录得到，时间为 UTC",
                        {{"环节"}, {"办理人"}, {"时间"}, {"说明", Align::kWide}});
    for (const NoticeStep& step : notice_.steps) {
      table.Row({StatusName(step.status), step.actor, step.recorded_at, step.reason});
    }
    table.Close();
    out_.Close();
  }

  const Notice& notice_;
  const Publication& publication_;
  const report::Labels& labels_;
  report::Markup out_;
};

}  // namespace

std::string NoticePage(const Notice& notice, const report::Labels& labels) {
  return NoticeWriter(notice, labels).Write();
}

}  // namespace dijia::app
