#include "figures.h"

#include <variant>

#include "dijia/base/decimal.h"
#include "dijia/base/names.h"

namespace dijia {
namespace {

class Collector {
 public:
  explicit Collector(std::string pointer) : pointer_(std::move(pointer)) {}

  std::vector<Figure> Take() { return std::move(figures_); }

  void operator()(const TermFormula&) {}
  void operator()(const Curve& curve) {
    for (std::size_t i = 0; i < curve.rows.size(); ++i) {
      const std::string values = PointerTo(PointerTo(PointerTo(pointer_, "rows"), i), "values");
      AddGrades(curve.rows[i].values, curve.rows[i].at.ToString(), values);
    }
    AddGrades(curve.exponents, "k", PointerTo(pointer_, "exponents"));
  }
  void operator()(const MonthlyRate& rate) { Add("rate", PointerTo(pointer_, "rate"), rate.rate); }
  void operator()(const IndexSeries& index) {
    for (std::size_t i = 0; i < index.points.size(); ++i) {
      const std::string point = PointerTo(PointerTo(pointer_, "points"), i);
      Add(FormatDate(index.points[i].date), PointerTo(point, "index"), index.points[i].index);
    }
  }
  void operator()(const Levels& levels) {
    AddLevels(levels.levels, "", PointerTo(pointer_, "levels"));
    AddBreaks(levels.breaks, "", pointer_);
  }
  void operator()(const Factors& factors) {
    for (const auto& [grade, table] : factors.tables) {
      const std::string list = PointerTo(PointerTo(pointer_, "tables"), GradeKey(grade));
      for (std::size_t i = 0; i < table.size(); ++i) {
        const std::string prefix = OfGrade(table[i].factor, grade) + ", ";
        AddLevels(table[i].levels, prefix, PointerTo(PointerTo(list, i), "levels"));
        AddBreaks(table[i].breaks, prefix, PointerTo(list, i));
      }
    }
  }
  void operator()(const Additive& additive) {
    AddLevels(additive.levels, "", PointerTo(pointer_, "levels"));
  }
  void operator()(const Depth& depth) {
    for (std::size_t i = 0; i < depth.rows.size(); ++i) {
      const std::string row = PointerTo(PointerTo(pointer_, "rows"), i);
      Add(depth.rows[i].at.ToString(), PointerTo(row, "percent"), depth.rows[i].percent);
    }
  }
  void operator()(const Matrix& matrix) {
    for (const auto& [standard, row] : matrix.rows) {
      AddLevels(row, standard + " → ", PointerTo(PointerTo(pointer_, "rows"), standard));
    }
    AddBreaks(matrix.breaks, "", pointer_);
  }

 private:
  static std::string OfGrade(const std::string& name, int grade) {
    return grade == 0 ? name : name + ", " + std::to_string(grade) + "级";
  }

  template <class Unit, int Scale>
  void Add(std::string name, std::string pointer, Quantity<Unit, Scale> quantity) {
    figures_.push_back({std::move(name), std::move(pointer), quantity.units(), Scale});
  }
  void AddGrades(const ByGrade& figures, const std::string& name, const std::string& pointer) {
    for (const auto& [grade, figure] : figures) {
      Add(OfGrade(name, grade), PointerTo(pointer, GradeKey(grade)), figure);
    }
  }
  template <class Quantity>
  void AddLevels(const std::map<std::string, Quantity>& levels, const std::string& prefix,
                 const std::string& pointer) {
    for (const auto& [level, figure] : levels) {
      Add(prefix + level, PointerTo(pointer, level), figure);
    }
  }
  void AddBreaks(const std::optional<Breaks>& breaks, const std::string& prefix,
                 const std::string& pointer) {
    if (!breaks) return;
    const std::string bounds = PointerTo(PointerTo(pointer, "breaks"), "bounds");
    for (std::size_t i = 0; i < breaks->bounds.size(); ++i) {
      Add(prefix + breaks->order[i] + " | " + breaks->order[i + 1], PointerTo(bounds, i),
          breaks->bounds[i]);
    }
  }

  std::string pointer_;
  std::vector<Figure> figures_;
};

}  // namespace

std::string Figure::ToString() const { return FormatDecimal(units, scale); }

std::vector<Figure> FiguresOf(const CoefficientTable& table, const std::string& pointer) {
  Collector collector(pointer);
  std::visit(collector, table);
  return collector.Take();
}

}  // namespace dijia
