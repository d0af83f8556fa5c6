// The coefficients of a correction system (修正体系) as plain values: what takes a benchmark price
// to the conditions of a parcel (contract §4; benchmark-price notes §4). One type per kind, closed.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dijia/base/date.h"
#include "dijia/base/land.h"

namespace dijia {

// A measured property of a parcel that breaks turn into a level: metres, m², per cent, counts. The
// unit is the table's.
using Measure = Quantity<struct MeasureTag, 6>;
// Hundredths; 52.801 is 52.801 %.
using Percent = Quantity<struct PercentTag, 6>;
using Metres = Quantity<struct Metre, 6>;

// Ranges of a measurement and the level of each: `order[i]` is the level of the i-th range, ranges
// ascending, so there is one level more than bounds. Which end a bound belongs to differs from
// table to table in practice, so it is data.
enum class ClosedEnd : std::uint8_t {
  kLeft,   // bound ≤ x: a value on the bound belongs to the range above it
  kRight,  // x ≤ bound: a value on the bound belongs to the range below it
};
template <>
struct EnumTableOf<ClosedEnd> {
  static constexpr std::array<EnumRow<ClosedEnd>, 2> kRows{{
      {ClosedEnd::kLeft, "left"},
      {ClosedEnd::kRight, "right"},
  }};
};
static_assert(EnumTableIsComplete<ClosedEnd>(2));

struct Breaks {
  std::vector<Measure> bounds;  // strictly ascending
  ClosedEnd closed = ClosedEnd::kRight;
  std::vector<std::string> order;  // level names, bounds.size() + 1 of them

  friend bool operator==(const Breaks&, const Breaks&) = default;
};

// K(m) = (1 − (1+r)^−m) / (1 − (1+r)^−n), r and n the capitalization rate and term of the use.
struct TermFormula {
  friend bool operator==(const TermFormula&, const TermFormula&) = default;
};

enum class Interpolation : std::uint8_t {
  kLinear,  // between the rows
  kStep,    // the row at or below the value
  kPower,   // (f / f0)^k, f0 the base FAR of the grade; exponents instead of rows
};
template <>
struct EnumTableOf<Interpolation> {
  static constexpr std::array<EnumRow<Interpolation>, 3> kRows{{
      {Interpolation::kLinear, "linear"},
      {Interpolation::kStep, "step"},
      {Interpolation::kPower, "power"},
  }};
};
static_assert(EnumTableIsComplete<Interpolation>(3));

// What holds outside the first and last row of a table.
enum class OutsideRule : std::uint8_t {
  kClamp,     // the first or last row
  kWithhold,  // no coefficient: the value is withheld
};
template <>
struct EnumTableOf<OutsideRule> {
  static constexpr std::array<EnumRow<OutsideRule>, 2> kRows{{
      {OutsideRule::kClamp, "clamp"},
      {OutsideRule::kWithhold, "withhold"},
  }};
};
static_assert(EnumTableIsComplete<OutsideRule>(2));

// Whether a table differs by grade. Tables that do not have one column, under key 0 (`*` in files).
enum class TableBy : std::uint8_t { kAll, kGrade };
template <>
struct EnumTableOf<TableBy> {
  static constexpr std::array<EnumRow<TableBy>, 2> kRows{{
      {TableBy::kAll, "all"},
      {TableBy::kGrade, "grade"},
  }};
};
static_assert(EnumTableIsComplete<TableBy>(2));

// Coefficients of grades; key 0 = every grade not listed.
using ByGrade = std::map<int, Coefficient>;

// How documents name a key of tables by grade: `*` for 0.
inline std::string GradeKey(int grade) { return grade == 0 ? "*" : std::to_string(grade); }

// A coefficient over a numeric property, for example the floor area ratio.
struct Curve {
  struct Row {
    Measure at;
    ByGrade values;
    friend bool operator==(const Row&, const Row&) = default;
  };
  TableBy by = TableBy::kGrade;
  Interpolation interpolation = Interpolation::kLinear;
  OutsideRule outside = OutsideRule::kClamp;
  std::vector<Row> rows;        // strictly ascending in `at`; empty with kPower
  ByGrade exponents;            // kPower only
  std::optional<Measure> base;  // f0 > 0; none = the base FAR of the grade
  // Not kPower: the coefficient is that of the value divided by that of f0, of a table that has no
  // base of its own.
  bool relative = false;

  friend bool operator==(const Curve&, const Curve&) = default;
};

// How months between two dates are counted.
enum class MonthCount : std::uint8_t { kWholePlusDaysOver30 };
template <>
struct EnumTableOf<MonthCount> {
  static constexpr std::array<EnumRow<MonthCount>, 1> kRows{{
      {MonthCount::kWholePlusDaysOver30, "whole_plus_days_over_30"},
  }};
};
static_assert(EnumTableIsComplete<MonthCount>(1));

// (1 + rate)^months from the base date to the valuation date.
struct MonthlyRate {
  Rate rate;
  MonthCount months = MonthCount::kWholePlusDaysOver30;

