#include "dijia/refresh.h"

#include <algorithm>
#include <set>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/monotone.h"
#include "exact_number.h"
#include "price_rounding.h"
#include "valued_coefficient.h"

namespace dijia {
namespace {

using Points = std::vector<IndexSeries::Point>;

std::string PathOf(LandUse use) { return "uses." + std::string(CodeOf(use)); }

class RefreshPlanCheck {
 public:
  explicit RefreshPlanCheck(const RefreshPlan& plan) : plan_(plan) {}

  Diagnostics Run() {
    if (plan_.id.empty()) Missing("id", "demo-2028");
    if (plan_.uses.empty()) Missing("uses", "commercial, residential, industrial, …");
    CheckCap("largest_rise_percent", plan_.largest_rise, 10'000);
    CheckCap("largest_fall_percent", plan_.largest_fall, 100);
    for (const auto& [use, how] : plan_.uses) CheckUse(PathOf(use), how);
    return std::move(found_);
  }

 private:
  void Missing(const std::string& field, const std::string& allowed) {
    found_.Add(Code::kPlanValueMissing, {"", 0, 0, field}, {field, allowed});
  }

  void CheckCap(const std::string& field, const std::optional<Percent>& cap, std::int64_t most) {
    if (!cap || (*cap > Percent() && *cap <= Percent::Of(most))) return;
    found_.Add(Code::kPlanValueNotAllowed, {"", 0, 0, field},
               {field, cap->ToString(), "> 0, ≤ " + std::to_string(most)});
  }

  void CheckUse(const std::string& path, const UseRefreshPlan& how) {
    if (how.reason.empty()) Missing(path + ".reason", "样点不足，按监测指数 …");
    CheckPoints(path + ".index", how.index);
    for (const auto& [grade, points] : how.index_by_grade) {
      CheckPoints(path + ".index_by_grade." + GradeKey(grade), points);
    }
    const bool by_index = how.method == RefreshMethod::kIndex ||
                          std::ranges::any_of(how.method_by_grade, [](const auto& own) {
                            return own.second == RefreshMethod::kIndex;
                          });
    if (by_index && how.index.empty() && how.index_by_grade.empty()) {
      Missing(path + ".index", "[{ date, index }, …]");
    }
  }

  void CheckPoints(const std::string& path, const Points& points) {
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

bool Reaches(const Points& points, Date day) {
  return !points.empty() && points.front().date <= day && day <= points.back().date;
}

// How prices of a publication are rounded; without a plan, to the last place of their type.
Rounding RoundingAt(const Publication& publication, const ExactNumber& numerator,
                    const ExactNumber& denominator) {
  return RoundingOf(publication, numerator, denominator)
      .value_or(Rounding{RoundingMode::kHalfUp, 100});
}

class Refresher {
 public:
  Refresher(const Publication& publication, const RefreshPlan& plan, Diagnostics& diagnostics)
      : old_(publication), plan_(plan), diagnostics_(diagnostics) {
    refreshed_.draft = publication;
  }

  std::optional<RefreshedPublication> Run() {
    Diagnostics found;
    CheckAgainstPublication(found);
    const bool is_refused = found.has_errors();
    diagnostics_.Append(found);
    if (is_refused) return std::nullopt;
    NameDraft();
    for (auto& [use, published] : refreshed_.draft.uses) RefreshUse(use, published);
    if (overflows_) return std::nullopt;
    return std::move(refreshed_);
  }

 private:
  void CheckAgainstPublication(Diagnostics& found) const {
    if (plan_.base_date <= old_.base_date) {
      found.Add(Code::kPlanValueNotAllowed, {"", 0, 0, "base_date"},
                {"base_date", FormatDate(plan_.base_date), "> " + FormatDate(old_.base_date)});
    }
    for (const auto& [use, how] : plan_.uses) {
      const auto published = old_.uses.find(use);
      if (published == old_.uses.end()) {
        found.Add(Code::kPlanValueNotAllowed, {"", 0, 0, PathOf(use)},
                  {"uses", std::string(CodeOf(use)), UsesOf(old_)});
        continue;
      }
      for (const int grade : GradesOf(published->second)) {
        if (MethodOf(&how, grade) == RefreshMethod::kIndex) CheckIndex(use, how, grade, found);
      }
    }
  }

  static std::string UsesOf(const Publication& publication) {
    std::string uses;
    for (const auto& entry : publication.uses) {
      uses += (uses.empty() ? "" : ", ") + std::string(CodeOf(entry.first));
    }
    return uses;
  }

  // Those under which prices are looked up, 0 for streets without a grade.
  static std::set<int> GradesOf(const PublishedUse& use) {
    std::set<int> grades;
    for (const PublishedGrade& grade : use.grades) grades.insert(grade.grade);
    for (const PublishedZone& zone : use.zones) grades.insert(zone.grade);
    for (const PublishedRoute& route : use.routes) grades.insert(route.grade);
    return grades;
  }

  void CheckIndex(LandUse use, const UseRefreshPlan& how, int grade, Diagnostics& found) const {
    const Points& points = PointsOf(how, grade);
    const std::string path = PathOf(use) + ".index";
    if (points.empty()) {
      found.Add(Code::kPlanValueMissing, {"", 0, 0, path},
                {path + "_by_grade." + GradeKey(grade), "[{ date, index }, …]"});
      return;
    }
    for (const Date day : {old_.base_date, plan_.base_date}) {
      if (Reaches(points, day)) continue;
      found.Add(Code::kPlanIndexMissesBaseDate, {"", 0, 0, path},
                {FormatDate(points.front().date), FormatDate(points.back().date), FormatDate(day)});
    }
  }

  static const Points& PointsOf(const UseRefreshPlan& how, int grade) {
    const Points* own = OfGrade(how.index_by_grade, grade);
    return own == nullptr ? how.index : *own;
  }

  static RefreshMethod MethodOf(const UseRefreshPlan* how, int grade) {
    if (how == nullptr) return RefreshMethod::kCarry;
    const RefreshMethod* own = OfGrade(how->method_by_grade, grade);
    return own == nullptr ? how->method : *own;
  }

  void NameDraft() {
    Publication& draft = refreshed_.draft;
    draft.id = plan_.id;
    draft.title = plan_.title.empty() ? old_.title : plan_.title;
    draft.document_no = plan_.document_no;
    draft.base_date = plan_.base_date;
    draft.effective_from = plan_.effective_from;
    draft.effective_until.reset();
    draft.status = PublicationStatus::kDraft;
  }

  void RefreshUse(LandUse use, PublishedUse& published) {
    const auto how = plan_.uses.find(use);
    how_ = how == plan_.uses.end() ? nullptr : &how->second;
    use_ = use;
    const std::size_t first = refreshed_.prices.size();
    for (const PublishedGrade& grade : published.grades) {
      if (grade.price) Propose(PricePlace::kGrade, grade.grade, grade.sub_use, *grade.price);
    }
    if (plan_.keep_order) KeepOrder(first);
    for (std::size_t i = first; i < refreshed_.prices.size(); ++i) Cap(refreshed_.prices[i]);
    auto next = refreshed_.prices.cbegin() + static_cast<std::ptrdiff_t>(first);
    for (PublishedGrade& grade : published.grades) {
      if (!grade.price) continue;
      grade.price = next->price;
      grade.status = next->method == RefreshMethod::kIndex ? "modelled" : "carried_forward";
      grade.method = CodeOf(next->method);
      ++next;
    }
    for (PublishedZone& zone : published.zones) {
      if (!zone.price) continue;
      Propose(PricePlace::kZone, zone.grade, zone.zone, *zone.price);
      zone.price = Cap(refreshed_.prices.back());
    }
    for (PublishedRoute& route : published.routes) {
      Propose(PricePlace::kRoute, route.grade, route.route, route.price);
      route.price = Cap(refreshed_.prices.back());
    }
  }

  // Records the price of a place by its method.
  void Propose(PricePlace place, int grade, const std::string& name, UnitPrice before) {
    RefreshedPrice price;
    price.use = use_;
    price.place = place;
    price.grade = grade;
    price.name = name;
    price.method = MethodOf(how_, grade);
    price.before = price.proposed = before;
    if (price.method == RefreshMethod::kIndex) {
      const Points& points = PointsOf(*how_, grade);
      const IndexValue then = IndexOn(points, old_.base_date);
      const IndexValue now = IndexOn(points, plan_.base_date);
      price.proposed = Rounded(ExactNumber::Of(before) * now.value * then.days,
                               now.days * then.value, std::nullopt);
    }
    price.price = price.proposed;
    refreshed_.prices.push_back(std::move(price));
  }

  // Caps come after the order and keep it: where old prices and fitted prices fall, so do the
  // limits of the old ones, and the fitted ones cut to these.
  UnitPrice Cap(RefreshedPrice& price) {
    if (plan_.largest_rise) {
      const UnitPrice limit = Limit(price.before, *plan_.largest_rise, RoundingMode::kDown);
      if (price.price > std::max(limit, price.before)) {
        price.cap = RefreshCap::kRise;
        price.price = std::max(limit, price.before);
      }
    }
    if (plan_.largest_fall) {
      const UnitPrice limit = Limit(price.before, -*plan_.largest_fall, RoundingMode::kUp);
      if (price.price < std::min(limit, price.before)) {
        price.cap = RefreshCap::kFall;
        price.price = std::min(limit, price.before);
      }
    }
    return price.price;
  }

  // before × (100 + change) / 100, rounded that way.
  UnitPrice Limit(UnitPrice before, Percent change, RoundingMode mode) {
    return Rounded(ExactNumber::Of(before) * ExactNumber::Of(Percent::Of(100) + change), {100, 0},
                   mode);
  }

  UnitPrice Rounded(const ExactNumber& numerator, const ExactNumber& denominator,
                    std::optional<RoundingMode> mode) {
    Rounding rounding = RoundingAt(old_, numerator, denominator);
    if (mode) rounding.mode = *mode;
    const auto units = numerator.Round(denominator, UnitPrice::kScale, rounding);
    if (!units && !std::exchange(overflows_, true)) {
      diagnostics_.Add(Code::kNumberTooLarge, {"", 0, 0, PathOf(use_)}, {PathOf(use_)});
    }
    return UnitPrice::FromUnits(units.value_or(0));
  }

  // Grades of each sub-use, from `first` on.
  void KeepOrder(std::size_t first) {
    std::map<std::string, std::vector<RefreshedPrice*>> series;
    for (std::size_t i = first; i < refreshed_.prices.size(); ++i) {
      series[refreshed_.prices[i].name].push_back(&refreshed_.prices[i]);
    }
    for (auto& [name, grades] : series) {
      std::ranges::sort(grades, {}, &RefreshedPrice::grade);
      const bool was_falling =
          std::ranges::is_sorted(grades, std::ranges::greater(), &RefreshedPrice::before);
      const bool is_falling =
          std::ranges::is_sorted(grades, std::ranges::greater(), &RefreshedPrice::price);
      if (was_falling && !is_falling) PutInOrder(grades);
    }
  }

  void PutInOrder(const std::vector<RefreshedPrice*>& grades) {
    std::vector<double> prices;
    for (const RefreshedPrice* grade : grades) prices.push_back(ToDouble(grade->price));
    const std::vector<double> fitted = IsotonicFit(prices, {}, MonotoneDirection::kFalling);
    for (std::size_t i = 0; i < grades.size(); ++i) {
      if (fitted[i] == prices[i]) continue;
      const UnitPrice price = grades[i]->price;
      const Result<UnitPrice> ordered = FromDouble<UnitPrice>(
          fitted[i], RoundingAt(old_, ExactNumber::Of(price), ExactNumber(1, 0)));
      // A mean of prices stays in their type.
      grades[i]->price = ordered ? *ordered : price;
      grades[i]->ordered = grades[i]->price != price;
    }
  }

  const Publication& old_;
  const RefreshPlan& plan_;
  Diagnostics& diagnostics_;
  RefreshedPublication refreshed_;
  LandUse use_ = LandUse::kOther;
  const UseRefreshPlan* how_ = nullptr;  // of use_; null = carried
  bool overflows_ = false;
};

}  // namespace

Diagnostics RefreshPlan::Validate() const { return RefreshPlanCheck(*this).Run(); }

std::optional<RefreshedPublication> RefreshPublication(const Publication& publication,
                                                       const RefreshPlan& plan,
                                                       Diagnostics& diagnostics) {
  return Refresher(publication, plan, diagnostics).Run();
}

}  // namespace dijia
