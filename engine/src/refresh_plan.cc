#include "dijia/refresh_plan.h"

#include <algorithm>
#include <utility>

#include "dijia/base/codes.h"
#include "refresh_places.h"

namespace dijia {
namespace {

class RefreshPlanCheck {
 public:
  explicit RefreshPlanCheck(const RefreshPlan& plan) : plan_(plan) {}

  Diagnostics Run() {
    if (plan_.id.empty()) Missing("id", "demo-2028");
    if (plan_.uses.empty()) Missing("uses", "commercial, residential, industrial, …");
    CheckPercent("largest_rise_percent", plan_.largest_rise, 10'000);
    CheckPercent("largest_fall_percent", plan_.largest_fall, 100);
    for (const auto& [use, how] : plan_.uses) CheckUse(PathOf(use), how);
    return std::move(found_);
  }

 private:
  void Missing(const std::string& field, const std::string& allowed) {
    found_.Add(Code::kPlanValueMissing, {"", 0, 0, field}, {field, allowed});
  }

  void NotAllowed(const std::string& field, const std::string& value, const std::string& allowed) {
    found_.Add(Code::kPlanValueNotAllowed, {"", 0, 0, field}, {field, value, allowed});
  }

  void CheckPercent(const std::string& field, const std::optional<Percent>& percent,
                    std::int64_t most) {
    if (!percent || (*percent > Percent() && *percent <= Percent::Of(most))) return;
    NotAllowed(field, percent->ToString(), "> 0, ≤ " + std::to_string(most));
  }

  void CheckUse(const std::string& path, const UseRefreshPlan& how) {
    if (how.reason.empty()) Missing(path + ".reason", "样点不足，按监测指数 …");
    CheckPoints(path + ".index", how.index);
    for (const auto& [grade, points] : how.index_by_grade) {
      CheckPoints(path + ".index_by_grade." + GradeKey(grade), points);
    }
    const bool by_index = Asks(how, RefreshMethod::kIndex) || Asks(how, RefreshMethod::kBlend) ||
                          how.spot_tolerance.has_value();
    if (by_index && how.index.empty() && how.index_by_grade.empty()) {
      Missing(path + ".index", "[{ date, index }, …]");
    }
    CheckFallback(path + ".fallback", how.fallback);
    CheckBlend(path, how);
    CheckComparison(path, how);
    CheckPercent(path + ".spot_tolerance_percent", how.spot_tolerance, 100);
    if (how.spot_samples < 1) {
      NotAllowed(path + ".spot_samples", std::to_string(how.spot_samples), "≥ 1");
    }
  }

  // A fallback needs no samples: those are what was lacking.
  void CheckFallback(const std::string& path, RefreshMethod fallback) {
    if (fallback != RefreshMethod::kResample && fallback != RefreshMethod::kBlend) return;
    NotAllowed(path, std::string(CodeOf(fallback)), "carry, index, comparison, withhold");
  }

  void CheckBlend(const std::string& path, const UseRefreshPlan& how) {
    CheckPercent(path + ".widest_interval_percent", how.widest_interval, 1'000);
    CheckPercent(path + ".index_error_percent", how.index_error, 100);
    CheckPercent(path + ".old_error_percent", how.old_error, 100);
    for (const auto& [grade, error] : how.old_error_by_grade) {
      CheckPercent(path + ".old_error_percent_by_grade." + GradeKey(grade), error, 100);
    }
    if (!Asks(how, RefreshMethod::kBlend)) return;
    if (!how.index_error) Missing(path + ".index_error_percent", "> 0, ≤ 100");
    if (!how.min_samples && !how.widest_interval) {
      Missing(path + ".min_samples", "min_samples, widest_interval_percent");
    }
  }

  void CheckComparison(const std::string& path, const UseRefreshPlan& how) {
    if (how.comparable_ratio && *how.comparable_ratio <= Coefficient()) {
      found_.Add(Code::kNotPositive, {"", 0, 0, path + ".comparable_ratio"},
                 {how.comparable_ratio->ToString()});
    }
  }

  void CheckPoints(const std::string& path, const std::vector<IndexSeries::Point>& points) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Location where{"", 0, 0, path};
      if (points[i].index <= Coefficient()) {
        found_.Add(Code::kNotPositive, where, {points[i].index.ToString()});
      }
      if (i > 0 && points[i].date <= points[i - 1].date) {
        found_.Add(Code::kNotAscending, where,
                   {FormatDate(points[i].date), FormatDate(points[i - 1].date)});
      }
    }
  }

  const RefreshPlan& plan_;
  Diagnostics found_;
};

bool IsByMethod(const UseRefreshPlan& plan, RefreshMethod method) {
  return plan.method == method ||
         std::ranges::any_of(plan.method_by_grade,
                             [method](const auto& own) { return own.second == method; });
}

}  // namespace

bool Asks(const UseRefreshPlan& plan, RefreshMethod method) {
  if (IsByMethod(plan, method)) return true;
  // Carried and indexed prices are always there; a fallback stands in for the others.
  using enum RefreshMethod;
  const bool may_fall_back =
      IsByMethod(plan, kResample) || IsByMethod(plan, kBlend) || IsByMethod(plan, kComparison);
  return may_fall_back && plan.fallback == method;
}

bool NeedsSamples(const RefreshPlan& plan) {
  return std::ranges::any_of(plan.uses, [](const auto& entry) {
    const UseRefreshPlan& use = entry.second;
    return Asks(use, RefreshMethod::kResample) || Asks(use, RefreshMethod::kBlend) ||
           use.spot_tolerance.has_value() ||
           (Asks(use, RefreshMethod::kComparison) && !use.comparable_ratio);
  });
}

bool NeedsComparable(const RefreshPlan& plan) {
  return std::ranges::any_of(
      plan.uses, [](const auto& entry) { return Asks(entry.second, RefreshMethod::kComparison); });
}

Diagnostics RefreshPlan::Validate() const { return RefreshPlanCheck(*this).Run(); }

}  // namespace dijia
