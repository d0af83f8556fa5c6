#include "spot_check.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "cell_price.h"
#include "dijia/base/codes.h"
#include "dijia/interval.h"
#include "dijia/location.h"
#include "refresh_places.h"

namespace dijia {
namespace {

// Price of each used sample / indexed price of its grade, ascending.
std::vector<double> RatiosOf(const RefreshCase& refresh, LandUse use,
                             std::span<const RefreshedPrice> grades) {
  std::vector<double> ratios;
  const auto samples = refresh.inputs.samples.find(use);
  if (samples == refresh.inputs.samples.end()) return ratios;
  for (const ResampledGrade& cell : samples->second) {
    const auto grade = std::ranges::find_if(grades, [&cell](const RefreshedPrice& price) {
      return price.grade == cell.grade && price.name == cell.sub_use;
    });
    if (grade == grades.end() || !grade->grounds.indexed) continue;
    for (const double price : cell.prices) ratios.push_back(price / *grade->grounds.indexed);
  }
  std::ranges::sort(ratios);
  return ratios;
}

void Warn(const SpotCheck& check, int needed, Diagnostics& diagnostics) {
  const Location where{"", 0, 0, PathOf(check.use) + ".spot_tolerance_percent"};
  const std::string use(CodeOf(check.use));
  if (check.outcome == SpotOutcome::kTooFew) {
    diagnostics.Add(Code::kSpotSamplesFew, where,
                    {use, std::to_string(check.samples), std::to_string(needed)});
  } else if (check.outcome == SpotOutcome::kOutside) {
    diagnostics.Add(Code::kIndexOffSpotPrices, where,
                    {use, std::to_string(check.samples), FigureText(check.ratio),
                     FigureText(check.interval.low), FigureText(check.interval.high),
                     check.tolerance.ToString()});
  }
}

}  // namespace

SpotCheck CheckSpotSamples(const RefreshCase& refresh, LandUse use,
                           std::span<const RefreshedPrice> grades, Diagnostics& diagnostics) {
  const UseRefreshPlan& how = refresh.plan.uses.at(use);
  const std::vector<double> ratios = RatiosOf(refresh, use, grades);
  SpotCheck check;
  check.use = use;
  check.samples = ratios.size();
  check.tolerance = *how.spot_tolerance;
  check.ratio = Median(ratios);
  check.interval = MedianInterval(ratios).interval;
  if (ratios.size() >= static_cast<std::size_t>(how.spot_samples)) {
    const bool is_within = std::fabs(check.ratio - 1.0) * 100.0 <= ToDouble(check.tolerance);
    check.outcome = is_within ? SpotOutcome::kWithin : SpotOutcome::kOutside;
  }
  Warn(check, how.spot_samples, diagnostics);
  return check;
}

}  // namespace dijia
