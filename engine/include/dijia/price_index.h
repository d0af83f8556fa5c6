// Price index numbers: the classical formulas between periods with the same goods, and the index of
// stratum medians. Indices from sales of different properties are in repeat_sales.h (pairs of sales
// of one property), hedonic_index.h (properties made comparable by regression) and date_index.h
// (cells made comparable by their own level).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dijia/base/enum_table.h"
#include "dijia/base/result.h"

namespace dijia {

// Formulas between a base period 0 and a period 1 with prices p, quantities q and expenditure
// shares s (ILO/IMF et al. 2020, Consumer Price Index Theory, chapters 2, 4 and 6).
enum class IndexFormula : std::uint8_t {
  kLaspeyres,           // Σ p1 q0 / Σ p0 q0
  kPaasche,             // Σ p1 q1 / Σ p0 q1
  kFisher,              // √(Laspeyres · Paasche)
  kTornqvist,           // Π (p1 / p0)^((s0 + s1) / 2)
  kWalsh,               // Σ p1 √(q0 q1) / Σ p0 √(q0 q1)
  kJevons,              // Π (p1 / p0)^(1 / n); no quantities needed
  kCarli,               // mean of p1 / p0; no quantities needed
  kDutot,               // Σ p1 / Σ p0; no quantities needed
  kGeometricLaspeyres,  // Π (p1 / p0)^s0
};
template <>
struct EnumTableOf<IndexFormula> {
  static constexpr std::array<EnumRow<IndexFormula>, 9> kRows{{
      {IndexFormula::kLaspeyres, "laspeyres"},
      {IndexFormula::kPaasche, "paasche"},
      {IndexFormula::kFisher, "fisher"},
      {IndexFormula::kTornqvist, "tornqvist"},
      {IndexFormula::kWalsh, "walsh"},
      {IndexFormula::kJevons, "jevons"},
      {IndexFormula::kCarli, "carli"},
      {IndexFormula::kDutot, "dutot"},
      {IndexFormula::kGeometricLaspeyres, "geo_laspeyres"},
  }};
};
static_assert(EnumTableIsComplete<IndexFormula>(9));

// Prices and quantities of the same goods, in the same order in every period.
struct PeriodGoods {
  std::span<const double> prices;      // > 0
  std::span<const double> quantities;  // >= 0, not all 0; may be empty where not needed
};

// The index of `current` with `base` = 1. Errors: kSizesDiffer, kTooFewObservations (no goods),
// kNumberNotAllowed.
Result<double> BilateralIndex(IndexFormula formula, const PeriodGoods& base,
                              const PeriodGoods& current);

enum class IndexBase : std::uint8_t {
  kFixed,    // every period against the first
  kChained,  // product of the steps from period to period
};

// The index of every period, the first = 1. Errors as BilateralIndex; kTooFewObservations for no
// periods.
Result<std::vector<double>> PriceIndexSeries(IndexFormula formula,
                                             std::span<const PeriodGoods> periods, IndexBase base);

// How the figure of one period came about.
enum class IndexPointKind : std::uint8_t {
  kEstimated,     // from sales that are comparable with those of the base period
  kInterpolated,  // none: linear in log between the neighbours that are estimated
  kExtended,      // none before or after: the nearest estimated figure, unchanged
};
template <>
struct EnumTableOf<IndexPointKind> {
  static constexpr std::array<EnumRow<IndexPointKind>, 3> kRows{{
      {IndexPointKind::kEstimated, "estimated"},
      {IndexPointKind::kInterpolated, "interpolated"},
      {IndexPointKind::kExtended, "extended"},
  }};
};
static_assert(EnumTableIsComplete<IndexPointKind>(3));

// One period of an estimated index; the base period is exactly 0.
struct IndexPoint {
  double log_index = 0.0;       // natural logarithm of index / index of the base period
  double standard_error = 0.0;  // of log_index; of the sampling alone where not kEstimated
  std::size_t sales = 0;        // of the period, comparable or not
  IndexPointKind kind = IndexPointKind::kEstimated;

  double Index() const;  // exp(log_index)
};

struct StratifiedMedianSales {
  std::span<const double> prices;         // > 0
  std::span<const std::int32_t> periods;  // in [0, period_count)
  std::span<const std::int32_t> strata;   // in [0, weights.size())
  std::span<const double> weights;        // of the strata, > 0, for example their stock of land
  int period_count = 0;
};

// log index_t = Σ w (log median_t − log median_base) / Σ w over the strata sold in both periods; a
// period that shares no stratum with the base period is interpolated. Standard errors by McKean &
// Schrader (1984): the 95 % order-statistic interval of each log median over 2 · 1.96; NaN where a
// stratum has one sale. Errors: kSizesDiffer, kNumberNotAllowed, kTooFewObservations (no sale in
// the base period).
Result<std::vector<IndexPoint>> StratifiedMedianIndex(const StratifiedMedianSales& sales,
                                                      int base_period = 0);

}  // namespace dijia
