#include "dijia/conversion.h"

#include <algorithm>
#include <cmath>

#include "vector_math.h"

namespace dijia {
namespace {

constexpr std::int64_t kUnitsPerYuan = UnitPrice::kOne;
constexpr std::int64_t kYuanPerWanYuan = 10'000;
constexpr std::int64_t kYuanPerSqmPerWanYuanPerMu = 15;
constexpr std::int64_t kSqmOfThreeMu = 2'000;
constexpr Int128 kExactDoubles = Int128{1} << 53;

constexpr std::array<std::string_view, kFigureCount> kFigureNames = [] {
  std::array<std::string_view, kFigureCount> names;
  for (std::size_t i = 0; i < kFigureCount; ++i) names[i] = EnumTableOf<Figure>::kRows[i].code;
  return names;
}();

bool IsTotal(PriceUnit unit) {
  return unit == PriceUnit::kYuanTotal || unit == PriceUnit::kWanYuanTotal;
}

// One conversion under way: looks figures up and remembers the first thing that is wrong.
class Conversion {
 public:
  explicit Conversion(const LandPriceInput& input) : input_(input) {}

  LandPriceOutcome Outcome() const {
    LandPriceOutcome outcome{.problem = problem_, .figure = figure_};
    if (problem_ != ConversionProblem::kNone) return outcome;
    if (!(price_ > 0.0) || std::isinf(price_)) {
      outcome.problem = ConversionProblem::kNotPositive;
    } else {
      outcome.price = price_;
    }
    return outcome;
  }

  void Run() {
    switch (input_.kind) {
      case SampleKind::kTransfer:
      case SampleKind::kResale:
        return Sale();
      case SampleKind::kLandLease:
        return Capitalize(LandIncome(Figure::kRentYuanPerYear));
      case SampleKind::kHouseLease:
        return HouseLeased();
      case SampleKind::kHouseSale:
        return HouseSold();
      case SampleKind::kResidual:
        return Residual();
      case SampleKind::kJointVentureProfit:
        return Capitalize(LandIncome(Figure::kLandNetIncomeYuanPerYear));
      case SampleKind::kJointVentureShare:
        return VentureShare();
      case SampleKind::kJointBuilding:
        return Building();
      case SampleKind::kLandForHouses:
        return Exchange();
      case SampleKind::kCost:
        return Cost();
      case SampleKind::kCounterLease:
        return Counters();
      case SampleKind::kBusinessProfit:
      case SampleKind::kIndustryProfit:
        return Business();
    }
  }

 private:
  void Fail(ConversionProblem problem, Figure figure = Figure::kRentYuanPerYear) {
    if (problem_ != ConversionProblem::kNone) return;
    problem_ = problem;
    figure_ = figure;
  }

  double Lookup(Figure figure) const {
    const auto name = static_cast<std::uint16_t>(figure);
    const auto found = std::lower_bound(
        input_.figures.begin(), input_.figures.end(), name,
        [](const ConversionFigure& a, std::uint16_t wanted) { return a.name < wanted; });
    if (found != input_.figures.end() && found->name == name) return found->value;
    return input_.constants == nullptr ? std::nan("") : (*input_.constants)[name];
  }
  bool Has(Figure figure) const { return !std::isnan(Lookup(figure)); }

  double Get(Figure figure) {
    const double value = Lookup(figure);
    if (std::isnan(value)) Fail(ConversionProblem::kFigureMissing, figure);
    if (std::isinf(value)) Fail(ConversionProblem::kFigureImpossible, figure);
    return value;
  }
  double Positive(Figure figure) {
    const double value = Get(figure);
    if (value <= 0.0) Fail(ConversionProblem::kFigureImpossible, figure);
    return value;
  }

