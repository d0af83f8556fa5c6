// Market sales of one cell: the true price taken from the benchmark conditions to the conditions of
// a sale, the reverse of what a computation does.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "draws.h"
#include "synthetic_county.h"

namespace dijia::example {
namespace {

double DevelopmentCost(std::string_view level) {
  for (const auto& [name, cost] : DevelopmentCosts()) {
    if (name == level) return cost;
  }
  return 0.0;
}

double IndexOn(std::span<const IndexPoint> index, Days day) {
  std::size_t next = 1;
  while (next + 1 < index.size() && ToDays(index[next].date) < day) ++next;
  const IndexPoint& from = index[next - 1];
  const IndexPoint& to = index[next];
  const double share = static_cast<double>(day - ToDays(from.date)) /
                       static_cast<double>(ToDays(to.date) - ToDays(from.date));
  return from.index + share * (to.index - from.index);
}

// From the day of the sale to the base date.
double DateFactor(const UseMarket& market, Date date) {
  if (!market.index.empty()) {
    return IndexOn(market.index, ToDays(kBaseDate)) / IndexOn(market.index, ToDays(date));
  }
  const double months =
      ToDouble(MonthsBetween(date, kBaseDate, Rounding{RoundingMode::kHalfUp, 1}));
  return std::pow(1.0 + market.monthly_rate, months);
}

// From the term of the sale to the term of the benchmark conditions.
double TermFactor(const UseMarket& market, double term_years) {
  const double rate = 1.0 + market.capitalization_rate;
  return (1.0 - std::pow(rate, -market.term_years)) / (1.0 - std::pow(rate, -term_years));
}

const FarCondition& FarOf(const Cell& cell, const UseMarket& market) {
  return market.far[static_cast<std::size_t>(cell.grade - 1)];
}

template <class Quantity>
Quantity Rounded(double value, std::int64_t interval_millionths) {
  const auto result =
      FromDouble<Quantity>(value, Rounding{RoundingMode::kHalfUp, interval_millionths});
  return result ? *result : Quantity{};
}

void DrawPlace(Draws& draws, const Cell& cell, Sale& sale) {
  constexpr std::string_view kLetters = "CRI?P";
  const bool city = cell.area == "城区";
  if (city) {
    sale.zone = std::string(1, kLetters[static_cast<std::size_t>(cell.use)]) +
                std::to_string(cell.grade) + "0" + std::to_string(1 + draws.Below(4));
  }
  const int reach = city ? 900 * cell.grade : 500 * cell.grade;
  const int east = city ? 512000 : cell.area == "甲镇" ? 531000 : 498000;
  const int north = city ? 4431000 : cell.area == "甲镇" ? 4440000 : 4415000;
  sale.x = east + draws.Below(2 * reach) - reach;
  sale.y = north + draws.Below(2 * reach) - reach;
}

void DrawConditions(Draws& draws, const Cell& cell, const UseMarket& market, Sale& sale) {
  const Days days = ToDays(kBaseDate) - ToDays(kFirstSale);
  sale.date = FromDays(ToDays(kFirstSale) + draws.Below(days));
  const double area = market.median_area_sqm * std::exp(0.8 * draws.Normal());
  sale.area_sqm = Rounded<Area>(std::max(area, 200.0), 10'000);
  const double far_spread = cell.use == LandUse::kIndustrial ? 0.15 : 0.30;
  const double built = cell.area == "城区" ? 1.0 : 0.75;  // towns build lower than the benchmark
  const double far = built * FarOf(cell, market).base * std::exp(far_spread * draws.Normal());
  sale.far = Rounded<FloorAreaRatio>(std::clamp(far, 0.4, 6.0), 10'000);
  sale.term = Years::Of(market.term_years);
  if (draws.Chance(0.15)) {  // a resale, with what is left of the term
    sale.kind = SampleKind::kResale;
    sale.term = Rounded<Years>(market.term_years - draws.Uniform(1.0, 20.0), 100'000);
  }
  // Most land is sold ready for building; the others are cheaper or dearer by the difference.
  constexpr std::array<std::string_view, 8> kLevels{"三通一平", "四通一平", "五通一平", "五通一平",
                                                    "五通一平", "五通一平", "六通一平", "七通一平"};
  sale.development_level = draws.OneOf(kLevels);
  if (draws.Chance(0.02)) {
    sale.circumstance = Rounded<Coefficient>(draws.Uniform(0.9, 1.1), 10'000);
  }
  const double way = draws.Uniform();
  sale.method_name = way < 0.80 ? "挂牌出让" : way < 0.95 ? "拍卖出让" : "招标出让";
  sale.use = cell.use;
  sale.use_name = draws.OneOf(market.use_names);
  sale.land_class = cell.use == LandUse::kIndustrial ? 10 : 0;
}

// (raw + development) × date × far × term × circumstance = true price × (1 + error), solved for
// raw.
double RawPrice(double normalized, const Cell& cell, const UseMarket& market, const Sale& sale) {
  const FarCondition& condition = FarOf(cell, market);
  const double far = condition.exponent == 0.0
                         ? 1.0
                         : std::pow(condition.base / ToDouble(*sale.far), condition.exponent);
  const double circumstance = sale.circumstance ? ToDouble(*sale.circumstance) : 1.0;
  const double factors = DateFactor(market, *sale.date) * far *
                         TermFactor(market, ToDouble(*sale.term)) * circumstance;
  const double add = DevelopmentCost(kDevelopmentLevel) - DevelopmentCost(sale.development_level);
  return normalized / factors - add;
}

// The price per m² of land in one of the units that registers use.
void SetPrice(double raw, PriceUnit unit, Sale& sale) {
  constexpr std::int64_t kCent = 10'000, kSmallest = 100;
  sale.unit = unit;
  if (unit == PriceUnit::kWanYuanPerMu) {
    sale.price = Rounded<Money>(raw / 15.0, kSmallest);
  } else if (unit == PriceUnit::kWanYuanTotal) {
    sale.price = Rounded<Money>(raw * ToDouble(*sale.area_sqm) / 1e4, kSmallest);
  } else if (unit == PriceUnit::kYuanPerSqmFloor) {
    sale.price = Rounded<Money>(raw / ToDouble(*sale.far), kCent);
  } else {
    sale.price = Rounded<Money>(raw, kCent);
  }
}

PriceUnit DrawUnit(Draws& draws) {
  const double u = draws.Uniform();
  if (u < 0.06) return PriceUnit::kWanYuanPerMu;
  if (u < 0.16) return PriceUnit::kWanYuanTotal;
  return u < 0.20 ? PriceUnit::kYuanPerSqmFloor : PriceUnit::kYuanPerSqm;
}

Sale DrawSale(const Cell& cell, std::uint64_t row, const DrawOptions& options) {
  Draws draws(options.seed, row);
  const UseMarket& market = MarketOf(cell.use);
  Sale sale;
  sale.area = cell.area;
  sale.grade = cell.grade;
  DrawPlace(draws, cell, sale);
  DrawConditions(draws, cell, market, sale);
  // Beyond four deviations a price could fall to nothing; 6 in 100,000 errors are cut.
  const double error = cell.spread * std::clamp(draws.Normal(), -4.0, 4.0);
  double raw = RawPrice(cell.true_price * (1.0 + error), cell, market, sale);
  if (draws.Chance(options.outlier_share)) {
    const double slip = draws.Uniform(3.0, 6.0);
    raw = draws.Chance(0.5) ? raw * slip : raw / slip;
  }
  const PriceUnit unit = DrawUnit(draws);
  SetPrice(std::max(raw, 1.0), options.mixed_units ? unit : PriceUnit::kYuanPerSqm, sale);
  const bool needs_far = sale.unit == PriceUnit::kYuanPerSqmFloor;
  if (draws.Chance(options.blank_share) && !needs_far) sale.far.reset();
  if (draws.Chance(options.blank_share)) sale.development_level.clear();
  return sale;
}

}  // namespace

std::vector<Sale> DrawSales(const Cell& cell, int count, const DrawOptions& options) {
  // Cells draw from rows of their own, so that one cell's count does not shift another's sales.
  std::uint64_t cell_number = 0;
  for (const Cell& other : Cells()) {
    if (other.area == cell.area && other.use == cell.use && other.grade == cell.grade) break;
    ++cell_number;
  }
  std::vector<Sale> sales;
  for (int i = 0; i < count; ++i) {
    const std::uint64_t row = cell_number << 32 | static_cast<std::uint64_t>(i);
    sales.push_back(DrawSale(cell, row, options));
  }
  return sales;
}

}  // namespace dijia::example
