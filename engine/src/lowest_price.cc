#include "dijia/lowest_price.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <variant>

#include "exact_number.h"
#include "valued_coefficient.h"

namespace dijia {
namespace {

// A lowest percentage of a factor's levels; 0 where the factor can only raise the price.
Percent LowestOf(const Factors::Factor& factor) {
  Percent lowest;
  for (const auto& [level, percent] : factor.levels) lowest = std::min(lowest, percent);
  return lowest;
}

class LowestCorrection {
 public:
  LowestCorrection(const PublishedUse& use, int grade) : use_(use), grade_(grade) {}

  // The price after the lowest corrections of a formula, rounded down; the largest price there is
  // where it does not fit.
  UnitPrice Of(UnitPrice price, const PriceFormula& formula) const {
    ExactNumber corrected = ExactNumber::Of(price) * Sum(formula.sum);
    for (const std::string& name : formula.product) corrected = corrected * Level(name);
    for (const std::string& name : formula.add) corrected = corrected + ExactNumber::Of(Add(name));
    const Rounding down{RoundingMode::kDown, 100};  // 0.0001 yuan
    const auto units = corrected.Round(UnitPrice::kScale, down);
    return UnitPrice::FromUnits(units.value_or(std::numeric_limits<std::int64_t>::max()));
  }

 private:
  template <class Table>
  const Table* Find(const std::string& name) const {
    const auto found = use_.coefficients.find(name);
    return found == use_.coefficients.end() ? nullptr : std::get_if<Table>(&found->second);
  }

  // 1 + Σ of the lowest levels of the grade.
  ExactNumber Sum(const std::string& name) const {
    ExactNumber hundredths = ExactNumber::Of(Percent::Of(100));
    const Factors* factors = Find<Factors>(name);
    const auto* table = factors == nullptr ? nullptr : OfGrade(factors->tables, grade_);
    if (table != nullptr) {
      for (const Factors::Factor& factor : *table) {
        hundredths = hundredths + ExactNumber::Of(LowestOf(factor));
      }
    }
    return hundredths * ExactNumber(1, 2);
  }

  ExactNumber Level(const std::string& name) const {
    Coefficient lowest = Coefficient::Of(1);
    if (const Levels* levels = Find<Levels>(name)) {
      for (const auto& [level, coefficient] : levels->levels)
        lowest = std::min(lowest, coefficient);
      for (const auto& [level, range] : levels->ranges) lowest = std::min(lowest, range.low);
    }
    return ExactNumber::Of(lowest);
  }

  UnitPrice Add(const std::string& name) const {
    UnitPrice lowest;
    if (const Additive* additive = Find<Additive>(name)) {
      for (const auto& [level, price] : additive->levels) lowest = std::min(lowest, price);
    }
    return lowest;
  }

  const PublishedUse& use_;
  int grade_;
};

}  // namespace

std::vector<LowestPrice> LowestPrices(const PublishedUse& use) {
  std::vector<LowestPrice> prices;
  const auto add = [&](PricePlace place, int grade, const std::string& name, UnitPrice price,
                       const PriceFormula& formula) {
    prices.push_back({place, grade, name, price, LowestCorrection(use, grade).Of(price, formula)});
  };
  for (const PublishedGrade& grade : use.grades) {
    if (grade.price) add(PricePlace::kGrade, grade.grade, grade.sub_use, *grade.price, use.formula);
  }
  for (const PublishedZone& zone : use.zones) {
    if (zone.price) add(PricePlace::kZone, zone.grade, zone.zone, *zone.price, use.formula);
  }
  const PriceFormula none;
  for (const PublishedRoute& route : use.routes) {
    add(PricePlace::kRoute, route.grade, route.route, route.price,
        use.frontage_formula ? *use.frontage_formula : none);
  }
  return prices;
}

}  // namespace dijia
