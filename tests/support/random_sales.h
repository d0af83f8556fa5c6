// Random sale records with the defects that real ones have.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "dijia/plan.h"
#include "support/plans.h"

namespace dijia::test {

class RandomSales {
 public:
  explicit RandomSales(std::uint64_t seed) : generator_(seed) {}

  std::vector<Sale> Draw(std::size_t count) {
    std::vector<Sale> sales;
    for (std::size_t i = 0; i < count; ++i) {
      if (!sales.empty() && OneIn(25)) {
        sales.push_back(sales[Below(sales.size())]);  // stands in the input twice
        sales.back().id = "id" + std::to_string(i);
      } else {
        sales.push_back(One(i));
      }
    }
    return sales;
  }

  std::mt19937_64& generator() { return generator_; }

  // The plan that draws on every correction, for residential and commercial land.
  static ComputePlan Plan() {
    UsePlan use = ResidentialPlan();
    use.screening.smallest_area = Area::Of(200);
    use.screening.lowest_price = UnitPrice::Of(20);
    use.conditions.far = FloorAreaRatio::Of(2);
    use.far.kind = FarCorrectionKind::kPower;
    use.far.exponent_by_grade = {{0, 0.44}};
    use.date.kind = DateCorrectionKind::kMonthlyRate;
    use.date.monthly_rate = Rate::FromUnits(2'500);
    use.conditions.development_level = "五通一平";
    use.development.cost_by_level = {{"五通一平", UnitPrice::Of(100)},
                                     {"三通一平", UnitPrice::Of(55)}};
    ComputePlan plan = SmallPlan(use);
    plan.uses.push_back(use);
    plan.uses[1].use = LandUse::kCommercial;
    plan.uses[1].conditions.term = Years::Of(40);
    return plan;
  }

 private:
  std::size_t Below(std::size_t bound) { return generator_() % bound; }
  bool OneIn(std::size_t n) { return Below(n) == 0; }
  double Uniform(double low, double high) {
    return low + (high - low) * static_cast<double>(generator_() >> 11) * 0x1p-53;
  }
  template <class T, std::size_t n>
  T OneOf(const std::array<T, n>& values) {
    return values[Below(n)];
  }
  double Maybe(double value) { return OneIn(4) ? std::numeric_limits<double>::quiet_NaN() : value; }

  Sale One(std::size_t i) {
    Sale sale;
    sale.id = "id" + std::to_string(i);
    sale.county = OneOf(std::array<std::string, 2>{"150784", "152502"});
    sale.area = OneOf(std::array<std::string, 2>{"城区", "南镇"});
    sale.use = OneIn(30) ? -1 : static_cast<int>(Below(OneIn(10) ? 4 : 2));
    sale.grade = static_cast<int>(Below(OneIn(20) ? 5 : 3)) + (OneIn(20) ? 0 : 1);
    sale.method =
        OneIn(10) ? static_cast<int>(Below(8)) : static_cast<int>(AssignmentMethod::kListing);
    sale.date =
        OneIn(30) ? Date{} : FromDays(ToDays(Day(2022, 1, 1)) + static_cast<Days>(Below(1300)));
    SetPrice(sale);
    sale.far = OneIn(40) ? 35.0 : Maybe(OneIn(5) ? 0.0 : Uniform(0.3, 6));
    sale.term = OneIn(40) ? 99.0 : Maybe(Uniform(5, 40));
    sale.circumstance = OneIn(5) ? Uniform(0.9, 1.1) : std::numeric_limits<double>::quiet_NaN();
    sale.development = OneOf(std::array<std::string, 4>{"", "三通一平", "五通一平", "七通一平"});
    if (OneIn(60)) sale.fate = Fate::kMixedUse;
    return sale;
  }

  void SetPrice(Sale& sale) {
    const double noise = Uniform(-1, 1) + Uniform(-1, 1) + Uniform(-1, 1);
    double price = 900.0 / (1.0 + 0.4 * sale.grade) * std::exp(0.2 * noise);
    if (OneIn(30)) price *= 6.0;
    if (OneIn(60)) price = 1.85;
    sale.area_sqm = OneIn(15) ? 80.0 : std::floor(Uniform(300, 20000));
    sale.unit = static_cast<PriceUnit>(OneIn(40) ? 5 : Below(5));
    const double factors[] = {1.0, 1.0 / 15, sale.area_sqm, sale.area_sqm / 1e4, 0.5, 0.05, 1.0};
    sale.price = price * factors[static_cast<std::size_t>(sale.unit)];
    if (OneIn(40)) sale.price = OneIn(2) ? 0.0 : std::numeric_limits<double>::quiet_NaN();
    if (OneIn(20)) sale.area_sqm = std::numeric_limits<double>::quiet_NaN();
  }

  std::mt19937_64 generator_;
};

inline SampleTable TableOf(const std::vector<Sale>& sales) {
  SampleTable table;
  for (const Sale& sale : sales) Add(table, sale);
  return table;
}

}  // namespace dijia::test
