#include "refresh_fit.h"

#include <set>
#include <string>

#include "dijia/base/codes.h"
#include "refresh_places.h"

namespace dijia {
namespace {

using enum RefreshMethod;

// Those under which prices are looked up, 0 for streets without a grade.
std::set<int> GradesOf(const PublishedUse& use) {
  std::set<int> grades;
  for (const PublishedGrade& grade : use.grades) grades.insert(grade.grade);
  for (const PublishedZone& zone : use.zones) grades.insert(zone.grade);
  for (const PublishedRoute& route : use.routes) grades.insert(route.grade);
  return grades;
}

std::string UsesOf(const Publication& publication) {
  std::string uses;
  for (const auto& entry : publication.uses) {
    uses += (uses.empty() ? "" : ", ") + std::string(CodeOf(entry.first));
  }
  return uses;
}

std::string TextOf(const std::optional<Rounding>& rounding) {
  if (!rounding) return "-";
  return FormatDecimal(rounding->interval, Rounding::kScale) + " " +
         std::string(CodeOf(rounding->mode));
}

bool IsIndexed(const UseRefreshPlan& how, int grade) {
  const RefreshMethod method = MethodOf(&how, grade);
  const bool may_fall_back = method == kResample || method == kBlend || method == kComparison;
  return method == kIndex || method == kBlend || how.spot_tolerance.has_value() ||
         (may_fall_back && how.fallback == kIndex);
}

class Fit {
 public:
  Fit(const RefreshCase& refresh, Diagnostics& found) : case_(refresh), found_(found) {}

  void Check() {
    const Date before = case_.old.base_date;
    if (case_.plan.base_date <= before) {
      found_.Add(Code::kPlanValueNotAllowed, {"", 0, 0, "base_date"},
                 {"base_date", FormatDate(case_.plan.base_date), "> " + FormatDate(before)});
    }
    if (case_.inputs.resampled) CheckResampled(*case_.inputs.resampled);
    const auto& comparable = case_.inputs.comparable;
    if (comparable && comparable->base_date != case_.plan.base_date) {
      found_.Add(
          Code::kComparableDiffers, {"", 0, 0, "base_date"},
          {"base_date", FormatDate(case_.plan.base_date), FormatDate(comparable->base_date)});
    }
    for (const auto& [use, how] : case_.plan.uses) CheckUse(use, how);
  }

 private:
  void CheckUse(LandUse use, const UseRefreshPlan& how) {
    const auto published = case_.old.uses.find(use);
    if (published == case_.old.uses.end()) {
      found_.Add(Code::kPlanValueNotAllowed, {"", 0, 0, PathOf(use)},
                 {"uses", std::string(CodeOf(use)), UsesOf(case_.old)});
      return;
    }
    for (const int grade : GradesOf(published->second)) {
      if (IsIndexed(how, grade)) CheckIndex(use, how, grade);
    }
    if (const PublishedUse* resampled = FindUse(case_.inputs.resampled, use)) {
      Compare(Code::kResampledConditionsDiffer, use, published->second, *resampled);
    }
    const PublishedUse* comparable = FindUse(case_.inputs.comparable, use);
    if (comparable != nullptr && Asks(how, kComparison)) {
      Compare(Code::kComparableDiffers, use, published->second, *comparable);
    }
  }

  void CheckIndex(LandUse use, const UseRefreshPlan& how, int grade) {
    const auto& points = PointsOf(how, grade);
    const std::string path = PathOf(use) + ".index";
    if (points.empty()) {
      found_.Add(Code::kPlanValueMissing, {"", 0, 0, path},
                 {path + "_by_grade." + GradeKey(grade), "[{ date, index }, …]"});
      return;
    }
    for (const Date day : {case_.old.base_date, case_.plan.base_date}) {
      if (Reaches(points, day)) continue;
      found_.Add(
          Code::kPlanIndexMissesBaseDate, {"", 0, 0, path},
          {FormatDate(points.front().date), FormatDate(points.back().date), FormatDate(day)});
    }
  }

  // What a draft from samples must share with the publication as a whole.
  void CheckResampled(const Publication& resampled) {
    const Code code = Code::kResampledConditionsDiffer;
    Expect(code, "primary_unit", std::string(CodeOf(case_.old.primary_unit)),
           std::string(CodeOf(resampled.primary_unit)));
    Expect(code, "rounding.unit_price", TextOf(case_.old.rounding.unit_price),
           TextOf(resampled.rounding.unit_price));
    const auto steps = [](const Publication& publication) {
      return std::to_string(publication.unit_price_by_magnitude.size());
    };
    Expect(code, "rounding.unit_price_by_magnitude", steps(case_.old), steps(resampled));
    if (resampled.base_date == case_.plan.base_date) return;
    found_.Add(Code::kPlanValueNotAllowed, {"", 0, 0, "sources.compute_plan"},
               {"base_date", FormatDate(resampled.base_date), FormatDate(case_.plan.base_date)});
  }

  // What the prices of a use stand for, as far as both state it.
  void Compare(Code code, LandUse use, const PublishedUse& ours, const PublishedUse& theirs) {
    const std::string path = PathOf(use);
    Expect(code, path + ".term_years", ours.term.ToString(), theirs.term.ToString());
    Expect(code, path + ".capitalization_rate", ours.capitalization_rate.ToString(),
           theirs.capitalization_rate.ToString());
    if (!ours.development_level.empty() && !theirs.development_level.empty()) {
      Expect(code, path + ".development_level", ours.development_level, theirs.development_level);
    }
    for (const PublishedGrade& grade : ours.grades) {
      const PublishedGrade* other = FindGrade(theirs, grade.grade, grade.sub_use);
      if (other == nullptr || !grade.far || !other->far) continue;
      Expect(code, path + ".far." + GradeKey(grade.grade), grade.far->ToString(),
             other->far->ToString());
    }
  }

  void Expect(Code code, const std::string& field, const std::string& ours,
              const std::string& theirs) {
    if (ours != theirs) found_.Add(code, {"", 0, 0, field}, {field, ours, theirs});
  }

  const RefreshCase& case_;
  Diagnostics& found_;
};

}  // namespace

void CheckFit(const RefreshCase& refresh, Diagnostics& found) { Fit(refresh, found).Check(); }

}  // namespace dijia
