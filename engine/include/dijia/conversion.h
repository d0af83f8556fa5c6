// Records of every kind → yuan per m² of land (benchmark-price notes §2.1, the formulas of
// GB/T 18508 for sample prices).
//
// A capitalised income is divided by the rate r itself and, for a finite term of n years,
// multiplied by 1 − (1 + r)^−n; a known program divides by (1 − r) and is wrong by more than a
// factor of ten.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dijia/base/enum_table.h"
#include "dijia/base/land.h"
#include "dijia/sample.h"

namespace dijia {

// The closed list of figures that conversions read beside price, area, floor area ratio and term.
// Their codes are column names and carry the unit; a rate is a share of 1 (0.02, not 2 %).
enum class Figure : std::uint16_t {
  kRentYuanPerYear,            // gross rent of what is let, without vacancy
  kBuildingAreaSqm,            // floor area that the price or the rent is for
  kRebuildCostYuanPerSqm,      // cost of building the house anew, per m² of floor
  kNewnessRate,                // present value of the house ÷ cost of building it anew
  kManagementRate,             // of the rent
  kRepairRate,                 // of the cost of building anew, a year
  kInsuranceRate,              // of the present value of the house, a year
  kResidualRate,               // value left at the end of the life ÷ cost of building anew
  kLifeYears,                  // economic life of the house
  kTaxRate,                    // of the rent or the price
  kHouseCapitalizationRate,    // r of the house, usually r of the land + 0.02
  kSalesYuan,                  // all sales of the development
  kBuildCostYuan,              // construction, professional and sales costs
  kProfitYuan,                 // developer's profit
  kProfitRate,                 // developer's profit as a share of the sales
  kTaxYuan,                    // taxes on the sales
  kInterestYuan,               // interest until the sales
  kFootprintAreaSqm,           // ground floor area, with kBuildingDensity in place of the land area
  kBuildingDensity,            // ground floor area ÷ land area
  kLandNetIncomeYuanPerYear,   // part of the joint venture's net income that the land earns
  kCapitalYuan,                // capital of the venture or the business
  kProfitShareRate,            // share of the land's contributor in the profit
  kBuildCostYuanPerSqm,        // per m² of floor
  kTaxYuanPerSqm,              // per m² of floor, or of land for the cost method
  kOwnerFloorAreaSqm,          // floor area the land's owner receives
  kPartnerFloorAreaSqm,        // floor area the builder keeps
  kExchangedFloorAreaSqm,      // floor area given for the land
  kAcquisitionCostYuanPerSqm,  // 土地取得费, per m² of land
  kDevelopmentCostYuanPerSqm,  // 土地开发费
  kInterestYuanPerSqm,         // 利息
  kProfitYuanPerSqm,           // 利润
  kAppreciationRate,           // 增值率, a share of the cost price
  kOperatingCostYuanPerYear,
  kTaxYuanPerYear,
  kHouseReturnYuanPerYear,  // depreciation of and return on the house used
  kProfitYuanPerYear,       // profit of the business
  kCapitalReturnRate,       // ordinary return on the capital of the trade
};
inline constexpr std::size_t kFigureCount = 37;

template <>
struct EnumTableOf<Figure> {
  static constexpr std::array<EnumRow<Figure>, kFigureCount> kRows{{
      {Figure::kRentYuanPerYear, "rent_yuan_per_year"},
      {Figure::kBuildingAreaSqm, "building_area_sqm"},
      {Figure::kRebuildCostYuanPerSqm, "rebuild_cost_yuan_per_sqm"},
      {Figure::kNewnessRate, "newness_rate"},
      {Figure::kManagementRate, "management_rate"},
      {Figure::kRepairRate, "repair_rate"},
      {Figure::kInsuranceRate, "insurance_rate"},
      {Figure::kResidualRate, "residual_rate"},
      {Figure::kLifeYears, "life_years"},
      {Figure::kTaxRate, "tax_rate"},
      {Figure::kHouseCapitalizationRate, "house_capitalization_rate"},
      {Figure::kSalesYuan, "sales_yuan"},
      {Figure::kBuildCostYuan, "build_cost_yuan"},
      {Figure::kProfitYuan, "profit_yuan"},
      {Figure::kProfitRate, "profit_rate"},
      {Figure::kTaxYuan, "tax_yuan"},
      {Figure::kInterestYuan, "interest_yuan"},
      {Figure::kFootprintAreaSqm, "footprint_area_sqm"},
      {Figure::kBuildingDensity, "building_density"},
      {Figure::kLandNetIncomeYuanPerYear, "land_net_income_yuan_per_year"},
      {Figure::kCapitalYuan, "capital_yuan"},
      {Figure::kProfitShareRate, "profit_share_rate"},
      {Figure::kBuildCostYuanPerSqm, "build_cost_yuan_per_sqm"},
      {Figure::kTaxYuanPerSqm, "tax_yuan_per_sqm"},
      {Figure::kOwnerFloorAreaSqm, "owner_floor_area_sqm"},
      {Figure::kPartnerFloorAreaSqm, "partner_floor_area_sqm"},
      {Figure::kExchangedFloorAreaSqm, "exchanged_floor_area_sqm"},
      {Figure::kAcquisitionCostYuanPerSqm, "acquisition_cost_yuan_per_sqm"},
      {Figure::kDevelopmentCostYuanPerSqm, "development_cost_yuan_per_sqm"},
      {Figure::kInterestYuanPerSqm, "interest_yuan_per_sqm"},
      {Figure::kProfitYuanPerSqm, "profit_yuan_per_sqm"},
      {Figure::kAppreciationRate, "appreciation_rate"},
      {Figure::kOperatingCostYuanPerYear, "operating_cost_yuan_per_year"},
      {Figure::kTaxYuanPerYear, "tax_yuan_per_year"},
      {Figure::kHouseReturnYuanPerYear, "house_return_yuan_per_year"},
      {Figure::kProfitYuanPerYear, "profit_yuan_per_year"},
      {Figure::kCapitalReturnRate, "capital_return_rate"},
  }};
};
static_assert(EnumTableIsComplete<Figure>(kFigureCount));

// The codes of all figures. ConversionFigure::name is an index into it.
std::span<const std::string_view> ConversionFigureNames();

// A figure for every name, NaN = not given.
using FigureValues = std::array<double, kFigureCount>;

// The plan's constants by name → by index; names that are not in the list are left out
// (ComputePlan::Validate reports them).
FigureValues FigureValuesOf(const std::map<std::string, double>& by_name);

// True for the kinds that are made from a price, false for those made from figures alone (cost,
// businesses), whose price column may be blank.
bool NeedsPrice(SampleKind kind);

// What a conversion reads of one record.
struct LandPriceInput {
  SampleKind kind = SampleKind::kTransfer;
  std::int64_t price = kMissing64;  // four decimals, in `unit`
  PriceUnit unit = PriceUnit::kYuanPerSqm;
  std::int64_t area_sqm = kMissing64;  // Area units of land, > 0
  std::int64_t far = kMissing64;       // FloorAreaRatio units, > 0
  double term_years =
      std::numeric_limits<double>::infinity();  // of the right; infinity = unlimited
  double rate = 0.0;                            // capitalization rate of the land, per year
  std::span<const ConversionFigure> figures;    // of the record, ascending by name
  const FigureValues* constants = nullptr;  // of the plan; a figure of the record goes before them
};

// Why a record has no land price.
enum class ConversionProblem : std::uint8_t {
  kNone,
  kPriceMissing,
  kUnitNotAllowed,    // for example a rent of land where a price is expected
  kAreaMissing,       // no land area, or not above 0
  kFarMissing,        // a price per m² of floor without floor area ratio
  kFigureMissing,     // `figure` says which
  kFigureImpossible,  // a divisor that is not above 0, or a figure that is not finite
  kNotPositive,       // the arithmetic leaves nothing for the land
};

struct LandPriceOutcome {
  double price = std::numeric_limits<double>::quiet_NaN();  // yuan per m² of land
  ConversionProblem problem = ConversionProblem::kNone;
  Figure figure = Figure::kRentYuanPerYear;  // of kFigureMissing and kFigureImpossible
};

// The price of land that a record stands for. Totals over areas and unit conversions are exact up
// to the one rounding to double. Price units by kind:
//   transfer, resale                    yuan_per_sqm, wan_yuan_per_mu, totals, yuan_per_sqm_floor
//   land_lease, joint_venture_profit    rents per year, of land
//   house_lease                         yuan_per_sqm_year, of floor; or rent_yuan_per_year
//   house_sale, land_for_houses         totals of the house, yuan_per_sqm_floor
//   residual                            totals of the sales, yuan_per_sqm_floor
//   joint_venture_share                 totals: the capital
//   joint_building, cost, counter_lease, business_profit, industry_profit    the price is not read
LandPriceOutcome ConvertToLandPrice(const LandPriceInput& input);

// The arithmetic of each kind, in yuan, m² and years. Preconditions: divisors > 0.

// 1 − (1 + rate)^−years; 1 for an infinite term.
double FiniteTermFactor(double rate, double years);

// Net income per m² of land and year → price: income / rate × finite term factor. Land leases and
// joint ventures by profit (income = net income / area).
double CapitalizedPrice(double income_per_sqm_year, double rate, double years);

// Net income of the land under a let house, per m² of floor and year:
// rent − [rent·management + rebuild·repair + rebuild·newness·insurance + rebuild·(1 −
// residual)/life
//         + rent·tax + rebuild·newness·r_house].
struct HouseLease {
  double rent = 0.0;     // per m² of floor and year
  double rebuild = 0.0;  // per m² of floor
  double newness = 0.0, management_rate = 0.0, repair_rate = 0.0, insurance_rate = 0.0;
  double residual_rate = 0.0, life_years = 0.0, tax_rate = 0.0, house_rate = 0.0;
};
double LandNetIncome(const HouseLease& lease);

// What a house sale leaves for the land, per m² of floor: price − rebuild·newness − price·tax.
double LandPartOfHousePrice(double price, double rebuild, double newness, double tax_rate);

// Residual method: (sales − build cost − profit − tax − interest) / land area.
struct Development {
  double sales = 0.0, build_cost = 0.0, profit = 0.0, tax = 0.0, interest = 0.0;  // yuan
};
double ResidualPrice(const Development& development, double land_area);

// Land brought into a venture as capital: capital · share in the profit / area.
double JointVentureSharePrice(double capital, double share, double land_area);

// Owner gives land, partner builds: (unit cost + tax) · owner's floor area · FAR / partner's.
double JointBuildingPrice(double cost_and_tax, double owner_floor, double partner_floor,
                          double far);

// Land given for houses: floor area received · (price − tax) / land area; price and tax per m².
double LandForHousesPrice(double floor_area, double price, double tax, double land_area);

// Cost method: (acquisition + development + tax + interest + profit) · (1 + appreciation rate), per
// m² of land.
struct LandCost {
  double acquisition = 0.0, development = 0.0, tax = 0.0, interest = 0.0, profit = 0.0;
  double appreciation_rate = 0.0;
};
double CostPrice(const LandCost& cost);

// Income that counters, shops or industries leave to the land, yuan per year.
double CounterLeaseIncome(double rent, double operating_cost, double tax, double house_return);
double BusinessIncome(double profit, double capital, double capital_return, double house_return);

// numerator / denominator to the nearest double (ties to even), whatever their size. Precondition:
// denominator > 0.
double NearestQuotient(Int128 numerator, Int128 denominator);

}  // namespace dijia
