// The tables of coefficients as sheets.
#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "workbook/cell_text.h"
#include "workbook/intervals.h"
#include "workbook/layout.h"
#include "workbook/publication_sheets.h"

namespace dijia::workbook {
namespace {

using Row = std::vector<Cell>;

SheetText Begin(Columns columns) { return {"", HeaderOf(columns.size(), columns.data()), {}}; }

std::string GradeHeader(int grade) {
  return grade == 0 ? std::string(kAllGrades) : std::to_string(grade);
}

// The best first: by the ladder that all belong to, else by falling figures.
template <class Figure>
std::vector<std::string> Ordered(const std::map<std::string, Figure>& levels) {
  std::vector<std::string> names;
  for (const auto& [level, figure] : levels) names.push_back(level);
  for (const auto& ladder : kLadders) {
    const auto rank = [&ladder](const std::string& name) {
      return std::ranges::find(ladder, name) - std::begin(ladder);
    };
    const auto is_rung = [&](const std::string& name) { return rank(name) < std::ssize(ladder); };
    if (!std::ranges::all_of(names, is_rung)) continue;
    std::ranges::sort(names, {}, rank);
    return names;
  }
  std::ranges::stable_sort(names, [&](const std::string& a, const std::string& b) {
    return levels.at(a) > levels.at(b);
  });
  return names;
}

// The columns of several rows of levels, in the order in which they first appear.
class LevelColumns {
 public:
  explicit LevelColumns(Columns columns) : columns_(columns) {}

  void Add(const std::vector<std::string>& levels) {
    for (const std::string& level : levels) {
      if (seen_.insert(level).second) levels_.push_back(level);
    }
  }
  void AppendHeader(SheetText& sheet) const {
    for (const std::string& level : levels_) {
      sheet.header.push_back(CellOf(level, IsHeader(columns_, level)));
    }
  }
  template <class Figure>
  void AppendFigures(const std::map<std::string, Figure>& figures, Row& row) const {
    for (const std::string& level : levels_) {
      const auto found = figures.find(level);
      row.push_back(found == figures.end() ? Cell() : NumberCell(found->second));
    }
  }
  void AppendDivision(const Breaks& breaks, Row& row) const {
    for (const std::string& level : levels_) row.push_back({DivisionOf(breaks, level)});
  }

