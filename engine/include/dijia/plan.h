// A compute plan: every choice that turns sale records into benchmark prices, with documented
// defaults. Nothing here has a default for rounding and base date: an office must state them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/date.h"
#include "dijia/base/diagnostic.h"
#include "dijia/base/land.h"
#include "dijia/base/rounding.h"
#include "dijia/estimator.h"
#include "dijia/grade_model.h"

namespace dijia {

// What the published price stands for (基准地价内涵).
struct BenchmarkConditions {
  Years term;                                  // statutory term of the use, > 0
  Rate capitalization_rate;                    // > 0, per year (土地还原率)
  std::string development_level;               // 五通一平 …; empty = prices are not adjusted
  std::optional<FloorAreaRatio> far;           // base FAR for every grade not listed below
  std::map<int, FloorAreaRatio> far_by_grade;  // base FAR by grade
};

enum class DateCorrectionKind : std::uint8_t { kNone, kMonthlyRate, kIndex, kEstimated };
template <>
struct EnumTableOf<DateCorrectionKind> {
  static constexpr std::array<EnumRow<DateCorrectionKind>, 4> kRows{{
      {DateCorrectionKind::kNone, "none"},
      {DateCorrectionKind::kMonthlyRate, "monthly_rate"},
      {DateCorrectionKind::kIndex, "index"},
      {DateCorrectionKind::kEstimated, "estimated"},
  }};
};
static_assert(EnumTableIsComplete<DateCorrectionKind>(4));

// K_t = index(base) / index(sample), or (1 + rate)^months (benchmark-price notes §2.2).
struct DateCorrection {
  DateCorrectionKind kind = DateCorrectionKind::kNone;
  Rate monthly_rate;                                 // kMonthlyRate
  std::vector<std::pair<Date, Coefficient>> points;  // kIndex: ascending, linear between points;
                                                     // outside the points the sample is left as it
                                                     // is and counted
  int estimated_period_months = 3;                   // kEstimated: length of one period
};

enum class FarCorrectionKind : std::uint8_t { kNone, kPower, kTable, kEstimated };
template <>
struct EnumTableOf<FarCorrectionKind> {
  static constexpr std::array<EnumRow<FarCorrectionKind>, 4> kRows{{
      {FarCorrectionKind::kNone, "none"},
      {FarCorrectionKind::kPower, "power"},
      {FarCorrectionKind::kTable, "table"},
      {FarCorrectionKind::kEstimated, "estimated"},
  }};
};
static_assert(EnumTableIsComplete<FarCorrectionKind>(4));

// What to do with a sample whose figure is not known.
enum class UnknownPolicy : std::uint8_t {
  kKeep,     // factor 1 (or + 0), counted in the report
  kExclude,  // left out with its reason
};
template <>
struct EnumTableOf<UnknownPolicy> {
  static constexpr std::array<EnumRow<UnknownPolicy>, 2> kRows{{
      {UnknownPolicy::kKeep, "keep"},
      {UnknownPolicy::kExclude, "exclude"},
  }};
};
static_assert(EnumTableIsComplete<UnknownPolicy>(2));

// P_std = P × K(f0) / K(f), K the power (f/f0)^k or a table with linear interpolation, ends
// clamped.
struct FarCorrection {
  FarCorrectionKind kind = FarCorrectionKind::kNone;
  std::map<int, double> exponent_by_grade;  // kPower; key 0 = every grade not listed
  struct TableRow {
    FloorAreaRatio at;
    std::map<int, Coefficient> by_grade;  // key 0 = every grade not listed
  };
  std::vector<TableRow> table;  // kTable: ascending in `at`
  UnknownPolicy unknown = UnknownPolicy::kKeep;
  FloorAreaRatio largest =
      FloorAreaRatio::Of(20);  // above: far_impossible (a percentage or an area)
};

// P + ΔD: cost of the base development level less the cost of the sample's (yuan per m²).
struct DevelopmentCorrection {
  std::map<std::string, UnitPrice> cost_by_level;  // empty = no correction
  UnknownPolicy unknown = UnknownPolicy::kKeep;
};

// Rejection of outliers, rule by rule; every rejection is logged with the rule and the figure.
enum class OutlierRule : std::uint8_t { kNone, kMad, kTwoSigma, kThreeSigma };
template <>
struct EnumTableOf<OutlierRule> {
  static constexpr std::array<EnumRow<OutlierRule>, 4> kRows{{
      {OutlierRule::kNone, "none"},
      {OutlierRule::kMad, "mad"},  // |log price − median| > limit × MAD of log prices
      {OutlierRule::kTwoSigma, "2s"},
      {OutlierRule::kThreeSigma, "3s"},
  }};
};
static_assert(EnumTableIsComplete<OutlierRule>(4));

struct ScreeningPlan {
  OutlierRule rule = OutlierRule::kMad;
  double mad_limit = 3.5;  // × 1.4826·MAD of the log prices
  int max_passes = 1;      // iterated 2s removed 40 % of a real zone: passes are capped
  std::size_t min_samples_to_screen = 5;
  double largest_rejected_share = 0.2;  // above: nothing is rejected and the cell is flagged
  double cv_limit = 0.3;                // above: the cell is flagged `cv_above_limit`
  double two_population_p = 0.01;       // below: the cell is withheld as two populations
  double normality_p = 0.05;            // below: a note, never a rejection
  Area smallest_area = Area::Of(100);   // smaller parcels are single flats, not land sales
  std::optional<UnitPrice> lowest_price, highest_price;  // plausible raw price of land
  bool drop_duplicates = true;
};

// What to do with a cell that has fewer than the minimum of samples, tried in this order.
enum class ThinCellPolicy : std::uint8_t { kCarryForward, kGradeRatio, kModel, kWithhold };
template <>
struct EnumTableOf<ThinCellPolicy> {
  static constexpr std::array<EnumRow<ThinCellPolicy>, 4> kRows{{
      {ThinCellPolicy::kCarryForward, "carry_forward"},
      {ThinCellPolicy::kGradeRatio, "grade_ratio"},
      {ThinCellPolicy::kModel, "model"},
      {ThinCellPolicy::kWithhold, "withhold"},
  }};
};
static_assert(EnumTableIsComplete<ThinCellPolicy>(4));

// Order of prices across grades: grade 1 is the dearest.
enum class MonotonePolicy : std::uint8_t {
  kReport,    // show the isotonic fit and the test, publish the raw estimate if not significant
  kIsotonic,  // publish the isotonic estimate if the disagreement is not significant
};
template <>
struct EnumTableOf<MonotonePolicy> {
  static constexpr std::array<EnumRow<MonotonePolicy>, 2> kRows{{
      {MonotonePolicy::kReport, "report"},
      {MonotonePolicy::kIsotonic, "isotonic"},
  }};
};
static_assert(EnumTableIsComplete<MonotonePolicy>(2));

struct OrderPlan {
  MonotonePolicy policy = MonotonePolicy::kReport;
  double significance = 0.05;  // below: every cell of the use is withheld, reason grade_order
};

struct EstimationPlan {
  Estimator estimator = Estimator::kMedian;
  IntervalMethod interval = DefaultIntervalOf(Estimator::kMedian);
  double trim = 0.1;  // each side, for the trimmed mean
  int bootstrap_replicates = 9999;
  std::size_t min_samples = 5;    // fewer used samples: the cell is thin
  std::size_t good_samples = 15;  // fewer: computed, status `thin`
  std::vector<ThinCellPolicy> thin_cells{ThinCellPolicy::kWithhold};
  GradeModelFamily model = GradeModelFamily::kExponential;
  std::optional<LandUse> ratio_use;  // kGradeRatio: the use whose grade ratios are borrowed
};

struct UsePlan {
  LandUse use = LandUse::kOther;
  std::string name;         // as published, for example 居住用地; default: the label of the use
  std::vector<int> grades;  // grades to publish; empty = those that occur
  BenchmarkConditions conditions;
  DateCorrection date;
  FarCorrection far;
  DevelopmentCorrection development;
  UnknownPolicy unknown_term = UnknownPolicy::kKeep;
  ScreeningPlan screening;
  EstimationPlan estimation;
  OrderPlan order;
  // Income-method constants of the sample kinds (conversion.h), by their closed names; a figure in
  // a row of the samples goes before the plan's.
  std::map<std::string, double> conversion_constants;
};

struct ComputePlan {
  std::string id;  // of the publication, for example demo-2025
  std::string title, document_no;
  std::string county =
      "*";  // GB/T 2260 code, or "*" = one publication for each county of the input
  std::string county_name;
  std::string area = "*";  // grading area, or "*" = one publication for each area of the input
  Date base_date{};
  std::optional<Date> effective_from;
  DateRange window;       // sample window [from, until); default: the 3 years up to the base date
  RoundingPlan rounding;  // unit_price is required
  PriceUnit primary_unit = PriceUnit::kYuanPerSqm;
  bool market_sales_only = true;  // only 招标 拍卖 挂牌; a blank method counts as market
  bool split_sub_uses = false;    // cells by sub-use as well
  std::uint64_t seed = 20220421;  // of the bootstrap and the simulated tests
  std::vector<UsePlan> uses;

  // Every violated constraint with its value and what is allowed; no errors = the plan can be run.
  // Places are paths as in a plan file, for example `uses.commercial.screening.mad_limit`.
  Diagnostics Validate() const;
};

// The window of sales a plan uses: its own, or where it states none the three years that end with
// the base date (which counts).
DateRange SampleWindow(const ComputePlan& plan);

// The base floor area ratio of a grade; nothing when the conditions state none.
std::optional<FloorAreaRatio> BaseFarOf(const BenchmarkConditions& conditions, int grade);

}  // namespace dijia
