#include "app/derived_output.h"

#include "app/csv_text.h"
#include "json/publication_codec.h"
#include "json/text.h"

namespace dijia::app {
namespace {

using json::Value;

Value FigureValue(const DerivedFigure& figure) {
  Value value{Value::Object()};
  value.Add("name", Value::Text(figure.name));
  if (figure.grade != 0) value.Add("grade", Value::Integer(figure.grade));
  value.Add("value", Value::Text(figure.value));
  return value;
}

Value DerivationValue(const DerivedTable& table) {
  Value derivation{Value::Object()};
  derivation.Add("use", Value::Text(CodeOf(table.use)));
  derivation.Add("name", Value::Text(table.name));
  derivation.Add("method", Value::Text(table.method));
  Value::Array figures;
  for (const DerivedFigure& figure : table.figures) figures.push_back(FigureValue(figure));
  derivation.Add("figures", Value(std::move(figures)));
  return derivation;
}

void AddContent(const DerivedTable& table, Value& uses) {
  if (std::holds_alternative<std::monostate>(table.content)) return;
  Value& use = uses.ObjectAt(CodeOf(table.use));
  if (const Rate* rate = std::get_if<Rate>(&table.content)) {
    use.Add("capitalization_rate", Value(rate->ToString()));
  } else {
    use.ObjectAt("coefficients").Add(table.name, json::WriteCoefficient(*table.table()));
  }
}

std::string GradeCell(int grade) { return grade == 0 ? "" : std::to_string(grade); }

class TableRows {
 public:
  explicit TableRows(std::string& out) : out_(out) {}

  void Add(const DerivedTable& table) {
    const std::string start = std::string(CodeOf(table.use)) + ',' + CsvCell(table.name) + ',' +
                              CsvCell(table.method) + ',';
    if (const Rate* rate = std::get_if<Rate>(&table.content)) {
      out_ += start + "table,,,," + rate->ToString() + '\n';
    } else if (const CoefficientTable* coefficients = table.table()) {
      for (const TableGrid& grid : GridsOf(*coefficients)) AddGrid(start, grid);
    }
    for (const DerivedFigure& figure : table.figures) {
      out_ += start + "figure," + GradeCell(figure.grade) + ",," + CsvCell(figure.name) + ',' +
              figure.value + '\n';
    }
  }

 private:
  void AddGrid(const std::string& start, const TableGrid& grid) {
    for (const std::vector<std::string>& row : grid.rows) {
      for (std::size_t i = 1; i < row.size(); ++i) {
        if (row[i].empty()) continue;
        out_ += start + "table," + GradeCell(grid.grade) + ',' + CsvCell(row[0]) + ',' +
                CsvCell(grid.head[i]) + ',' + row[i] + '\n';
      }
    }
  }

  std::string& out_;
};

}  // namespace

std::string TablesJson(std::span<const DerivedTable> tables) {
  Value document{Value::Object()};
  document.Add("format", Value::Text(kTablesFormat));
  Value& uses = document.ObjectAt("uses");
  for (const DerivedTable& table : tables) AddContent(table, uses);
  Value::Array derivations;
  for (const DerivedTable& table : tables) derivations.push_back(DerivationValue(table));
  document.Add("derivations", Value(std::move(derivations)));
  return ToPretty(document);
}

std::string TablesCsv(std::span<const DerivedTable> tables) {
  std::string out = "use,name,method,part,grade,row,column,value\n";
  TableRows rows(out);
  for (const DerivedTable& table : tables) rows.Add(table);
  return out;
}

}  // namespace dijia::app
