// What a user of the installed libraries writes: two sales in, one benchmark price out.
#include <cstdio>

#include "dijia/grade_price.h"

int main() {
  dijia::ComputePlan plan;
  plan.id = "consumer";
  plan.county = "000000";
  plan.base_date = *dijia::ParseDate("2025-01-01");
  plan.window = {*dijia::ParseDate("2024-01-01"), plan.base_date};
  plan.rounding.unit_price = dijia::Rounding{dijia::RoundingMode::kHalfUp, 5'000'000};
  dijia::UsePlan use;
  use.use = dijia::LandUse::kResidential;
  use.conditions.term = dijia::Years::Of(70);
  use.conditions.capitalization_rate = *dijia::Rate::Parse("0.0675");
  use.estimation.min_samples = 2;
  plan.uses.push_back(use);

  dijia::SampleTable samples;
  samples.sources = {"memory"};
  samples.Resize(6, false);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples.sample_id.Append("S" + std::to_string(i));
    samples.use[i] = static_cast<std::uint8_t>(dijia::LandUse::kResidential);
    samples.grade[i] = 1;
    samples.date[i] = dijia::ToDays(*dijia::ParseDate("2024-06-01"));
    samples.price[i] = dijia::UnitPrice::Of(700 + 10 * static_cast<std::int64_t>(i)).units();
    samples.area_sqm[i] = dijia::Area::Of(1000).units();
    samples.term_years[i] = static_cast<std::int32_t>(dijia::Years::Of(70).units());
  }
  const auto report = dijia::ComputeGradePrices(samples, plan, {});
  if (!report || report->cells.size() != 1 || !report->cells[0].price) return 1;
  std::printf("%s\n", report->cells[0].price->ToString().c_str());
  return report->cells[0].price->ToString() == "725" ? 0 : 1;
}
