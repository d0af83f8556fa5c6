// The next publication from the current one (benchmark-price notes §6.2): prices follow an index,
// come from new samples, from both, or from a similar county, or stay; a change may be capped, and
// grades stay in order. Published prices are exact decimals, each rounded once by the publication's
// plan.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/interval.h"
#include "dijia/publication.h"
#include "dijia/publication_diff.h"
#include "dijia/refresh_plan.h"

namespace dijia {

// What the samples of a grade, or of one of its sub-uses, say.
struct ResampledGrade {
  int grade = 1;
  std::string sub_use;
  std::size_t used = 0;              // samples that passed screening
  std::optional<double> estimate;    // from them alone, as it is published but not rounded
  std::optional<Interval> interval;  // of it, or of what stands in for it
  std::vector<double> prices;        // of the used samples at the benchmark conditions
};

// What methods need beside the publication; absent where no method asks.
struct RefreshInputs {
  std::optional<Publication> resampled;  // the draft that the samples gave for the same area
  std::map<LandUse, std::vector<ResampledGrade>> samples;  // behind it
  std::optional<Publication> comparable;                   // of a similar county
};

// Why a price went the way it did.
enum class RefreshWhy : std::uint8_t {
  kPlanned,        // the plan's method
  kNotInPlan,      // carried: the plan does not name the use
  kEnoughSamples,  // to be blended, but the samples are not thin
  kFollowsGrade,   // zone or street: old price × new / old price of its grade
  kNotResampled,   // the samples gave no price, or for a blend none of their own
  kTooFewSamples,  // fewer than the plan asks for
  kIntervalTooWide,
  kNoInterval,    // no variance to blend by
  kNoOldPrice,    // to carry, to index, or to blend
  kNoComparable,  // the comparable publication has no such price, or there is no ratio
  kNoGradeRatio,  // the grade of the zone or street lacks an old or a new price
};
template <>
struct EnumTableOf<RefreshWhy> {
  static constexpr std::array<EnumRow<RefreshWhy>, 11> kRows{{
      {RefreshWhy::kPlanned, "planned"},
      {RefreshWhy::kNotInPlan, "not_in_plan"},
      {RefreshWhy::kEnoughSamples, "enough_samples"},
      {RefreshWhy::kFollowsGrade, "follows_grade"},
      {RefreshWhy::kNotResampled, "not_resampled"},
      {RefreshWhy::kTooFewSamples, "too_few_samples"},
      {RefreshWhy::kIntervalTooWide, "interval_too_wide"},
      {RefreshWhy::kNoInterval, "no_interval"},
      {RefreshWhy::kNoOldPrice, "no_old_price"},
      {RefreshWhy::kNoComparable, "no_comparable"},
      {RefreshWhy::kNoGradeRatio, "no_grade_ratio"},
  }};
};
static_assert(EnumTableIsComplete<RefreshWhy>(11));

enum class RefreshCap : std::uint8_t { kNone, kRise, kFall };
template <>
struct EnumTableOf<RefreshCap> {
  static constexpr std::array<EnumRow<RefreshCap>, 3> kRows{{
      {RefreshCap::kNone, "none"},
      {RefreshCap::kRise, "rise"},
      {RefreshCap::kFall, "fall"},
  }};
};
static_assert(EnumTableIsComplete<RefreshCap>(3));

// What went into a price, as far as there is any of it.
struct RefreshGrounds {
  std::size_t samples = 0;
  std::optional<UnitPrice> resampled;          // as the computation would publish it
  std::optional<double> estimate;              // of the samples alone, not rounded
  std::optional<Interval> resampled_interval;  // of it
  std::string resampled_method;                // median, model:exponential, …
  std::optional<double> resampled_weight;      // in a blend; the indexed price has the rest
  // Of the logarithms of both, that a blend is weighted by.
  std::optional<double> resampled_variance, indexed_variance;
  std::optional<double> indexed;        // old price × index ratio, not rounded
  std::optional<UnitPrice> comparable;  // of the similar county
  std::optional<Coefficient> ratio;     // that it was multiplied by
  std::optional<Interval> interval;     // of the proposed price, where it is known
};

// How a price came about.
struct RefreshedPrice {
  LandUse use = LandUse::kOther;
  PricePlace place = PricePlace::kGrade;
  int grade = 0;                                  // 0 = a street that names none
  std::string name;                               // of the zone or street, or the sub-use
  RefreshMethod planned = RefreshMethod::kCarry;  // by the plan
  RefreshMethod method = RefreshMethod::kCarry;   // that gave the price
  RefreshWhy why = RefreshWhy::kPlanned;
  RefreshGrounds grounds;
  std::optional<UnitPrice> before;     // of the old publication; none = it published none
  std::optional<UnitPrice> proposed;   // by the method, rounded, before cap and order; none =
                                       // withheld
  RefreshCap cap = RefreshCap::kNone;  // that bound
  std::optional<UnitPrice> fitted;     // where the fit across grades moved it, before the cap
  std::optional<UnitPrice> price;      // published
};

// Spot samples against the prices that the index gives (notes §6.2: "with spot samples as a
// check").
enum class SpotOutcome : std::uint8_t { kWithin, kOutside, kTooFew };
template <>
struct EnumTableOf<SpotOutcome> {
  static constexpr std::array<EnumRow<SpotOutcome>, 3> kRows{{
      {SpotOutcome::kWithin, "within"},
      {SpotOutcome::kOutside, "outside"},
      {SpotOutcome::kTooFew, "too_few"},
  }};
};
static_assert(EnumTableIsComplete<SpotOutcome>(3));

struct SpotCheck {
  LandUse use = LandUse::kOther;
  std::size_t samples = 0;
  double ratio = 0.0;  // median of sample price / indexed price of its grade; NaN for none
  Interval interval;   // of it, exact by order statistics; NaN for none
  Percent tolerance;
  SpotOutcome outcome = SpotOutcome::kTooFew;
};

struct RefreshedPublication {
  Publication draft;                   // status draft, without a last day
  std::vector<RefreshedPrice> prices;  // of every place with an old or a new price, or whose method
                                       // should have given one: by use, place, as published
  std::vector<SpotCheck> spot_checks;  // one for each use whose plan states a tolerance
};

// The draft that a plan makes of a publication. Prices of grades follow their own method; zones and
// streets that of their grade, streets without one that of the use. A grade that the samples gave
// and the old publication does not list is added. Where a method gives no price, the fallback of
// the plan is tried, and after that the price is withheld; withheld streets are left out.
// Grades whose old prices fall from grade to grade and whose new ones do not get the nearest
// falling prices (IsotonicFit, equal weights); the caps come after that and keep the order of
// prices that they bind; zones stay. A resampled grade keeps status and method of its computation,
// unless order or cap moved it: then it is modelled, `isotonic:` or `capped:` and the method.
// Nothing after reports with places in the plan: a use that the publication lacks, an index that
// does not reach the base dates, a base date that is not later, samples brought to other
// conditions, a price beyond its type. Warnings: a comparable publication of other conditions, no
// ratio to it, spot samples that disagree with the index. Preconditions: the plan is valid, and
// `inputs` has what it needs (NeedsSamples, NeedsComparable).
std::optional<RefreshedPublication> RefreshPublication(const Publication& publication,
                                                       const RefreshPlan& plan,
                                                       const RefreshInputs& inputs,
                                                       Diagnostics& diagnostics);

}  // namespace dijia
