#include "app/sampled_tables.h"

#include <map>
#include <optional>
#include <utility>

#include "app/table_figures.h"
#include "app/table_sales.h"
#include "dijia/base/codes.h"
#include "dijia/parallel.h"

namespace dijia::app {
namespace {

// Tables hold for one county and grading area.
bool HasOnePlace(const SampledTables& from, Diagnostics& diagnostics) {
  if (PlacesOf(from.computed, from.use) <= 1) return true;
  diagnostics.Add(Code::kPlanValueNotAllowed, from.where,
                  {"county, area", std::to_string(PlacesOf(from.computed, from.use)), "1"});
  return false;
}

const UsePlan* PlanOf(const Computed& computed, LandUse use) {
  for (const UsePlan& plan : computed.plan.uses) {
    if (plan.use == use) return &plan;
  }
  return nullptr;
}

// A grade under fitting.
struct GradeFit {
  int grade = 0;
  GradeSales sales;
  std::optional<FloorAreaRatio> base;
  Result<FarCurve> curve = Error{};
};

std::vector<GradeFit> FitGrades(const SampledTables& from, const FarTablePlan& plan) {
  std::vector<GradeFit> grades;
  const UsePlan* use = PlanOf(from.computed, from.use);
  for (auto& [grade, sales] : FarSalesOf(from.computed, from.use)) {
    GradeFit& fit = grades.emplace_back();
    fit.grade = grade;
    fit.sales = std::move(sales);
    if (use != nullptr) fit.base = BaseFarOf(use->conditions, grade);
  }
  ForEachIndex(grades.size(), from.threads, [&](std::size_t i) {
    GradeFit& fit = grades[i];
    if (!fit.base) {
      fit.curve = Error{Code::kMissingField, "conditions.far"};
      return;
    }
    FarCurveOptions options;
    options.base = ToDouble(*fit.base);
    options.min_sales = static_cast<std::size_t>(plan.min_sales);
    options.folds = plan.folds;
    options.seed = from.seed;
    options.families = plan.families;
    fit.curve = FitFarCurve({.far = fit.sales.far, .prices = fit.sales.prices}, options);
  });
  return grades;
}

void AddShape(const FarShape& shape, int grade, std::vector<DerivedFigure>& figures) {
  switch (shape.family) {
    case FarFamily::kPower:
      figures.push_back({"exponent", grade, FigureNumber(shape.exponent)});
      break;
    case FarFamily::kLinearLogarithm:
      figures.push_back({"slope_below", grade, FigureNumber(shape.below)});
      figures.push_back({"slope_above", grade, FigureNumber(shape.above)});
      break;
    case FarFamily::kMonotonePiecewise:
      figures.push_back({"knots", grade, std::to_string(shape.knots.size())});
      break;
  }
}

void AddFit(const GradeFit& fit, std::vector<DerivedFigure>& figures) {
  const FarCurve& curve = *fit.curve;
  const auto add = [&](std::string name, std::string value) {
    figures.push_back({std::move(name), fit.grade, std::move(value)});
  };
  add("family", std::string(CodeOf(curve.shape.family)));
  add("base", fit.base->ToString());
  AddShape(curve.shape, fit.grade, figures);
  if (curve.exponent_error) add("exponent_error", FigureNumber(*curve.exponent_error));
  for (const FarTrial& trial : curve.trials) {
    const std::string name = "prediction_error." + std::string(CodeOf(trial.family));
    if (trial.prediction_error) add(name, FigureNumber(*trial.prediction_error));
  }
  add("explained", FigureNumber(curve.explained));
  add("scale", FigureNumber(curve.scale));
  add("sales", std::to_string(curve.sales));
  add("outlying", std::to_string(curve.outlying));
  add("lowest_far", FigureNumber(curve.lowest_far));
  add("highest_far", FigureNumber(curve.highest_far));
}

// Adds the figures of a grade to the rows; false when one leaves its type.
bool AddColumn(const GradeFit& fit, const Rounding& rounding, Curve& table) {
  for (Curve::Row& row : table.rows) {
    const double factor = fit.curve->shape.At(ToDouble(row.at));
    const auto published = FromDouble<Coefficient>(factor, rounding);
    if (!published || *published <= Coefficient()) return false;
    row.values[fit.grade] = *published;
  }
  return true;
}

void WarnBeyond(const SampledTables& from, const GradeFit& fit, const FarTablePlan& plan,
                Diagnostics& diagnostics) {
  const FarCurve& curve = *fit.curve;
  if (ToDouble(plan.from) >= curve.lowest_far && ToDouble(plan.to) <= curve.highest_far) return;
  diagnostics.Add(
      Code::kTableBeyondSamples, from.where,
      {std::string(CodeOf(from.use)), std::to_string(fit.grade), plan.from.ToString(),
       plan.to.ToString(), FigureNumber(curve.lowest_far), FigureNumber(curve.highest_far)});
}

std::string ReasonOf(const Error& error) { return CodeId(error.code) + " " + error.detail; }

// The points of a table: what holds from the first day of each period on.
std::optional<IndexSeries> SeriesOf(const MarketIndex& index, const std::vector<Date>& starts,
                                    const Rounding& rounding) {
  IndexSeries series;
  for (std::size_t t = 0; t < starts.size(); ++t) {
    const auto value = FromDouble<Coefficient>(index.points[t].Index(), rounding);
    if (!value || *value <= Coefficient()) return std::nullopt;
    series.points.push_back({starts[t], *value});
  }
  return series;
}

void AddIndex(const MarketIndex& index, const std::vector<Date>& starts, DerivedTable& table) {
  const auto add = [&](std::string name, std::string value) {
    table.figures.push_back({std::move(name), 0, std::move(value)});
  };
  add("used", std::to_string(index.used));
  add("revision_largest", FigureNumber(index.revision.largest));
  add("revision_root_mean_square", FigureNumber(index.revision.root_mean_square));
  add("revision_periods", std::to_string(index.revision.periods));
  for (std::size_t t = 0; t < starts.size(); ++t) {
    const IndexPoint& point = index.points[t];
    const std::string day = FormatDate(starts[t]);
    add("index." + day, FigureNumber(point.Index()));
    if (point.standard_error == point.standard_error) {
      add("standard_error." + day, FigureNumber(point.standard_error));
    }
    if (point.kind != IndexPointKind::kEstimated) {
      add("kind." + day, std::string(CodeOf(point.kind)));
    }
  }
}

}  // namespace

void AddSampledTables(const SampledTables& from, const FarTablePlan& plan,
                      std::vector<DerivedTable>& derived, Diagnostics& diagnostics) {
  if (!HasOnePlace(from, diagnostics)) return;
  DerivedTable table = NamedTable(from.use, plan.name, "cross_validated");
  Curve curve;
  const std::int64_t rows = (plan.to - plan.from).units() / plan.step.units() + 1;
  for (std::int64_t i = 0; i < rows; ++i) {
    curve.rows.push_back({plan.from + Measure::FromUnits(i * plan.step.units()), {}});
  }
  bool any = false;
  for (const GradeFit& fit : FitGrades(from, plan)) {
    if (!fit.curve) {
      diagnostics.Add(
          Code::kCurveNotDerived, from.where,
          {std::string(CodeOf(from.use)), std::to_string(fit.grade), ReasonOf(fit.curve.error())});
    } else if (!AddColumn(fit, from.rounding, curve)) {
      diagnostics.Add(Code::kTableTooLarge, from.where, {plan.name});
    } else {
      WarnBeyond(from, fit, plan, diagnostics);
      AddFit(fit, table.figures);
      any = true;
    }
  }
  if (!any) {
    diagnostics.Add(Code::kNoTableDerived, from.where, {from.where.field});
    return;
  }
  table.content = std::move(curve);
  derived.push_back(std::move(table));
}

void AddSampledTables(const SampledTables& from, const DateTablePlan& plan,
                      std::vector<DerivedTable>& derived, Diagnostics& diagnostics) {
  if (!HasOnePlace(from, diagnostics)) return;
  const PeriodSales sales = MarketSalesOf(from.computed, from.use, plan.period_months);
  for (const MarketIndexMethod method : plan.methods) {
    const auto index = EstimateMarketIndex(sales.sales, static_cast<int>(sales.starts.size()),
                                           method, from.threads);
    if (!index) {
      diagnostics.Add(Code::kIndexNotDerived, from.where,
                      {from.where.field, std::string(CodeOf(method)), ReasonOf(index.error())});
    }
    const bool published = method == plan.publish;
    if (!index && published) {
      diagnostics.Add(Code::kNoTableDerived, from.where, {from.where.field});
    }
    if (!index) continue;
    DerivedTable table = NamedTable(from.use, plan.name, CodeOf(method));
    if (published) {
      auto series = SeriesOf(*index, sales.starts, from.rounding);
      if (!series) {
        diagnostics.Add(Code::kTableTooLarge, from.where, {plan.name});
        continue;
      }
      table.content = *std::move(series);
    }
    AddIndex(*index, sales.starts, table);
    derived.push_back(std::move(table));
  }
}

}  // namespace dijia::app
