#include "dijia/refresh.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/monotone.h"
#include "refresh_fit.h"
#include "refresh_methods.h"
#include "spot_check.h"

namespace dijia {
namespace {

class Refresher {
 public:
  Refresher(const RefreshCase& refresh, Diagnostics& diagnostics)
      : case_(refresh), plan_(refresh.plan), diagnostics_(diagnostics) {
    refreshed_.draft = case_.old;
  }

  std::optional<RefreshedPublication> Run() {
    Diagnostics found;
    CheckFit(case_, found);
    const bool is_refused = found.has_errors();
    diagnostics_.Append(found);
    if (is_refused) return std::nullopt;
    NameDraft();
    for (auto& [use, published] : refreshed_.draft.uses) {
      if (!RefreshUse(use, published)) return std::nullopt;
    }
    return std::move(refreshed_);
  }

 private:
  void NameDraft() {
    Publication& draft = refreshed_.draft;
    draft.id = plan_.id;
    draft.title = plan_.title.empty() ? case_.old.title : plan_.title;
    draft.document_no = plan_.document_no;
    draft.base_date = plan_.base_date;
    draft.effective_from = plan_.effective_from;
    draft.effective_until.reset();
    draft.status = PublicationStatus::kDraft;
  }

  // False after reports of a price that cannot be published.
  bool RefreshUse(LandUse use, PublishedUse& published) {
    UseMethods methods(case_, use, diagnostics_);
    const auto how = plan_.uses.find(use);
    how_ = how == plan_.uses.end() ? nullptr : &how->second;
    use_ = use;
    const std::size_t first = refreshed_.prices.size();
    if (how_ != nullptr) AddNewGrades(published);
    ProposeGrades(published, methods);
    if (plan_.keep_order) KeepOrder(first);
    for (std::size_t i = first; i < refreshed_.prices.size(); ++i) {
      Cap(refreshed_.prices[i], methods);
    }
    PublishGrades(published, first);
    const std::size_t grades = refreshed_.prices.size() - first;
    if (how_ != nullptr && how_->spot_tolerance) {
      const std::span records = std::span(refreshed_.prices).subspan(first);
      refreshed_.spot_checks.push_back(CheckSpotSamples(case_, use, records, diagnostics_));
    }
    RefreshPlaces(published, first, grades, methods);
    return !methods.overflows();
  }

  // Grades that the samples gave and the publication does not list.
  void AddNewGrades(PublishedUse& published) const {
    const PublishedUse* resampled = FindUse(case_.inputs.resampled, use_);
    if (resampled == nullptr) return;
    std::set<std::string> sub_uses;
    for (const PublishedGrade& grade : published.grades) sub_uses.insert(grade.sub_use);
    for (const PublishedGrade& grade : resampled->grades) {
      const RefreshMethod method = MethodOf(how_, grade.grade);
      const bool is_asked = method == RefreshMethod::kResample || method == RefreshMethod::kBlend;
      const bool is_new = FindGrade(published, grade.grade, grade.sub_use) == nullptr &&
                          (sub_uses.empty() || sub_uses.contains(grade.sub_use));
      if (!is_asked || !is_new || !grade.price) continue;
      PublishedGrade added = grade;
      added.price.reset();
      const auto behind = std::ranges::find_if(published.grades, [&](const PublishedGrade& other) {
        return other.sub_use == grade.sub_use && other.grade > grade.grade;
      });
      published.grades.insert(behind, std::move(added));
    }
  }

  // Whether a grade without an old price may get one.
  bool MayAppear(int grade) const {
    const RefreshMethod method = MethodOf(how_, grade);
    return method == RefreshMethod::kResample || method == RefreshMethod::kBlend ||
           method == RefreshMethod::kComparison;
  }

  void ProposeGrades(const PublishedUse& published, UseMethods& methods) {
    for (const PublishedGrade& grade : published.grades) {
      if (!grade.price && !MayAppear(grade.grade)) continue;
      methods.ProposeGrade(Record(PricePlace::kGrade, grade.grade, grade.sub_use, grade.price));
    }
  }

  RefreshedPrice& Record(PricePlace place, int grade, const std::string& name,
                         std::optional<UnitPrice> before) {
    RefreshedPrice& price = refreshed_.prices.emplace_back();
    price.use = use_;
    price.place = place;
    price.grade = grade;
    price.name = name;
    price.before = before;
    return price;
  }

  void PublishGrades(PublishedUse& published, std::size_t first) const {
    auto next = refreshed_.prices.cbegin() + static_cast<std::ptrdiff_t>(first);
    for (PublishedGrade& grade : published.grades) {
      if (!grade.price && !MayAppear(grade.grade)) continue;
      Publish(grade, *next);
      ++next;
    }
  }

  void Publish(PublishedGrade& grade, const RefreshedPrice& price) const {
    grade.price = price.price;
    grade.method = CodeOf(price.method);
    switch (price.method) {
      case RefreshMethod::kCarry:
        grade.status = "carried_forward";
        break;
      case RefreshMethod::kIndex:
      case RefreshMethod::kBlend:
      case RefreshMethod::kComparison:
        grade.status = "modelled";
        break;
      case RefreshMethod::kResample: {
        const PublishedUse& resampled = *FindUse(case_.inputs.resampled, use_);
        const PublishedGrade& own = *FindGrade(resampled, grade.grade, grade.sub_use);
        grade.status = own.status;
        grade.method = own.method;
        if (price.price != price.proposed) {  // not what the samples gave
          grade.status = "modelled";
          grade.method = (price.cap == RefreshCap::kNone ? "isotonic:" : "capped:") + own.method;
        }
        break;
      }
      case RefreshMethod::kWithhold:
        grade.status = "withheld";
        grade.method.clear();
        break;
    }
  }

