// The coefficients of one use for one parcel; private to the engine.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dijia/parcel.h"
#include "dijia/publication.h"
#include "dijia/valuation.h"

namespace dijia {

// What the tables of a use are looked up for.
struct ValuedSite {
  const Publication& publication;
  const PublishedUse& use;
  const Parcel& parcel;
  ParcelUse state;  // of the use, with what the parcel says as a whole
  int grade = 0;    // whose tables hold; 0 = every grade not listed
  std::optional<FloorAreaRatio> base_far;
  std::optional<Metres> standard_depth;  // of the route
  std::optional<Measure> depth;          // from the street, metres, where a depth table is used
  std::string source;                    // of the use, `ID#/uses/…`
};

// The step of the coefficient `name`, without `after`; nothing after a report to `missing`.
// Precondition: the use has the coefficient.
std::optional<ValuationStep> StepOf(const ValuedSite& site, const std::string& name,
                                    std::vector<Diagnostic>& missing);

// A problem with a field of the parcel.
Diagnostic ParcelProblem(Code code, std::string field, std::vector<std::string> arguments);

}  // namespace dijia
