// The next publication from the current one between two full rounds (benchmark-price notes §6.2):
// prices of some uses and grades follow an index, the others are carried, a change may be capped,
// and grades stay in order. Exact decimals; each price is rounded once by the publication's plan.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "dijia/publication_diff.h"

namespace dijia {

enum class RefreshMethod : std::uint8_t {
  kCarry,  // the price stays
  kIndex,  // price × index(new base date) / index(old base date)
};
template <>
struct EnumTableOf<RefreshMethod> {
  static constexpr std::array<EnumRow<RefreshMethod>, 2> kRows{{
      {RefreshMethod::kCarry, "carry"},
      {RefreshMethod::kIndex, "index"},
  }};
};
static_assert(EnumTableIsComplete<RefreshMethod>(2));

// How one use is refreshed. The points of an index are of one fixed base, ascending by date, linear
// in days between, and reach both base dates.
struct UseRefreshPlan {
  RefreshMethod method = RefreshMethod::kCarry;
  std::string reason;                            // why, for the record; not empty
  std::map<int, RefreshMethod> method_by_grade;  // grades that go another way
  std::vector<IndexSeries::Point> index;         // of every grade not listed below
  std::map<int, std::vector<IndexSeries::Point>> index_by_grade;
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
  std::map<LandUse, UseRefreshPlan> uses;             // the others are carried

  // Every violated limit with its place; no errors = the plan can be run.
  Diagnostics Validate() const;
};

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

// How a price came about.
struct RefreshedPrice {
  LandUse use = LandUse::kOther;
  PricePlace place = PricePlace::kGrade;
  int grade = 0;     // 0 = a street that names none
  std::string name;  // of the zone or street, or the sub-use
  RefreshMethod method = RefreshMethod::kCarry;
  UnitPrice before;                    // of the old publication
  UnitPrice proposed;                  // by the method, rounded, before cap and order
  RefreshCap cap = RefreshCap::kNone;  // that bound
  bool ordered = false;                // moved by the fit across grades, before the cap
  UnitPrice price;                     // published
};

struct RefreshedPublication {
  Publication draft;                   // status draft, without a last day
  std::vector<RefreshedPrice> prices;  // of every place with a price: by use, place, as published
};

// The draft that a plan makes of a publication. Prices of grades follow their own method; zones and
// streets that of their grade, streets without one that of the use. Places without a price stay so.
// Grades whose old prices fall from grade to grade and whose new ones do not get the nearest
// falling prices (IsotonicFit, equal weights); the caps come after that and keep the order; zones
// stay. Nothing after reports with places in the plan: a use that the publication lacks, an index
// that does not reach the base dates, a base date that is not later, a price beyond its type.
// Precondition: the plan is valid.
std::optional<RefreshedPublication> RefreshPublication(const Publication& publication,
                                                       const RefreshPlan& plan,
                                                       Diagnostics& diagnostics);

}  // namespace dijia
