#include "cli/derived_tables.h"

#include "cli/text_table.h"

namespace dijia::cli {
namespace {

using Align = TextTable::Align;

class TablesText {
 public:
  TablesText(const report::Labels& labels, Language language)
      : labels_(labels), language_(language) {}

  std::string Of(const app::DerivedTable& table) const {
    std::string text(labels_.Of(CodeOf(table.use), language_));
    text += "  " + Named("step.", table.name) + "  " + Named("derivation.", table.method) + "\n";
    if (const Rate* rate = std::get_if<Rate>(&table.content)) text += rate->ToString() + "\n";
    if (const CoefficientTable* coefficients = table.table()) {
      for (const app::TableGrid& grid : app::GridsOf(*coefficients)) text += Grid(grid);
    }
    return text + Figures(table) + "\n";
  }

 private:
  // Names that only a plan or a publication knows stand as they are.
  std::string Named(const std::string& prefix, const std::string& name) const {
    return labels_.Has(prefix + name) ? std::string(labels_.Of(prefix + name, language_)) : name;
  }

  // `prediction_error.power`: the name of each part; figures of rows name the row behind the point.
  std::string FigureName(const std::string& name) const {
    const std::size_t point = name.find('.');
    if (labels_.Has("figure." + name) || point == std::string::npos) return Named("figure.", name);
    const std::string rest = name.substr(point + 1);
    return Named("figure.", name.substr(0, point)) + " " +
           (labels_.Has("figure." + rest) ? Named("figure.", rest) : Named("derivation.", rest));
  }

  std::string Grade(int grade) const {
    return std::string(In(language_, "级别 ", "grade ")) + std::to_string(grade);
  }

  std::string Grid(const app::TableGrid& grid) const {
    std::vector<Align> columns(grid.head.size(), Align::kRight);
    columns.front() = Align::kLeft;
    TextTable cells(columns);
    std::vector<std::string> head;
    for (const std::string& name : grid.head) head.push_back(Named("column.", name));
    cells.Add(std::move(head));
    for (const std::vector<std::string>& row : grid.rows) cells.Add(row);
    return (grid.grade == 0 ? "" : Grade(grid.grade) + "\n") + cells.ToString();
  }

  std::string Figures(const app::DerivedTable& table) const {
    std::string text;
    for (const app::DerivedFigure& figure : table.figures) {
      text += "  " + (figure.grade == 0 ? "" : Grade(figure.grade) + " ") +
              FigureName(figure.name) + " " + Named("derivation.", figure.value) + "\n";
    }
    return text;
  }

  const report::Labels& labels_;
  Language language_;
};

}  // namespace

std::string DerivedTablesText(std::span<const app::DerivedTable> tables,
                              const report::Labels& labels, Language language) {
  const TablesText texts(labels, language);
  std::string text;
  for (const app::DerivedTable& table : tables) text += texts.Of(table);
  if (!text.empty()) text.pop_back();  // the blank line after the last one
  return text;
}

}  // namespace dijia::cli
