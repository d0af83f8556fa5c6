#include "refresh_methods.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/blend.h"
#include "dijia/location.h"
#include "price_rounding.h"
#include "refresh_places.h"
#include "valued_coefficient.h"

namespace dijia {
namespace {

using enum RefreshMethod;

const ResampledGrade* FindSamples(const RefreshInputs& inputs, LandUse use, int grade,
                                  const std::string& sub_use) {
  const auto of_use = inputs.samples.find(use);
  if (of_use == inputs.samples.end()) return nullptr;
  const auto found = std::ranges::find_if(of_use->second, [&](const ResampledGrade& own) {
    return own.grade == grade && own.sub_use == sub_use;
  });
  return found == of_use->second.end() ? nullptr : &*found;
}

std::optional<Percent> OldErrorOf(const UseRefreshPlan& how, int grade) {
  const Percent* own = OfGrade(how.old_error_by_grade, grade);
  return own == nullptr ? how.old_error : *own;
}

// Nothing where the plan does not state the error of the index.
std::optional<double> IndexedVariance(const UseRefreshPlan& how, int grade) {
  if (!how.index_error) return std::nullopt;
  const auto old_error = OldErrorOf(how, grade);
  return LogVarianceOf(*how.index_error) + (old_error ? LogVarianceOf(*old_error) : 0.0);
}

bool GivesOldPrice(RefreshMethod method) { return method == kCarry || method == kIndex; }

}  // namespace

RefreshMethod MethodOf(const UseRefreshPlan* how, int grade) {
  if (how == nullptr) return kCarry;
  const RefreshMethod* own = OfGrade(how->method_by_grade, grade);
  return own == nullptr ? how->method : *own;
}

const std::vector<IndexSeries::Point>& PointsOf(const UseRefreshPlan& how, int grade) {
  const auto* own = OfGrade(how.index_by_grade, grade);
  return own == nullptr ? how.index : *own;
}

bool Reaches(const std::vector<IndexSeries::Point>& points, Date day) {
  return !points.empty() && points.front().date <= day && day <= points.back().date;
}

Rounding RoundingAt(const Publication& publication, const ExactNumber& numerator,
                    const ExactNumber& denominator) {
  return RoundingOf(publication, numerator, denominator)
      .value_or(Rounding{RoundingMode::kHalfUp, 100});
}

const PublishedGrade* FindGrade(const PublishedUse& use, int grade, const std::string& sub_use) {
  const auto found = std::ranges::find_if(use.grades, [&](const PublishedGrade& own) {
    return own.grade == grade && own.sub_use == sub_use;
  });
  return found == use.grades.end() ? nullptr : &*found;
}

const PublishedUse* FindUse(const std::optional<Publication>& publication, LandUse use) {
  if (!publication) return nullptr;
  const auto found = publication->uses.find(use);
  return found == publication->uses.end() ? nullptr : &found->second;
}

UseMethods::UseMethods(const RefreshCase& refresh, LandUse use, Diagnostics& diagnostics)
    : case_(refresh), use_(use), diagnostics_(diagnostics) {
  const auto how = case_.plan.uses.find(use);
  if (how == case_.plan.uses.end()) return;
  how_ = &how->second;
  if (!Asks(*how_, kComparison)) return;
  ratio_ = how_->comparable_ratio ? how_->comparable_ratio : DeriveRatio();
  if (!ratio_) {
    diagnostics_.Add(Code::kNoComparableRatio, {"", 0, 0, PathOf(use)}, {std::string(CodeOf(use))});
  }
}

std::optional<Coefficient> UseMethods::DeriveRatio() const {
  const PublishedUse* here = FindUse(case_.inputs.resampled, use_);
  const PublishedUse* there = FindUse(case_.inputs.comparable, use_);
  if (here == nullptr || there == nullptr) return std::nullopt;
  std::vector<double> ratios;
  for (const PublishedGrade& own : here->grades) {
    const ResampledGrade* samples = FindSamples(case_.inputs, use_, own.grade, own.sub_use);
    const PublishedGrade* other = FindGrade(*there, own.grade, own.sub_use);
    const bool is_common =
        own.price && samples != nullptr && samples->estimate && other != nullptr && other->price;
    if (is_common) ratios.push_back(ToDouble(*own.price) / ToDouble(*other->price));
  }
  if (ratios.empty()) return std::nullopt;
  std::ranges::sort(ratios);
  const auto ratio = FromDouble<Coefficient>(Median(ratios), {RoundingMode::kHalfUp, 1});
  if (!ratio || *ratio <= Coefficient()) return std::nullopt;
  return *ratio;
}

void UseMethods::ProposeGrade(RefreshedPrice& price) {
  price.planned = MethodOf(how_, price.grade);
  FindGrounds(price);
  Attempt attempt = Try(price.planned, price);
  if (attempt.fails()) {
    const RefreshWhy why = attempt.why;
    attempt = Try(how_->fallback, price);
    if (attempt.fails()) attempt = {};
    attempt.why = why;
  } else if (how_ == nullptr) {
    attempt.why = RefreshWhy::kNotInPlan;
  }
  Take(price, attempt);
}

void UseMethods::ProposePlace(RefreshedPrice& price, const RefreshedPrice* grade) {
  price.planned = MethodOf(how_, price.grade);
  FindIndexed(price);
  Attempt attempt = GivesOldPrice(price.planned) || price.planned == kWithhold
                        ? Try(price.planned, price)
                        : AsGrade(price, grade);
  if (how_ == nullptr) attempt.why = RefreshWhy::kNotInPlan;
  Take(price, attempt);
}

// Samples lie in grades: a zone or street keeps its distance to the price of its grade.
UseMethods::Attempt UseMethods::AsGrade(RefreshedPrice& price, const RefreshedPrice* grade) {
  if (grade != nullptr && grade->before && grade->proposed && !GivesOldPrice(grade->method)) {
    const UnitPrice followed =
        Positive(Rounded(ExactNumber::Of(*price.before) * ExactNumber::Of(*grade->proposed),
                         ExactNumber::Of(*grade->before)));
    return {followed, grade->method, RefreshWhy::kFollowsGrade};
  }
  // A grade that never had a price says nothing of what lies in it.
  const bool has_way = grade != nullptr && (GivesOldPrice(grade->method) ||
                                            (grade->method == kWithhold && grade->before));
  Attempt attempt;
  if (has_way) {
    attempt = Try(grade->method, price);
  } else if (GivesOldPrice(how_->fallback)) {
    attempt = Try(how_->fallback, price);
  }
  attempt.why = has_way ? grade->why : RefreshWhy::kNoGradeRatio;
  return attempt;
}

void UseMethods::Take(RefreshedPrice& price, const Attempt& attempt) const {
  price.method = attempt.method;
  price.why = attempt.why;
  price.proposed = price.price = attempt.price;
  RefreshGrounds& grounds = price.grounds;
  if (price.place != PricePlace::kGrade || !price.proposed) return;
  if (price.method == kResample) grounds.interval = grounds.resampled_interval;
  if (price.method != kIndex || !grounds.indexed) return;
  if (const auto variance = IndexedVariance(*how_, price.grade)) {
    grounds.interval = IntervalOf({*grounds.indexed, *variance});
  }
}

void UseMethods::FindGrounds(RefreshedPrice& price) {
  FindIndexed(price);
  RefreshGrounds& grounds = price.grounds;
  if (const auto* samples = FindSamples(case_.inputs, use_, price.grade, price.name)) {
    grounds.samples = samples->used;
    grounds.estimate = samples->estimate;
    grounds.resampled_interval = samples->interval;
  }
  const PublishedUse* resampled = FindUse(case_.inputs.resampled, use_);
  const PublishedGrade* own =
      resampled == nullptr ? nullptr : FindGrade(*resampled, price.grade, price.name);
  if (own == nullptr || !own->price) return;
  grounds.resampled = own->price;
  grounds.resampled_method = own->method;
}

void UseMethods::FindIndexed(RefreshedPrice& price) const {
  if (how_ == nullptr || !price.before) return;
  const auto& points = PointsOf(*how_, price.grade);
  if (!Reaches(points, case_.old.base_date) || !Reaches(points, case_.plan.base_date)) return;
  const Quotient indexed = IndexedPrice(price);
  constexpr int kPlaces = 6;
  const auto units = indexed.numerator.Round(indexed.denominator, kPlaces, std::nullopt);
  if (!units) return;
  price.grounds.indexed = static_cast<double>(*units) / static_cast<double>(PowerOfTen(kPlaces));
}

UseMethods::Quotient UseMethods::IndexedPrice(const RefreshedPrice& price) const {
  const auto& points = PointsOf(*how_, price.grade);
  const IndexValue then = IndexOn(points, case_.old.base_date);
  const IndexValue now = IndexOn(points, case_.plan.base_date);
  return {ExactNumber::Of(*price.before) * now.value * then.days, now.days * then.value};
}

UseMethods::Attempt UseMethods::Try(RefreshMethod method, RefreshedPrice& price) {
  switch (method) {
    case kCarry:
      return Carried(price);
    case kIndex:
      return Indexed(price);
    case kResample:
      return Resampled(price);
    case kBlend:
      return Blended(price);
    case kComparison:
      return Compared(price);
    case kWithhold:
      break;
  }
  return {};
}

UseMethods::Attempt UseMethods::Carried(const RefreshedPrice& price) const {
  if (!price.before) return {std::nullopt, kCarry, RefreshWhy::kNoOldPrice};
  return {price.before, kCarry, RefreshWhy::kPlanned};
}

UseMethods::Attempt UseMethods::Indexed(RefreshedPrice& price) {
  if (!price.before) return {std::nullopt, kIndex, RefreshWhy::kNoOldPrice};
  const Quotient exact = IndexedPrice(price);
  const UnitPrice indexed = Positive(Rounded(exact.numerator, exact.denominator));
  return {indexed, kIndex, RefreshWhy::kPlanned};
}

UseMethods::Attempt UseMethods::Resampled(RefreshedPrice& price) {
  const RefreshGrounds& grounds = price.grounds;
  if (!grounds.resampled) return {std::nullopt, kResample, RefreshWhy::kNotResampled};
  if (const auto thin = Thinness(grounds)) return {std::nullopt, kResample, *thin};
  return {grounds.resampled, kResample, RefreshWhy::kPlanned};
}

UseMethods::Attempt UseMethods::Blended(RefreshedPrice& price) {
  RefreshGrounds& grounds = price.grounds;
  const auto failed = [](RefreshWhy why) { return Attempt{std::nullopt, kBlend, why}; };
  if (!grounds.resampled || !grounds.estimate) return failed(RefreshWhy::kNotResampled);
  const auto thin = Thinness(grounds);
  if (!thin) return {grounds.resampled, kResample, RefreshWhy::kEnoughSamples};
  const double variance =
      grounds.resampled_interval ? LogVarianceOf(*grounds.resampled_interval) : std::nan("");
  if (std::isnan(variance)) return failed(RefreshWhy::kNoInterval);
  if (!grounds.indexed) return failed(RefreshWhy::kNoOldPrice);
  const double indexed_variance = *IndexedVariance(*how_, price.grade);
  const Blend blend =
      BlendPrices({*grounds.estimate, variance}, {*grounds.indexed, indexed_variance});
  grounds.resampled_variance = variance;
  grounds.indexed_variance = indexed_variance;
  grounds.resampled_weight = blend.first_weight;
  grounds.interval = IntervalOf(blend.estimate);
  return {RoundedDouble(blend.estimate.price), kBlend, *thin};
}

UseMethods::Attempt UseMethods::Compared(RefreshedPrice& price) {
  const PublishedUse* there = FindUse(case_.inputs.comparable, use_);
  const PublishedGrade* other =
      there == nullptr ? nullptr : FindGrade(*there, price.grade, price.name);
  if (!ratio_ || other == nullptr || !other->price) {
    return {std::nullopt, kComparison, RefreshWhy::kNoComparable};
  }
  price.grounds.comparable = other->price;
  price.grounds.ratio = ratio_;
  const UnitPrice compared =
      Positive(Rounded(ExactNumber::Of(*other->price) * ExactNumber::Of(*ratio_), {1, 0}));
  return {compared, kComparison, RefreshWhy::kPlanned};
}

std::optional<RefreshWhy> UseMethods::Thinness(const RefreshGrounds& grounds) const {
  if (how_->min_samples && grounds.samples < static_cast<std::size_t>(*how_->min_samples)) {
    return RefreshWhy::kTooFewSamples;
  }
  if (!how_->widest_interval) return std::nullopt;
  if (!grounds.resampled_interval) return RefreshWhy::kNoInterval;
  const double centre = grounds.estimate.value_or(ToDouble(*grounds.resampled));
  const double half_width =
      (grounds.resampled_interval->high - grounds.resampled_interval->low) / 2.0;
  if (half_width > centre * ToDouble(*how_->widest_interval) / 100.0) {
    return RefreshWhy::kIntervalTooWide;
  }
  return std::nullopt;
}

UnitPrice UseMethods::Rounded(const ExactNumber& numerator, const ExactNumber& denominator,
                              std::optional<RoundingMode> mode) {
  Rounding rounding = RoundingAt(case_.old, numerator, denominator);
  if (mode) rounding.mode = *mode;
  const auto units = numerator.Round(denominator, UnitPrice::kScale, rounding);
  if (!units && !std::exchange(overflows_, true)) {
    diagnostics_.Add(Code::kNumberTooLarge, {"", 0, 0, PathOf(use_)}, {PathOf(use_)});
  }
  return UnitPrice::FromUnits(units.value_or(0));
}

// What is published is above 0; a price too small for its rounding is reported.
UnitPrice UseMethods::Positive(UnitPrice price) {
  if (price <= UnitPrice() && !std::exchange(overflows_, true)) {
    diagnostics_.Add(Code::kNotPositive, {"", 0, 0, PathOf(use_)}, {price.ToString()});
  }
  return price;
}

// The nearest exact price chooses the step, then the double itself is rounded once.
UnitPrice UseMethods::RoundedDouble(double value) {
  const auto nearest = FromDouble<UnitPrice>(value, {RoundingMode::kHalfUp, 100});
  if (nearest) {
    const Rounding rounding = RoundingAt(case_.old, ExactNumber::Of(*nearest), {1, 0});
    if (const auto price = FromDouble<UnitPrice>(value, rounding)) return Positive(*price);
  }
  if (!std::exchange(overflows_, true)) {
    diagnostics_.Add(Code::kNumberTooLarge, {"", 0, 0, PathOf(use_)}, {PathOf(use_)});
  }
  return UnitPrice();
}

}  // namespace dijia