 private:
  Columns columns_;
  std::vector<std::string> levels_;
  std::set<std::string> seen_;
};

Row GradeFigures(Cell first, const ByGrade& figures, const std::vector<int>& grades) {
  Row row{std::move(first)};
  for (const int grade : grades) {
    const auto found = figures.find(grade);
    row.push_back(found == figures.end() ? Cell() : NumberCell(found->second));
  }
  return row;
}

SheetText Table(const TermFormula&) { return {}; }
SheetText Table(const MonthlyRate&) { return {}; }

SheetText Table(const Curve& curve) {
  SheetText sheet = Begin(kCurveColumns);
  std::set<int> present;
  for (const auto& [grade, figure] : curve.exponents) present.insert(grade);
  for (const Curve::Row& row : curve.rows) {
    for (const auto& [grade, figure] : row.values) present.insert(grade);
  }
  std::vector<int> grades(present.begin(), present.end());
  if (present.contains(0))
    std::rotate(grades.begin(), grades.begin() + 1, grades.end());  // 各级 last
  for (const int grade : grades) sheet.header.push_back(GradeHeader(grade));
  if (!curve.exponents.empty()) {
    sheet.rows.push_back(GradeFigures({std::string(kExponent)}, curve.exponents, grades));
  }
  for (const Curve::Row& row : curve.rows) {
    sheet.rows.push_back(GradeFigures(NumberCell(row.at), row.values, grades));
  }
  return sheet;
}

SheetText Table(const IndexSeries& index) {
  SheetText sheet = Begin(kIndexColumns);
  for (const IndexSeries::Point& point : index.points) {
    sheet.rows.push_back({{FormatDate(point.date)}, NumberCell(point.index)});
  }
  return sheet;
}

SheetText Table(const Levels& levels) {
  SheetText sheet = Begin(kLevelColumns);
  for (const std::string& level : Ordered(levels.levels)) {
    Row row{NeededText(level), NumberCell(levels.levels.at(level))};
    const auto range = levels.ranges.find(level);
    const bool has_range = range != levels.ranges.end();
    row.push_back(has_range ? NumberCell(range->second.low) : Cell());
    row.push_back(has_range ? NumberCell(range->second.high) : Cell());
    row.push_back({levels.breaks ? DivisionOf(*levels.breaks, level) : ""});
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

// A row of figures, and one of divisions where a measurement gives the level.
void AddFactor(const Factors::Factor& factor, const std::string& grade, const LevelColumns& levels,
               SheetText& sheet) {
  const Cell name = NeededText(factor.factor);
  Row figures{{grade}, name, {std::string(kFigures)}, {}, {}};
  levels.AppendFigures(factor.levels, figures);
  sheet.rows.push_back(std::move(figures));
  if (!factor.breaks) return;
  const std::string closed(WordOf(kClosedWords, CodeOf(factor.breaks->closed)));
  Row division{{grade}, name, {std::string(kDivision)}, {closed}, {}};
  levels.AppendDivision(*factor.breaks, division);
  sheet.rows.push_back(std::move(division));
}

SheetText Table(const Factors& factors) {
  SheetText sheet = Begin(kFactorColumns);
  LevelColumns levels(kFactorColumns);
  for (const auto& [grade, table] : factors.tables) {
    for (const Factors::Factor& factor : table) levels.Add(Ordered(factor.levels));
  }
  levels.AppendHeader(sheet);
  for (const auto& [grade, table] : factors.tables) {
    const std::string name = GradeHeader(grade);
    if (table.empty()) sheet.rows.push_back({{name}});
    for (const Factors::Factor& factor : table) AddFactor(factor, name, levels, sheet);
  }
  return sheet;
}

SheetText Table(const Additive& additive) {
  SheetText sheet = Begin(kAdditiveColumns);
  for (const std::string& level : Ordered(additive.levels)) {
    sheet.rows.push_back({NeededText(level), NumberCell(additive.levels.at(level))});
  }
  return sheet;
}

SheetText Table(const Depth& depth) {
  SheetText sheet = Begin(kDepthColumns);
  for (const Depth::Row& row : depth.rows) {
    sheet.rows.push_back({NumberCell(row.at), NumberCell(row.percent)});
  }
  return sheet;
}

SheetText Table(const Matrix& matrix) {
  SheetText sheet = Begin(kMatrixColumns);
  LevelColumns levels(kMatrixColumns);
  if (matrix.breaks) levels.Add(matrix.breaks->order);
  for (const auto& [standard, row] : matrix.rows) {
    std::vector<std::string> names;
    for (const auto& [level, figure] : row) names.push_back(level);
    levels.Add(names);
  }
  levels.AppendHeader(sheet);
  for (const auto& [grade, standard] : matrix.standard) {
    sheet.rows.push_back({{std::string(kStandard)}, {GradeHeader(grade)}, NeededText(standard)});
  }
  for (const auto& [standard, figures] : matrix.rows) {
    Row row{{std::string(kFigures)}, {}, NeededText(standard)};
    levels.AppendFigures(figures, row);
    sheet.rows.push_back(std::move(row));
  }
  if (matrix.breaks) {
    Row row{{std::string(kDivision)}, {}, {}};
    levels.AppendDivision(*matrix.breaks, row);
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

}  // namespace

SheetText TableOf(const CoefficientTable& table) {
  return std::visit([](const auto& kind) { return Table(kind); }, table);
}

}  // namespace dijia::workbook
