// Sale records as columns: what a reader fills and the engine turns into benchmark prices.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dijia/base/date.h"
#include "dijia/base/land.h"

namespace dijia {

// How a record came to a price; each kind has its own conversion to yuan per m² of land
// (benchmark-price notes §2.1, conversion.h).
enum class SampleKind : std::uint8_t {
  kTransfer,            // 出让
  kResale,              // 转让
  kLandLease,           // 土地出租
  kHouseLease,          // 房屋出租
  kHouseSale,           // 房屋买卖
  kResidual,            // 商品房出售（剩余法）
  kJointVentureProfit,  // 联营入股：按净收益
  kJointVentureShare,   // 联营入股：按股份
  kJointBuilding,       // 联合建房
  kLandForHouses,       // 以地换房
  kCost,                // 征地开发（成本）
  kCounterLease,        // 柜台出租
  kBusinessProfit,      // 商业效益
  kIndustryProfit,      // 产业效益
};
inline constexpr std::size_t kSampleKindCount = 14;

template <>
struct EnumTableOf<SampleKind> {
  static constexpr std::array<EnumRow<SampleKind>, kSampleKindCount> kRows{{
      {SampleKind::kTransfer, "transfer"},
      {SampleKind::kResale, "resale"},
      {SampleKind::kLandLease, "land_lease"},
      {SampleKind::kHouseLease, "house_lease"},
      {SampleKind::kHouseSale, "house_sale"},
      {SampleKind::kResidual, "residual"},
      {SampleKind::kJointVentureProfit, "joint_venture_profit"},
      {SampleKind::kJointVentureShare, "joint_venture_share"},
      {SampleKind::kJointBuilding, "joint_building"},
      {SampleKind::kLandForHouses, "land_for_houses"},
      {SampleKind::kCost, "cost"},
      {SampleKind::kCounterLease, "counter_lease"},
      {SampleKind::kBusinessProfit, "business_profit"},
      {SampleKind::kIndustryProfit, "industry_profit"},
  }};
};
static_assert(EnumTableIsComplete<SampleKind>(kSampleKindCount));

// What became of an input row; `used` or the one reason why it was left out. The order is the order
// in which the reasons are looked for: a row gets the first that applies.
enum class Fate : std::uint8_t {
  kUsed,
  kUnreadable,     // a cell that is needed could not be read; the diagnostics name it
  kNotMarketSale,  // 划拨, 协议, 租赁 and the like are not market prices
  kNoPrice,        // blank or zero
  kDateMissing,
  kMixedUse,          // several uses or terms share one price
  kUseUnknown,        // a use name the data files do not know, or none
  kUseNotPlanned,     // the plan has no section for this use
  kWrongCounty,       // the plan is for another county
  kWrongArea,         // the plan is for another grading area
  kOutsideWindow,     // sold before or after the plan's sample window
  kGradeIsLandClass,  // the grade column holds the county's land class, or 未评估
  kGradeMissing,      // no grade
  kGradeNotPlanned,   // the plan has no such grade in this use
  kAreaMissing,       // no land area where the price needs one
  kAreaTooSmall,
  kTermNotANumber,  // a term that is a text, not years
  kTermMissing,
  kTermImpossible,      // ≤ 0 or beyond the statutory maximum
  kFarImpossible,       // lower bound above upper, or beyond the plan's limit
  kFarUnknown,          // no floor area ratio and the plan says to leave such samples out
  kDevelopmentUnknown,  // no development level, or one the plan has no cost for
  kConversionInput,     // the sample kind needs a figure that is missing
  kPriceImplausible,    // outside the plan's price limits
  kExcluded,            // an appraiser decided so
  kDuplicate,           // same place, day, price and area as a row that is kept
  kOutlier,             // rejected by the screening rules; the log has the rule and the figure
};
inline constexpr std::size_t kFateCount = 27;

template <>
struct EnumTableOf<Fate> {
  static constexpr std::array<EnumRow<Fate>, kFateCount> kRows{{
      {Fate::kUsed, "used"},
      {Fate::kUnreadable, "unreadable"},
      {Fate::kNotMarketSale, "not_market_sale"},
      {Fate::kNoPrice, "no_price"},
      {Fate::kDateMissing, "no_date"},
      {Fate::kMixedUse, "mixed_use"},
      {Fate::kUseUnknown, "use_unknown"},
      {Fate::kUseNotPlanned, "use_not_planned"},
      {Fate::kWrongCounty, "wrong_county"},
      {Fate::kWrongArea, "wrong_area"},
      {Fate::kOutsideWindow, "outside_window"},
      {Fate::kGradeIsLandClass, "grade_is_land_class"},
      {Fate::kGradeMissing, "grade_missing"},
      {Fate::kGradeNotPlanned, "grade_not_planned"},
      {Fate::kAreaMissing, "no_area"},
      {Fate::kAreaTooSmall, "area_too_small"},
      {Fate::kTermNotANumber, "term_not_a_number"},
      {Fate::kTermMissing, "term_missing"},
      {Fate::kTermImpossible, "term_impossible"},
      {Fate::kFarImpossible, "far_impossible"},
      {Fate::kFarUnknown, "far_unknown"},
      {Fate::kDevelopmentUnknown, "development_unknown"},
      {Fate::kConversionInput, "conversion_input_missing"},
      {Fate::kPriceImplausible, "price_implausible"},
      {Fate::kExcluded, "excluded_by_decision"},
      {Fate::kDuplicate, "duplicate"},
      {Fate::kOutlier, "outlier"},
  }};
};
static_assert(EnumTableIsComplete<Fate>(kFateCount));

// Whether a reason is one of the plan's screening rules (its section `screening`) and no fact of
// the sale: an appraiser may overrule it.
constexpr bool IsScreening(Fate fate) {
  return fate == Fate::kAreaTooSmall || fate == Fate::kPriceImplausible ||
         fate == Fate::kDuplicate || fate == Fate::kOutlier;
}

// What an appraiser decided about a sample.
enum class SampleDecision : std::uint8_t {
  kNone,
  kInclude,  // it is kept although a screening rule would leave it out
  kExclude,  // it is left out although nothing speaks against it
};
template <>
struct EnumTableOf<SampleDecision> {
  static constexpr std::array<EnumRow<SampleDecision>, 3> kRows{{
      {SampleDecision::kNone, "none"},
      {SampleDecision::kInclude, "include"},
      {SampleDecision::kExclude, "exclude"},
  }};
};
static_assert(EnumTableIsComplete<SampleDecision>(3));

// Repeated texts of a column, each stored once. Code 0 is the empty text ("not given").
class Dictionary {
 public:
  // The code of `name`, added when new. Precondition: fewer than 2^32 - 1 names.
  std::uint32_t Add(std::string_view name);
  // The code of `name`, or `kAbsent`.
  std::uint32_t Find(std::string_view name) const;
  const std::string& Name(std::uint32_t code) const { return names_[code]; }
  std::size_t size() const { return names_.size(); }

