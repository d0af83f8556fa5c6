// 示例县（合成）: a county that does not exist, whose true benchmark prices are known. Its sales
// are drawn from them by the very corrections that a plan undoes, so that tests can count how often
// an interval covers the truth. The bundled samples.csv is one draw of it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dijia/base/date.h"
#include "dijia/base/land.h"
#include "dijia/sample.h"

namespace dijia::example {

inline constexpr std::string_view kCounty = "000000";
inline constexpr std::string_view kCountyName = "示例县（合成）";
inline constexpr Date kBaseDate{std::chrono::year{2025}, std::chrono::month{1},
                                std::chrono::day{1}};
inline constexpr Date kFirstSale{std::chrono::year{2020}, std::chrono::month{1},
                                 std::chrono::day{1}};
inline constexpr std::string_view kDevelopmentLevel = "五通一平";

// A point of a date index, linear in days between points.
struct IndexPoint {
  Date date;
  double index = 1.0;
};

// Benchmark floor area ratio of a grade, and price ∝ (FAR / benchmark)^exponent; exponent 0 for
// industry.
struct FarCondition {
  double base = 0.0, exponent = 0.0;
};

// The benchmark conditions and the market of one use, the same in the whole county.
struct UseMarket {
  LandUse use = LandUse::kOther;
  int term_years = 0;
  double capitalization_rate = 0.0;
  std::span<const FarCondition> far;  // by grade, from 1
  double monthly_rate = 0.0;          // growth of prices; unused where there is an index
  std::span<const IndexPoint> index;  // empty = monthly rate
  double median_area_sqm = 0.0;
  std::span<const std::string_view> use_names;  // as land-market notices write them
};
std::span<const UseMarket> UseMarkets();
// Precondition: `use` is one of the four.
const UseMarket& MarketOf(LandUse use);

// Cost of each development level, yuan per m².
std::span<const std::pair<std::string_view, double>> DevelopmentCosts();

// The plan's constants for leased houses (commercial) and sold houses (residential), conversion.h.
struct HouseConstants {
  double management_rate = 0.02, repair_rate = 0.02, insurance_rate = 0.002;
  double residual_rate = 0.02, life_years = 50, rent_tax_rate = 0.12, sale_tax_rate = 0.055;
  double house_capitalization_rate = 0.08;
};

// One (area, use, grade). Errors of prices are symmetric about the true price, so that mean,
// trimmed mean, median, Hodges–Lehmann and Huber estimate one and the same number.
struct Cell {
  std::string_view area;
  LandUse use = LandUse::kOther;
  int grade = 0;
  double true_price = 0.0;  // yuan per m² of land at the benchmark conditions
  double spread = 0.0;      // standard deviation of the relative error of one sale
  int sales = 0;            // market sales of the bundled county; some cells are thin
};
std::span<const Cell> Cells();

// One record as a register would hold it. Empty optionals and texts are blank cells.
struct Sale {
  std::string sample_id, zone, use_name, term_text, development_level, method_name;
  std::string_view area;
  LandUse use = LandUse::kOther;
  int grade = 0;  // 0 = blank
  SampleKind kind = SampleKind::kTransfer;
  std::optional<Date> date;
  std::optional<Money> price;  // an amount in `unit`
  PriceUnit unit = PriceUnit::kYuanPerSqm;
  std::optional<Area> area_sqm;
  std::optional<FloorAreaRatio> far;
  std::optional<Years> term;
  std::optional<Coefficient> circumstance;
  std::optional<double> rebuild_cost, newness;  // of the house, for leases and sales of houses
  int land_class = 0;                           // 0 = blank
  int x = 0, y = 0;                             // metres
};

struct DrawOptions {
  std::uint64_t seed = 20250101;
  double outlier_share = 0.0;  // sales whose price is several times too high or too low
  double blank_share = 0.0;    // blanks in each of FAR and development level
  bool mixed_units = false;    // some prices per mu, as totals and per m² of floor
};

// `count` market sales of one cell. The same options, cell and count give the same sales on every
// machine, and a longer draw starts with the shorter one.
std::vector<Sale> DrawSales(const Cell& cell, int count, const DrawOptions& options);

// A sale of the same land as `sale`, recorded as a lease of land, a lease of a house (per m² of
// floor and year) or the sale of a house (per m² of floor). Precondition: `sale` has a price in
// yuan_per_sqm, a floor area ratio and a term.
Sale RecordedAs(SampleKind kind, Sale sale, std::uint64_t seed);

// The bundled county: every cell's sales with outliers, blanks and mixed units, and the records
// that a computation must leave out (allocations, agreements, duplicates, mixed use, …), by date.
std::vector<Sale> DrawCounty(std::uint64_t seed);

// The files as committed: canonical columns (contract.md §3), and the true prices.
std::string SamplesCsv(std::span<const Sale> sales);
std::string TruthCsv();

}  // namespace dijia::example
