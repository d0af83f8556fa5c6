// The plan of a refresh: by which method each price of the next publication comes about, and what
// is allowed to change (benchmark-price notes §6.2).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/date.h"
#include "dijia/base/diagnostic.h"
#include "dijia/base/land.h"
#include "dijia/coefficient.h"

namespace dijia {

enum class RefreshMethod : std::uint8_t {
  kCarry,       // the price stays
  kIndex,       // price × index(new base date) / index(old base date)
  kResample,    // computed anew from sale records
  kBlend,       // where those are thin, both of them by the inverse of their variances
  kComparison,  // price of a similar county × ratio
  kWithhold,    // no price
};
template <>
struct EnumTableOf<RefreshMethod> {
  static constexpr std::array<EnumRow<RefreshMethod>, 6> kRows{{
      {RefreshMethod::kCarry, "carry"},
      {RefreshMethod::kIndex, "index"},
      {RefreshMethod::kResample, "resample"},
      {RefreshMethod::kBlend, "blend"},
      {RefreshMethod::kComparison, "comparison"},
      {RefreshMethod::kWithhold, "withhold"},
  }};
};
static_assert(EnumTableIsComplete<RefreshMethod>(6));

// How one use is refreshed. The points of an index are of one fixed base, ascending by date, linear
// in days between, and reach both base dates.
struct UseRefreshPlan {
  RefreshMethod method = RefreshMethod::kCarry;
  std::string reason;                            // why, for the record; not empty
  std::map<int, RefreshMethod> method_by_grade;  // grades that go another way
  // Of a price that its method does not give: carry, index, comparison or withhold.
  RefreshMethod fallback = RefreshMethod::kWithhold;
  std::vector<IndexSeries::Point> index;  // of every grade not listed below
  std::map<int, std::vector<IndexSeries::Point>> index_by_grade;

  // A resampled price is thin with fewer used samples, or when half its 95 % interval is wider than
  // this, in per cent of it; none = no limit.
  std::optional<int> min_samples;
  std::optional<Percent> widest_interval;
  // Standard errors in per cent: of the index between the base dates, > 0, and of the old price, as
  // far as it is known.
  std::optional<Percent> index_error, old_error;
  std::map<int, Percent> old_error_by_grade;

  // Price here / price of the comparable publication, > 0; none = the median over the common grades
  // that have a resampled price.
  std::optional<Coefficient> comparable_ratio;

  // How far the median spot sample may lie from the indexed price, per cent; none = no check.
  std::optional<Percent> spot_tolerance;
  int spot_samples = 5;  // that a check needs at least
};

// The files that methods need beside the publication, as the plan names them; reading them is not
// the business of the engine.
struct RefreshSources {
  std::string compute_plan;          // of `dijia compute`
  std::vector<std::string> samples;  // sale records
  std::string mapping = "canonical";
  std::string comparable;  // publication of a similar county
};

struct RefreshPlan {
  std::string id;  // of the new publication
  std::string title, document_no;
  Date base_date{};
  std::optional<Date> effective_from;
  // Caps on the change of a price, per cent of the old one; none = no cap. A capped price is
  // rounded towards the old one.
  std::optional<Percent> largest_rise, largest_fall;  // > 0; a fall at most 100
  bool keep_order = true;                             // of grades that were in order
  RefreshSources sources;
  std::map<LandUse, UseRefreshPlan> uses;  // the others are carried

  // Every violated limit with its place; no errors = the plan can be run.
  Diagnostics Validate() const;
};

// Whether a plan asks for a method of a use, in any grade or as its fallback.
bool Asks(const UseRefreshPlan& plan, RefreshMethod method);
// Whether a plan cannot be run without sale records, or without a comparable publication.
bool NeedsSamples(const RefreshPlan& plan);
bool NeedsComparable(const RefreshPlan& plan);

}  // namespace dijia