  static constexpr std::uint32_t kAbsent = std::numeric_limits<std::uint32_t>::max();

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::vector<std::string> names_{std::string()};
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> codes_{{std::string(), 0U}};
};

// Texts of one column, packed.
class TextColumn {
 public:
  void Reserve(std::size_t rows, std::size_t bytes);
  void Append(std::string_view text);
  std::string_view operator[](std::size_t row) const {
    return std::string_view(bytes_).substr(ends_[row], ends_[row + 1] - ends_[row]);
  }
  std::size_t size() const { return ends_.size() - 1; }

 private:
  std::string bytes_;
  std::vector<std::uint64_t> ends_{0};
};

// Missing marks of the numeric columns; no reader lets these values in as data.
inline constexpr std::int64_t kMissing64 = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int32_t kMissing32 = std::numeric_limits<std::int32_t>::min();
inline constexpr std::uint8_t kMissing8 = 255;

// What a conversion (conversion.h) needs beyond price, area and term: named figures of one row, in
// the units their names say, for example `rebuild_cost_yuan_per_sqm`.
struct ConversionFigure {
  std::uint32_t row = 0;   // index into the table
  std::uint16_t name = 0;  // index into the closed list of conversion.h
  double value = 0.0;
};

// All records of a run as columns of equal length `size()`, in input order. Exact columns are
// counts of the smallest unit of their type (Quantity::units()).
struct SampleTable {
  // Where each row came from: sources by index, row as in the file (header = 1).
  std::vector<std::string> sources;
  std::vector<std::uint8_t> source;  // index into sources; at most 255 input files
  std::vector<std::uint32_t> row;

  TextColumn sample_id;
  Dictionary counties, areas, zones, sub_uses, development_levels;
  std::vector<std::uint16_t> county, area, sub_use, development_level;
  std::vector<std::uint32_t> zone;

  std::vector<std::uint8_t> use;    // LandUse or kMissing8
  std::vector<std::uint8_t> grade;  // 0 = not given
  std::vector<std::uint8_t> land_class;
  std::vector<std::uint8_t> kind;    // SampleKind
  std::vector<std::uint8_t> method;  // AssignmentMethod or kMissing8
  std::vector<Days> date;            // kNoDate when missing

  // The price as given and its unit; kMissing64 when blank. Money and prices have four decimals.
  std::vector<std::int64_t> price;
  std::vector<std::uint8_t> price_unit;    // PriceUnit
  std::vector<std::int64_t> area_sqm;      // Area units or kMissing64
  std::vector<std::int64_t> far;           // FloorAreaRatio units or kMissing64
  std::vector<std::int32_t> term_years;    // Years units or kMissing32
  std::vector<std::int32_t> circumstance;  // Coefficient units or kMissing32 (= none stated)
  std::vector<double> x, y;                // empty when the input has no coordinates

  // kUsed, or the reason found while reading; the engine keeps the one that comes first in the
  // order of Fate.
  std::vector<Fate> fate;

  // Both empty when nobody decided anything. The engine fills `overruled` with the first reason
  // that an inclusion overruled; kUsed = none.
  std::vector<SampleDecision> decision;
  std::vector<Fate> overruled;

  std::vector<ConversionFigure> figures;  // ascending by row, then name

  std::size_t size() const { return fate.size(); }
  SampleDecision DecisionOn(std::size_t i) const {
    return decision.empty() ? SampleDecision::kNone : decision[i];
  }
  // The reason that the inclusion of a row overruled; kUsed = none.
  Fate OverruledOf(std::size_t i) const { return overruled.empty() ? Fate::kUsed : overruled[i]; }
  // Grows every column to `rows`, new rows with everything missing and fate kUsed; sample_id is
  // appended to separately. Coordinates stay empty unless `with_coordinates`, decisions always.
  void Resize(std::size_t rows, bool with_coordinates);
};

}  // namespace dijia
