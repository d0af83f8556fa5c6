// What changed from one publication to the next: prices of grades, zones and streets, the
// conditions they stand for, and the correction tables (benchmark-price notes §6.7: comparison with
// the last round). Exact: figures are compared as decimals, and a change in per cent is rounded
// once, for display.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dijia/coefficient.h"
#include "dijia/publication.h"

namespace dijia {

// What a price is of.
enum class PricePlace : std::uint8_t {
  kGrade,  // 级别, or one of its sub-uses
  kZone,   // 区片
  kRoute,  // 路线价
};
template <>
struct EnumTableOf<PricePlace> {
  static constexpr std::array<EnumRow<PricePlace>, 3> kRows{{
      {PricePlace::kGrade, "grade"},
      {PricePlace::kZone, "zone"},
      {PricePlace::kRoute, "route"},
  }};
};
static_assert(EnumTableIsComplete<PricePlace>(3));

enum class DiffKind : std::uint8_t {
  kAdded,    // only the new publication has it
  kDropped,  // only the old one has it
  kChanged,  // both have it, and they differ
};
template <>
struct EnumTableOf<DiffKind> {
  static constexpr std::array<EnumRow<DiffKind>, 3> kRows{{
      {DiffKind::kAdded, "added"},
      {DiffKind::kDropped, "dropped"},
      {DiffKind::kChanged, "changed"},
  }};
};
static_assert(EnumTableIsComplete<DiffKind>(3));

// What one of the two publications states of a place.
struct StatedPrice {
  int grade = 0;                         // 1–255; 0 = a street that names no grade
  std::optional<UnitPrice> price;        // yuan per m²; none = listed without a price
  std::optional<FloorAreaRatio> far;     // that the price stands for; none = not stated
  std::optional<Metres> standard_depth;  // of streets
  std::string status;                    // computed, withheld, …; or empty
  std::string method;                    // median, …; or empty

  friend bool operator==(const StatedPrice&, const StatedPrice&) = default;
};

struct PriceDiff {
  LandUse use = LandUse::kOther;
  PricePlace place = PricePlace::kGrade;
  std::string name;  // of the zone or street; of the sub-use of a grade, empty = the whole use
  DiffKind kind = DiffKind::kChanged;
  std::optional<StatedPrice> before, after;  // none where the publication does not list the place
  // (after − before) / before in hundredths, rounded half away from zero to 0.01; none unless both
  // have a price, of the same thing: land, or floors (`primary_unit`).
  std::optional<Percent> change;

  friend bool operator==(const PriceDiff&, const PriceDiff&) = default;
};

// A condition of the publication or of a use, by its name in documents: `base_date`, `term_years`,
// `rounding.unit_price`. Texts as documents have them; empty = not stated.
struct ConditionDiff {
  std::optional<LandUse> use;  // none = of the publication
  std::string name, before, after;

  friend bool operator==(const ConditionDiff&, const ConditionDiff&) = default;
};

struct TableDiff {
  LandUse use = LandUse::kOther;
  std::string name;  // of the coefficient
  DiffKind kind = DiffKind::kChanged;

  friend bool operator==(const TableDiff&, const TableDiff&) = default;
};

// Prices of one use that both publications state, by direction. `unlike` ones cannot be compared:
// listed by one only, without a price in one, or of floors in one and of land in the other.
struct DiffCounts {
  std::size_t raised = 0, lowered = 0, same = 0, unlike = 0;

  friend bool operator==(const DiffCounts&, const DiffCounts&) = default;
};

struct PublicationDiff {
  std::vector<ConditionDiff> conditions;  // of the publication, then by use
  std::vector<PriceDiff> prices;          // by use, place, grade, name; equal ones are left out
  std::vector<TableDiff> tables;          // by use and name; equal ones are left out
  std::map<LandUse, DiffCounts> counts;   // of every use of either; equal prices are counted

  // Nothing differs in prices, conditions and tables.
  bool is_empty() const { return conditions.empty() && prices.empty() && tables.empty(); }
};

// Compares two publications. What names and dates a document and not its prices is not compared:
// id, title, number, status, days in force. A zone or street is found again by its name, a grade by
// its number and sub-use. Of other counties or areas too: `county` and `area` are then conditions.
PublicationDiff DiffPublications(const Publication& before, const Publication& after);

// (after − before) / before × 100, the exact quotient rounded half away from zero to 0.01. Nothing
// for a price before ≤ 0.
std::optional<Percent> ChangePercent(UnitPrice before, UnitPrice after);

}  // namespace dijia
