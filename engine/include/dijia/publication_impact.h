// Who pays more and who less when one publication follows another: given parcels valued by both, by
// use and grade, before the new one is published.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/diagnostic.h"
#include "dijia/base/enum_table.h"
#include "dijia/base/rounding.h"
#include "dijia/coefficient.h"
#include "dijia/parcel.h"
#include "dijia/publication.h"

namespace dijia {

// What becomes of one parcel.
enum class ImpactKind : std::uint8_t {
  kRaised,     // by unit price
  kLowered,    // by unit price
  kSame,       // by unit price
  kNotValued,  // withheld by either publication
  kElsewhere,  // it states another county or area than the new publication: not counted in groups
};
template <>
struct EnumTableOf<ImpactKind> {
  static constexpr std::array<EnumRow<ImpactKind>, 5> kRows{{
      {ImpactKind::kRaised, "raised"},
      {ImpactKind::kLowered, "lowered"},
      {ImpactKind::kSame, "same"},
      {ImpactKind::kNotValued, "not_valued"},
      {ImpactKind::kElsewhere, "elsewhere"},
  }};
};
static_assert(EnumTableIsComplete<ImpactKind>(5));

// What either publication makes of a parcel; none where it withholds the value, a total also where
// the area is not known.
struct ParcelImpact {
  ImpactKind kind = ImpactKind::kNotValued;
  std::optional<UnitPrice> old_price, new_price;
  std::optional<Money> old_total, new_total;
  // (new − old) / old of the unit price in hundredths, rounded to 0.01; none unless both value it.
  std::optional<Percent> change;
  // Why either publication withholds the value, the old one first, each reason once.
  std::vector<Diagnostic> missing;
};

// The parcels that are counted together.
struct ImpactGroup {
  std::optional<LandUse> use;  // none = of mixed use, or not stated
  int grade = 0;               // as the parcel states it; 0 = it states a zone, a street or nothing

  friend auto operator<=>(const ImpactGroup&, const ImpactGroup&) = default;
};

// What the new publication does to the parcels of a group.
struct ImpactTotals {
  std::size_t raised = 0, lowered = 0, same = 0;  // by unit price
  std::size_t not_valued = 0;                     // withheld by either publication
  // Of ParcelImpact::change; none without such a parcel.
  std::optional<Percent> largest_rise, largest_fall;
  // Changes of unit prices from one above zero, each rounded to 0.000001 %: how many, and their
  // sum in these units.
  std::size_t with_change = 0;
  Int128 changes = 0;
  // Totals of the parcels that both publications value and whose area is known; of these, what
  // those whose total rises pay more together and the others less.
  std::size_t with_total = 0;
  Money old_total, new_total, more, less;

  std::size_t parcels() const { return raised + lowered + same + not_valued; }
  // The mean change of unit prices, every parcel alike, rounded to 0.01 %; none without a parcel.
  std::optional<Percent> mean_change() const;
  // The change of the totals together, rounded to 0.01 %; none where there was no old one.
  std::optional<Percent> total_change() const;

  ImpactTotals& operator+=(const ImpactTotals& other);
  friend bool operator==(const ImpactTotals&, const ImpactTotals&) = default;
};

// Parcels that were not valued for one reason, of which `first` is the first that was found.
struct Withheld {
  std::size_t parcels = 0;
  Diagnostic first;
};

struct Impact {
  std::map<ImpactGroup, ImpactTotals> groups;
  std::map<Code, Withheld> withheld;  // a parcel counts once for each of its reasons
  std::size_t elsewhere = 0;          // parcels that state another place

  // The parcels of each use, and all parcels, together.
  std::map<std::optional<LandUse>, ImpactTotals> by_use() const;
  ImpactTotals total() const;
};

// Adds up parcels one by one. Each is valued on its own valuation date by both publications,
// whatever their periods, with the same exact prices as ValueParcel. One object serves one thread.
class ImpactStudy {
 public:
  // Both must outlive the object.
  ImpactStudy(const Publication& before, const Publication& after);
  ~ImpactStudy();

  ParcelImpact Add(const Parcel& parcel);
  const Impact& impact() const { return impact_; }

 private:
  class Pricer;
  const Publication& publication_;  // the new one
  std::unique_ptr<Pricer> before_, after_;
  Impact impact_;
};

}  // namespace dijia