  // Zones and streets, of which those without a price are left out. The records of the grades are
  // `grades` from `first` on.
  void RefreshPlaces(PublishedUse& published, std::size_t first, std::size_t grades,
                     UseMethods& methods) {
    const auto propose = [&](PricePlace place, int grade, const std::string& name,
                             UnitPrice before) {
      RefreshedPrice& price = Record(place, grade, name, before);
      methods.ProposePlace(price, GradeRecord(first, grades, grade));
      Cap(price, methods);
      return price.price;
    };
    for (PublishedZone& zone : published.zones) {
      if (zone.price) zone.price = propose(PricePlace::kZone, zone.grade, zone.zone, *zone.price);
    }
    std::erase_if(published.routes, [&](PublishedRoute& route) {
      const auto price = propose(PricePlace::kRoute, route.grade, route.route, route.price);
      route.price = price.value_or(route.price);
      return !price;
    });
  }

  // That of the use as a whole before those of its sub-uses; null = none.
  const RefreshedPrice* GradeRecord(std::size_t first, std::size_t count, int grade) const {
    const RefreshedPrice* found = nullptr;
    for (std::size_t i = first; i < first + count; ++i) {
      const RefreshedPrice& price = refreshed_.prices[i];
      if (price.grade == grade && (found == nullptr || price.name.empty())) found = &price;
    }
    return found;
  }

  // Caps come after the order and keep it: where old prices and fitted prices fall, so do the
  // limits of the old ones, and the fitted ones cut to these.
  void Cap(RefreshedPrice& price, UseMethods& methods) const {
    if (!price.before || !price.price) return;
    const UnitPrice before = *price.before;
    if (plan_.largest_rise) {
      const UnitPrice most =
          std::max(Limit(before, *plan_.largest_rise, RoundingMode::kDown, methods), before);
      if (*price.price > most) {
        price.cap = RefreshCap::kRise;
        price.price = most;
      }
    }
    if (plan_.largest_fall) {
      const UnitPrice least =
          std::min(Limit(before, -*plan_.largest_fall, RoundingMode::kUp, methods), before);
      if (*price.price < least) {
        price.cap = RefreshCap::kFall;
        price.price = least;
      }
    }
  }

  // before × (100 + change) / 100, rounded that way.
  static UnitPrice Limit(UnitPrice before, Percent change, RoundingMode mode, UseMethods& methods) {
    return methods.Rounded(ExactNumber::Of(before) * ExactNumber::Of(Percent::Of(100) + change),
                           {100, 0}, mode);
  }

  // Grades of each sub-use, from `first` on.
  void KeepOrder(std::size_t first) {
    std::map<std::string, std::vector<RefreshedPrice*>> series;
    for (std::size_t i = first; i < refreshed_.prices.size(); ++i) {
      RefreshedPrice& price = refreshed_.prices[i];
      if (price.price) series[price.name].push_back(&price);
    }
    for (auto& [name, grades] : series) {
      std::ranges::sort(grades, {}, &RefreshedPrice::grade);
      const bool is_falling =
          std::ranges::is_sorted(grades, std::ranges::greater(), &RefreshedPrice::price);
      if (WereFalling(grades) && !is_falling) PutInOrder(grades);
    }
  }

  static bool WereFalling(const std::vector<RefreshedPrice*>& grades) {
    std::vector<UnitPrice> before;
    for (const RefreshedPrice* grade : grades) {
      if (grade->before) before.push_back(*grade->before);
    }
    return before.size() >= 2 && std::ranges::is_sorted(before, std::ranges::greater());
  }

  void PutInOrder(const std::vector<RefreshedPrice*>& grades) const {
    std::vector<double> prices;
    for (const RefreshedPrice* grade : grades) prices.push_back(ToDouble(*grade->price));
    const std::vector<double> fitted = IsotonicFit(prices, {}, MonotoneDirection::kFalling);
    for (std::size_t i = 0; i < grades.size(); ++i) {
      if (fitted[i] == prices[i]) continue;
      const UnitPrice price = *grades[i]->price;
      const Result<UnitPrice> ordered = FromDouble<UnitPrice>(
          fitted[i], RoundingAt(case_.old, ExactNumber::Of(price), ExactNumber(1, 0)));
      // A mean of prices stays in their type.
      grades[i]->price = ordered ? *ordered : price;
      if (grades[i]->price != price) grades[i]->fitted = grades[i]->price;
    }
  }

  const RefreshCase case_;
  const RefreshPlan& plan_;
  Diagnostics& diagnostics_;
  RefreshedPublication refreshed_;
  LandUse use_ = LandUse::kOther;
  const UseRefreshPlan* how_ = nullptr;  // of use_; null = carried
};

}  // namespace

std::optional<RefreshedPublication> RefreshPublication(const Publication& publication,
                                                       const RefreshPlan& plan,
                                                       const RefreshInputs& inputs,
                                                       Diagnostics& diagnostics) {
  return Refresher({publication, plan, inputs}, diagnostics).Run();
}

}  // namespace dijia
