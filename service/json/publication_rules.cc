#include "json/publication_rules.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "dijia/base/codes.h"

namespace dijia::json {
namespace {

using Step = Reader::Step;

// The tree is no longer at hand; the path says where.
void Report(Reader& reader, Code code, std::vector<std::string> arguments) {
  reader.Report(code, Value(), std::move(arguments));
}

template <class Unit, int Scale>
void CheckPositive(Reader& reader, const char* name, Quantity<Unit, Scale> quantity) {
  if (quantity.units() > 0) return;
  const Step step(reader, name);
  Report(reader, Code::kNotPositive, {quantity.ToString()});
}

void CheckGrades(Reader& reader, const std::vector<PublishedGrade>& grades) {
  std::set<std::pair<int, std::string>> seen;
  for (std::size_t i = 0; i < grades.size(); ++i) {
    const Step step(reader, i);
    const PublishedGrade& grade = grades[i];
    if (grade.price) CheckPositive(reader, "price", *grade.price);
    if (grade.far) CheckPositive(reader, "far", *grade.far);
    if (!seen.emplace(grade.grade, grade.sub_use).second) {
      const std::string name = std::to_string(grade.grade);
      Report(reader, Code::kListedTwice,
             {grade.sub_use.empty() ? name : name + " " + grade.sub_use});
    }
  }
}

void CheckZones(Reader& reader, const std::vector<PublishedZone>& zones) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < zones.size(); ++i) {
    const Step step(reader, i);
    if (zones[i].price) CheckPositive(reader, "price", *zones[i].price);
    if (!seen.insert(zones[i].zone).second) Report(reader, Code::kListedTwice, {zones[i].zone});
  }
}

// Reports the first element of `list` that is not above the one before it.
template <class List, class Property, class Show>
void CheckAscending(Reader& reader, const char* name, const List& list, Property property,
                    Show show) {
  const Step step(reader, name);
  for (std::size_t i = 1; i < list.size(); ++i) {
    const auto& before = std::invoke(property, list[i - 1]);
    const auto& after = std::invoke(property, list[i]);
    if (before < after) continue;
    const Step index(reader, i);
    Report(reader, Code::kNotAscending, {show(after), show(before)});
    return;
  }
}

const auto kShowQuantity = [](const auto& quantity) { return quantity.ToString(); };

template <class LevelTable>
void CheckBreaks(Reader& reader, const std::optional<Breaks>& breaks, const LevelTable& levels) {
  if (!breaks) return;
  const Step step(reader, "breaks");
  CheckAscending(reader, "bounds", breaks->bounds, std::identity(), kShowQuantity);
  const Step order(reader, "order");
  if (breaks->order.size() != breaks->bounds.size() + 1) {
    Report(reader, Code::kBreaksDoNotMatch,
           {std::to_string(breaks->bounds.size()), std::to_string(breaks->order.size())});
  }
  for (const std::string& level : breaks->order) {
    if (!levels.contains(level)) Report(reader, Code::kLevelNotInTable, {level});
  }
}

void CheckTable(Reader&, const TermFormula&) {}
void CheckTable(Reader&, const MonthlyRate&) {}
void CheckTable(Reader&, const Additive&) {}

void CheckTable(Reader& reader, const Curve& curve) {
  CheckAscending(reader, "rows", curve.rows, &Curve::Row::at, kShowQuantity);
  const bool power = curve.interpolation == Interpolation::kPower;
  if (power ? curve.exponents.empty() : curve.rows.empty()) {
    const Step step(reader, power ? "exponents" : "rows");
    Report(reader, Code::kMissingField, {power ? "exponents" : "rows"});
  }
  if (curve.base) CheckPositive(reader, "base", *curve.base);
}

void CheckTable(Reader& reader, const IndexSeries& index) {
  CheckAscending(reader, "points", index.points, &IndexSeries::Point::date, FormatDate);
  const Step step(reader, "points");
  for (std::size_t i = 0; i < index.points.size(); ++i) {
    const Step point(reader, i);
    CheckPositive(reader, "index", index.points[i].index);
  }
}

void CheckTable(Reader& reader, const Levels& levels) {
  {
    const Step step(reader, "ranges");
    for (const auto& [level, range] : levels.ranges) {
      const Step name(reader, level);
      if (!levels.levels.contains(level)) Report(reader, Code::kLevelNotInTable, {level});
      if (range.high < range.low) {
        Report(reader, Code::kNotAscending, {range.high.ToString(), range.low.ToString()});
      }
    }
  }
  CheckBreaks(reader, levels.breaks, levels.levels);
}

