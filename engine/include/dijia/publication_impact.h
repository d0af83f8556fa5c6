// Who pays more and who less when one publication follows another: given parcels valued by both, by
// use and grade, before the new one is published.
#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>

#include "dijia/coefficient.h"
#include "dijia/parcel.h"
#include "dijia/publication.h"

namespace dijia {

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
  // (new − old) / old of the unit price in hundredths, rounded to 0.01; none without such a parcel.
  std::optional<Percent> largest_rise, largest_fall;
  // Totals of the parcels that both publications value and whose area is known.
  std::size_t with_total = 0;
  Money old_total, new_total;

  std::size_t parcels() const { return raised + lowered + same + not_valued; }
  friend bool operator==(const ImpactTotals&, const ImpactTotals&) = default;
};

using Impact = std::map<ImpactGroup, ImpactTotals>;

// Adds up parcels one by one. Each is valued on its own valuation date by both publications,
// whatever their periods, with the same exact prices as ValueParcel. One object serves one thread.
class ImpactStudy {
 public:
  // Both must outlive the object.
  ImpactStudy(const Publication& before, const Publication& after);
  ~ImpactStudy();

  void Add(const Parcel& parcel);
  const Impact& impact() const { return impact_; }

 private:
  class Pricer;
  std::unique_ptr<Pricer> before_, after_;
  Impact impact_;
};

}  // namespace dijia
