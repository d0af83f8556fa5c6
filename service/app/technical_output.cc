#include "app/technical_output.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "app/version.h"
#include "io/file_error.h"
#include "io/file_text.h"
#include "report/frame.h"
#include "report/markup.h"
#include "report/number_text.h"
#include "report/sheet.h"
#include "report/table.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;
using report::Style;

constexpr std::size_t kRowsOnPage = 300;
constexpr std::size_t kRowsOnSheet = 1'000'000;

std::string FileName(const TechnicalSources& sources) {
  return sources.origin.refreshed ? "refresh" : "comparison";
}

std::string TitleOf(const TechnicalSources& sources) {
  const Publication& publication = sources.notice.publication;
  const std::string name = publication.title.empty() ? publication.id : publication.title;
  return name + (sources.origin.refreshed ? "更新技术表" : "比较表");
}

// A figure as the sheets show it.
std::string FigureText(double figure, Style style) {
  switch (style) {
    case Style::kCount:
      return report::Fixed(figure, 0);
    case Style::kFactor:
      return report::Fixed(figure, 6);
    case Style::kRatio:
      return report::Fixed(figure, 3);
    case Style::kHundredths:
      return (figure > 0.0 ? "+" : "") + report::Fixed(figure, 2);
    case Style::kPercent:
      return report::Percent(figure, 1);
    default:
      return report::Fixed(figure, 1);
  }
}

std::string TextOf(const TechnicalCell& cell, Style style) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* figure = std::get_if<double>(&cell)) return FigureText(*figure, style);
  if (const auto* price = std::get_if<UnitPrice>(&cell)) {
    return report::WithThousands(price->ToString());
  }
  return "";
}

bool IsText(Style style) {
  return style == Style::kText || style == Style::kWrapped || style == Style::kCentred;
}

class PageWriter {
 public:
  PageWriter(const TechnicalSources& sources, std::span<const TechnicalTable> tables)
      : sources_(sources), tables_(tables) {}

  std::string Write() && {
    report::BeginDocument(out_, TitleOf(sources_), Language::kZh);
    WriteHead();
    WriteOpening();
    WriteContents();
    for (std::size_t i = 0; i < tables_.size(); ++i) WriteTable(i);
    report::EndDocument(out_, Version());
    return std::move(out_).Take();
  }

 private:
  void WriteHead() {
    const Publication& publication = sources_.notice.publication;
    out_.Open("header", {{"class", "top"}});
    out_.Element("p", {{"class", "kicker"}}, "基准地价技术表");
    out_.Element("h1", TitleOf(sources_));
    out_.Open("dl", {{"class", "facts"}});
    report::WriteFact(out_, "县（市、区、旗）", sources_.notice.county_name);
    report::WriteFact(out_, "行政区划代码", publication.county);
    report::WriteFact(out_, "定级范围", publication.area);
    report::WriteFact(out_, "评估基准日", FormatDate(publication.base_date));
    report::WriteFact(out_, "成果代号", publication.id);
    out_.Close();
    out_.Close();
  }

  // What was made again and from what.
  void WriteOpening() {
    const Origin& origin = sources_.origin;
    if (!origin.refreshed) return;
    out_.Element("p",
                 "本表由存储中保存的现行成果、更新方案和样点重新得出，逐项列出每个价格的来历。"
                 "机器可读的同样内容见 refresh.csv。");
    const auto& made = origin.refreshed->result.draft.uses;
    if (made != sources_.notice.publication.uses) {
      out_.Element("p", {{"class", "notice"}},
                   "注意：公布的文件与重新得出的不完全一致，改动处见 dijia publication verify。");
    }
    if (origin.computed == nullptr) return;
    out_.Open("p");
    out_.Write("重新测算的全部内容见");
    out_.Element("a", {{"href", "resampling/report.html"}}, "测算报告");
    out_.Write("。");
    out_.Close();
  }

  static std::string AnchorOf(std::size_t table) { return "t" + std::to_string(table + 1); }

