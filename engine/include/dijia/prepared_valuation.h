// The formulas of a publication prepared for many parcels: the same prices as ValueParcel, from
// columns of small numbers, without allocation.
//
// There is one definition of a coefficient: that of ValueParcel. Preparing asks it for the
// coefficient of every published level and keeps the answers as integers; the coefficients of a
// term, a floor area ratio, a measurement or a date are asked for when they first occur and
// remembered. What a row costs then is looking up, one exact product of up to 256 bits and one
// rounding. A row that is not plain (parts, a street, a level chosen inside a range, a factor that
// is missing, unknown or not used, a value outside a table, a product of more than 256 bits) has no
// price here and goes to ValueParcel, which values or withholds it with the reason.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/valuation.h"

namespace dijia {

struct ValuationPlan;  // private to the engine

// A column of levels: of a coefficient, or of one factor of a sum.
struct LevelColumn {
  std::string coefficient, factor;  // no factor: of the coefficient itself

  friend bool operator==(const LevelColumn&, const LevelColumn&) = default;
};

// Parcels as columns of equal length: counts of the smallest unit of each quantity.
struct ParcelColumns {
  static constexpr std::int64_t kNotKnown = INT64_MIN;
  static constexpr std::uint16_t kNoPlace = 0xffff;  // the row goes to ValueParcel
  static constexpr std::uint8_t kNoLevel = 0;

  std::vector<std::uint16_t> place;                 // PreparedValuation::PlaceOf
  std::vector<std::int64_t> far, term, area;        // FloorAreaRatio, Years, Area; or kNotKnown
  std::vector<std::int64_t> date;                   // days since 1970-01-01, or kNotKnown
  std::vector<std::vector<std::uint8_t>> levels;    // as level_columns: a code of the level
  std::vector<std::vector<std::int64_t>> measures;  // as measure_columns: Measure, or kNotKnown

  std::size_t size() const { return place.size(); }
};

// One step of a formula, as ValuationStep names it.
struct PreparedStep {
  std::string name;
  bool adds = false;  // yuan per m²; otherwise it multiplies
};

class PreparedValuation {
 public:
  // `publication` must outlive the object. Formulas that columns cannot carry (more than 254 levels
  // in a column, for example) have no places.
  explicit PreparedValuation(const Publication& publication);
  ~PreparedValuation();
  PreparedValuation(const PreparedValuation&) = delete;
  PreparedValuation& operator=(const PreparedValuation&) = delete;

  const Publication& publication() const;
  // What the formulas look up, over all uses.
  std::span<const LevelColumn> level_columns() const;
  std::span<const std::string> measure_columns() const;

  // Columns of `rows` rows that say nothing.
  ParcelColumns MakeColumns(std::size_t rows) const;

  // The price area of a use by its use, sub-use, grade and zone; kNoPlace where none is published.
  std::uint16_t PlaceOf(const ParcelUse& state) const;
  // The code of a level of a column by its name; kNoLevel for others. A code holds in every place,
  // but not every place has the level.
  std::uint8_t CodeOfLevel(std::size_t column, std::string_view name) const;
  // The code of what a parcel in a place says of a column: by name, else by measurement. kNoLevel
  // where the place has no such level, and for a choice inside a range. Precondition: not kNoPlace.
  std::uint8_t CodeOfState(std::uint16_t place, std::size_t column, const FactorInput& state) const;
  // The same where the name is looked up already.
  std::uint8_t CodeOfMeasure(std::uint16_t place, std::size_t column, std::uint8_t named,
                             const std::optional<Measure>& measure) const;
  // Which columns the formula of a place uses. Precondition: not kNoPlace.
  std::span<const std::uint16_t> UsedLevels(std::uint16_t place) const;
  std::span<const std::uint16_t> UsedMeasures(std::uint16_t place) const;

  // The steps of a place's formula after the base and before the rounding, and the base price.
  std::span<const PreparedStep> Steps(std::uint16_t place) const;
  UnitPrice BasePrice(std::uint16_t place) const;

  // Writes a parcel into a row that says nothing yet. Whether it is plain; its place is kNoPlace
  // otherwise.
  bool Put(const Parcel& parcel, std::size_t row, ParcelColumns& columns) const;

 private:
  friend class ColumnValuer;
  std::unique_ptr<const ValuationPlan> plan_;
};

// Prices as columns; kNotKnown where ValueParcel has none, or where the row goes to it.
struct ColumnPrices {
  std::vector<std::int64_t> unit_price, floor_price, total;  // UnitPrice, FloorPrice, Money

  void Resize(std::size_t rows) {
    unit_price.resize(rows);
    floor_price.resize(rows);
    total.resize(rows);
  }
};

// A price with what CSV files and charts say of it; memory is kept from row to row.
struct PricedRow {
  UnitPrice unit_price, base_price;
  std::optional<FloorPrice> floor_price;
  std::optional<Money> total;
  // As Steps of the place: units of AppliedCoefficient, or of UnitPrice where the step adds.
  std::vector<std::int64_t> steps;
  // What rounding added, exactly: the shortest decimal, `-` before a negative one.
  std::string rounding;
};

// Values rows; one object serves one thread. Remembers coefficients, in bounded memory.
class ColumnValuer {
 public:
  // `prepared` must outlive the object.
  explicit ColumnValuer(const PreparedValuation& prepared);
  ~ColumnValuer();
  ColumnValuer(ColumnValuer&&) noexcept;

  // Values rows [first, first + count) into the same rows of `prices`. Answers how many have a
  // price; the others go to ValueParcel.
  std::size_t Value(const ParcelColumns& columns, std::size_t first, std::size_t count,
                    ColumnPrices& prices);

  // One row with its steps; false where it goes to ValueParcel.
  bool Explain(const ParcelColumns& columns, std::size_t row, PricedRow& out);

  // What each step and then the rounding of a row are worth in units of UnitPrice, as WaterfallOf
  // has it: bars.size() = Steps of the place + 1. False where the row goes to ValueParcel and
  // WaterfallOf.
  bool Waterfall(const ParcelColumns& columns, std::size_t row, std::vector<std::int64_t>& bars);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dijia
