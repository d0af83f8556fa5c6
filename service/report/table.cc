#include "report/table.h"

namespace dijia::report {
namespace {

std::string_view ClassOf(Align align) {
  switch (align) {
    case Align::kText:
      return {};
    case Align::kNumber:
      return "n";
    case Align::kWide:
      return "w";
  }
  return {};
}

}  // namespace

Table::Table(Markup& page, std::string_view caption, std::vector<Column> columns)
    : page_(page), columns_(std::move(columns)) {
  page_.Open("div",
             {{"class", "scroll"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", caption}});
  page_.Open("table");
  page_.Element("caption", caption);
  page_.Open("thead");
  page_.Open("tr");
  for (const Column& column : columns_) {
    page_.Element("th", {{"scope", "col"}, {"class", ClassOf(column.align)}}, column.name);
  }
  page_.Close();
  page_.Close();
  page_.Line();
  page_.Open("tbody");
}

void Table::Row(const std::vector<Cell>& cells, std::string_view css) {
  page_.Open("tr", {{"class", css}});
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string_view align = ClassOf(columns_[i].align);
    if (i == 0) {
      page_.Open("th", {{"scope", "row"}, {"class", align}});
    } else {
      page_.Open("td", {{"class", align}});
    }
    if (cells[i].tag.empty()) {
      page_.Write(cells[i].text);
    } else {
      WriteTag(page_, cells[i].tag, cells[i].text);
    }
    page_.Close();
  }
  page_.Close();
  page_.Line();
}

void Table::Close() {
  page_.Close();
  page_.Close();
  page_.Close();
  page_.Line();
}

void WriteTag(Markup& page, std::string_view kind, std::string_view words) {
  page.Element("span", {{"class", "tag " + std::string(kind)}}, words);
}

}  // namespace dijia::report
