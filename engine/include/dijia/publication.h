// The publication document dijia-publication/1 as plain values: benchmark prices of one grading
// area of one county, by use and grade, with the correction system that takes them to a parcel
// (contract §4; GB/T 18508-2014). Published content never changes; reading and writing it as JSON
// is the business of service/json.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/date.h"
#include "dijia/base/land.h"
#include "dijia/base/rounding.h"
#include "dijia/coefficient.h"

namespace dijia {

inline constexpr std::string_view kPublicationFormat = "dijia-publication/1";

enum class PublicationStatus : std::uint8_t {
  kDraft,
  kSubmitted,
  kApproved,
  kPublished,
  kSuperseded,
  kWithdrawn,
};
template <>
struct EnumTableOf<PublicationStatus> {
  static constexpr std::array<EnumRow<PublicationStatus>, 6> kRows{{
      {PublicationStatus::kDraft, "draft"},
      {PublicationStatus::kSubmitted, "submitted"},
      {PublicationStatus::kApproved, "approved"},
      {PublicationStatus::kPublished, "published"},
      {PublicationStatus::kSuperseded, "superseded"},
      {PublicationStatus::kWithdrawn, "withdrawn"},
  }};
};
static_assert(EnumTableIsComplete<PublicationStatus>(6));

// The price of one grade of a use, or of one of its sub-uses. A grade without a price is listed
// with the reason in its status, never left out.
struct PublishedGrade {
  int grade = 1;                      // 1 = best, 1–255
  std::string sub_use;                // empty = the use as a whole
  std::optional<UnitPrice> price;     // yuan per m² of land; none = not published (withheld)
  std::optional<FloorAreaRatio> far;  // base FAR that the price stands for
  std::string status;  // of a computed price: computed, thin, modelled, …; or empty
  std::string method;  // how it was computed, for example `median`; or empty

  friend bool operator==(const PublishedGrade&, const PublishedGrade&) = default;
};

// The price of a zone (区片) inside a grade.
struct PublishedZone {
  std::string zone;
  int grade = 1;
  std::optional<UnitPrice> price;
  std::optional<FloorAreaRatio> far;

  friend bool operator==(const PublishedZone&, const PublishedZone&) = default;
};

// The price of a street or a section of it (路线价), of a parcel of standard depth.
struct PublishedRoute {
  std::string route;
  UnitPrice price;                       // yuan per m² of land, > 0
  int grade = 0;                         // whose tables hold along it; 0 = that of the parcel
  std::optional<Metres> standard_depth;  // none = that of the depth table

  friend bool operator==(const PublishedRoute&, const PublishedRoute&) = default;
};

// price = base × (1 + Σ sum + Σ (excess − 1)) × Π product + Σ add; each entry names a coefficient
// of the use.
struct PriceFormula {
  std::string sum;  // a `factors` coefficient, or empty = no sum
  std::vector<std::string> product, add;
  // Coefficients of which only what they exceed 1 by is summed, as where factors add instead of
  // multiplying (1 + Σ (factor − 1)).
  std::vector<std::string> excess = {};

  friend bool operator==(const PriceFormula&, const PriceFormula&) = default;
};

// Prices and corrections of one use.
struct PublishedUse {
  std::string name;               // as published, for example 居住用地
  Years term;                     // statutory term, > 0
  Rate capitalization_rate;       // per year, > 0
  std::string development_level;  // 五通一平 …; empty = not stated
  std::vector<PublishedGrade> grades;
  std::vector<PublishedZone> zones;
  PriceFormula formula;
  std::vector<PublishedRoute> routes;
  std::optional<PriceFormula> frontage_formula;          // from a route price
  std::map<std::string, CoefficientTable> coefficients;  // by the names the formulas use

  friend bool operator==(const PublishedUse&, const PublishedUse&) = default;
};

// What the shares of a parcel with mixed use are shares of.
enum class ShareBasis : std::uint8_t { kFloor, kLand };
template <>
struct EnumTableOf<ShareBasis> {
  static constexpr std::array<EnumRow<ShareBasis>, 2> kRows{{
      {ShareBasis::kFloor, "floor"},
      {ShareBasis::kLand, "land"},
  }};
};
static_assert(EnumTableIsComplete<ShareBasis>(2));

// How prices from a magnitude on are rounded, as in Korea: from 10,000 to 1,000, below to 100.
struct MagnitudeRounding {
  UnitPrice from;  // of the exact price, included
  Rounding rounding;

  friend bool operator==(const MagnitudeRounding&, const MagnitudeRounding&) = default;
};

struct Publication {
  std::string id;      // unique, for example demo-2025
  std::string county;  // GB/T 2260 code
  std::string area;    // grading area; empty = the county has only one
  std::string title, document_no;
  Date base_date{};
  std::optional<Date> effective_from, effective_until;  // [from, until)
  PublicationStatus status = PublicationStatus::kDraft;
  // kYuanPerSqmFloor: the prices are floor prices, and those of land are × floor area ratio.
  PriceUnit primary_unit = PriceUnit::kYuanPerSqm;
  std::optional<ShareBasis> mixed_use;  // none = not allowed for
  RoundingPlan rounding;
  // Strictly ascending in `from`; below the first, `rounding.unit_price` holds.
  std::vector<MagnitudeRounding> unit_price_by_magnitude;
  std::map<LandUse, PublishedUse> uses;

  friend bool operator==(const Publication&, const Publication&) = default;
};

// The day from which a publication is in force: its base date where it states none.
Date FirstDay(const Publication& publication);
// Whether a day lies in [FirstDay, effective_until). What the status says of it is not asked.
bool IsInForceOn(const Publication& publication, Date day);

}  // namespace dijia
