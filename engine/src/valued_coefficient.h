// The coefficients of one use for one parcel; private to the engine.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dijia/parcel.h"
#include "dijia/publication.h"
#include "dijia/valuation.h"
#include "exact_number.h"

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

// What a parcel says of the factor `name`: its own state, else the area for `area` and the width
// for `width` where a measurement is asked for.
std::optional<FactorInput> StateOf(const Parcel& parcel, const ParcelUse& state,
                                   const std::string& name, bool measured);

// An index on a day as the quotient value / days.
struct IndexValue {
  ExactNumber value, days;
};
// Linear in days. Precondition: the first point is not after the day and the last not before it.
IndexValue IndexOn(const std::vector<IndexSeries::Point>& points, Date day);

// The name of the level that a measurement falls into.
const std::string& LevelAt(const Breaks& breaks, Measure x);

// 1 + Σ of summed factors, the sum rounded; nothing when it leaves the type.
std::optional<AppliedCoefficient> SumCoefficient(Percent sum,
                                                 const std::optional<Rounding>& rounding);

// What holds for a grade; null when the table has neither it nor `*`.
template <class T>
const T* OfGrade(const std::map<int, T>& by_grade, int grade) {
  auto found = by_grade.find(grade);
  if (found == by_grade.end()) found = by_grade.find(0);
  return found == by_grade.end() ? nullptr : &found->second;
}

// A problem with a field of the parcel.
Diagnostic ParcelProblem(Code code, std::string field, std::vector<std::string> arguments);

}  // namespace dijia
