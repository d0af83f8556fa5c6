#include "dijia/plan.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/conversion.h"

namespace dijia {
namespace {

constexpr int kLargestGrade = 255;
constexpr int kLargestTermYears = 100;
constexpr int kLargestPeriodMonths = 24;
constexpr int kFewestReplicates = 99, kMostReplicates = 1'000'000;

std::string Text(double value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return {buffer, end};
}

std::string List(auto names) {
  std::string text;
  for (const std::string_view name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

bool IsCountyCode(std::string_view code) {
  return code.size() == 6 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// What holds for a grade among figures by grade; key 0 = every grade not listed.
template <class T>
bool HasGrade(const std::map<int, T>& by_grade, int grade) {
  return by_grade.contains(0) || by_grade.contains(grade);
}

class PlanCheck {
 public:
  explicit PlanCheck(const ComputePlan& plan) : plan_(plan) {}

  Diagnostics Run() {
    CheckHead();
    CheckRounding();
    if (plan_.uses.empty()) Missing("uses", "commercial, residential, industrial, …");
    std::set<LandUse> seen;
    for (const UsePlan& use : plan_.uses) {
      prefix_ = "uses." + std::string(CodeOf(use.use)) + ".";
      if (!seen.insert(use.use).second) {
        Add(Code::kPlanUseRepeated, "", {std::string(CodeOf(use.use))});
      }
      CheckUse(use);
    }
    return std::move(found_);
  }

 private:
  void Add(Code code, const std::string& field, std::vector<std::string> arguments) {
    Location where;
    where.field = prefix_ + field;
    if (field.empty() && !prefix_.empty()) where.field.pop_back();
    found_.Add(code, std::move(where), std::move(arguments));
  }
  void NotAllowed(const std::string& field, std::string value, std::string allowed) {
    Add(Code::kPlanValueNotAllowed, field, {prefix_ + field, std::move(value), std::move(allowed)});
  }
  void Missing(const std::string& field, std::string allowed) {
    Add(Code::kPlanValueMissing, field, {prefix_ + field, std::move(allowed)});
  }
  void Require(bool holds, const std::string& field, std::string value, std::string allowed) {
    if (!holds) NotAllowed(field, std::move(value), std::move(allowed));
  }
  void RequireShare(double share, const std::string& field) {
    Require(share >= 0.0 && share <= 1.0, field, Text(share), "[0, 1]");
  }

  void CheckHead() {
    Require(plan_.county == "*" || IsCountyCode(plan_.county), "county", plan_.county,
            "*, 152502, …");
    if (plan_.area.empty()) Missing("area", "*, 城区, …");
    if (!plan_.base_date.ok()) Missing("base_date", "2025-04-01, …");
    if (plan_.effective_from && !plan_.effective_from->ok()) {
      Missing("effective_from", "2025-04-01, …");
    }
    if (plan_.window != DateRange{}) {
      const DateRange& window = plan_.window;
      if (!window.from.ok()) Missing("window.from", "2022-04-02, …");
      if (!window.until.ok()) Missing("window.until", "2025-04-02, …");
      if (window.from.ok() && window.until.ok()) {
        Require(window.from < window.until, "window.until", FormatDate(window.until),
                "> " + FormatDate(window.from));
      }
    }
    Require(plan_.primary_unit == PriceUnit::kYuanPerSqm ||
                plan_.primary_unit == PriceUnit::kWanYuanPerMu,
            "primary_unit", std::string(CodeOf(plan_.primary_unit)),
            "yuan_per_sqm, wan_yuan_per_mu");
  }

  // `step`: the smallest interval the rounded type can hold, in 10^-6.
  void CheckInterval(const std::optional<Rounding>& rounding, const std::string& field,
                     std::int64_t step) {
    if (!rounding) return;
    Require(rounding->interval > 0 && rounding->interval % step == 0,
            "rounding." + field + ".interval", FormatDecimal(rounding->interval, Rounding::kScale),
            FormatDecimal(step, Rounding::kScale) + " × 1, 2, 3, …");
  }

  void CheckRounding() {
    constexpr std::int64_t kMicro = 1;
    constexpr std::int64_t kMoney = PowerOfTen(Rounding::kScale - UnitPrice::kScale);
    const RoundingPlan& rounding = plan_.rounding;
    if (!rounding.unit_price) Missing("rounding.unit_price", "{interval, mode}");
    CheckInterval(rounding.coefficient, "coefficient", kMicro);
    CheckInterval(rounding.factor_sum, "factor_sum", kMicro);
    CheckInterval(rounding.months, "months", kMicro);
    CheckInterval(rounding.unit_price, "unit_price", kMoney);
    CheckInterval(rounding.floor_price, "floor_price", kMoney);
    CheckInterval(rounding.total, "total", kMoney);
  }

  void CheckUse(const UsePlan& use) {
    std::set<int> seen;
    for (const int grade : use.grades) {
      Require(grade >= 1 && grade <= kLargestGrade, "grades", std::to_string(grade), "1–255");
      Require(seen.insert(grade).second, "grades", std::to_string(grade) + " × 2", "× 1");
    }
    CheckConditions(use.conditions);
    CheckDate(use.date);
    CheckFar(use);
    CheckDevelopment(use);
    CheckScreening(use.screening);
    CheckEstimation(use);
    Require(use.order.significance >= 0.0 && use.order.significance < 1.0, "order.significance",
            Text(use.order.significance), "[0, 1)");
    for (const auto& [name, value] : use.conversion_constants) {
      if (!FromCode<Figure>(name)) {
        Add(Code::kPlanUnknownFigure, "conversion." + name, {name, List(ConversionFigureNames())});
      }
      Require(std::isfinite(value), "conversion." + name, Text(value), "(-∞, ∞)");
    }
  }

  void CheckConditions(const BenchmarkConditions& conditions) {
    Require(conditions.term > Years() && conditions.term <= Years::Of(kLargestTermYears),
            "conditions.term_years", conditions.term.ToString(), "(0, 100]");
    Require(conditions.capitalization_rate > Rate() && conditions.capitalization_rate < Rate::Of(1),
            "conditions.capitalization_rate", conditions.capitalization_rate.ToString(), "(0, 1)");
    if (conditions.far) {
      Require(*conditions.far > FloorAreaRatio(), "conditions.far", conditions.far->ToString(),
              "> 0");
    }
    for (const auto& [grade, far] : conditions.far_by_grade) {
      Require(grade >= 1 && grade <= kLargestGrade, "conditions.far_by_grade",
              std::to_string(grade), "1–255");
      Require(far > FloorAreaRatio(), "conditions.far_by_grade." + std::to_string(grade),
              far.ToString(), "> 0");
    }
  }

  void CheckDate(const DateCorrection& date) {
    switch (date.kind) {
      case DateCorrectionKind::kNone:
        return;
      case DateCorrectionKind::kMonthlyRate:
        return Require(date.monthly_rate > Rate::FromUnits(-500'000) &&
                           date.monthly_rate < Rate::FromUnits(500'000),
                       "date.monthly_rate", date.monthly_rate.ToString(), "(-0.5, 0.5)");
      case DateCorrectionKind::kIndex:
        return CheckIndex(date);
      case DateCorrectionKind::kEstimated:
        return Require(date.estimated_period_months >= 1 &&
                           date.estimated_period_months <= kLargestPeriodMonths,
                       "date.estimated_period_months", std::to_string(date.estimated_period_months),
                       "1–24");
    }
  }

  void CheckIndex(const DateCorrection& date) {
    const auto& points = date.points;
    if (points.size() < 2) return Missing("date.points", "[{date, index}, {date, index}, …]");
    for (std::size_t i = 0; i < points.size(); ++i) {
      Require(points[i].second > Coefficient(), "date.points", points[i].second.ToString(), "> 0");
      if (!points[i].first.ok()) return Missing("date.points", "2025-04-01, …");
      if (i > 0) {
        Require(points[i - 1].first < points[i].first, "date.points", FormatDate(points[i].first),
                "> " + FormatDate(points[i - 1].first));
      }
    }
    const Date base = plan_.base_date;
    if (base.ok() && (base < points.front().first || base > points.back().first)) {
      Add(Code::kPlanIndexMissesBaseDate, "date.points",
          {FormatDate(points.front().first), FormatDate(points.back().first), FormatDate(base)});
    }
  }

  // The grades that need a figure of their own or one for all: those of the plan, or any.
  template <class T>
  void RequireGrades(const UsePlan& use, const std::map<int, T>& by_grade,
                     const std::string& field) {
    if (use.grades.empty() && !by_grade.contains(0)) {
      Add(Code::kPlanGradeWithoutFigure, field, {prefix_ + field, "*"});
    }
    for (const int grade : use.grades) {
      if (HasGrade(by_grade, grade)) continue;
      Add(Code::kPlanGradeWithoutFigure, field, {prefix_ + field, std::to_string(grade)});
    }
  }

  void RequireBaseFar(const UsePlan& use) {
    std::map<int, FloorAreaRatio> by_grade = use.conditions.far_by_grade;
    if (use.conditions.far) by_grade[0] = *use.conditions.far;
    RequireGrades(use, by_grade, "conditions.far");
  }

  void CheckFar(const UsePlan& use) {
    const FarCorrection& far = use.far;
    Require(far.largest > FloorAreaRatio(), "far.largest", far.largest.ToString(), "> 0");
    if (far.kind != FarCorrectionKind::kNone) RequireBaseFar(use);
    if (far.kind == FarCorrectionKind::kPower) {
      RequireGrades(use, far.exponent_by_grade, "far.exponent");
      for (const auto& [grade, exponent] : far.exponent_by_grade) {
        Require(exponent >= -2.0 && exponent <= 2.0, "far.exponent." + std::to_string(grade),
                Text(exponent), "[-2, 2]");
      }
    }
    if (far.kind == FarCorrectionKind::kTable) CheckFarTable(use);
  }

  void CheckFarTable(const UsePlan& use) {
    const auto& table = use.far.table;
    if (table.size() < 2) return Missing("far.table", "[{at, values}, {at, values}, …]");
    for (std::size_t i = 0; i < table.size(); ++i) {
      Require(table[i].at > (i == 0 ? FloorAreaRatio() : table[i - 1].at), "far.table",
              table[i].at.ToString(), "> " + (i == 0 ? "0" : table[i - 1].at.ToString()));
      RequireGrades(use, table[i].by_grade, "far.table");
      for (const auto& [grade, coefficient] : table[i].by_grade) {
        Require(coefficient > Coefficient(), "far.table", coefficient.ToString(), "> 0");
      }
    }
  }

  void CheckDevelopment(const UsePlan& use) {
    const auto& costs = use.development.cost_by_level;
    if (costs.empty()) return;
    const std::string& level = use.conditions.development_level;
    if (costs.contains(level)) return;
    std::vector<std::string> levels;
    for (const auto& entry : costs) levels.push_back(entry.first);
    Add(Code::kPlanLevelWithoutCost, "conditions.development_level", {level, List(levels)});
  }

  void CheckScreening(const ScreeningPlan& screening) {
    Require(screening.mad_limit > 0.0 && std::isfinite(screening.mad_limit), "screening.mad_limit",
            Text(screening.mad_limit), "> 0");
    Require(screening.max_passes >= 1 && screening.max_passes <= 100, "screening.max_passes",
            std::to_string(screening.max_passes), "1–100");
    Require(screening.min_samples_to_screen >= 3, "screening.min_samples_to_screen",
            std::to_string(screening.min_samples_to_screen), ">= 3");
    RequireShare(screening.largest_rejected_share, "screening.largest_rejected_share");
    Require(screening.cv_limit > 0.0, "screening.cv_limit", Text(screening.cv_limit), "> 0");
    RequireShare(screening.two_population_p, "screening.two_population_p");
    RequireShare(screening.normality_p, "screening.normality_p");
    Require(screening.smallest_area >= Area(), "screening.smallest_area_sqm",
            screening.smallest_area.ToString(), ">= 0");
    const UnitPrice lowest = screening.lowest_price.value_or(UnitPrice());
    Require(lowest >= UnitPrice(), "screening.lowest_price_yuan_per_sqm", lowest.ToString(),
            ">= 0");
    if (screening.highest_price) {
      Require(*screening.highest_price > lowest, "screening.highest_price_yuan_per_sqm",
              screening.highest_price->ToString(), "> " + lowest.ToString());
    }
  }

  void CheckEstimation(const UsePlan& use) {
    const EstimationPlan& estimation = use.estimation;
    Require(estimation.trim >= 0.0 && estimation.trim < 0.5, "estimation.trim",
            Text(estimation.trim), "[0, 0.5)");
    Require(estimation.bootstrap_replicates >= kFewestReplicates &&
                estimation.bootstrap_replicates <= kMostReplicates,
            "estimation.bootstrap_replicates", std::to_string(estimation.bootstrap_replicates),
            "99–1000000");
    Require(estimation.min_samples >= 2, "estimation.min_samples",
            std::to_string(estimation.min_samples), ">= 2");
    Require(estimation.good_samples >= estimation.min_samples, "estimation.good_samples",
            std::to_string(estimation.good_samples),
            ">= " + std::to_string(estimation.min_samples));
    if (estimation.interval == IntervalMethod::kOrderStatistic) {
      Require(estimation.estimator == Estimator::kMedian, "estimation.interval",
              "order_statistic (estimator " + std::string(CodeOf(estimation.estimator)) + ")",
              "analytic, bootstrap_percentile, bootstrap_bca");
    }
    std::set<ThinCellPolicy> seen;
    for (const ThinCellPolicy policy : estimation.thin_cells) {
      Require(seen.insert(policy).second, "estimation.thin_cells",
              std::string(CodeOf(policy)) + " × 2", "× 1");
    }
    if (seen.contains(ThinCellPolicy::kGradeRatio)) CheckRatioUse(use);
  }

  void CheckRatioUse(const UsePlan& use) {
    std::vector<std::string_view> others;
    for (const UsePlan& other : plan_.uses) {
      if (other.use != use.use) others.push_back(CodeOf(other.use));
    }
    if (!use.estimation.ratio_use) return Missing("estimation.ratio_use", List(others));
    const std::string_view wanted = CodeOf(*use.estimation.ratio_use);
    Require(std::find(others.begin(), others.end(), wanted) != others.end(), "estimation.ratio_use",
            std::string(wanted), List(others));
  }

  const ComputePlan& plan_;
  std::string prefix_;
  Diagnostics found_;
};

}  // namespace

Diagnostics ComputePlan::Validate() const { return PlanCheck(*this).Run(); }

DateRange SampleWindow(const ComputePlan& plan) {
  if (plan.window != DateRange{}) return plan.window;
  const Date after = std::chrono::sys_days(plan.base_date) + std::chrono::days(1);
  Date from = after - std::chrono::years(3);
  if (!from.ok()) from = from.year() / from.month() / std::chrono::last;
  return {from, after};
}

std::optional<FloorAreaRatio> BaseFarOf(const BenchmarkConditions& conditions, int grade) {
  const auto own = conditions.far_by_grade.find(grade);
  return own == conditions.far_by_grade.end() ? conditions.far : own->second;
}

}  // namespace dijia
