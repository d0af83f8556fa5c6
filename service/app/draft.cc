#include "app/draft.h"

#include <optional>
#include <utility>

namespace dijia::app {
namespace {

// Estimated figures become coefficients by the plan's rounding; six places, the most a coefficient
// has, where the plan keeps coefficients as they are.
Coefficient CoefficientFrom(double value, const ComputePlan& plan) {
  const Rounding rounding = plan.rounding.coefficient.value_or(Rounding{RoundingMode::kHalfUp, 1});
  return FromDouble<Coefficient>(value, rounding).value_or(Coefficient());
}

// One (county, area) of a report.
struct Part {
  const SampleTable& samples;
  const ComputePlan& plan;
  const GradePriceReport& report;
  std::uint16_t county = 0, area = 0;
};

std::optional<FloorAreaRatio> BaseFar(const BenchmarkConditions& conditions, int grade) {
  const auto of_grade = conditions.far_by_grade.find(grade);
  return of_grade != conditions.far_by_grade.end() ? of_grade->second : conditions.far;
}

std::vector<PublishedGrade> GradesOf(const Part& part, const UsePlan& use) {
  std::vector<PublishedGrade> grades;
  for (const GradePrice& cell : part.report.cells) {
    const CellKey& key = cell.key;
    if (key.county != part.county || key.area != part.area || key.use != use.use) continue;
    PublishedGrade grade;
    grade.grade = key.grade;
    grade.sub_use = part.samples.sub_uses.Name(key.sub_use);
    grade.price = cell.price;
    grade.far = BaseFar(use.conditions, key.grade);
    grade.status = CodeOf(cell.status);
    grade.method = cell.method;
    grades.push_back(std::move(grade));
  }
  return grades;
}

Curve PowerCurve(const std::map<int, double>& exponents, const ComputePlan& plan) {
  Curve curve;
  curve.interpolation = Interpolation::kPower;
  for (const auto& [grade, exponent] : exponents) {
    curve.exponents[grade] = CoefficientFrom(exponent, plan);
  }
  curve.by = exponents.size() == 1 && exponents.contains(0) ? TableBy::kAll : TableBy::kGrade;
  return curve;
}

Curve TableCurve(const FarCorrection& far) {
  Curve curve;
  for (const FarCorrection::TableRow& row : far.table) {
    curve.rows.push_back({Measure::FromUnits(row.at.units()), row.by_grade});
  }
  return curve;
}

std::optional<Curve> FarCurveOf(const Part& part, const UsePlan& use) {
  static_assert(Measure::kScale == FloorAreaRatio::kScale);
  switch (use.far.kind) {
    case FarCorrectionKind::kNone:
      return std::nullopt;
    case FarCorrectionKind::kPower:
      return PowerCurve(use.far.exponent_by_grade, part.plan);
    case FarCorrectionKind::kTable:
      return TableCurve(use.far);
    case FarCorrectionKind::kEstimated: {
      std::map<int, double> exponents;
      for (const EstimatedFarExponent& exponent : part.report.far_exponents) {
        if (exponent.use == use.use && exponent.county == part.county) {
          exponents[exponent.grade] = exponent.exponent;
        }
      }
      if (exponents.empty()) return std::nullopt;
      return PowerCurve(exponents, part.plan);
    }
  }
  return std::nullopt;
}

std::optional<IndexSeries> EstimatedSeriesOf(const Part& part, const UsePlan& use) {
  for (const EstimatedIndex& index : part.report.indices) {
    if (index.use != use.use || index.county != part.county) continue;
    IndexSeries series;
    for (const EstimatedIndex::Point& point : index.points) {
      series.points.push_back({point.period_start, CoefficientFrom(point.index, part.plan)});
    }
    return series;
  }
  return std::nullopt;
}

std::optional<CoefficientTable> DateTableOf(const Part& part, const UsePlan& use) {
  switch (use.date.kind) {
    case DateCorrectionKind::kNone:
      return std::nullopt;
    case DateCorrectionKind::kMonthlyRate:
      return MonthlyRate{use.date.monthly_rate, MonthCount::kWholePlusDaysOver30};
    case DateCorrectionKind::kIndex: {
      IndexSeries series;
      for (const auto& [date, index] : use.date.points) series.points.push_back({date, index});
      return series;
    }
    case DateCorrectionKind::kEstimated:
      return EstimatedSeriesOf(part, use);
  }
  return std::nullopt;
}

// Cost of each level less that of the level the prices stand for.
std::optional<Additive> DevelopmentTableOf(const UsePlan& use) {
  const auto& cost = use.development.cost_by_level;
  const auto base = cost.find(use.conditions.development_level);
  if (base == cost.end()) return std::nullopt;
  Additive table;
  for (const auto& [level, price] : cost) table.levels[level] = price - base->second;
  return table;
}

PublishedUse UseOf(const Part& part, const UsePlan& use) {
  PublishedUse published;
  published.name = use.name;
  published.term = use.conditions.term;
  published.capitalization_rate = use.conditions.capitalization_rate;
  published.development_level = use.conditions.development_level;
  published.grades = GradesOf(part, use);
  const auto multiply = [&published](const char* name, CoefficientTable table) {
    published.formula.product.emplace_back(name);
    published.coefficients.emplace(name, std::move(table));
  };
  multiply("term", TermFormula());
  if (std::optional<Curve> far = FarCurveOf(part, use)) multiply("far", std::move(*far));
  if (std::optional<CoefficientTable> date = DateTableOf(part, use)) {
    multiply("date", std::move(*date));
  }
  if (std::optional<Additive> development = DevelopmentTableOf(use)) {
    published.formula.add.emplace_back("development");
    published.coefficients.emplace("development", std::move(*development));
  }
  return published;
}

}  // namespace

Publication DraftOf(const SampleTable& samples, const ComputePlan& plan,
                    const GradePriceReport& report, std::uint16_t county, std::uint16_t area,
                    const std::string& id) {
  const Part part{samples, plan, report, county, area};
  Publication draft;
  draft.id = id;
  draft.county = plan.county == "*" ? samples.counties.Name(county) : plan.county;
  draft.area = plan.area == "*" ? samples.areas.Name(area) : plan.area;
  draft.title = plan.title;
  draft.document_no = plan.document_no;
  draft.base_date = plan.base_date;
  draft.effective_from = plan.effective_from;
  draft.primary_unit = plan.primary_unit;
  draft.rounding = plan.rounding;
  for (const UsePlan& use : plan.uses) {
    PublishedUse published = UseOf(part, use);
    if (!published.grades.empty()) draft.uses.emplace(use.use, std::move(published));
  }
  return draft;
}

std::vector<EarlierPrice> EarlierPricesOf(const Publication& publication) {
  std::vector<EarlierPrice> prices;
  for (const auto& [use, published] : publication.uses) {
    for (const PublishedGrade& grade : published.grades) {
      if (!grade.price) continue;
      prices.push_back({publication.county, publication.area, grade.sub_use, use,
                        static_cast<std::uint8_t>(grade.grade), *grade.price, publication.id});
    }
  }
  return prices;
}

}  // namespace dijia::app
