#include <utility>

#include "app/coefficients.h"
#include "app/table_figures.h"
#include "dijia/regional_factors.h"
#include "dijia/table_inverse.h"

namespace dijia::app {
namespace {

// One coefficient of a publication under recovery.
class Recovery {
 public:
  Recovery(LandUse use, const PublishedUse& published, std::vector<DerivedTable>& recovered)
      : use_(use), published_(published), recovered_(recovered) {}

  void operator()(const std::string& name, const Curve& curve) {
    if (curve.interpolation == Interpolation::kPower || curve.rows.empty()) return;
    if (name == "term") return AddRate(name, curve);
    DerivedTable table = NamedTable(use_, name, "power");
    for (const int grade : GradesOf(curve)) AddPower(curve, grade, table);
    if (!table.figures.empty()) recovered_.push_back(std::move(table));
  }
  void operator()(const std::string& name, const Factors& factors) {
    DerivedTable table = NamedTable(use_, name, "amplitude_weights");
    for (const auto& [grade, rows] : factors.tables) {
      const auto found = RecoverAmplitude(rows);
      if (!found) continue;
      const auto add = [&, number = grade](std::string figure, std::string value) {
        table.figures.push_back({std::move(figure), number, std::move(value)});
      };
      add("upward_percent", found->amplitude.upward.ToString());
      add("downward_percent", found->amplitude.downward.ToString());
      for (std::size_t i = 0; i < rows.size(); ++i) {
        add("weight." + rows[i].factor, FigureNumber(found->weights[i]));
      }
      add("largest_residual", FigureNumber(found->largest_residual));
      add("largest_residual_at", rows[found->row].factor);
    }
    if (!table.figures.empty()) recovered_.push_back(std::move(table));
  }
  template <class Other>
  void operator()(const std::string&, const Other&) {}

 private:
  // Those with a column; key 0 stands for every grade of the use that has none.
  static std::vector<int> GradesOf(const Curve& curve) {
    std::vector<int> grades;
    for (const auto& value : curve.rows.front().values) grades.push_back(value.first);
    return grades;
  }

  std::optional<Measure> BaseOf(const Curve& curve, int grade) const {
    if (curve.base) return curve.base;
    for (const PublishedGrade& published : published_.grades) {
      if (published.grade == grade && published.far) {
        return Measure::FromUnits(published.far->units());
      }
    }
    return std::nullopt;
  }

  void AddPower(const Curve& curve, int grade, DerivedTable& table) const {
    const auto add = [&](const RecoveredPower& found, const std::string& prefix) {
      table.figures.push_back({prefix + "exponent", grade, FigureNumber(found.exponent)});
      table.figures.push_back({prefix + "base", grade, FigureNumber(found.base)});
      table.figures.push_back(
          {prefix + "largest_residual", grade, FigureNumber(found.largest_residual)});
      table.figures.push_back(
          {prefix + "largest_residual_at", grade, curve.rows[found.row].at.ToString()});
    };
    if (const auto free = RecoverPower(curve, grade, std::nullopt)) add(*free, "free.");
    if (const auto base = BaseOf(curve, grade)) {
      if (const auto fixed = RecoverPower(curve, grade, base)) add(*fixed, "");
    }
  }

  void AddRate(const std::string& name, const Curve& curve) {
    std::vector<TermRow> rows;
    constexpr std::int64_t kFiner = PowerOfTen(Measure::kScale - Years::kScale);
    for (const Curve::Row& row : curve.rows) {
      if (row.values.size() == 1) {
        rows.push_back({Years::FromUnits(row.at.units() / kFiner), row.values.begin()->second});
      }
    }
    const auto found = RecoverRate(rows, published_.term);
    if (!found) return;
    DerivedTable table = NamedTable(use_, name, "term_formula");
    table.figures = {{"capitalization_rate", 0, FigureNumber(found->rate)},
                     {"term_years", 0, published_.term.ToString()},
                     {"largest_residual", 0, FigureNumber(found->largest_residual)},
                     {"largest_residual_at", 0, rows[found->row].term.ToString()}};
    recovered_.push_back(std::move(table));
  }

  LandUse use_;
  const PublishedUse& published_;
  std::vector<DerivedTable>& recovered_;
};

}  // namespace

std::vector<DerivedTable> RecoverTables(const Publication& publication) {
  std::vector<DerivedTable> recovered;
  for (const auto& [use, published] : publication.uses) {
    Recovery recovery(use, published, recovered);
    for (const auto& [name, table] : published.coefficients) {
      std::visit([&, &name = name](const auto& kind) { recovery(name, kind); }, table);
    }
  }
  return recovered;
}

}  // namespace dijia::app
