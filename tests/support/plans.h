// Plans and sample tables made by hand, for tests of the road from sale records to prices.
#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "dijia/plan.h"
#include "dijia/sample.h"

namespace dijia::test {

inline Date Day(int year, unsigned month, unsigned day) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
}

// Residential land, 70 years at 6.75 %, no correction but the term; nothing is too small.
inline UsePlan ResidentialPlan() {
  UsePlan use;
  use.use = LandUse::kResidential;
  use.conditions.term = Years::Of(70);
  use.conditions.capitalization_rate = Rate::FromUnits(67'500);
  use.screening.smallest_area = Area::Of(0);
  return use;
}

// Base date 2025-04-01, prices to 0.1 yuan, one use.
inline ComputePlan SmallPlan(UsePlan use = ResidentialPlan()) {
  ComputePlan plan;
  plan.id = "test";
  plan.base_date = Day(2025, 4, 1);
  plan.rounding.unit_price = Rounding{RoundingMode::kHalfUp, 100'000};
  plan.uses.push_back(std::move(use));
  return plan;
}

// One sale; the defaults are a plain one of grade 1 that every plan above uses.
struct Sale {
  std::string id, county = "152502", area, zone, sub_use;
  int use = static_cast<int>(LandUse::kResidential);  // -1 = missing
  int grade = 1;
  SampleKind kind = SampleKind::kTransfer;
  int method = static_cast<int>(AssignmentMethod::kListing);  // -1 = missing
  Date date = Day(2025, 4, 1);
  double price = 500.0;  // NaN = missing, as below
  PriceUnit unit = PriceUnit::kYuanPerSqm;
  double area_sqm = 1000.0, far = NAN, term = NAN, circumstance = NAN;
  std::string development;
  Fate fate = Fate::kUsed;
};

namespace table_detail {
inline std::int64_t Units(double value, double one) {
  return std::isnan(value) ? kMissing64 : std::llround(value * one);
}
inline std::int32_t Units32(double value, double one) {
  return std::isnan(value) ? kMissing32 : static_cast<std::int32_t>(std::llround(value * one));
}
}  // namespace table_detail

// Appends a sale to a table.
inline void Add(SampleTable& table, const Sale& sale) {
  const std::size_t i = table.size();
  table.Resize(i + 1, false);
  if (table.sources.empty()) table.sources.push_back("test.csv");
  table.row[i] = static_cast<std::uint32_t>(i + 2);
  table.sample_id.Append(sale.id);
  table.county[i] = static_cast<std::uint16_t>(table.counties.Add(sale.county));
  table.area[i] = static_cast<std::uint16_t>(table.areas.Add(sale.area));
  table.zone[i] = table.zones.Add(sale.zone);
  table.sub_use[i] = static_cast<std::uint16_t>(table.sub_uses.Add(sale.sub_use));
  table.development_level[i] =
      static_cast<std::uint16_t>(table.development_levels.Add(sale.development));
  table.use[i] = sale.use < 0 ? kMissing8 : static_cast<std::uint8_t>(sale.use);
  table.grade[i] = static_cast<std::uint8_t>(sale.grade);
  table.kind[i] = static_cast<std::uint8_t>(sale.kind);
  table.method[i] = sale.method < 0 ? kMissing8 : static_cast<std::uint8_t>(sale.method);
  table.date[i] = sale.date.ok() ? ToDays(sale.date) : kNoDate;
  table.price[i] = table_detail::Units(sale.price, 1e4);
  table.price_unit[i] = static_cast<std::uint8_t>(sale.unit);
  table.area_sqm[i] = table_detail::Units(sale.area_sqm, 1e4);
  table.far[i] = table_detail::Units(sale.far, 1e6);
  table.term_years[i] = table_detail::Units32(sale.term, 1e4);
  table.circumstance[i] = table_detail::Units32(sale.circumstance, 1e6);
  table.fate[i] = sale.fate;
}

}  // namespace dijia::test
