#include "app/derived_table.h"

#include <algorithm>
#include <set>
#include <utility>

#include "dijia/base/date.h"

namespace dijia::app {
namespace {

// Levels from best to worst, as the first factor that tells them apart has them.
std::vector<std::string> LevelsOf(const std::vector<Factors::Factor>& factors) {
  std::vector<std::pair<std::string, Percent>> levels;
  for (const Factors::Factor& factor : factors) {
    for (const auto& level : factor.levels) {
      const auto known =
          std::ranges::find(levels, level.first, [](const auto& l) { return l.first; });
      if (known == levels.end()) levels.emplace_back(level);
    }
  }
  std::ranges::stable_sort(levels, std::greater<>(),
                           [](const auto& level) { return level.second; });
  std::vector<std::string> names;
  for (auto& level : levels) names.push_back(std::move(level.first));
  return names;
}

std::vector<TableGrid> Grids(const Factors& factors) {
  std::vector<TableGrid> grids;
  for (const auto& [grade, table] : factors.tables) {
    TableGrid& grid = grids.emplace_back();
    grid.grade = grade;
    const std::vector<std::string> levels = LevelsOf(table);
    grid.head = {"factor"};
    grid.head.insert(grid.head.end(), levels.begin(), levels.end());
    for (const Factors::Factor& factor : table) {
      std::vector<std::string>& row = grid.rows.emplace_back();
      row.push_back(factor.factor);
      for (const std::string& level : levels) {
        const auto figure = factor.levels.find(level);
        row.push_back(figure == factor.levels.end() ? "" : figure->second.ToString());
      }
    }
  }
  return grids;
}

std::vector<TableGrid> Grids(const Curve& curve) {
  std::set<int> grades;
  for (const Curve::Row& row : curve.rows) {
    for (const auto& value : row.values) grades.insert(value.first);
  }
  for (const auto& exponent : curve.exponents) grades.insert(exponent.first);
  TableGrid grid;
  grid.head = {"at"};
  for (const int grade : grades) grid.head.push_back(GradeKey(grade));
  const auto add = [&](std::string at, const ByGrade& values) {
    std::vector<std::string>& cells = grid.rows.emplace_back();
    cells.push_back(std::move(at));
    for (const int grade : grades) {
      const auto value = values.find(grade);
      cells.push_back(value == values.end() ? "" : value->second.ToString());
    }
  };
  for (const Curve::Row& row : curve.rows) add(row.at.ToString(), row.values);
  if (!curve.exponents.empty()) add("exponent", curve.exponents);
  return {grid};
}

std::vector<TableGrid> Grids(const IndexSeries& index) {
  TableGrid grid;
  grid.head = {"date", "index"};
  for (const IndexSeries::Point& point : index.points) {
    grid.rows.push_back({FormatDate(point.date), point.index.ToString()});
  }
  return {grid};
}

std::vector<TableGrid> Grids(const Additive& additive) {
  TableGrid grid;
  grid.head = {"level", "yuan_per_sqm"};
  for (const auto& [level, price] : additive.levels) grid.rows.push_back({level, price.ToString()});
  return {grid};
}

// Kinds that are never derived have no cells here.
template <class Kind>
std::vector<TableGrid> Grids(const Kind&) {
  return {};
}

}  // namespace

DerivedTable NamedTable(LandUse use, std::string_view name, std::string_view method) {
  DerivedTable table;
  table.use = use;
  table.name = name;
  table.method = method;
  return table;
}

std::vector<TableGrid> GridsOf(const CoefficientTable& table) {
  return std::visit([](const auto& kind) { return Grids(kind); }, table);
}

}  // namespace dijia::app
