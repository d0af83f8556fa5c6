// The benchmark price that a use of a parcel starts from; private to the engine.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/parcel.h"
#include "dijia/publication.h"

namespace dijia {

struct ValuedBase {
  UnitPrice price;
  std::string name;                   // `grade 2`, `zone J101`
  int grade = 0;                      // whose tables hold
  std::optional<FloorAreaRatio> far;  // that the price stands for
};

// The price of the parcel's zone, else of its grade and sub-use. Nothing after a report to
// `missing`: neither is stated, or no price is published for it.
std::optional<ValuedBase> FindBase(const PublishedUse& use, const ParcelUse& state,
                                   std::vector<Diagnostic>& missing);

}  // namespace dijia