  friend bool operator==(const MonthlyRate&, const MonthlyRate&) = default;
};

// index(valuation date) / index(base date), linear in days between points of one fixed base.
struct IndexSeries {
  struct Point {
    Date date{};
    Coefficient index;  // > 0
    friend bool operator==(const Point&, const Point&) = default;
  };
  std::vector<Point> points;  // strictly ascending by date
  OutsideRule outside = OutsideRule::kWithhold;

  friend bool operator==(const IndexSeries&, const IndexSeries&) = default;
};

// A coefficient chosen by the name of a level, or by a measurement where there are breaks. A level
// with a range lets the appraiser choose a coefficient inside it.
struct Levels {
  struct Range {
    Coefficient low, high;  // low ≤ high, both included
    friend bool operator==(const Range&, const Range&) = default;
  };
  std::map<std::string, Coefficient> levels;
  std::optional<Breaks> breaks;
  std::map<std::string, Range> ranges = {};  // by level

  friend bool operator==(const Levels&, const Levels&) = default;
};

// Regional and individual factors: their percentages are summed (1 ± ΣK).
struct Factors {
  struct Factor {
    std::string factor;
    std::map<std::string, Percent> levels;
    std::optional<Breaks> breaks;
    friend bool operator==(const Factor&, const Factor&) = default;
  };
  TableBy by = TableBy::kGrade;
  std::map<int, std::vector<Factor>> tables;  // by grade; key 0 = every grade not listed

  friend bool operator==(const Factors&, const Factors&) = default;
};

// Yuan per m² of land added for a level, for example the development level of the parcel less that
// of the publication.
struct Additive {
  std::map<std::string, UnitPrice> levels;

  friend bool operator==(const Additive&, const Additive&) = default;
};

// What the percentages of a depth table are of.
enum class DepthPercent : std::uint8_t {
  kAverage,  // of the price per m²: the coefficient itself (平均深度百分率)
  kCumulative,  // of the value of a parcel of standard depth (累计深度百分率); the coefficient is
                // cumulative × standard depth ÷ depth
};
template <>
struct EnumTableOf<DepthPercent> {
  static constexpr std::array<EnumRow<DepthPercent>, 2> kRows{{
      {DepthPercent::kAverage, "average"},
      {DepthPercent::kCumulative, "cumulative"},
  }};
};
static_assert(EnumTableIsComplete<DepthPercent>(2));

// What happens to a parcel that is deeper than the standard depth.
enum class BeyondStandardDepth : std::uint8_t {
  kTable,  // the table goes on
  kSplit,  // a frontage part of standard depth at the route price and an inner part at the price of
           // the grade; a parcel set back from the street has no frontage part
};
template <>
struct EnumTableOf<BeyondStandardDepth> {
  static constexpr std::array<EnumRow<BeyondStandardDepth>, 2> kRows{{
      {BeyondStandardDepth::kTable, "table"},
      {BeyondStandardDepth::kSplit, "split"},
  }};
};
static_assert(EnumTableIsComplete<BeyondStandardDepth>(2));

// Street frontage: percentages by depth ÷ standard depth.
struct Depth {
  struct Row {
    Measure at;  // depth ÷ standard depth
    Percent percent;
    friend bool operator==(const Row&, const Row&) = default;
  };
  Metres standard_depth;  // > 0; a route may state its own
  OutsideRule outside = OutsideRule::kClamp;
  std::vector<Row> rows;  // strictly ascending in `at`, linear between rows
  DepthPercent percent_of = DepthPercent::kAverage;
  BeyondStandardDepth beyond = BeyondStandardDepth::kTable;

  friend bool operator==(const Depth&, const Depth&) = default;
};

// A table of pairs: the coefficient from the level of the standard parcel that the price stands for
// to the level of the parcel (比准表).
struct Matrix {
  std::map<int, std::string> standard;  // level, by grade; key 0 = every grade not listed
  std::map<std::string, std::map<std::string, Coefficient>> rows;  // by standard, then by level
  std::optional<Breaks> breaks;

  friend bool operator==(const Matrix&, const Matrix&) = default;
};

// The kinds of coefficients, closed. `kind` in files is term_formula, curve, monthly_rate, index,
// levels, factors, additive, depth, matrix, in this order.
using CoefficientTable = std::variant<TermFormula, Curve, MonthlyRate, IndexSeries, Levels, Factors,
                                      Additive, Depth, Matrix>;

}  // namespace dijia
