// The example county as the engine reads it: its sales as columns, and its plan in memory.
#pragma once

#include <span>
#include <string>

#include "dijia/plan.h"
#include "dijia/sample.h"
#include "synthetic_county.h"

namespace dijia::test {

// Market sales as a table; the use and the method are the sale's own, not read from texts.
inline SampleTable TableOf(std::span<const example::Sale> sales) {
  SampleTable table;
  table.sources = {"example"};
  table.Resize(sales.size(), true);
  for (std::size_t i = 0; i < sales.size(); ++i) {
    const example::Sale& sale = sales[i];
    table.row[i] = static_cast<std::uint32_t>(i + 2);
    table.sample_id.Append(sale.sample_id);
    table.county[i] = static_cast<std::uint16_t>(table.counties.Add(example::kCounty));
    table.area[i] = static_cast<std::uint16_t>(table.areas.Add(sale.area));
    table.zone[i] = table.zones.Add(sale.zone);
    table.development_level[i] =
        static_cast<std::uint16_t>(table.development_levels.Add(sale.development_level));
    table.use[i] = static_cast<std::uint8_t>(sale.use);
    table.grade[i] = static_cast<std::uint8_t>(sale.grade);
    table.land_class[i] = static_cast<std::uint8_t>(sale.land_class);
    table.kind[i] = static_cast<std::uint8_t>(sale.kind);
    table.method[i] = static_cast<std::uint8_t>(AssignmentMethod::kListing);
    if (sale.date) table.date[i] = ToDays(*sale.date);
    if (sale.price) table.price[i] = sale.price->units();
    table.price_unit[i] = static_cast<std::uint8_t>(sale.unit);
    if (sale.area_sqm) table.area_sqm[i] = sale.area_sqm->units();
    if (sale.far) table.far[i] = sale.far->units();
    if (sale.term) table.term_years[i] = static_cast<std::int32_t>(sale.term->units());
    if (sale.circumstance) {
      table.circumstance[i] = static_cast<std::int32_t>(sale.circumstance->units());
    }
    table.x[i] = sale.x;
    table.y[i] = sale.y;
  }
  return table;
}

inline Coefficient CoefficientOf(double value) {
  return Coefficient::FromUnits(
      static_cast<std::int64_t>(value * static_cast<double>(Coefficient::kOne) + 0.5));
}

// The plan's part for one use: the corrections that the county was made with.
inline UsePlan ExampleUsePlan(const example::UseMarket& market) {
  UsePlan plan;
  plan.use = market.use;
  plan.conditions.term = Years::Of(market.term_years);
  plan.conditions.capitalization_rate =
      Rate::FromUnits(CoefficientOf(market.capitalization_rate).units());
  plan.conditions.development_level = std::string(example::kDevelopmentLevel);
  plan.far.unknown = UnknownPolicy::kExclude;
  plan.conditions.far = FloorAreaRatio::FromUnits(CoefficientOf(market.far.back().base).units());
  plan.far.exponent_by_grade[0] = market.far.back().exponent;
  for (std::size_t i = 0; i < market.far.size(); ++i) {
    const int grade = static_cast<int>(i) + 1;
    plan.conditions.far_by_grade[grade] =
        FloorAreaRatio::FromUnits(CoefficientOf(market.far[i].base).units());
    if (market.far[i].exponent == 0.0) continue;
    plan.far.kind = FarCorrectionKind::kPower;
    plan.far.exponent_by_grade[grade] = market.far[i].exponent;
  }
  if (market.index.empty()) {
    plan.date.kind = DateCorrectionKind::kMonthlyRate;
    plan.date.monthly_rate = Rate::FromUnits(CoefficientOf(market.monthly_rate).units());
  } else {
    plan.date.kind = DateCorrectionKind::kIndex;
    for (const example::IndexPoint& point : market.index) {
      plan.date.points.emplace_back(point.date, CoefficientOf(point.index));
    }
  }
  for (const auto& [level, cost] : example::DevelopmentCosts()) {
    plan.development.cost_by_level[std::string(level)] =
        UnitPrice::Of(static_cast<std::int64_t>(cost));
  }
  return plan;
}

// All four uses in every area, prices kept to 0.01 yuan.
inline ComputePlan ExamplePlan() {
  ComputePlan plan;
  plan.id = "example";
  plan.county = std::string(example::kCounty);
  plan.base_date = example::kBaseDate;
  plan.window = {example::kFirstSale, example::kBaseDate};
  plan.rounding.unit_price = Rounding{RoundingMode::kHalfUp, 10'000};
  for (const example::UseMarket& market : example::UseMarkets()) {
    plan.uses.push_back(ExampleUsePlan(market));
  }
  return plan;
}

}  // namespace dijia::test
