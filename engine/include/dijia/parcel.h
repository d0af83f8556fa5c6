// A parcel to be valued: what is known of it as plain values (contract §5). What is absent is not
// known; nothing has a silent neutral value.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/date.h"
#include "dijia/base/land.h"
#include "dijia/coefficient.h"

namespace dijia {

// The state of one factor: the name of a level, a measurement that the table's breaks turn into a
// level, or a level with the coefficient that was chosen inside its published range.
struct FactorInput {
  std::string level;               // empty = a measurement only
  std::optional<Measure> measure;  // also of a level that reads as a number
  std::optional<Coefficient> chosen;

  friend bool operator==(const FactorInput&, const FactorInput&) = default;
};
using FactorInputs = std::map<std::string, FactorInput>;

// What belongs to one use of a parcel. In a part of a parcel with mixed use, what is absent is that
// of the parcel as a whole.
struct ParcelUse {
  std::optional<LandUse> use;
  std::string sub_use;               // empty = the use as a whole
  std::optional<Coefficient> share;  // of a part: > 0, the shares of a parcel sum to 1
  int grade = 0;                     // 1–255; 0 = not known
  std::string zone, route;           // codes of the publication; empty = none
  std::optional<FloorAreaRatio> far;
  std::optional<Years> term;
  FactorInputs factors;                      // by coefficient
  std::map<std::string, FactorInputs> sums;  // by coefficient of summed factors, then by factor

  friend bool operator==(const ParcelUse&, const ParcelUse&) = default;
};

struct Parcel {
  std::string parcel_id;
  std::string county, area;  // empty = that of the publication
  ParcelUse site;
  std::optional<Area> area_sqm;
  // Frontage along the street, depth behind it and distance of the parcel from it.
  std::optional<Metres> width, depth, set_back;
  std::optional<Date> valuation_date;
  std::string development_level;
  // Easting or longitude, northing or latitude, and their system of coordinates (geo_point.h); they
  // say where the parcel lies when it states neither grade nor zone (parcel_place.h).
  std::optional<double> x, y;
  std::string crs;
  std::vector<ParcelUse> parts;  // of mixed use; empty = one use

  friend bool operator==(const Parcel&, const Parcel&) = default;
};

// What the area or the width of a parcel says of the factor `area` or `width` where that is not
// stated; nothing for other factors.
std::optional<Measure> ImpliedMeasure(std::string_view factor, const std::optional<Area>& area_sqm,
                                      const std::optional<Metres>& width);

}  // namespace dijia
