// J3b and J3c: price indices from pairs of sales and from regressions by period.
#include <memory>
#include <vector>

#include "dijia/hedonic_index.h"
#include "dijia/repeat_sales.h"
#include "job.h"

namespace dijia::bench {
namespace {

constexpr int kPeriods = 120;
constexpr std::size_t kCharacteristics = 8;

}  // namespace

Run PrepareRepeatSales(const Arrays& arrays) {
  struct Input {
    std::vector<std::int32_t> first, second;
    std::vector<double> log_ratio;
  };
  const auto input = std::make_shared<const Input>(
      Input{arrays.Integers("rs_t1"), arrays.Integers("rs_t2"), arrays.Doubles("rs_dy")});
  return [input](unsigned) {
    const auto index = FitRepeatSales(
        {input->first, input->second, input->log_ratio, kPeriods},
        {.negative_variance = NegativeVariancePolicy::kFloor, .variance_floor = 1e-6});
    if (!index) return std::string("[]");
    return CheckOf(
        {index->points[1].log_index, index->points[60].log_index, index->points[119].log_index});
  };
}

Run PrepareHedonicIndex(const Arrays& arrays) {
  struct Input {
    std::vector<double> x, y;
    std::vector<std::int32_t> periods;
  };
  auto read = Input{arrays.Doubles("ols_X"), arrays.Doubles("ols_y"), arrays.Integers("ols_t")};
  read.x.resize(read.y.size() * kCharacteristics);  // the first columns of J3a's table
  const auto input = std::make_shared<const Input>(std::move(read));
  return [input](unsigned threads) {
    const auto points = EstimateImputationIndex(
        {{input->x, input->y.size(), kCharacteristics}, input->y, input->periods, kPeriods},
        threads);
    if (!points) return std::string("[]");
    return CheckOf({(*points)[60].Index(), (*points)[119].Index()});
  };
}

}  // namespace dijia::bench