  double LandArea() {
    if (input_.area_sqm <= 0) Fail(ConversionProblem::kAreaMissing);
    return static_cast<double>(input_.area_sqm) / static_cast<double>(Area::kOne);
  }
  double Far() {
    if (input_.far <= 0) Fail(ConversionProblem::kFarMissing);
    return static_cast<double>(input_.far) / static_cast<double>(FloorAreaRatio::kOne);
  }
  std::int64_t Price() {
    if (input_.price <= 0) Fail(ConversionProblem::kPriceMissing);
    return input_.price;
  }

  // The price in units of 10^-4 yuan, exactly; nothing for a unit that is no total.
  Int128 TotalUnits() {
    if (!IsTotal(input_.unit)) Fail(ConversionProblem::kUnitNotAllowed);
    const Int128 factor = input_.unit == PriceUnit::kWanYuanTotal ? kYuanPerWanYuan : 1;
    return Int128{Price()} * factor;
  }
  double TotalYuan() { return NearestQuotient(TotalUnits(), kUnitsPerYuan); }

  void Sale() {
    switch (input_.unit) {
      case PriceUnit::kYuanPerSqm:
        price_ = NearestQuotient(Price(), kUnitsPerYuan);
        return;
      case PriceUnit::kWanYuanPerMu:
        price_ = NearestQuotient(Int128{Price()} * kYuanPerSqmPerWanYuanPerMu, kUnitsPerYuan);
        return;
      case PriceUnit::kYuanTotal:
      case PriceUnit::kWanYuanTotal:
        LandArea();
        if (problem_ != ConversionProblem::kNone) return;
        // Money and Area have the same four decimals, so they cancel.
        static_assert(Money::kOne == Area::kOne);
        price_ = NearestQuotient(TotalUnits(), input_.area_sqm);
        return;
      case PriceUnit::kYuanPerSqmFloor:
        Far();
        price_ = NearestQuotient(Int128{Price()} * input_.far,
                                 Int128{kUnitsPerYuan} * FloorAreaRatio::kOne);
        return;
      case PriceUnit::kYuanPerSqmYear:
      case PriceUnit::kYuanPerMuYear:
        Fail(ConversionProblem::kUnitNotAllowed);
    }
  }

  // Income per m² of land and year: the price as a rent of land, or a figure over the area.
  double LandIncome(Figure in_place_of_price) {
    if (input_.price == kMissing64) return Get(in_place_of_price) / LandArea();
    if (input_.unit == PriceUnit::kYuanPerSqmYear) return NearestQuotient(Price(), kUnitsPerYuan);
    if (input_.unit != PriceUnit::kYuanPerMuYear) Fail(ConversionProblem::kUnitNotAllowed);
    return NearestQuotient(Int128{Price()} * 3, Int128{kUnitsPerYuan} * kSqmOfThreeMu);
  }

  void Capitalize(double income) {
    price_ = CapitalizedPrice(income, input_.rate, input_.term_years);
  }

  // m² of floor per m² of land: of the house itself where its land is known, else the ratio.
  double FloorPerLand() {
    if (Has(Figure::kBuildingAreaSqm) && input_.area_sqm > 0) {
      return Positive(Figure::kBuildingAreaSqm) / LandArea();
    }
    if (input_.far <= 0) Fail(ConversionProblem::kAreaMissing);
    return Far();
  }

  double FloorRent() {
    if (input_.price == kMissing64) {
      return Positive(Figure::kRentYuanPerYear) / Positive(Figure::kBuildingAreaSqm);
    }
    if (input_.unit != PriceUnit::kYuanPerSqmYear) Fail(ConversionProblem::kUnitNotAllowed);
    return NearestQuotient(Price(), kUnitsPerYuan);
  }

  void HouseLeased() {
    const HouseLease lease{.rent = FloorRent(),
                           .rebuild = Get(Figure::kRebuildCostYuanPerSqm),
                           .newness = Get(Figure::kNewnessRate),
                           .management_rate = Get(Figure::kManagementRate),
                           .repair_rate = Get(Figure::kRepairRate),
                           .insurance_rate = Get(Figure::kInsuranceRate),
                           .residual_rate = Get(Figure::kResidualRate),
                           .life_years = Positive(Figure::kLifeYears),
                           .tax_rate = Get(Figure::kTaxRate),
                           .house_rate = Get(Figure::kHouseCapitalizationRate)};
    Capitalize(LandNetIncome(lease) * FloorPerLand());
  }

