// What PreparedValuation knows: formulas as integers; private to the engine.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "dijia/prepared_valuation.h"
#include "valued_coefficient.h"
#include "wide_number.h"

namespace dijia {

// Rounds counts of 10^-scale to units of 10^-4 as ExactNumber::Round does.
class WideRounding {
 public:
  WideRounding() = default;
  static constexpr int kLargestScale = 72;
  static constexpr std::int64_t kLargestInterval = std::int64_t{1} << 60;
  // Preconditions: 0 ≤ scale ≤ kLargestScale, 0 < interval ≤ kLargestInterval.
  WideRounding(int scale, const Rounding& rounding);

  // Nothing when the result leaves int64 or the work 256 bits.
  std::optional<std::int64_t> operator()(WideNumber number) const;

 private:
  Rounding rounding_;
  std::uint64_t multiplier_ = 1;
  std::array<std::uint64_t, 6> divisors_{};  // the last is even
  std::size_t count_ = 0;
};

// A factor of a sum: what it adds by the code of its level, in units of Percent.
struct SumFactor {
  std::uint16_t column = 0;
  const std::int64_t* table = nullptr;
};

struct PreparedOp {
  enum class Kind : std::uint8_t {
    kLevel,
    kSum,
    kTerm,
    kDate,
    kFar,
    kMeasure,
    kFloorPrice,  // × floor area ratio
    kAdd,
  };
  Kind kind = Kind::kLevel;
  int scale = 0;                        // a coefficient is a count of 10^-scale
  std::uint16_t column = 0;             // kLevel and kAdd: of levels; kMeasure: of measures
  std::uint16_t context = 0;            // kTerm to kMeasure: what is asked for coefficients
  const std::int64_t* table = nullptr;  // kLevel, kAdd: by code
  std::vector<SumFactor> factors;       // kSum
  WideRounding after;                   // of the product up to here, to the nearest unit
};

// What numbers of one kind mean at one place: the coefficient `name` is asked for them.
struct NumberContext {
  const PublishedUse* use = nullptr;
  std::string name;
  PreparedOp::Kind kind = PreparedOp::Kind::kTerm;
  int grade = 0;
  std::optional<FloorAreaRatio> base_far;
  int scale = 0;

  friend bool operator==(const NumberContext&, const NumberContext&) = default;
};

// What the levels of one coefficient, or of one factor, are worth by code.
struct LevelTable {
  const std::int64_t* values = nullptr;  // null: the place does not use the column
  const Breaks* breaks = nullptr;
};

struct PlacePlan {
  UnitPrice price;
  std::uint64_t base = 0;  // the price without the zeros at its end
  int base_scale = 0;
  int scale = 0;         // of the product
  WideRounding nearest;  // of exact prices to the nearest unit
  std::vector<PreparedOp> ops;
  std::vector<PreparedStep> steps;
  std::vector<std::uint16_t> levels, measures;  // columns that are used
  std::vector<LevelTable> tables;               // by level column
  // By magnitude, ascending; the first from 0.
  struct FromPrice {
    WideNumber from;
    WideRounding rounding;
    // In doubles: `from` as a count of 10^-scale, how many steps one such count is, the step as a
    // count of UnitPrice (0: of no whole one).
    double from_double = 0, steps = 0;
    std::int64_t step = 0;
    RoundingMode mode = RoundingMode::kHalfUp;
  };
  std::vector<FromPrice> unit_price;
  double addition = 0;  // what one unit of UnitPrice is as a count of 10^-scale
  double error = 0;     // relative, of the product in doubles and its count of steps
};

struct ValuationPlan {
  // In tables of levels: no such level here.
  static constexpr std::int64_t kNoCoefficient = 0;
  static constexpr std::int64_t kNoAddition = INT64_MIN;
  static constexpr std::int64_t kNoPercent = std::int64_t{1} << 50, kMostPercent = kNoPercent / 2;

  const Publication* publication = nullptr;
  std::vector<LevelColumn> level_columns;
  std::vector<std::map<std::string, std::uint8_t, std::less<>>> codes;  // by level column
  std::vector<std::string> measure_columns;
  std::vector<PlacePlan> places;
  using PlaceKey = std::tuple<LandUse, int, std::string, std::string>;  // grade, sub-use, zone
  using PlaceName = std::tuple<LandUse, int, std::string_view, std::string_view>;
  struct PlaceOrder {
    using is_transparent = void;
    bool operator()(const PlaceName& a, const PlaceName& b) const { return a < b; }
  };
  std::map<PlaceKey, std::uint16_t, PlaceOrder> place_of;
  std::vector<NumberContext> contexts;
  std::deque<std::vector<std::int64_t>> tables;

  // Of sums, in hundred-millionths: units of Percent are such.
  std::optional<Rounding> sum_rounding;
  int sum_scale = 0;          // of 1 + Σ
  std::int64_t sum_unit = 1;  // 10^-sum_scale in hundred-millionths
  // Of floor price and total, in units of 10^-4 yuan.
  Rounding floor_price, total;

  // The coefficient of a number (a count of its smallest unit, or days), as a count of 10^-scale of
  // its context; kNoCoefficient where ValueParcel has none, or none above 0.
  std::int64_t CoefficientOf(std::uint16_t context, std::int64_t number) const;
};

// The plan of a publication, which must outlive it.
std::unique_ptr<const ValuationPlan> PlanValuation(const Publication& publication);

}  // namespace dijia