  void WriteContents() {
    out_.Open("nav", {{"aria-label", "目录"}});
    out_.Open("ol");
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      out_.Open("li");
      out_.Element("a", {{"href", "#" + AnchorOf(i)}}, tables_[i].name);
      out_.Close();
    }
    out_.Close();
    out_.Close();
    out_.Line();
  }

  void WriteTable(std::size_t index) {
    const TechnicalTable& technical = tables_[index];
    out_.Open("section", {{"id", AnchorOf(index)}});
    out_.Element("h2", technical.name);
    std::vector<report::Column> columns;
    for (const report::SheetColumn& column : technical.columns) {
      columns.push_back({column.name, column.style == Style::kWrapped ? report::Align::kWide
                                      : IsText(column.style)          ? report::Align::kText
                                                                      : report::Align::kNumber});
    }
    report::Table table(out_, technical.says, std::move(columns));
    const std::size_t shown = std::min(technical.rows.size(), kRowsOnPage);
    for (std::size_t i = 0; i < shown; ++i) {
      std::vector<report::Cell> cells;
      for (std::size_t column = 0; column < technical.rows[i].size(); ++column) {
        cells.emplace_back(TextOf(technical.rows[i][column], technical.columns[column].style));
      }
      table.Row(cells);
    }
    table.Close();
    if (shown < technical.rows.size()) {
      out_.Element("p", {{"class", "soft"}},
                   "共 " + report::Count(technical.rows.size()) + " 行，此处为前 " +
                       report::Count(shown) + " 行，全部见 " + FileName(sources_) + ".xlsx。");
    }
    out_.Close();
  }

  const TechnicalSources& sources_;
  std::span<const TechnicalTable> tables_;
  report::Markup out_;
};

// `#,##0.00`: as many decimals as the prices have.
std::string PriceFormat(std::span<const TechnicalTable> tables) {
  std::size_t decimals = 0;
  for (const TechnicalTable& table : tables) {
    for (const auto& row : table.rows) {
      for (const TechnicalCell& cell : row) {
        const auto* price = std::get_if<UnitPrice>(&cell);
        if (price == nullptr) continue;
        const std::string text = price->ToString();
        const std::size_t point = text.find('.');
        if (point != std::string::npos) decimals = std::max(decimals, text.size() - point - 1);
      }
    }
  }
  return decimals == 0 ? "#,##0" : "#,##0." + std::string(decimals, '0');
}

report::SheetCell SheetCellOf(const TechnicalCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* figure = std::get_if<double>(&cell)) return *figure;
  if (const auto* price = std::get_if<UnitPrice>(&cell)) return ToDouble(*price);
  return {};
}

void WriteSheet(const TechnicalTable& table, const std::string& title, report::Book& book) {
  report::Sheet sheet(book, table.name, title + " · " + table.name, {table.says}, table.columns);
  const std::size_t written = std::min(table.rows.size(), kRowsOnSheet);
  for (std::size_t i = 0; i < written; ++i) {
    std::vector<report::SheetCell> cells;
    for (const TechnicalCell& cell : table.rows[i]) cells.push_back(SheetCellOf(cell));
    sheet.Row(cells);
  }
  sheet.Filter();
  if (written < table.rows.size()) {
    sheet.Note("共 " + report::Count(table.rows.size()) + " 行，此表为前 " +
               report::Count(written) + " 行，全部见 resampling/samples.csv");
  }
}

void WriteBook(const TechnicalSources& sources, std::span<const TechnicalTable> tables,
               const fs::path& file) {
  io::WriteText(file, "");  // the library says nothing of a folder it cannot write into
  report::Book book(file.string(), {PriceFormat(tables), "0.00", "第 &P 页，共 &N 页"});
  book.Describe(TitleOf(sources), sources.notice.publication.base_date);
  for (const TechnicalTable& table : tables) WriteSheet(table, TitleOf(sources), book);
  const Status saved = book.Save();
  if (!saved) {
    throw io::FileError({saved.error().code, {}, {file.string(), saved.error().detail}});
  }
}

}  // namespace

void WriteTechnicalTables(const TechnicalSources& sources, std::span<const TechnicalTable> tables,
                          const fs::path& folder) {
  const std::string name = FileName(sources);
  io::WriteText(folder / (name + ".html"), PageWriter(sources, tables).Write());
  WriteBook(sources, tables, folder / (name + ".xlsx"));
}

}  // namespace dijia::app