  // Price of a house per m² of its floor.
  double FloorPrice() {
    if (input_.unit == PriceUnit::kYuanPerSqmFloor) return NearestQuotient(Price(), kUnitsPerYuan);
    return TotalYuan() / Positive(Figure::kBuildingAreaSqm);
  }

  void HouseSold() {
    const double price = FloorPrice();
    price_ = LandPartOfHousePrice(price, Get(Figure::kRebuildCostYuanPerSqm),
                                  Get(Figure::kNewnessRate), Get(Figure::kTaxRate)) *
             FloorPerLand();
  }

  double Sales() {
    if (input_.price == kMissing64) return Positive(Figure::kSalesYuan);
    if (input_.unit != PriceUnit::kYuanPerSqmFloor) return TotalYuan();
    return FloorPrice() * Positive(Figure::kBuildingAreaSqm);
  }

  // An amount, or a rate of `base` where the amount is not given.
  double AmountOr(Figure amount, Figure rate, double base) {
    return !Has(amount) && Has(rate) ? Get(rate) * base : Get(amount);
  }

  void Residual() {
    const double sales = Sales();
    const Development development{
        .sales = sales,
        .build_cost = Get(Figure::kBuildCostYuan),
        .profit = AmountOr(Figure::kProfitYuan, Figure::kProfitRate, sales),
        .tax = AmountOr(Figure::kTaxYuan, Figure::kTaxRate, sales),
        .interest = Get(Figure::kInterestYuan)};
    const bool from_footprint = input_.area_sqm <= 0 && Has(Figure::kFootprintAreaSqm);
    const double land_area =
        from_footprint ? Positive(Figure::kFootprintAreaSqm) / Positive(Figure::kBuildingDensity)
                       : LandArea();
    price_ = ResidualPrice(development, land_area);
  }

  void VentureShare() {
    const double capital =
        input_.price == kMissing64 ? Positive(Figure::kCapitalYuan) : TotalYuan();
    price_ = JointVentureSharePrice(capital, Get(Figure::kProfitShareRate), LandArea());
  }

  void Building() {
    const double cost = Get(Figure::kBuildCostYuanPerSqm) + Get(Figure::kTaxYuanPerSqm);
    price_ = JointBuildingPrice(cost, Positive(Figure::kOwnerFloorAreaSqm),
                                Positive(Figure::kPartnerFloorAreaSqm), Far());
  }

  void Exchange() {
    const double price = FloorPrice();
    const double tax = AmountOr(Figure::kTaxYuanPerSqm, Figure::kTaxRate, price);
    price_ = LandForHousesPrice(Positive(Figure::kExchangedFloorAreaSqm), price, tax, LandArea());
  }

  void Cost() {
    price_ = CostPrice({.acquisition = Get(Figure::kAcquisitionCostYuanPerSqm),
                        .development = Get(Figure::kDevelopmentCostYuanPerSqm),
                        .tax = Get(Figure::kTaxYuanPerSqm),
                        .interest = Get(Figure::kInterestYuanPerSqm),
                        .profit = Get(Figure::kProfitYuanPerSqm),
                        .appreciation_rate = Get(Figure::kAppreciationRate)});
  }

  void Counters() {
    const double rent = Positive(Figure::kRentYuanPerYear);
    Capitalize(CounterLeaseIncome(rent, Get(Figure::kOperatingCostYuanPerYear),
                                  AmountOr(Figure::kTaxYuanPerYear, Figure::kTaxRate, rent),
                                  Get(Figure::kHouseReturnYuanPerYear)) /
               LandArea());
  }

  void Business() {
    Capitalize(BusinessIncome(Get(Figure::kProfitYuanPerYear), Get(Figure::kCapitalYuan),
                              Get(Figure::kCapitalReturnRate),
                              Get(Figure::kHouseReturnYuanPerYear)) /
               LandArea());
  }

