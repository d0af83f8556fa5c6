// J1b and J1c: robust screening and normality tests, group by group.
#include <cmath>
#include <memory>
#include <vector>

#include "dijia/group_screen.h"
#include "dijia/groups.h"
#include "dijia/normality.h"
#include "job.h"

namespace dijia::bench {
namespace {

// The prices of J1a's samples at their benchmark conditions, by the formula and not by our kernel.
std::vector<double> NormalizedPrices(const Arrays& arrays, const std::vector<std::uint8_t>& group) {
  std::vector<double> price = arrays.Doubles("s_price");
  const std::vector<double> add = arrays.Doubles("s_dev"), far = arrays.Doubles("s_far"),
                            term = arrays.Doubles("s_term");
  const std::vector<std::uint8_t> month = arrays.Bytes("s_month");
  for (std::size_t i = 0; i < price.size(); ++i) {
    const int use = group[i] / (Arrays::kGroups / Arrays::kUses);
    const double rate = 1.0 + Arrays::kRate[use];
    const double full = 1.0 - std::pow(rate, -Arrays::kTerm[use]);
    price[i] = (price[i] + add[i]) *
               std::pow(far[i] / Arrays::kBaseFar[use], -Arrays::kFarExponent[use]) * full /
               (1.0 - std::pow(rate, -term[i])) * Arrays::IndexOf(use, month[i]);
  }
  return price;
}

constexpr std::size_t kTestedRun = 5000;

}  // namespace

Run PrepareScreen(const Arrays& arrays) {
  struct Input {
    std::vector<double> values;
    std::vector<std::uint32_t> groups;
  };
  const std::vector<std::uint8_t> group = arrays.Bytes("s_group");
  const auto input = std::make_shared<const Input>(
      Input{NormalizedPrices(arrays, group), {group.begin(), group.end()}});
  return [input](unsigned threads) {
    const GroupScreening screening =
        ScreenGroups(input->values, input->groups, Arrays::kGroups, 3.0, threads);
    double kept = 0.0;
    for (std::size_t i = 0; i < input->values.size(); ++i) {
      kept += screening.rejected[i] == 0 ? input->values[i] : 0.0;
    }
    return CheckOf({static_cast<double>(screening.rejected_count), kept});
  };
}

Run PrepareNormalityTests(const Arrays& arrays) {
  const auto values = std::make_shared<const std::vector<double>>(arrays.Doubles("dist"));
  return [values](unsigned threads) {
    std::vector<double> sorted = *values;
    std::vector<std::size_t> offsets{0};
    while (offsets.back() < sorted.size()) offsets.push_back(offsets.back() + kTestedRun);
    SortRuns(sorted, offsets, threads);
    double shapiro = 0.0, jarque = 0.0, anderson = 0.0;
    for (const RunNormality& run : NormalityOfRuns(sorted, offsets, threads)) {
      shapiro += run.shapiro_wilk.statistic;
      jarque += run.jarque_bera.statistic;
      anderson += run.anderson_darling.statistic;
    }
    return CheckOf({shapiro, jarque, anderson});
  };
}

}  // namespace dijia::bench