void CheckTable(Reader& reader, const Factors& factors) {
  const Step step(reader, "tables");
  for (const auto& [grade, table] : factors.tables) {
    const Step by_grade(reader, dijia::GradeKey(grade));
    for (std::size_t i = 0; i < table.size(); ++i) {
      const Step index(reader, i);
      CheckBreaks(reader, table[i].breaks, table[i].levels);
    }
  }
}

void CheckTable(Reader& reader, const Depth& depth) {
  CheckPositive(reader, "standard_depth_m", depth.standard_depth);
  CheckAscending(reader, "rows", depth.rows, &Depth::Row::at, kShowQuantity);
  if (!depth.rows.empty()) return;
  const Step step(reader, "rows");
  Report(reader, Code::kMissingField, {"rows"});
}

void CheckTable(Reader& reader, const Matrix& matrix) {
  const Step step(reader, "standard");
  for (const auto& [grade, standard] : matrix.standard) {
    const Step by_grade(reader, dijia::GradeKey(grade));
    const auto row = matrix.rows.find(standard);
    if (row == matrix.rows.end()) {
      Report(reader, Code::kLevelNotInTable, {standard});
    } else {
      CheckBreaks(reader, matrix.breaks, row->second);
    }
  }
}

bool IsSum(const CoefficientTable& table) { return std::holds_alternative<Factors>(table); }
bool IsAdditive(const CoefficientTable& table) { return std::holds_alternative<Additive>(table); }
bool IsFactor(const CoefficientTable& table) { return !IsSum(table) && !IsAdditive(table); }

void CheckName(Reader& reader, const PublishedUse& use, const std::string& name,
               bool (*fits)(const CoefficientTable&)) {
  const auto coefficient = use.coefficients.find(name);
  if (coefficient == use.coefficients.end()) {
    Report(reader, Code::kNoSuchCoefficient, {name});
  } else if (!fits(coefficient->second)) {
    Report(reader, Code::kWrongCoefficientKind, {name});
  }
}

void CheckNames(Reader& reader, const PublishedUse& use, const char* part,
                const std::vector<std::string>& names, bool (*fits)(const CoefficientTable&)) {
  const Step step(reader, part);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Step index(reader, i);
    CheckName(reader, use, names[i], fits);
  }
}

void CheckFormula(Reader& reader, const PublishedUse& use, const char* name,
                  const PriceFormula& formula) {
  const Step step(reader, name);
  if (!formula.sum.empty()) {
    const Step sum(reader, "sum");
    CheckName(reader, use, formula.sum, IsSum);
  }
  CheckNames(reader, use, "product", formula.product, IsFactor);
  CheckNames(reader, use, "add", formula.add, IsAdditive);
  CheckNames(reader, use, "excess", formula.excess, IsFactor);
}

void CheckRoutes(Reader& reader, const std::vector<PublishedRoute>& routes) {
  const Step step(reader, "routes");
  std::set<std::string> seen;
  for (std::size_t i = 0; i < routes.size(); ++i) {
    const Step index(reader, i);
    CheckPositive(reader, "price", routes[i].price);
    if (routes[i].standard_depth) {
      CheckPositive(reader, "standard_depth_m", *routes[i].standard_depth);
    }
    if (!seen.insert(routes[i].route).second) Report(reader, Code::kListedTwice, {routes[i].route});
  }
}

void CheckUse(Reader& reader, const PublishedUse& use) {
  CheckPositive(reader, "term_years", use.term);
  CheckPositive(reader, "capitalization_rate", use.capitalization_rate);
  {
    const Step step(reader, "grades");
    CheckGrades(reader, use.grades);
  }
  {
    const Step step(reader, "zones");
    CheckZones(reader, use.zones);
  }
  CheckRoutes(reader, use.routes);
  CheckFormula(reader, use, "formula", use.formula);
  if (use.frontage_formula) {
    CheckFormula(reader, use, "frontage_formula", *use.frontage_formula);
  }
  const Step step(reader, "coefficients");
  for (const auto& [name, table] : use.coefficients) {
    const Step coefficient(reader, name);
    std::visit([&reader](const auto& kind) { CheckTable(reader, kind); }, table);
  }
}

}  // namespace

void CheckPublication(Reader& reader, const Publication& publication) {
  const auto& [from, until] = std::pair(publication.effective_from, publication.effective_until);
  if (from && until && *until <= *from) {
    const Step step(reader, "effective_until");
    Report(reader, Code::kNotAscending, {FormatDate(*until), FormatDate(*from)});
  }
  CheckAscending(reader, "unit_price_by_magnitude", publication.unit_price_by_magnitude,
                 &MagnitudeRounding::from, kShowQuantity);
  const Step uses(reader, "uses");
  for (const auto& [use, published] : publication.uses) {
    const Step step(reader, std::string(CodeOf(use)));
    CheckUse(reader, published);
  }
}

}  // namespace dijia::json