  const LandPriceInput& input_;
  double price_ = std::nan("");
  ConversionProblem problem_ = ConversionProblem::kNone;
  Figure figure_ = Figure::kRentYuanPerYear;
};

}  // namespace

std::span<const std::string_view> ConversionFigureNames() { return kFigureNames; }

FigureValues FigureValuesOf(const std::map<std::string, double>& by_name) {
  FigureValues values;
  values.fill(std::nan(""));
  for (const auto& [name, value] : by_name) {
    if (const auto figure = FromCode<Figure>(name)) {
      values[static_cast<std::size_t>(*figure)] = value;
    }
  }
  return values;
}

bool NeedsPrice(SampleKind kind) {
  return kind == SampleKind::kTransfer || kind == SampleKind::kResale ||
         kind == SampleKind::kHouseSale || kind == SampleKind::kLandForHouses;
}

LandPriceOutcome ConvertToLandPrice(const LandPriceInput& input) {
  Conversion conversion(input);
  conversion.Run();
  return conversion.Outcome();
}

double FiniteTermFactor(double rate, double years) {
  return 1.0 - ExpOne(-years * LogOne(1.0 + rate));
}

double CapitalizedPrice(double income_per_sqm_year, double rate, double years) {
  return income_per_sqm_year / rate * FiniteTermFactor(rate, years);
}

double LandNetIncome(const HouseLease& lease) {
  const double present_value = lease.rebuild * lease.newness;
  const double outgoings = lease.rent * lease.management_rate + lease.rebuild * lease.repair_rate +
                           present_value * lease.insurance_rate +
                           lease.rebuild * (1.0 - lease.residual_rate) / lease.life_years +
                           lease.rent * lease.tax_rate + present_value * lease.house_rate;
  return lease.rent - outgoings;
}

double LandPartOfHousePrice(double price, double rebuild, double newness, double tax_rate) {
  return price - rebuild * newness - price * tax_rate;
}

double ResidualPrice(const Development& development, double land_area) {
  return (development.sales - development.build_cost - development.profit - development.tax -
          development.interest) /
         land_area;
}

double JointVentureSharePrice(double capital, double share, double land_area) {
  return capital * share / land_area;
}

double JointBuildingPrice(double cost_and_tax, double owner_floor, double partner_floor,
                          double far) {
  return cost_and_tax * owner_floor * far / partner_floor;
}

double LandForHousesPrice(double floor_area, double price, double tax, double land_area) {
  return floor_area * (price - tax) / land_area;
}

double CostPrice(const LandCost& cost) {
  return (cost.acquisition + cost.development + cost.tax + cost.interest + cost.profit) *
         (1.0 + cost.appreciation_rate);
}

double CounterLeaseIncome(double rent, double operating_cost, double tax, double house_return) {
  return rent - operating_cost - tax - house_return;
}

double BusinessIncome(double profit, double capital, double capital_return, double house_return) {
  return profit - capital * capital_return - house_return;
}

double NearestQuotient(Int128 numerator, Int128 denominator) {
  if (numerator < 0) return -NearestQuotient(-numerator, denominator);
  if (numerator == 0) return 0.0;
  if (numerator <= kExactDoubles && denominator <= kExactDoubles) {
    return static_cast<double>(static_cast<std::int64_t>(numerator)) /
           static_cast<double>(static_cast<std::int64_t>(denominator));
  }
  // The quotient with at least 63 bits and a sticky bit below them, which the conversion to double
  // rounds once.
  int shift = 0;
  for (constexpr Int128 kHalf = Int128{1} << 125; numerator < kHalf; numerator *= 2) ++shift;
  const Int128 quotient = numerator / denominator;
  const Int128 sticky = numerator % denominator != 0 ? 1 : 0;
  return std::ldexp(static_cast<double>(quotient | sticky), -shift);
}

}  // namespace dijia
