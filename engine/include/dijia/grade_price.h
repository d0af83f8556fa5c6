// Sale records → benchmark prices by area, use and grade, with the evidence for each
// (GB/T 18508-2014; benchmark-price notes §2–§3).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/base/land.h"
#include "dijia/interval.h"
#include "dijia/plan.h"
#include "dijia/sample.h"

namespace dijia {

enum class CellStatus : std::uint8_t { kComputed, kThin, kModelled, kCarriedForward, kWithheld };
template <>
struct EnumTableOf<CellStatus> {
  static constexpr std::array<EnumRow<CellStatus>, 5> kRows{{
      {CellStatus::kComputed, "computed"},
      {CellStatus::kThin, "thin"},
      {CellStatus::kModelled, "modelled"},
      {CellStatus::kCarriedForward, "carried_forward"},
      {CellStatus::kWithheld, "withheld"},
  }};
};
static_assert(EnumTableIsComplete<CellStatus>(5));

// The step of a sample from its raw price to the benchmark conditions. All factors multiply, the
// addition comes first: (raw + development) × date × far × term × circumstance.
struct NormalizationFactors {
  double date = 1.0, far = 1.0, term = 1.0, circumstance = 1.0;
  double development_add = 0.0;  // yuan per m²
};

// What normalisation made of each row of the table, in table order. NaN where fate ≠ kUsed left it
// uncomputed. Outliers have both prices, and so have samples that were excluded from a cell that is
// among those of the report: people see them beside the others.
struct NormalizedSamples {
  std::vector<double> raw_price;   // yuan per m² of land, by the kind's conversion
  std::vector<double> normalized;  // at the benchmark conditions
  std::size_t far_unknown = 0, term_unknown = 0, development_unknown = 0, date_outside_index = 0;
};

// A cell: the prices of one (county, area, use, sub-use, grade).
struct CellKey {
  std::uint16_t county = 0, area = 0, sub_use = 0;  // dictionary codes of the table
  LandUse use = LandUse::kOther;
  std::uint8_t grade = 0;
  friend auto operator<=>(const CellKey&, const CellKey&) = default;
};

// One rejection by the screening rules.
struct Rejection {
  std::size_t sample = 0;  // index into the table
  OutlierRule rule = OutlierRule::kNone;
  int pass = 1;
  double figure = 0.0;  // robust z or number of standard deviations
  double limit = 0.0;
};

// Facts about the distribution of a cell after screening; NaN where there are too few samples.
struct CellChecks {
  double normality_p = 0.0, log_normality_p = 0.0;  // Shapiro–Wilk; NaN beyond 5,000 samples
  double two_population_p = 0.0;
  double split_price = 0.0;  // between the two populations; NaN when there are not two
  std::size_t rejected_by_two_sigma = 0, rejected_by_three_sigma = 0, rejected_by_mad = 0;  // once
  bool cv_above_limit = false, two_populations = false, rejection_capped = false;
};

struct GradePrice {
  CellKey key;
  CellStatus status = CellStatus::kWithheld;
  std::optional<UnitPrice> price;     // rounded by the plan; none when withheld
  std::size_t samples = 0, used = 0;  // rows of the cell that reached screening, and that passed
  std::size_t excluded = 0, included = 0;  // by decision of appraisers, against what the rules say
  double mean = 0.0, median = 0.0, standard_deviation = 0.0, cv = 0.0, cod = 0.0;  // NaN if unused
  double estimate = 0.0;             // unrounded, before order; NaN if none
  double monotone = 0.0;             // isotonic estimate beside it
  std::optional<Interval> interval;  // 95 %
  CellChecks checks;
  std::string method;             // `median`, `model:exponential`, `grade_ratio:commercial`, …
  std::vector<Diagnostic> notes;  // why thin, modelled or withheld; flags
};

// The order of the grades of one (county, area, use, sub-use).
struct OrderCheck {
  CellKey series;          // grade 0
  std::size_t grades = 0;  // with an estimate of their own
  double statistic = 0.0, p_value = 1.0;
  bool in_order = true, significant = false;
};

// Estimated corrections, for the report and the evidence.
struct EstimatedIndex {
  LandUse use = LandUse::kOther;
  std::uint16_t county = 0;
  struct Point {
    Date period_start{};
    double index = 1.0, standard_error = 0.0;  // of the log index
    std::size_t sales = 0;
    bool interpolated = false;
  };
  std::vector<Point> points;
};
struct EstimatedFarExponent {
  LandUse use = LandUse::kOther;
  std::uint16_t county = 0;
  int grade = 0;  // 0 = all grades of the use
  double exponent = 0.0, standard_error = 0.0;
  std::size_t samples = 0;
};

class Normalizer;  // normalise.h

struct GradePriceReport {
  std::vector<GradePrice> cells;  // ascending by key names: county, area, use, sub-use, grade
  std::vector<OrderCheck> orders;
  std::vector<Rejection> rejections;  // ascending by sample
  std::vector<Rejection> overruled;   // the same of samples that appraisers decided to include
  std::vector<EstimatedIndex> indices;
  std::vector<EstimatedFarExponent> far_exponents;
  NormalizedSamples normalized;
  std::shared_ptr<const Normalizer> normalizer;  // what FactorsOf asks
  std::array<std::size_t, kFateCount> fates{};   // sums to the number of rows
  Diagnostics diagnostics;  // plain warnings for the whole run, and cross-use remarks
};

// Prices of an earlier publication, for carry_forward.
struct EarlierPrice {
  std::string county, area, sub_use;
  LandUse use = LandUse::kOther;
  std::uint8_t grade = 0;
  UnitPrice price;
  std::string publication;
};

// Where a computation is: so many of the parts of a step are done.
enum class ComputeStep : std::uint8_t { kNormalizing, kEstimating, kOrdering };
struct ComputeProgress {
  ComputeStep step = ComputeStep::kNormalizing;
  std::size_t done = 0, total = 0;
};

struct ComputeOptions {
  unsigned threads = 0;  // 0 = all cores; the result has the same bits for any number
  std::vector<EarlierPrice> earlier;
  // Asked before and after every part of the work, from all of its threads; false stops the run
  // when the parts under way are done. Empty = nobody asks.
  std::function<bool(const ComputeProgress&)> go_on = {};
};

// Computes every cell the plan asks for, as the decisions in `samples` want it. Replaces kUsed in
// `samples.fate` by the reason of every row that is left out. Errors: the plan does not validate;
// kStopped by `go_on`, some fates then being those of the run and others not. With no usable sample
// every planned cell is withheld with its reason.
Result<GradePriceReport> ComputeGradePrices(SampleTable& samples, const ComputePlan& plan,
                                            const ComputeOptions& options);

// The factors that took the raw price of a row to its normalised price. Precondition: the row has a
// normalised price in `report`.
NormalizationFactors FactorsOf(const SampleTable& samples, const GradePriceReport& report,
                               std::size_t row);

// The same for rows first … first + out.size() − 1 of the table, many times faster; rows without a
// normalised price get neutral factors.
void FactorsOfRows(const SampleTable& samples, const GradePriceReport& report, std::size_t first,
                   std::span<NormalizationFactors> out);

}  // namespace dijia
